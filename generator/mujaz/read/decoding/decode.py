"""Bytes to text: the encodings that newsrooms' files come in, or a refusal, never nonsense."""

from __future__ import annotations

import codecs
import re

from mujaz.read.decoding.letter_statistics import letter_statistics
from mujaz.read.decoding.mojibake import mend

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
_ONE_BYTE_ENCODINGS = ("windows-1256", "iso-8859-6")
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)


class UndecodableError(ValueError):
    """The bytes are no text in any encoding we know; the message says why."""


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text of `data`, with text that was decoded wrongly before mended.

    A byte order mark decides; then UTF-16 shows by its bytes, and UTF-8 by being valid; then the
    letters tell windows-1256 from ISO-8859-6. What a file says of itself (`declared`, a charset)
    is often wrong, so it only decides where the letters do not. Raises `UndecodableError`.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return mend(_marked(data[len(mark) :], encoding))
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
        return mend(_one_byte(data, declared, error.start))


def declared_charset(data: bytes) -> str | None:
    """Return the charset that the head of an HTML or XML file names."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii", "ignore") if match else None


def _marked(data: bytes, encoding: str) -> str:
    try:
        return _strictly(data, encoding)
    except UnicodeDecodeError as error:
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


def _one_byte(data: bytes, declared: str | None, broken: int) -> str:
    """Decode what is not UTF-8 by how Arabic its letters read. Raises `UndecodableError`."""
    readings = []
    for encoding in _ONE_BYTE_ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        letters = letter_statistics(text)
        # As much better as a rarer letter or two make a short text: the declaration decides.
        bonus = 0.1 if _canonical(declared) == _canonical(encoding) else 0.0
        readings.append((letters.likelihood + bonus, letters.is_arabic, text))
    best = max(readings, default=(0.0, False, ""))
    if not best[1]:
        names = " nor ".join(_ONE_BYTE_ENCODINGS)
        raise UndecodableError(f"is neither UTF-8 (broken at byte {broken}) nor {names}")
    return best[2]


def _canonical(encoding: str | None) -> str | None:
    try:
        return codecs.lookup(encoding).name if encoding else None
    except LookupError:
        return None
