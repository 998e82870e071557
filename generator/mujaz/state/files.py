"""Atomic writes: a reader of a file finds the old content or the new one, never a part of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

PARTIAL_PREFIX = ".mujaz-"
"""How the names of files begin that are not whole yet; everything else passes over them."""


def write_atomically(path: Path, data: bytes) -> None:
    """Make `data` the content of the file, all at once; folders that are missing are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=PARTIAL_PREFIX)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(partial).chmod(0o644)  # `mkstemp` lets nobody else read it
        Path(partial).replace(path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise


def write_if_changed(path: Path, text: str) -> bool:
    """Make `text` the content of the file; return whether it was another one before."""
    data = text.encode()
    try:
        if path.read_bytes() == data:
            return False
    except OSError:
        pass  # it is not there, and will be
    write_atomically(path, data)
    return True


def remove_file(path: Path, root: Path) -> None:
    """Remove a file below `root`, and the folders that this leaves empty."""
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == root or not folder.is_dir() or any(folder.iterdir()):
            break
        folder.rmdir()


def is_plain_folder(root: Path, path: str) -> bool:
    """Return whether there is a folder at `path` below `root`, and no link on the way to it."""
    folder = root / path
    on_the_way = [each for each in (folder, *folder.parents) if root in each.parents]
    return folder.is_dir() and not any(each.is_symlink() for each in on_the_way)
