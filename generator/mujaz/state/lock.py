"""The lock: one build at a time works on the state, the pages and the site of a configuration.

The system lets go of it when its owner ends, however that ends, so that it never outlives a build.
What stands in the file is for people alone.
"""

from __future__ import annotations

import fcntl
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mujaz.errors import StateError
from mujaz.state.files import remove_entry

DEFAULT_WAIT_SECONDS = 60.0
_FILE = "lock"
_POLL_SECONDS = 0.1
_OPEN_FLAGS = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


@contextmanager
def build_lock(folder: Path, wait_seconds: float, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock in a cache folder; where nobody can write, go on without.

    If another build has it, that is said once, and it is waited for. Raises `StateError` if it is
    not let go of within `wait_seconds`.
    """
    try:
        descriptor = _acquire(folder, wait_seconds, say)
    except OSError:  # the folder cannot be written, or its file system has no locks
        yield
        return
    try:
        yield
    finally:
        os.close(descriptor)


def _acquire(folder: Path, wait_seconds: float, say: Callable[[str], None]) -> int:
    """Return the descriptor of the locked file. Raises `OSError` if there can be none."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _FILE
    deadline = time.monotonic() + wait_seconds
    is_waiting = False
    while True:
        descriptor = _open_file(path)
        try:
            if _is_locked_now(descriptor, path):
                _write_owner(descriptor)
                return descriptor
            owner = _owner(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if time.monotonic() >= deadline:
            raise StateError(
                f"{folder}: another build ({owner}) has the lock; let it end, then build again"
            )
        if not is_waiting:
            say(f"another build ({owner}) has the lock; waiting up to {wait_seconds:g} s")
            is_waiting = True
        time.sleep(_POLL_SECONDS)


def _open_file(path: Path) -> int:
    """Open the lock file; whatever else is in its place is removed."""
    for _ in range(2):
        with suppress(OSError):
            descriptor = os.open(path, _OPEN_FLAGS, 0o644)
            if stat.S_ISREG(os.fstat(descriptor).st_mode):
                return descriptor
            os.close(descriptor)
        if path.is_symlink() or (path.exists() and not path.is_file()):
            remove_entry(path)
    return os.open(path, _OPEN_FLAGS, 0o644)


def _is_locked_now(descriptor: int, path: Path) -> bool:
    """Lock the open file, unless another build has; return whether we have the lock now."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:  # somebody has just removed it: another one is the lock now
        return False


def _write_owner(descriptor: int) -> None:
    with suppress(OSError):  # it is a courtesy
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"pid {os.getpid()}, since {time.strftime('%H:%M:%S')}".encode(), 0)


def _owner(descriptor: int) -> str:
    """Return who has the lock, and since when, as far as it says."""
    text = os.pread(descriptor, 100, 0).decode("ascii", "replace")
    return text if text.isprintable() and text else "of which nothing is known"
