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

from mujaz.publish.render.page import ITEMS, NO_DATE

PACKED = f"{ITEMS}.gz"
_LEVEL = 4
_HEAD = b"\x1f\x8b\x08\x08%b\0\xff" + ITEMS.encode() + b"\0"
"""Of a gzip file that names its content: the time stamp stands in its middle."""


def site_map(text: str, dates: Iterable[str]) -> dict[str, bytes]:
    """Return both files by name; none if there is nothing in the site map.

    As with MkDocs, the copy bears the newest of `dates`, at midnight UTC.
    """
    if not text.strip():
        return {}
    newest = datetime.fromisoformat(max(dates, default=NO_DATE)).replace(tzinfo=UTC)
    data = text.encode()
    return {ITEMS: data, PACKED: packed(data, struct.pack("<L", int(newest.timestamp())))}


def packed(data: bytes, stamp: bytes) -> bytes:
    """Return `data` in the format of gzip, with a time stamp as it is written there."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    tail = struct.pack("<LL", zlib.crc32(data), len(data) & 0xFFFFFFFF)
    return b"".join([_HEAD % stamp, packer.compress(data), packer.flush(), tail])


def pack_again(site: Path) -> None:
    """Pack the site map of the site that MkDocs made in the folder `site`."""
    copy = site / PACKED
    if copy.exists():
        copy.write_bytes(packed((site / ITEMS).read_bytes(), copy.read_bytes()[4:8]))
