"""What is kept between builds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from mujaz.state.memo import open_memo


def never() -> bytes:
    raise AssertionError("made again")


def put(folder: Path, name: str, content: bytes = b"content", *, keep: bool = True) -> bytes:
    with open_memo(folder, keep=keep) as remember:
        return remember(name, lambda: content)


def get(folder: Path, name: str) -> bytes:
    with open_memo(folder) as remember:
        return remember(name, never)


def test_a_content_is_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    assert put(folder, "name") == b"content"
    assert put(folder, "other", b"") == b""
    assert (get(folder, "name"), get(folder, "other")) == (b"content", b"")
    with open_memo(folder) as remember:
        assert remember("new", lambda: b"1") == remember("new", never)


def test_reading_alone_keeps_nothing(tmp_path: Path) -> None:
    put(tmp_path / "kept", "name", keep=False)
    assert not (tmp_path / "kept").exists()
    put(tmp_path, "name")
    before = [path.read_bytes() for path in tmp_path.iterdir()]
    put(tmp_path, "other", keep=False)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == before


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 8000])
def test_what_is_damaged_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    put(tmp_path, "name")
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage)
    assert put(tmp_path, "name", b"new") == b"new"
    assert get(tmp_path, "name") == b"new"


def execute(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "memo.sqlite")) as base, base:
        base.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "update results set result = x'00'",
        "update results set result = 'text'",
        "update results set result = cast(x'ff' as text)",
        "update results set checksum = null",
        "update results set key = cast(x'ff' as text)",
        "drop table results",
        "alter table results rename result to other",
    ],
)
def test_a_result_that_is_not_what_was_made_is_made_again(statement: str, tmp_path: Path) -> None:
    put(tmp_path, "name")
    execute(tmp_path, statement)
    before = (tmp_path / "memo.sqlite").read_bytes()
    assert put(tmp_path, "name", b"new", keep=False) == b"new"
    assert (tmp_path / "memo.sqlite").read_bytes() == before
    with open_memo(tmp_path) as remember:
        remember.expect_all()
        assert remember("name", lambda: b"new") == b"new"
    put(tmp_path, "name", b"new")
    assert get(tmp_path, "name") == b"new"


def test_results_that_change_places_are_made_again(tmp_path: Path) -> None:
    put(tmp_path, "one", b"1")
    put(tmp_path, "two", b"2")
    query = "select hex(checksum), hex(result) from results order by result"
    with closing(sqlite3.connect(tmp_path / "memo.sqlite")) as base:
        (checksum, result), _ = base.execute(query).fetchall()
    execute(tmp_path, f"update results set checksum = x'{checksum}', result = x'{result}'")
    assert put(tmp_path, "two", b"2") == b"2"


@pytest.mark.parametrize("keep", [True, False])
def test_another_program_has_it(keep: bool, tmp_path: Path) -> None:
    put(tmp_path, "name")
    with closing(sqlite3.connect(tmp_path / "memo.sqlite", isolation_level=None)) as other:
        other.execute("begin exclusive")
        assert put(tmp_path, "name", keep=keep) == b"content"
    assert get(tmp_path, "name") == b"content"


def test_a_folder_that_cannot_be_made_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert put(tmp_path / "file", "name") == b"content"


def test_what_nobody_asks_for_goes_when_everything_is_asked_for(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        put(tmp_path, name)
    put(tmp_path, "four")  # the others stay, as they may be asked for
    with open_memo(tmp_path) as remember:
        remember.expect_all()
        assert remember("one", never) == b"content"
    assert get(tmp_path, "one") == b"content"
    with open_memo(tmp_path) as remember:
        assert [name in remember for name in ("one", "two", "three", "four")] == [
            True,
            *[False] * 3,
        ]
