"""The site's folder: what it is made from, whether it is still ours, and how files get there."""

from __future__ import annotations

import gzip
import io
import struct
import sys
import zlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from generator.publish.stamp import ITEMS, NO_DATE, digest, read


def site_key(config_file: Path, pages: Path, folders: Sequence[str]) -> str:
    """Return a digest of all that decides what pages look like, but for the pages themselves.

    That is the configuration, the theme's overrides in `folders`, the names and versions of all
    that is installed beside MkDocs, and this renderer.
    """
    parts = [str(pages).encode(), sys.version.encode(), read(str(config_file))]
    for folder in (*map(Path, folders), Path(__file__).parent):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                parts += [path.relative_to(folder).as_posix().encode(), read(str(path))]
    spec = find_spec("mkdocs")  # finds, and does not import
    if spec and spec.origin:
        installed = Path(spec.origin).parent.parent.glob("*-info")
        parts += sorted(path.name.encode() for path in installed)
    return digest(b"\0".join(digest(part) for part in parts)).hex()


def site_stamp(site: Path) -> list[int | str]:
    """Return what tells the site that we made from one that something else made in its place."""
    try:
        folder, file = site.stat(), (site / ITEMS).stat()
    except OSError:
        return []
    return [str(site), folder.st_dev, folder.st_ino, file.st_ino, file.st_size, file.st_mtime_ns]


class SiteMap:
    """The site map and its compressed copy, which is packed while the site is still being made."""

    def __init__(self) -> None:
        """Begin an empty one."""
        self._texts: list[bytes] = []
        self._packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL)
        self._packed: list[bytes] = []

    def add(self, text: str) -> None:
        """Add what comes next."""
        data = text.encode()
        self._texts.append(data)
        self._packed.append(self._packer.compress(data))

    def files(self, dates: Iterable[str]) -> dict[str, bytes]:
        """Return both files by name.

        As MkDocs does, the copy bears the newest of `dates`, at midnight UTC.
        """
        newest = max(dates, default=NO_DATE)
        seconds = int(datetime.fromisoformat(newest).replace(tzinfo=UTC).timestamp())
        data = b"".join(self._texts)
        empty = io.BytesIO()
        with gzip.GzipFile(f"{ITEMS}.gz", "wb", fileobj=empty, mtime=seconds):
            pass
        head = empty.getvalue()[:-10]  # without the two bytes of no data, checksum and length
        tail = struct.pack("<LL", zlib.crc32(data), len(data) & 0xFFFFFFFF)
        packed = b"".join([head, *self._packed, self._packer.flush(), tail])
        return {ITEMS: data, f"{ITEMS}.gz": packed} if data.strip() else {}


def same(path: Path, data: bytes) -> bool:
    """Say whether the file holds just `data`."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def put(path: Path, data: bytes) -> None:
    """Write a file all at once, so that readers find the old one or the new one."""
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
