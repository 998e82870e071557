"""What runs keep is what one run left, whole, or nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from mujaz.errors import StateError
from mujaz.state.database import open_database

from tests.support import contents


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


def store(folder: Path) -> Path:
    return folder / "store.sqlite"


def execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        for statement in statements:
            base.execute(statement)


def in_the_same_tick(path: Path) -> None:
    """Change a byte as soon as can be after it was sealed, and set the old times again."""
    put(path.parent, "a")
    status = path.stat()
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def make_folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    (path / "inner").mkdir(parents=True)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "short": lambda path: path.write_bytes(b"short"),
    "zeros": lambda path: path.write_bytes(bytes(9000)),
    "a bit": in_the_same_tick,
    "a folder": make_folder,
    "a link": lambda path: path.symlink_to(path.rename(path.parent / "x")),
    "another file": lambda path: shutil.copy(shutil.move(path, path.parent / "x"), path),
    "a table dropped": lambda path: execute(path, "drop table inputs"),
    "another column": lambda path: execute(path, "alter table inputs rename article to x"),
    "a value": lambda path: execute(path, "update notes set value = '{' where name = 'value'"),
    "no text": lambda path: execute(path, "update notes set value = cast(x'ff' as text)"),
    "its seal": lambda path: path.with_suffix(".seal").write_bytes(b"x" * 90),
    "no seal": lambda path: path.with_suffix(".seal").unlink(),
    "a folder for a seal": lambda path: make_folder(path.with_suffix(".seal")),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_what_is_not_as_it_was_left_is_begun_anew(
    damage: Callable[[Path], object], tmp_path: Path
) -> None:
    put(tmp_path, "a")
    damage(store(tmp_path))
    assert found(tmp_path) == (None, 0)
    put(tmp_path, "b")
    assert found(tmp_path) == ("b", 1)


@pytest.mark.parametrize("suffix", ["-journal", "-wal", "-shm"])
@pytest.mark.parametrize("damage", [make_folder, lambda path: path.write_bytes(b"\xd9" * 9000)])
def test_what_is_beside_it_changes_nothing(
    suffix: str, damage: Callable[[Path], object], tmp_path: Path
) -> None:
    put(tmp_path, "a")
    damage(store(tmp_path).with_name(f"store.sqlite{suffix}"))
    put(tmp_path, "b")
    assert found(tmp_path) == ("b", 2)


def test_where_nothing_can_be_kept_runs_go_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    put(tmp_path / "file", "a")
    assert found(tmp_path / "file") == (None, 0)


def test_who_only_looks_is_in_nobodys_way_and_sees_nothing_half_done(tmp_path: Path) -> None:
    put(tmp_path, "a")
    before = contents(tmp_path)
    with open_database(tmp_path, keep=False) as copy:
        copy.note("value", "b")
        assert contents(tmp_path) == before
        put(tmp_path, "c")
        with open_database(tmp_path) as database:
            assert database.value("value") == "c"
            assert found(tmp_path) == ("c", 2)


def test_another_program_has_it(tmp_path: Path) -> None:
    put(tmp_path, "a")
    with closing(sqlite3.connect(store(tmp_path), isolation_level=None)) as other:
        other.execute("begin exclusive")
        with pytest.raises(StateError, match=r"store\.sqlite: another program has locked it; end"):
            put(tmp_path, "b")
    put(tmp_path, "b")
    assert found(tmp_path) == ("b", 2)


def test_a_database_of_another_schema_is_begun_anew(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as base, base:
        base.execute("create table inputs (file text)")
        base.execute("create table about (name text)")
    with open_database(tmp_path) as database:
        database.base.execute("select article from inputs")
        assert database.value("token") is None
