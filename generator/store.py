"""Where runs keep what they understood: one database, of which nothing is lost if a run is killed.

All that a run changes is one transaction, so what is kept is what one run left, whole. The file may
be removed at any time: it holds nothing that cannot be made again from the raw articles.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

_FILE = "store.sqlite"
_TABLES = (
    "create table if not exists about (name text primary key, value text) without rowid",
    "create table if not exists kept (name text primary key, content blob) without rowid",
)
_STAY = ("kept",)
"""Tables whose rows depend on their names alone: they outlive a change of code or settings."""


class Store:
    """The database, with an open transaction."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Take an open database."""
        self.base = base
        self._asked: set[str] | None = None
        for statement in _TABLES:
            base.execute(statement)

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
        """Forget all but what depends on its name alone; of that, what nobody asks for now."""
        tables = self.base.execute(
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
        ).fetchall()
        for (name,) in tables:
            if name not in _STAY:
                self.base.execute(f'drop table "{name}"')
        self.base.execute(_TABLES[0])
        self._asked = set()

    # Contents by name: see `enrich.kept.Remember`.

    def __call__(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return the content kept under `name`, or make it."""
        if self._asked is not None:
            self._asked.add(name)
        row = self.base.execute("select content from kept where name = ?", (name,)).fetchone()
        if row:
            return bytes(row[0])
        content = make()
        self.base.execute("insert or replace into kept values (?, ?)", (name, content))
        return content

    def __contains__(self, name: object) -> bool:
        """Whether the content need not be made."""
        found = self.base.execute("select 1 from kept where name = ?", (name,)).fetchone()
        return found is not None

    def forget(self, names: set[str]) -> None:
        """Remove contents."""
        self.base.executemany("delete from kept where name = ?", ((name,) for name in names))

    def settle(self) -> None:
        """After everything was cleared and made again: remove contents that nobody asked for."""
        if self._asked is not None:
            rows = self.base.execute("select name from kept").fetchall()
            self.forget({name for (name,) in rows} - self._asked)


@contextmanager
def store(folder: Path, *, keeps: bool = True) -> Iterator[Store]:
    """Give the store in `folder`; unless it `keeps`, what is done to it is taken back.

    A store that cannot be read is begun anew; where none can be written, one in memory serves.
    """
    base = _opened(folder / _FILE)
    try:
        base.execute("begin immediate")
        yield Store(base)
        base.execute("commit" if keeps else "rollback")
    finally:
        base.close()


def memory_store() -> Store:
    """Return an empty store in memory."""
    base = sqlite3.connect(":memory:", isolation_level=None)
    base.execute("begin")
    return Store(base)


def _opened(path: Path) -> sqlite3.Connection:
    for _ in range(2):
        with suppress(OSError, sqlite3.OperationalError):
            path.parent.mkdir(parents=True, exist_ok=True)
            base = sqlite3.connect(path, isolation_level=None)
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
    base = sqlite3.connect(":memory:", isolation_level=None)
    return base
