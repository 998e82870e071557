"""Where runs keep what they understood: one database, of which nothing is lost if a run is killed.

All that a run changes is one transaction, so what is kept is what one run left, whole. The file may
be removed at any time: it holds nothing that cannot be made again from the raw articles.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

_FILE = "store.sqlite"
_SCHEMA = Path(__file__).with_name("schema.sql")


def create_tables(base: sqlite3.Connection) -> None:
    """Make every table that `schema.sql` declares, unless they are there."""
    if not base.execute("select 1 from sqlite_master where name = 'about'").fetchone():
        # One by one: `executescript` would end the transaction.
        for statement in _SCHEMA.read_text("utf-8").split(";\n"):
            base.execute(statement)


def in_memory() -> sqlite3.Connection:
    """Return an empty database with all tables, which goes when it is closed."""
    base = sqlite3.connect(":memory:", isolation_level=None)
    create_tables(base)
    return base


class Store:
    """The database, with an open transaction."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Take an open database."""
        self.base = base
        create_tables(base)

    def about(self, name: str) -> Any:
        """Return what was noted under `name`, or None."""
        row = self.base.execute("select value from about where name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    def note(self, name: str, value: Any) -> None:
        """Note `value` under `name`."""
        self.base.execute(
            "insert or replace into about values (?, ?)",
            (name, json.dumps(value, ensure_ascii=False)),
        )

    def clear(self) -> None:
        """Forget everything."""
        tables = self.base.execute(
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
        ).fetchall()
        for (name,) in tables:
            self.base.execute(f'drop table "{name}"')
        create_tables(self.base)


@contextmanager
def store(folder: Path, *, keeps: bool = True) -> Iterator[Store]:
    """Give the store in `folder`; unless it `keeps`, what is done to it is taken back.

    A store that cannot be read is begun anew; where none can be written, one in memory serves.
    """
    path = folder / _FILE
    base = _opened(path) if keeps or path.is_file() else in_memory()
    try:
        base.execute("begin immediate")
        yield Store(base)
        base.execute("commit" if keeps else "rollback")
    finally:
        base.close()


def discard(folder: Path) -> None:
    """Remove a store of which a part turned out to be damaged."""
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
