"""Walks the folder of raw articles, in one order everywhere, touching only regular files in it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.model import Document, Problem
from generator.read import plain

LARGEST_BYTES = 8 * 1024 * 1024
_READERS = {".txt": plain.read, ".text": plain.read, "": plain.read}


def read_folder(folder: Path) -> Iterator[Document | Problem]:
    """Yield every file below `folder` as a Document or a Problem, sorted by its path.

    Files and folders whose name begins with a dot are not inputs.
    """
    root = folder.resolve()
    for path in _walk(folder):
        yield _read(path, _name(path, folder), root)


def read_files(paths: Iterable[Path]) -> Iterator[Document | Problem]:
    """Yield `paths` in their order, and in place of a folder, the files below it."""
    for path in paths:
        if path.is_dir():
            for inner in _walk(path):
                yield _read(inner, f"{_name(path)}/{_name(inner, path)}", path.resolve())
        else:
            yield _read(path, _name(path), path.parent.resolve())


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files below `folder`; a link to a folder is yielded, not entered."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        else:
            yield Path(entry.path)


def _name(path: Path, folder: Path | None = None) -> str:
    """Return the path as text that any terminal and JSON reader can take."""
    relative = path.relative_to(folder) if folder else path
    return os.fsencode(relative.as_posix()).decode("utf-8", "backslashreplace")


def _read(path: Path, name: str, root: Path) -> Document | Problem:
    """Read one file, if it is safe to: regular, inside `root`, of a sane size, readable."""
    try:
        if path.is_symlink():
            target = path.resolve(strict=True)
            if not target.is_relative_to(root):
                return Problem(name, "is a link out of its folder", "copy the file itself here")
        # Opened without blocking, so that a FIFO or a device cannot hold the build up.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return Problem(name, "does not exist", "check the path, or mend the link")
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        return Problem(name, f"cannot be opened: {reason}", "check its kind and permissions")
    except RuntimeError:  # Python 3.11 and 3.12 say so of a link that leads to itself
        return Problem(name, "is a link that leads to itself", "remove the link")
    status = os.fstat(descriptor)
    if stat.S_ISDIR(status.st_mode):  # `os.fdopen` refuses it
        os.close(descriptor)
        kind = "is a link to a folder" if path.is_symlink() else "is a folder that cannot be read"
        return Problem(name, kind, "copy the folder itself here, and check its permissions")
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(status.st_mode):
            hint = "keep only files of articles in the folder"
            return Problem(name, "is not a regular file", hint)
        if status.st_size > LARGEST_BYTES:
            return Problem(
                name,
                f"is {status.st_size:,} bytes long; {LARGEST_BYTES:,} is the most",
                "split the file into one an article",
            )
        reader = _READERS.get(path.suffix.lower())
        if reader is None:
            kinds = ", ".join(suffix for suffix in _READERS if suffix)
            return Problem(
                name, f"has an unknown format, `{path.suffix}`", f"save it as one of: {kinds}"
            )
        return reader(file.read(LARGEST_BYTES), name)
