"""What a format's reader is given: the bytes of one file, if that is safe to open, and its name."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from mujaz.errors import CANNOT_BE_READ
from mujaz.model import Document, Problem

MAX_PAGE_BYTES = 8 * 1024 * 1024
"""Of a file that holds one article."""
MAX_ARCHIVE_BYTES = 64 * 1024 * 1024
"""Of a file that holds many articles and is read one after the other."""


@dataclass(frozen=True, slots=True)
class Raw:
    """One file, or one record of an archive."""

    name: str
    """See `Document.file`."""
    data: bytes
    folder: str | None = None
    """See `Document.folder`."""
    charset: str | None = None
    """The charset that its carrier, such as HTTP, declares."""
    address: str | None = None
    """Where its carrier says that it was published."""


class Format(Protocol):
    """A way of writing articles down: a module of `formats` that has these names."""

    @property
    def MAX_BYTES(self) -> int:  # noqa: N802
        """The largest size, in bytes, of its files."""

    def read(self, raw: Raw) -> Iterator[Document | Problem]:
        """Yield the articles in `raw`, and what is wrong with it."""


def read_bytes(path: Path, name: str, root: Path, max_bytes: int) -> bytes | Problem:
    """Return what is in a file, if it is safe to read: regular, inside `root`, of a sane size."""
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
        return Problem(name, f"{CANNOT_BE_READ}{reason}", "check its kind and permissions")
    except RuntimeError:  # Python 3.11 and 3.12 say so of a link that leads to itself
        return Problem(name, "is a link that leads to itself", "remove the link")
    try:
        return _contents(descriptor, path, name, max_bytes)
    except OSError as error:  # the disk or the network is at fault
        reason = (error.strerror or "unreadable").lower()
        return Problem(name, f"{CANNOT_BE_READ}{reason}", "check the disk, and build again")


def _contents(descriptor: int, path: Path, name: str, max_bytes: int) -> bytes | Problem:
    """Return what is in an open file, which is closed."""
    status = os.fstat(descriptor)
    if stat.S_ISDIR(status.st_mode):  # `os.fdopen` refuses it
        os.close(descriptor)
        kind = "is a link to a folder" if path.is_symlink() else "is a folder that cannot be read"
        return Problem(name, kind, "copy the folder itself here, and check its permissions")
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(status.st_mode):
            hint = "keep only files of articles in the folder"
            return Problem(name, "is not a regular file", hint)
        if status.st_size > max_bytes:
            reason = f"is {status.st_size:,} bytes long; {max_bytes:,} is the most"
            return Problem(name, reason, "split the file into one an article")
        return file.read(max_bytes)
