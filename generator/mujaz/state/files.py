"""Files that are whole or not there: atomic writes, records with a checksum, and what kills leave.

A reader of a file finds the old content or the new one, never a part of it.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from zlib import crc32

PARTIAL_PREFIX, PARTIAL_SUFFIX = ".mujaz-", ".part"
"""How the names of files begin and end that are not whole yet; everything else passes over them."""
_PARTIAL_NAME = re.compile(r"\.(?:mujaz-[\w.]+|plex-\w+-\w+\.woff2)\.part")
_CHECKSUM_BYTES = 4
_FIRST_CRC = 1
"""Any but 0, for which a file of zeros is sound. CRC-32 takes 1 ms for 4 MB, a digest five."""


def write_atomically(path: Path, data: bytes) -> None:
    """Make `data` the content of the file, all at once; folders that are missing are made.

    An `OSError` names `path`.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(PARTIAL_SUFFIX, PARTIAL_PREFIX, path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(partial).chmod(0o644)  # `mkstemp` lets nobody else read it
            Path(partial).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(partial).unlink()
            raise
    except OSError as error:
        error.filename = str(path)
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


def write_checked(path: Path, data: bytes) -> None:
    """Write a file of the cache folder with a checksum, for `read_checked`."""
    if path.is_dir():
        remove_entry(path)
    write_atomically(path, _checksum(data) + data)


def read_checked(path: Path) -> bytes:
    """Return what `write_checked` wrote. Raises `ValueError` if it is damaged, or `OSError`."""
    content = path.read_bytes()
    checksum, data = content[:_CHECKSUM_BYTES], content[_CHECKSUM_BYTES:]
    if checksum != _checksum(data):
        raise ValueError("the record is damaged")
    return data


def _checksum(data: bytes) -> bytes:
    return crc32(data, _FIRST_CRC).to_bytes(_CHECKSUM_BYTES, "big")


def remove_entry(path: Path) -> None:
    """Remove what is at a path of the cache folder, whatever it is. Raises `OSError`."""
    if path.is_dir() and not path.is_symlink():
        import shutil  # hardly ever is there a folder

        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


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


def remove_partial(folder: Path, paths: Iterable[str]) -> bool:
    """Remove those of the files `paths` that a killed run left below `folder`, and no others.

    Return whether there were any. Nobody else may be writing there.
    """
    partial = [
        folder / path
        for path in paths
        if path.endswith(PARTIAL_SUFFIX) and _PARTIAL_NAME.fullmatch(path.rpartition("/")[2])
    ]
    for path in partial:
        with suppress(OSError):
            path.unlink()
    return bool(partial)
