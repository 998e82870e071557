"""Databases that are trusted only as they were left: whoever writes to one breaks its seal.

The seal is a small file beside the database that says what the system said of it when a run left
it: size, inode, and the times of the last modification and status change. No program can change a
byte of a file, or put another one in its place, without changing one of them; so damage costs a
look to find, however large the database is. What the seal cannot see is a disk that gives back
other bytes than it was given.

A database whose seal is broken is removed, and everything in it is made again.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from mujaz.errors import MujazError, StateError
from mujaz.state.files import read_checked, remove_entry, write_checked

T = TypeVar("T")
_COMPANIONS = ("-journal", "-wal", "-shm")
"""What SQLite puts behind a database's name for files of its own."""
_MINUTE_NS = 60_000_000_000
_BUSY_SECONDS = 2
"""How long is waited for another program that has the database. No other run does: see `lock`."""
_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_HOST_FAULTS = {
    **dict.fromkeys(_LOCKED, "another program has locked it; end that, then build again"),
    sqlite3.SQLITE_FULL: "no space is left on the disk; free some, then build again",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written; check it, then build again",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; make its folder yours to write in",
    sqlite3.SQLITE_READONLY: "cannot be written; make it and its folder yours to write in",
    sqlite3.SQLITE_PERM: "cannot be written; make it and its folder yours to write in",
}
"""What is not the database's fault, and what to do about it, by the code of SQLite's error."""


class SealedConnection(sqlite3.Connection):
    """A connection to a database in a file that is sealed whenever a transaction is committed."""

    path: Path

    def commit(self) -> None:
        """Commit, and seal what is there now."""
        super().commit()
        _seal(self.path)


@contextmanager
def open_sealed(path: Path, anew: bool = False) -> Iterator[sqlite3.Connection]:
    """Give a connection to the database at `path`; an empty one if its seal is broken, or `anew`.

    Where none can be written, it is one in memory. Raises `StateError` if another program has
    locked it, the disk is full, or the like.
    """
    with closing(_connect(path, anew)) as base:
        try:
            yield base
        except sqlite3.Error as error:
            if is_fault_of_host(error):
                raise _state_error(path, error) from None
            raise


def _connect(path: Path, anew: bool) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if is_sealed(path) and not anew:
            _discard_companions(path)  # of a run that was killed before it wrote to the database
        else:
            discard_database(path)
        base = sqlite3.connect(path, timeout=_BUSY_SECONDS, factory=SealedConnection)
        base.path = path
        try:
            base.execute("pragma synchronous = off")
            base.execute("begin immediate")
            base.execute("select count(*) from sqlite_master").fetchone()
            sqlite3.Connection.rollback(base)
        except BaseException:
            base.close()
            raise
        return base
    except (OSError, sqlite3.Error) as error:
        if _error_code(error) in _LOCKED:
            raise _state_error(path, error) from None
        with suppress(OSError):  # what nobody writes to any more is out of date
            discard_database(path)
        return sqlite3.connect(":memory:")


def is_sealed(path: Path) -> bool:
    """Return whether a database is there, and as the last run left it."""
    try:
        return read_checked(_seal_of(path)) == _stamp(path)
    except (OSError, ValueError):
        return False


def discard_database(path: Path) -> None:
    """Remove the database at `path`, and what belongs to it. Raises `OSError`."""
    for each in (_seal_of(path), path):
        remove_entry(each)
    _discard_companions(path)


def run_or_begin_anew(path: Path, run: Callable[[bool], T]) -> T:
    """Return what `run` returns; it opens the database at `path`, and is told whether anew.

    If it fails from what was there, for a reason that damage may be, it runs once more, anew.
    """
    began_from_state = is_sealed(path)
    try:
        return run(False)
    except (MujazError, OSError, MemoryError):
        raise
    except Exception:
        if not began_from_state:
            raise
    return run(True)


def is_fault_of_host(error: sqlite3.Error) -> bool:
    """Return whether an error is none of the database: it is locked, or the disk is full."""
    return _error_code(error) in _HOST_FAULTS


def _state_error(path: Path, error: Exception) -> StateError:
    """Return the error that says in plain words what SQLite said of the database at `path`."""
    return StateError(f"{path}: {_HOST_FAULTS[_error_code(error)]}")


def _error_code(error: BaseException) -> int:
    """Return SQLite's primary code for an error; 0 if it gave none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _discard_companions(path: Path) -> None:
    for suffix in _COMPANIONS:
        remove_entry(path.with_name(path.name + suffix))


def _seal_of(path: Path) -> Path:
    return path.with_suffix(".seal")


def _seal(path: Path) -> None:
    with suppress(OSError):  # then the next run begins anew
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)  # when the power fails, the seal must not outlive what it is of
        finally:
            os.close(descriptor)
        # Set back, so that even a write in this very tick of the clock changes it.
        modified = time.time_ns() - _MINUTE_NS
        os.utime(path, ns=(modified, modified))
        write_checked(_seal_of(path), _stamp(path))


def _stamp(path: Path) -> bytes:
    status = path.lstat()
    numbers = (status.st_size, status.st_ino, status.st_mtime_ns, status.st_ctime_ns)
    return repr(numbers).encode()
