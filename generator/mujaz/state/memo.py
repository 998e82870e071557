"""Keeps between builds what takes long to make and depends on its name alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

_FILE = "kept.sqlite"
_AT_ONCE = 1_000
"""Contents written in one go: a run that is killed loses no more than these."""
_TABLE = "create table if not exists kept (name text primary key, content blob) without rowid"


class Memory:
    """Contents by name; each is read when it is asked for.

    A name stands for all that its content depends on, so a content never has to be made again;
    what cannot be read or written costs time, and nothing else.
    """

    def __init__(self, base: sqlite3.Connection, keeps: bool) -> None:
        """Take the database that earlier builds kept; if this `keeps`, new contents join it."""
        self._base = base
        self._keeps = keeps
        self._asked: set[str] | None = None
        self._new: dict[str, bytes] = {}

    def __call__(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return the content kept under `name`, or make it."""
        if self._asked is not None:
            self._asked.add(name)
        content = self._new.get(name)
        if content is None:
            content = self._read(name)
        if content is None:
            content = self._new[name] = make()
            if self._keeps and len(self._new) >= _AT_ONCE:
                self.write()
        return content

    def __contains__(self, name: object) -> bool:
        """Whether the content need not be made."""
        return name in self._new or self._read(name) is not None

    def _read(self, name: object) -> bytes | None:
        with suppress(sqlite3.Error):
            row = self._base.execute("select content from kept where name = ?", (name,)).fetchone()
            if row and isinstance(row[0], bytes):
                return row[0]
        return None

    def write(self) -> None:
        """Write what is new: all of it, or nothing."""
        if self._new:
            with suppress(sqlite3.Error), self._base:
                self._base.executemany(
                    "insert or replace into kept values (?, ?)", list(self._new.items())
                )
                self._new.clear()

    def forget(self, names: Iterable[str]) -> None:
        """Remove contents that nobody will ask for."""
        with suppress(sqlite3.Error), self._base:
            self._base.executemany("delete from kept where name = ?", ((each,) for each in names))

    def expect_all(self) -> None:
        """Say that whatever is needed will be asked for from now on: the rest may go."""
        self._asked = set()

    def forget_the_rest(self) -> None:
        """Remove what was not asked for, if everything was to be."""
        if self._asked is not None:
            with suppress(sqlite3.Error):
                names = {name for (name,) in self._base.execute("select name from kept")}
                self.forget(names - self._asked)


@contextmanager
def memory(folder: Path, *, keeps: bool = True) -> Iterator[Memory]:
    """Give what is kept in `folder`; if this `keeps`, what was new is there at the next time."""
    with closing(_opened(folder / _FILE, keeps)) as base:
        found = Memory(base, keeps)
        yield found
        if keeps:
            found.write()
            found.forget_the_rest()


def _opened(path: Path, keeps: bool) -> sqlite3.Connection:
    """Return the database at `path`; an empty one that is not kept if there can be none."""
    for _ in range(2):
        with suppress(OSError, sqlite3.Error):
            if keeps:
                path.parent.mkdir(parents=True, exist_ok=True)
                base = sqlite3.connect(path)
            else:
                base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
            try:
                base.execute("pragma synchronous = off")
                if keeps:
                    base.execute(_TABLE)
                base.execute("select content from kept limit 1").fetchall()
            except sqlite3.OperationalError:  # another run has it, or there is none to read
                base.close()
                break
            except sqlite3.DatabaseError:  # damaged, or of another kind
                base.close()
                path.unlink()
                continue
            return base
    base = sqlite3.connect(":memory:")
    base.execute(_TABLE)
    return base
