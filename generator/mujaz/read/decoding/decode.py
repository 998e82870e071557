"""Bytes to text: the encodings that newsrooms' files come in, or a refusal, never nonsense."""

from __future__ import annotations

import codecs
import re

from mujaz.read.decoding.damaged import LOST, decode_damaged
from mujaz.read.decoding.mojibake import mend
from mujaz.read.decoding.one_byte import UndecodableError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Tab, line breaks and escape (which ISO 2022 files hold) are no sign of a binary file.
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r\x1b"))
_SAMPLE = 4096
"""Bytes that show whether a file is in UTF-16."""
_MAX_LOST_SHARE = 0.05
"""Of the characters of a file that a mark says to be UTF-16."""
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w:-]+)""", re.IGNORECASE)


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text of `data`, with text that was decoded wrongly before mended.

    A byte order mark decides; then UTF-16 shows by its bytes, and UTF-8 by being valid, or valid
    but for some letters, which become U+FFFD; then the letters tell windows-1256 from ISO-8859-6.
    What a file says of itself (`declared`, a charset) is often wrong, so it only decides where the
    letters do not. Raises `UndecodableError`.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark) and encoding != "utf-8":
            return mend(_marked(data[len(mark) :], encoding))
    data = data.removeprefix(codecs.BOM_UTF8)
    wide = _wide_encoding(data)
    if wide:
        try:
            return mend(_strictly(data, wide))
        except UnicodeDecodeError:
            pass
    controls = len(data) - len(data.translate(None, _CONTROLS))
    # A few of them in a short text are no sign of anything.
    if controls > 0.02 * len(data) and (controls > 10 or controls > 0.2 * len(data)):
        raise UndecodableError("holds binary data, not text")
    try:
        return mend(_strictly(data, "utf-8"))
    except UnicodeDecodeError as error:
        return mend(decode_damaged(data, declared, error.start))


def declared_charset(data: bytes) -> str | None:
    """Return the charset that the head of an HTML or XML file names."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii", "ignore") if match else None


def as_utf8(data: bytes) -> bytes:
    """Return `data` in UTF-8 if it is in UTF-16 or UTF-32, whose lines bytes do not show.

    Raises `UndecodableError`.
    """
    marked = any(data.startswith(mark) for mark, encoding in _MARKS if encoding != "utf-8")
    return (
        decode(data).encode("utf-8", "replace")
        if marked or _wide_encoding(data[:_SAMPLE])
        else data
    )


def _marked(data: bytes, encoding: str) -> str:
    try:
        return _strictly(data, encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        if len(text) > 1 and text.count(LOST) <= max(1, _MAX_LOST_SHARE * len(text)):
            return text
        name = encoding.removesuffix("-le").removesuffix("-be")
        raise UndecodableError(f"marked as {name} but broken at byte {error.start}") from None


def _strictly(data: bytes, encoding: str) -> str:
    """Decode, dropping only a character that the end of the file cuts in two."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        is_cut_short = "unexpected end" in error.reason or "truncated" in error.reason
        if error.start and is_cut_short and error.end == len(data) < error.start + 4:
            return data[: error.start].decode(encoding)
        raise


def _wide_encoding(data: bytes) -> str | None:
    """Return which UTF-16 `data` is in, if any.

    The high bytes of Arabic (06) and of spaces and digits (00) stand at every other place.
    """
    half = len(data) // 2
    if not half:
        return None
    even, odd = (sum(data[start::2].count(high) for high in b"\0\x06") / half for start in (0, 1))
    if odd > 0.7 and even < 0.3:
        return "utf-16-le"
    if even > 0.7 and odd < 0.3:
        return "utf-16-be"
    return None
