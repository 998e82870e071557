"""Gzip files of one or more members: whole, or what can be had of them, and never too much."""

from __future__ import annotations

import zlib
from typing import NamedTuple

MAGIC = b"\x1f\x8b\x08"
"""How each member begins."""
_FIRST_STEP = 512
"""Bytes that are unpacked first; each step is twice as long as the one before."""
_MAX_MEMBERS = 30_000
"""Archives of saved pages have one for each page."""


class UnzipError(ValueError):
    """What is no gzip file, or holds too much; the message says so."""


class Unzipped(NamedTuple):
    """What is in a gzip file."""

    data: bytes
    """The contents of the members that could be read, one after the other."""
    damaged: int
    """The number of members that could not, or not to their end."""


def unzipped(data: bytes, max_bytes: int) -> Unzipped:
    """Return the contents of a gzip file. Raises `UnzipError`.

    A damaged member costs no other one: the next begins where its magic number stands.
    """
    parts: list[bytes] = []
    position = size = count = damaged = 0
    while 0 <= position < len(data):
        try:
            member, end = _member(data, position, max_bytes - size)
        except zlib.error:
            if not data.startswith(MAGIC, position):  # some programs pad the file
                position = data.find(MAGIC, position)
                continue
            damaged += 1
            position = data.find(MAGIC, position + 1)
        else:
            parts.append(member)
            size += len(member)
            position = end
        count += 1
        if count > _MAX_MEMBERS:
            raise UnzipError(f"is put together of more than {_MAX_MEMBERS:,} gzip files")
    if not parts and data:
        if not data.startswith(MAGIC):
            raise UnzipError("is no gzip file, as its name says")
        raise UnzipError("is a gzip file that breaks off or is damaged")
    return Unzipped(b"".join(parts), damaged)


def _member(data: bytes, position: int, max_bytes: int) -> tuple[bytes, int]:
    """Return the contents of one member, and where it ends.

    It is given no more of the file than it needs: what is left over is copied. Raises `UnzipError`,
    and `zlib.error` if it is damaged.
    """
    view, unpacker, step = memoryview(data), zlib.decompressobj(wbits=31), _FIRST_STEP
    parts: list[bytes] = []
    size = 0
    while not unpacker.eof:
        if position >= len(data):
            raise zlib.error("it breaks off")
        part = unpacker.decompress(view[position : position + step], max_bytes + 1 - size)
        position = min(position + step, len(data)) - len(unpacker.unused_data)
        step *= 2
        parts.append(part)
        size += len(part)
        if size > max_bytes or unpacker.unconsumed_tail:
            raise UnzipError(f"holds more than {max_bytes:,} bytes when unpacked")
    return b"".join(parts), position
