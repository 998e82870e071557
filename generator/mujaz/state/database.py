"""The database of runs: all that is understood and published, one transaction a run.

What is in it is what one run left, whole, whenever a run is killed. The file may be removed at any
time: it holds nothing that cannot be made again from the raw articles. It is sealed, so that damage
is seen. `schema.sql` beside this module declares every table.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

from mujaz.state.good_documents import rescue_documents, store_documents
from mujaz.state.sealed import is_sealed, open_sealed

_FILE = "store.sqlite"
_SCHEMA = Path(__file__).with_name("schema.sql")


class Database:
    """The database with an open transaction."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Take an open connection; tables that are missing are made."""
        self.base = base
        create_tables(base)

    def value(self, name: str) -> Any:
        """Return the value that was noted under `name`, or None."""
        row = self.base.execute("select value from notes where name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    def note(self, name: str, value: Any) -> None:
        """Note a value, which JSON has a form for, under `name`."""
        self.base.execute(
            "insert or replace into notes values (?, ?)",
            (name, json.dumps(value, ensure_ascii=False)),
        )

    def clear(self) -> None:
        """Remove everything."""
        self.base.execute("pragma user_version = 0")
        create_tables(self.base)


def create_tables(base: sqlite3.Connection) -> None:
    """Make every table of the schema, unless they are there; those of another schema go."""
    schema = _SCHEMA.read_text("utf-8")
    version = crc32(schema.encode()) >> 1
    if base.execute("pragma user_version").fetchone()[0] == version:
        return
    query = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
    for (name,) in base.execute(query).fetchall():
        base.execute(f'drop table "{name}"')
    # One by one: `executescript` would end the transaction.
    for statement in schema.split(";\n"):
        base.execute(statement)
    base.execute(f"pragma user_version = {version}")


def in_memory() -> sqlite3.Connection:
    """Return an empty database with all tables, which goes when it is closed."""
    base = sqlite3.connect(":memory:", isolation_level=None)
    create_tables(base)
    return base


@contextmanager
def open_database(folder: Path, *, keep: bool = True, anew: bool = False) -> Iterator[Database]:
    """Give the database in `folder`; with `anew`, an empty one.

    Unless changes are to be kept, it is a copy, and nobody else is in the way of it or sees it. A
    database that is not as the last run left it is begun anew, with the last good versions of
    inputs that are sound in it; where none can be written, one in memory serves. Raises
    `StateError` if another program has locked it, the disk is full, or the like.
    """
    path = database_file(folder)
    rescued = rescue_documents(path) if anew or not is_sealed(path) else []
    with _private_copy(path, anew) if not keep else open_sealed(path, anew) as base:
        base.isolation_level = None
        base.execute("pragma temp_store = memory")
        base.execute("pragma cache_size = -32000")
        base.execute("begin immediate")
        database = Database(base)
        store_documents(base, rescued)
        yield database
        if keep:
            base.commit()


def database_file(folder: Path) -> Path:
    """Return the path of the database in a cache folder."""
    return folder / _FILE


@contextmanager
def _private_copy(path: Path, anew: bool) -> Iterator[sqlite3.Connection]:
    """Give a copy of the database at `path`; an empty one if no whole copy can be made."""
    import shutil  # only who looks without a build needs a copy
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / _FILE
        try:
            is_whole = not anew and is_sealed(path)
            if is_whole:
                shutil.copyfile(path, copied)
                is_whole = is_sealed(path)  # else a run changed it meanwhile
        except OSError:
            is_whole = False
        with closing(sqlite3.connect(copied if is_whole else ":memory:")) as base:
            yield base
