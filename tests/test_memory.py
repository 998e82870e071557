"""What is kept between builds."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.publish import Memory


def never() -> bytes:
    raise AssertionError("made again")


def test_a_content_is_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    assert Memory(folder)("name", lambda: b"content") == b"content"
    assert Memory(folder)("name", never) == b"content"
    assert Memory(folder)("other", lambda: b"new") == b"new"


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 80])
def test_what_is_damaged_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    Memory(tmp_path)("name", lambda: b"content")
    (tmp_path / "name").write_bytes(damage)
    assert Memory(tmp_path)("name", lambda: b"content") == b"content"
    assert Memory(tmp_path)("name", never) == b"content"


def test_a_folder_that_cannot_be_made_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert Memory(tmp_path / "file")("name", lambda: b"content") == b"content"


def test_old_contents_go(tmp_path: Path) -> None:
    for number in range(20):
        Memory(tmp_path)(str(number), lambda: b"content")
    assert len(list(tmp_path.iterdir())) == 8
    assert Memory(tmp_path)("19", never) == b"content"
