"""A file is whole or not there; what is damaged, or was left half done, is told apart."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from mujaz.state.files import (
    read_checked,
    remove_partial,
    write_atomically,
    write_checked,
)

DATA = "نص".encode() * 50


def test_a_checked_file_comes_back_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "file"
    write_checked(path, DATA)
    assert read_checked(path) == DATA
    whole = path.read_bytes()
    for position in range(0, 8 * len(whole), 7):
        damaged = bytearray(whole)
        damaged[position // 8] ^= 1 << position % 8
        path.write_bytes(damaged)
        with pytest.raises(ValueError, match="damaged"):
            read_checked(path)
    for damage in (b"", whole[:-1], whole + b"x", bytes(4), bytes(900)):
        path.write_bytes(damage)
        with pytest.raises(ValueError, match="damaged"):
            read_checked(path)


def test_a_folder_in_its_place_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "file" / "inner").mkdir(parents=True)
    write_checked(tmp_path / "file", DATA)
    assert read_checked(tmp_path / "file") == DATA


def test_an_error_names_the_file_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="No space") as raised:
        write_atomically(tmp_path / "file", DATA)
    assert raised.value.filename == str(tmp_path / "file")
    assert [*tmp_path.iterdir()] == []


PARTIAL = (
    ".mujaz-a1b2c3d4.part",
    "articles/.mujaz-_b2c3d4e.part",
    "assets/images/.mujaz-0123456789abcdef.png.part",
    "assets/fonts/.plex-arabic-regular.woff2.part",
)
OTHERS = (
    *(".mujaz-pages", ".mujaz-fonts", ".mujaz-cache/last", "mujaz-a1b2c3d4.part", "a.part"),
    *(".mujaz-.part/x", ".mujaz-a1b2c3d4.part.txt", "x.mujaz-a1b2c3d4.part", ".other.part"),
)


def test_what_killed_runs_leave_is_removed_and_nothing_else(tmp_path: Path) -> None:
    for name in (*PARTIAL, *OTHERS):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert remove_partial(tmp_path, [*PARTIAL, *OTHERS, "missing/.mujaz-a1b2c3d4.part"])
    assert not remove_partial(tmp_path, OTHERS)
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {*OTHERS}
