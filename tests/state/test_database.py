"""What runs keep is what one run left, whole, or nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from mujaz.state.database import open_database


def put(folder: Path, value: str, *, keep: bool = True) -> None:
    with open_database(folder, keep=keep) as kept:
        kept.base.execute("create table if not exists things (name text)")
        kept.base.execute("insert into things values (?)", (value,))
        kept.note("value", value)


def found(folder: Path) -> tuple[object, int]:
    with open_database(folder, keep=False) as kept:
        tables = kept.base.execute("select 1 from sqlite_master where name = 'things'").fetchall()
        count = kept.base.execute("select count(*) from things").fetchone()[0] if tables else 0
        return kept.value("value"), count


def test_what_is_kept_is_there_the_next_time(tmp_path: Path) -> None:
    assert found(tmp_path / "none") == (None, 0)
    assert not (tmp_path / "none").exists()
    put(tmp_path, "a")
    put(tmp_path, "b")
    assert found(tmp_path) == ("b", 2)
    put(tmp_path, "c", keep=False)
    assert found(tmp_path) == ("b", 2)
    with open_database(tmp_path) as kept:
        kept.clear()
    assert found(tmp_path) == (None, 0)


def test_a_run_that_is_killed_leaves_what_was_there(tmp_path: Path) -> None:
    put(tmp_path, "a")
    with pytest.raises(KeyboardInterrupt), open_database(tmp_path) as kept:
        kept.note("value", "b")
        raise KeyboardInterrupt
    assert found(tmp_path) == ("a", 1)


@pytest.mark.parametrize("data", [b"", b"short", b"\0" * 9000])
def test_what_is_no_store_is_begun_anew(data: bytes, tmp_path: Path) -> None:
    put(tmp_path, "a")
    (path,) = tmp_path.iterdir()
    path.write_bytes(data)
    put(tmp_path, "b")
    assert found(tmp_path) == ("b", 1)


def test_where_nothing_can_be_kept_runs_go_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    put(tmp_path / "file", "a")
    with open_database(tmp_path), open_database(tmp_path) as other:  # another run has it
        assert other.value("value") is None


def test_a_database_of_another_schema_is_begun_anew(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as base, base:
        base.execute("create table inputs (file text)")
        base.execute("create table about (name text)")
    with open_database(tmp_path) as database:
        database.base.execute("select article from inputs")
        assert database.value("token") is None
