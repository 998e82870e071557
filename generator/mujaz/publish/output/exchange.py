"""Lets two folders change places, at once wherever the system can."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from pathlib import Path

_RENAME_EXCHANGE = _RENAME_SWAP = 2
"""The flags of Linux' `renameat2` and of macOS' `renameatx_np`; they happen to be the same."""
_MAX_SINGLE_SYNCS = 100
"""Files up to which each is sent to the disk by itself; for more, all of the file system is."""


def exchange(one: Path, other: Path) -> None:
    """Let two folders change places in one step. Raises `OSError` where the system cannot."""
    import ctypes  # runs with nothing to do have no use for it

    library = ctypes.CDLL(None, use_errno=True)
    name = "renameatx_np" if sys.platform == "darwin" else "renameat2"
    function = getattr(library, name, None)
    if function is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    current = ctypes.c_int(-2 if sys.platform == "darwin" else -100)  # AT_FDCWD
    arguments = (current, os.fsencode(one), current, os.fsencode(other), _RENAME_EXCHANGE)
    if function(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one))


def put_in_place(tree: Path, site: Path, aside: Path) -> None:
    """Make the folder `tree` the one at `site`, and the one that was there the one at `tree`.

    Where two folders cannot change places at once, the old one is moved to `aside` in between;
    `take_back` mends that if the run is killed there. Raises `OSError` if neither can be done.
    """
    if not os.path.lexists(site):
        tree.rename(site)
        return
    try:
        exchange(tree, site)
    except OSError:
        site.rename(aside)
        try:
            tree.rename(site)
        except OSError:
            aside.rename(site)
            raise
        aside.rename(tree)


def take_back(aside: Path, site: Path) -> None:
    """Put the last site back in its place if a run was killed while none was there."""
    if aside.is_dir() and not os.path.lexists(site):
        aside.rename(site)


def send_to_disk(root: Path, paths: Iterable[str]) -> None:
    """Wait until files below `root` have reached the disk: a site is shown only once it lasts."""
    files = [root / path for path in paths]
    if len(files) > _MAX_SINGLE_SYNCS:
        files = []
        os.sync()
    for path in [*files, *{file.parent for file in files}]:
        try:
            descriptor = os.open(path, os.O_RDONLY)
        except OSError:
            continue  # it is no more
        try:
            os.fsync(descriptor)
        except OSError:
            pass  # some file systems know no such thing
        finally:
            os.close(descriptor)
