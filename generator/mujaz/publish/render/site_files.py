"""Reads and writes files, and recognises the site that the last build made."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from mujaz.publish.render.page import SITEMAP


def content_digest(data: bytes) -> bytes:
    """Return the SHA-256 of a content."""
    return sha256(data).digest()


def read_content(path: str) -> bytes:
    """Return a file's content."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - there are many files
        return file.readall()


def write_new(path: str, data: bytes) -> None:
    """Write a file that does not exist, and the folders that it lies in."""
    folder = path.rpartition("/")[0]
    try:
        os.mkdir(folder)  # noqa: PTH102 - there are many files
    except FileExistsError:
        pass
    except FileNotFoundError:
        Path(folder).mkdir(parents=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
    finally:
        os.close(handle)


def site_identity(site: Path) -> list[int | str]:
    """Return what differs once anything else has made the site anew; empty if there is no site."""
    try:
        folder, file = site.stat(), (site / SITEMAP).stat()
    except OSError:
        return []
    return [str(site), folder.st_dev, folder.st_ino, file.st_ino, file.st_size, file.st_mtime_ns]


def same(path: Path, data: bytes) -> bool:
    """Return whether the file holds just `data`."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
