"""The site map and its compressed copy.

MkDocs packs the copy as tightly as zlib can. Of addresses full of percent signs that takes as long
as to render a thousand pages, to save a third of a file that only crawlers fetch: so our plugin
packs it again, and the renderer packs as the plugin does.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from mujaz.publish.render.page import NO_DATE, SITEMAP

_PACKED = f"{SITEMAP}.gz"
_GZIP_LEVEL = 4
_GZIP_HEAD = b"\x1f\x8b\x08\x08%b\0\xff" + SITEMAP.encode() + b"\0"
"""The beginning of a gzip file that names its content, with a place for the time stamp."""


def sitemap_files(text: str, dates: Iterable[str]) -> dict[str, bytes]:
    """Return the site map of this `text` and its copy, by file name; none if it is empty.

    As with MkDocs, the copy bears the newest of `dates`, at midnight UTC.
    """
    if not text.strip():
        return {}
    newest = datetime.fromisoformat(max(dates, default=NO_DATE)).replace(tzinfo=UTC)
    data = text.encode()
    return {SITEMAP: data, _PACKED: _gzip(data, struct.pack("<L", int(newest.timestamp())))}


def _gzip(data: bytes, stamp: bytes) -> bytes:
    """Return `data` in the format of gzip, with a packed time stamp."""
    packer = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    tail = struct.pack("<LL", zlib.crc32(data), len(data) & 0xFFFFFFFF)
    return b"".join([_GZIP_HEAD % stamp, packer.compress(data), packer.flush(), tail])


def pack_again(site: Path) -> None:
    """Replace the compressed site map that MkDocs wrote into the folder `site`."""
    packed = site / _PACKED
    if packed.exists():
        packed.write_bytes(_gzip((site / SITEMAP).read_bytes(), packed.read_bytes()[4:8]))
