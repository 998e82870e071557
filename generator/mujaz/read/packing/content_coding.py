"""What HTTP does to a body on its way, undone: chunks, and compression by gzip, Brotli, zstd."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Mapping
from typing import Any

_GZIP_WINDOW, _RAW_WINDOW = 31, -15
"""How zlib is told what surrounds the data."""
_ZSTD_MAGIC, _GZIP_MAGIC = b"\x28\xb5\x2f\xfd", b"\x1f\x8b"
_MAX_LENGTH_LINE = 64
"""Bytes of the line that says how long a chunk is."""


class ContentCodingError(ValueError):
    """A body that cannot be unpacked; the message says why."""


def unpacked_body(body: bytes, codings: str, max_bytes: int) -> bytes:
    """Return `body` without what `codings`, a Content-Encoding header, says was done to it.

    Of what is longer than `max_bytes`, at least one byte more than that is returned. Programs that
    store pages unpacked often leave the header as it was. Raises `ContentCodingError`.
    """
    for coding in reversed(codings.lower().replace(" ", "").split(",")):
        if coding in ("", "identity", "none"):
            continue
        if coding not in _UNPACK:
            raise ContentCodingError(f"is packed as `{coding[:20]}`, which is not read")
        try:
            body = _UNPACK[coding](body, max_bytes + 1)
        except ContentCodingError:
            if not body.lstrip()[:1] == b"<":
                raise
    return body


def without_chunks(body: bytes) -> bytes:
    """Return a body that came in chunks in one piece, or as it is if it did not.

    Raises `ContentCodingError` if it breaks off.
    """
    view, position = memoryview(body), 0
    chunks: list[memoryview] = []
    while position < len(body):
        end = body.find(b"\n", position, position + _MAX_LENGTH_LINE)
        try:
            size = int(body[position:end].split(b";")[0], 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size < 0:
            if chunks:
                raise ContentCodingError("has a chunk without a length")
            return body
        if size == 0:
            return b"".join(chunks)
        chunk = view[end + 1 : end + 1 + size]
        if len(chunk) < size:
            break
        chunks.append(chunk)
        position = end + 1 + size
        position += 2 if body[position : position + 2] == b"\r\n" else 1
    raise ContentCodingError("breaks off")


def _gunzipped(data: bytes, most: int) -> bytes:
    if not data.startswith(_GZIP_MAGIC):
        raise ContentCodingError("is no gzip data, as its header says")
    return _inflated(data, most, _GZIP_WINDOW)


def _deflated(data: bytes, most: int) -> bytes:
    try:
        return _inflated(data, most, zlib.MAX_WBITS)
    except ContentCodingError:  # as many servers do it
        return _inflated(data, most, _RAW_WINDOW)


def _inflated(data: bytes, most: int, window: int) -> bytes:
    unpacker = zlib.decompressobj(wbits=window)
    try:
        unpacked = unpacker.decompress(data, most)
    except zlib.error:
        raise ContentCodingError("is packed by gzip and damaged") from None
    return _whole(unpacked, most, is_finished=unpacker.eof)


def _from_brotli(data: bytes, most: int) -> bytes:
    try:
        import brotli
    except ImportError:
        raise ContentCodingError("is packed by Brotli, which is not installed") from None

    unpacker = brotli.Decompressor()
    try:
        unpacked = unpacker.process(data, output_buffer_limit=most)
    except brotli.error:
        raise ContentCodingError("is packed by Brotli and damaged") from None
    return _whole(unpacked, most, is_finished=unpacker.is_finished())


def _from_zstd(data: bytes, most: int) -> bytes:
    zstd = _zstd()
    parts: list[bytes] = []
    while data and sum(map(len, parts)) < most:
        unpacker = zstd.ZstdDecompressor()
        try:
            parts.append(unpacker.decompress(data, most))
        except zstd.ZstdError:
            raise ContentCodingError("is packed by zstd and damaged") from None
        _whole(parts[-1], most, is_finished=unpacker.eof)
        data = unpacker.unused_data
    return b"".join(parts)


def _zstd() -> Any:
    """Return the module that reads zstd: Python has it from 3.14 on."""
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
    except ImportError:
        raise ContentCodingError("is packed by zstd, which is not installed") from None
    return zstd


def _whole(unpacked: bytes, most: int, *, is_finished: bool) -> bytes:
    if not is_finished and len(unpacked) < most:
        raise ContentCodingError("breaks off")
    return unpacked


_UNPACK: Mapping[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _deflated,
    "br": _from_brotli,
    "zstd": _from_zstd,
}
