"""Text that is UTF-8 but for some letters, or whose lines are in two encodings."""

from __future__ import annotations

import re

from mujaz.read.decoding.one_byte import UndecodableError, decode_one_byte

LOST = "\ufffd"
"""Stands in the place of a letter that could not be read."""
_MIN_VALID_PER_LOST = 3
"""Characters of UTF-8 for each that is broken. In any other encoding they stand by chance, at most
one in two; in a text whose letters were cut now and then, hundreds do."""
_MIN_VALID = 3
"""So many characters are valid UTF-8 by chance in a text of another encoding."""
_NOT_ASCII = re.compile("[^\x00-\x7f\ufffd]")
_SURROGATES = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")


def decode_damaged(data: bytes, declared: str | None, broken: int) -> str:
    """Return the text of `data`, which is not valid UTF-8 from the byte `broken` on.

    Each line is judged by itself, as files are glued together from several sources: a line is
    UTF-8 if nearly all of it is, and what is broken in it becomes U+FFFD. All other lines are in
    one encoding of one byte. Raises `UndecodableError`.
    """
    lines = _joined_surrogates(data).split(b"\n")
    texts = [_nearly_utf8(line) for line in lines]
    others = [line for line, text in zip(lines, texts, strict=True) if text is None]
    valid = sum(_valid(text) for text in texts if text)
    if not others:
        return "\n".join(text or "" for text in texts)
    if valid < _MIN_VALID:
        return decode_one_byte(data, declared, broken)
    try:
        decoded = decode_one_byte(b"\n".join(others), declared, broken)
    except UndecodableError:
        decoded = b"\n".join(others).decode("utf-8", "replace")
        if valid + _valid(decoded) < _MIN_VALID_PER_LOST * decoded.count(LOST):
            raise
    replaced = iter(decoded.split("\n"))
    return "\n".join(next(replaced) if text is None else text for text in texts)


def _nearly_utf8(line: bytes) -> str | None:
    """Return `line` decoded as UTF-8 if hardly anything in it is broken, else None."""
    text = line.decode("utf-8", "replace")
    lost = text.count(LOST)
    # The sign itself may stand in the line as it came, and is not broken then.
    return text if not lost or _valid(text) >= _MIN_VALID_PER_LOST * lost else None


def _valid(text: str) -> int:
    return len(_NOT_ASCII.findall(text))


def _joined_surrogates(data: bytes) -> bytes:
    """Return `data` with emoji in UTF-8 that some databases write in two halves."""
    return _SURROGATES.sub(_joined, data)


def _joined(match: re.Match[bytes]) -> bytes:
    halves = match[0].decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass")
    return halves.decode("utf-16").encode()
