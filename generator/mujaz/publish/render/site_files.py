"""Reads and writes files, and recognises the site that the last build made."""

from __future__ import annotations

import os
from collections.abc import Sequence
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


def put(path: Path, data: bytes) -> None:
    """Write a file atomically: readers find the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)


def remove_outputs(site: Path, paths: Sequence[str]) -> None:
    """Remove files of the site, and the folders that this leaves empty."""
    for path in paths:
        (site / path).unlink(missing_ok=True)
        for folder in (site / path).parents:
            if folder == site or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()
