"""The memo: results that take long to make and depend on their key alone, remembered between runs.

It is a file of its own, apart from the run's database: a run that is rolled back loses none of it,
and what cannot be read or written costs time, and nothing else. Each result has a checksum, so that
one that was damaged is made again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

from mujaz.state.sealed import discard_database, is_fault_of_host

_FILE = "memo.sqlite"
_BATCH_RESULTS = 1_000
"""Results that are written in one go: a run that is killed loses no more than these."""
_TABLE = (
    "create table if not exists results"
    " (key blob primary key, checksum blob, result blob) without rowid"
)
_BUSY_SECONDS = 1
"""How long is waited for another program that has the file."""


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
        self._requested: set[bytes] | None = None
        self._new: dict[bytes, bytes] = {}
        self.is_damaged = False
        """Whether the file must be begun anew."""

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

    def _full(self, key: str) -> bytes:
        digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16, key=self._version)
        return digest.digest()

    def _read(self, full_key: bytes) -> bytes | None:
        if full_key in self._new:
            return self._new[full_key]
        with self._giving_up():
            query = "select checksum, result from results where key = ?"
            row = self._base.execute(query, (full_key,)).fetchone()
            if row and isinstance(row[1], bytes) and row[0] == _checksum(full_key, row[1]):
                return row[1]
        return None

    def close(self) -> None:
        """Close the database."""
        self._base.close()

    def write(self) -> None:
        """Write the new results: all of them, or none."""
        if self._new:
            with self._giving_up(), self._base as base:
                rows = [(key, _checksum(key, made), made) for key, made in self._new.items()]
                base.executemany("insert or replace into results values (?, ?, ?)", rows)
                self._new.clear()

    def expect_all(self) -> None:
        """Say that this run will request all results that are needed: the others may be removed."""
        self._requested = set()

    def remove_unrequested(self) -> None:
        """Remove the results that were not requested, if all were to be."""
        if self._requested is not None:
            with self._giving_up(), self._base as base:
                keys = {key for (key,) in base.execute("select key from results")}
                unrequested: Iterable[tuple[bytes]] = ((key,) for key in keys - self._requested)
                base.executemany("delete from results where key = ?", unrequested)

    @contextmanager
    def _giving_up(self) -> Iterator[None]:
        """After an error of the database, go on with one in memory."""
        try:
            yield
        except sqlite3.Error as error:
            self.is_damaged |= not is_fault_of_host(error)
            self._base.close()
            self._base = _in_memory()


@contextmanager
def open_memo(folder: Path, version: str = "", *, keep: bool = True) -> Iterator[Memo]:
    """Give the memo in `folder`; if it is to `keep` new results, later runs have them."""
    path = folder / _FILE
    memo = Memo(_opened(path, keep), version, keep)
    with closing(memo):
        yield memo
        if keep:
            memo.write()
            memo.remove_unrequested()
    if keep and memo.is_damaged:
        with suppress(OSError):
            discard_database(path)


def _checksum(key: bytes, result: bytes) -> bytes:
    return blake2b(result, digest_size=8, key=key).digest()


def _opened(path: Path, keep: bool) -> sqlite3.Connection:
    """Return the database at `path`; an empty one in memory if there can be none."""
    for _ in range(2):
        with suppress(OSError):
            if keep:
                path.parent.mkdir(parents=True, exist_ok=True)
            mode = "rwc" if keep else "ro"
            address = f"{path.absolute().as_uri()}?mode={mode}"
            base = None
            try:
                base = sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS)
                base.execute("pragma synchronous = off")
                if keep:
                    base.execute(_TABLE)
                base.execute("select key, checksum, result from results limit 1").fetchall()
                return base
            except sqlite3.Error as error:
                if base:
                    base.close()
                if not keep or (is_fault_of_host(error) and not path.is_dir()):
                    break  # there is none to read, or another program has it
                discard_database(path)  # it is damaged, or of another kind
    return _in_memory()


def _in_memory() -> sqlite3.Connection:
    base = sqlite3.connect(":memory:")
    base.execute(_TABLE)
    return base
