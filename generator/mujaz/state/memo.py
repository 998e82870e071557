"""The memo: results that take long to make and depend on their key alone, remembered between runs.

It is a file of its own, apart from the run's database: a run that is rolled back loses none of it,
and what cannot be read or written costs time, and nothing else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

_FILE = "memo.sqlite"
_BATCH_RESULTS = 1_000
"""Results that are written in one go: a run that is killed loses no more than these."""
_TABLE = "create table if not exists memo (key text primary key, result blob) without rowid"


class Remember(Protocol):
    """Results by keys, maybe remembered from an earlier run."""

    def __call__(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return the result of a key that stands for all that it depends on, or make it."""

    def __contains__(self, key: object) -> bool:
        """Whether the result need not be made."""


class RememberNothing:
    """Makes every result anew."""

    def __call__(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what `make` makes."""
        return make()

    def __contains__(self, key: object) -> bool:
        """Return False: each result must be made."""
        return False


class Memo:
    """Results by key; each is read when it is asked for."""

    def __init__(self, base: sqlite3.Connection, version: str = "", keep: bool = True) -> None:
        """Take the database of earlier runs.

        `version` is a fingerprint of the code that makes results, part of every key. Results are
        written if they are to be kept.
        """
        self._base = base
        self._version = version.encode()
        self._keep = keep
        self._requested: set[str] | None = None
        self._new: dict[str, bytes] = {}

    def __call__(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return the remembered result of a key, or make it."""
        full_key = self._full(key)
        if self._requested is not None:
            self._requested.add(full_key)
        result = self._read(full_key)
        if result is None:
            result = self._new[full_key] = make()
            if self._keep and len(self._new) >= _BATCH_RESULTS:
                self.write()
        return result

    def __contains__(self, key: object) -> bool:
        """Whether the result need not be made."""
        return self._read(self._full(str(key))) is not None

    def _full(self, key: str) -> str:
        digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16, key=self._version)
        return digest.hexdigest()

    def _read(self, full_key: str) -> bytes | None:
        if full_key in self._new:
            return self._new[full_key]
        with suppress(sqlite3.Error):
            query = "select result from memo where key = ?"
            row = self._base.execute(query, (full_key,)).fetchone()
            if row and isinstance(row[0], bytes):
                return row[0]
        return None

    def write(self) -> None:
        """Write the new results: all of them, or none."""
        if self._new:
            with suppress(sqlite3.Error), self._base:
                rows = list(self._new.items())
                self._base.executemany("insert or replace into memo values (?, ?)", rows)
                self._new.clear()

    def expect_all(self) -> None:
        """Say that this run will request all results that are needed: the others may be removed."""
        self._requested = set()

    def remove_unrequested(self) -> None:
        """Remove the results that were not requested, if all were to be."""
        if self._requested is not None:
            with suppress(sqlite3.Error), self._base:
                keys = {key for (key,) in self._base.execute("select key from memo")}
                unrequested: Iterable[tuple[str]] = ((key,) for key in keys - self._requested)
                self._base.executemany("delete from memo where key = ?", unrequested)


@contextmanager
def open_memo(folder: Path, version: str = "", *, keep: bool = True) -> Iterator[Memo]:
    """Give the memo in `folder`; if it is to `keep` new results, later runs have them."""
    with closing(_opened(folder / _FILE, keep)) as base:
        memo = Memo(base, version, keep)
        yield memo
        if keep:
            memo.write()
            memo.remove_unrequested()


def _opened(path: Path, keep: bool) -> sqlite3.Connection:
    """Return the database at `path`; an empty one in memory if there can be none."""
    for _ in range(2):
        with suppress(OSError, sqlite3.Error):
            if keep:
                path.parent.mkdir(parents=True, exist_ok=True)
                base = sqlite3.connect(path)
            else:
                base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
            try:
                base.execute("pragma synchronous = off")
                if keep:
                    base.execute(_TABLE)
                base.execute("select result from memo limit 1").fetchall()
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
