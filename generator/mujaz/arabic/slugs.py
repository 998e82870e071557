"""Readable Arabic addresses, and the short digest that makes them unique."""

from __future__ import annotations

import base64
import hashlib
import re

from mujaz.arabic.normalise import DIGITS, without_marks

_NOT_WORD = re.compile(r"[\W_]+")
_PLAIN = re.compile("[\u0621-\u063a\u0641-\u064a]+(?: [\u0621-\u063a\u0641-\u064a]+)*").fullmatch
_RESERVED = frozenset(
    (
        "con prn aux nul conin$ conout$ " + " ".join(f"com{n} lpt{n}" for n in "0123456789¹²³")
    ).split()
)
"""Names of devices on Windows, where no file can have them, whatever its suffix."""
_LONGEST_BYTES = 180  # a file name holds 255: this leaves room for the digest and `.md`


def slug(text: str, limit: int = 60) -> str:
    """Return `text` as the words of an address, cut at a word within `limit` letters.

    Letters keep their Arabic spelling without diacritics; everything else becomes one hyphen.
    Empty if there is no letter or digit in `text`.
    """
    if len(text) <= min(limit, _LONGEST_BYTES // 2) and _PLAIN(text):  # nearly every name
        return text.replace(" ", "-")
    plain = without_marks(text).translate(DIGITS).lower()
    words = [word for word in _NOT_WORD.split(plain) if word]
    result = ""
    for word in words:
        longer = f"{result}-{word}" if result else word
        if len(longer) > limit or len(longer.encode()) > _LONGEST_BYTES:
            break
        result = longer
    if not result and words:
        result = words[0].encode()[:_LONGEST_BYTES].decode(errors="ignore")[:limit]
    return result


def is_reserved(name: str) -> bool:
    """Whether no file can have the name, with or without a suffix, on some system."""
    return name.lower() in _RESERVED


def page_name(name: str) -> str:
    """Return what the page for `name` is called in its folder.

    A name of which the slug drops anything gets a digest as well, so that no other name, whenever
    it comes, can claim the same address.
    """
    readable = slug(name)
    is_whole = readable.replace("-", " ") == name and readable != "index"
    is_whole = is_whole and not is_reserved(readable)
    return readable if is_whole else f"{readable or 'name'}-{digest(name, length=4)}"


def digest(*parts: str, length: int = 10) -> str:
    """Return `length` lower-case base-32 letters that stand for `parts` (5 bits each)."""
    raw = hashlib.sha256("\n".join(parts).encode()).digest()
    return base64.b32encode(raw).decode().lower()[:length]
