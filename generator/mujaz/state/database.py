"""The database of runs: all that is understood and published, one transaction a run.

What is in it is what one run left, whole, whenever a run is killed. The file may be removed at any
time: it holds nothing that cannot be made again from the raw articles. `schema.sql` beside this
module declares every table.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from zlib import crc32

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
def open_database(folder: Path, *, keep: bool = True) -> Iterator[Database]:
    """Give the database in `folder`; unless changes are to be kept, they are rolled back.

    A database that cannot be read is begun anew; where none can be written, one in memory serves.
    """
    path = folder / _FILE
    base = _opened(path) if keep or path.is_file() else in_memory()
    try:
        base.execute("begin immediate")
        yield Database(base)
        base.execute("commit" if keep else "rollback")
    finally:
        base.close()


def remove_database(folder: Path) -> None:
    """Remove a database of which a part turned out to be damaged."""
    (folder / _FILE).unlink(missing_ok=True)


def _opened(path: Path) -> sqlite3.Connection:
    for _ in range(2):
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            base = sqlite3.connect(path, isolation_level=None, timeout=1)
            try:
                base.execute("pragma synchronous = off")
                base.execute("pragma temp_store = memory")
                base.execute("pragma cache_size = -32000")
                base.execute("begin immediate")
                base.execute("select count(*) from sqlite_master").fetchone()
                base.execute("rollback")
                return base
            except sqlite3.OperationalError:  # another run has it, or nobody may write here
                base.close()
                break
            except sqlite3.DatabaseError:  # damaged, or of another kind
                base.close()
                path.unlink()
    return in_memory()
