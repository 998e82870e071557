"""Keeps between builds what takes long to make and depends on its name alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

_FILE = "kept.sqlite"
_SPARE = 1_000
"""Contents nobody asked for that may stay: another folder of articles may ask for them."""


class Memory:
    """Contents by name, in memory while a build runs.

    A name stands for all that its content depends on, so a content never has to be made again;
    what cannot be read or written costs time, and nothing else.
    """

    def __init__(self, kept: dict[str, bytes]) -> None:
        """Take what earlier builds kept."""
        self._kept = kept
        self.asked: dict[str, bytes] = {}
        """What was asked for so far."""

    def __call__(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return the content kept under `name`, or make it."""
        content = self.asked.get(name)
        if content is None:
            content = self._kept.get(name)
            content = make() if content is None else content
            self.asked[name] = content
        return content


@contextmanager
def memory(folder: Path, *, keeps: bool = True) -> Iterator[Memory]:
    """Give what is kept in `folder`; if this `keeps`, what was new is there at the next time."""
    kept = _read(folder / _FILE)
    found = Memory(kept)
    yield found
    new = {name: content for name, content in found.asked.items() if name not in kept}
    stale = kept.keys() - found.asked.keys()
    stale = stale if len(stale) > max(len(found.asked), _SPARE) else set()
    if keeps and (new or stale):
        with suppress(OSError, sqlite3.Error):
            folder.mkdir(parents=True, exist_ok=True)
            _write(folder / _FILE, new, stale)


def _read(path: Path) -> dict[str, bytes]:
    if not path.is_file():
        return {}
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as base:
            rows = base.execute("select name, content from kept").fetchall()
    except sqlite3.Error:  # damaged, or of another kind
        with suppress(OSError):
            path.unlink()
        return {}
    return {name: content for name, content in rows if isinstance(content, bytes)}


def _write(path: Path, new: dict[str, bytes], stale: set[str]) -> None:
    with closing(sqlite3.connect(path)) as base, base:  # all of it, or nothing
        base.execute("create table if not exists kept (name text primary key, content blob)")
        base.executemany("insert or replace into kept values (?, ?)", new.items())
        base.executemany("delete from kept where name = ?", ((name,) for name in stale))
