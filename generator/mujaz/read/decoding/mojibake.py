"""Mends Arabic that some program before us decoded wrongly, and leaves all other text alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

from mujaz.read.decoding.letter_statistics import letter_statistics, likelihood

_ARABIC = re.compile("[\u0621-\u064a]")
_LETTER = re.compile(r"[^\W\d_]")
_HIGH_LATIN = re.compile("[\xc0-\xff]{3}")
_MIN_RUN_LETTERS = 3
"""A shorter run may become Arabic by chance."""
_MIN_BROKEN_WORDS, _MIN_BROKEN_LETTERS = 3, 12
"""A text with fewer broken words or letters shows them on purpose: whole lines go wrong at once."""


class _Misreading(NamedTuple):
    """UTF-8 read as an encoding of one byte a character."""

    bytes_of: dict[int, int]
    """Code point -> the byte it was."""
    run: re.Pattern[str]
    """Characters that the bytes of UTF-8 outside ASCII became."""
    leads: str
    """What the first bytes of Arabic letters became."""
    telltale: re.Pattern[str]
    """What two Arabic letters in a row became."""


def _misreading(encoding: str) -> _Misreading:
    chars = {byte: bytes([byte]).decode(encoding, "ignore") for byte in range(0x80, 0x100)}
    # Programs leave the bytes that windows-1252 does not use as C1 controls, and many say
    # windows-1252 where they mean ISO-8859-1, so both are turned back.
    bytes_of = {byte: byte for byte in chars} if encoding == "windows-1252" else {}
    bytes_of |= {ord(char): byte for byte, char in chars.items() if char}

    def among(low: int, high: int) -> str:
        return "".join(re.escape(chr(c)) for c, b in bytes_of.items() if low <= b <= high)

    leads = "".join(chr(char) for char, byte in bytes_of.items() if 0xD8 <= byte <= 0xD9)
    pair = f"[{among(0xD8, 0xD9)}][{among(0x80, 0xBF)}]"
    return _Misreading(
        # Written out, since `re` goes faster through a text for a set of characters.
        bytes_of,
        re.compile(f"[{among(0x80, 0xFF)}]+"),
        leads,
        re.compile(pair + pair),
    )


@cache
def _misreadings() -> tuple[_Misreading, ...]:
    return tuple(_misreading(encoding) for encoding in ("windows-1252", "windows-1256"))


def mend(text: str) -> str:
    """Return `text` with wrongly decoded Arabic turned back.

    `Ø§Ù„Ø«ÙˆØ±Ø©` and `ط§ظ„ط«ظˆط±ط©` are UTF-8 read as windows-1252 (or ISO-8859-1) and as
    windows-1256; `ÇáËæÑÉ` is windows-1256 read as windows-1252. Each line is judged alone, as
    pages are glued together from several sources. Text that is not broken comes back as it was.
    """
    if text.isascii():
        return text
    for misreading in _misreadings():
        if _is_broken(text, misreading):
            text = _by_line(text, partial(_mended, how=misreading))
        elif "Ã" in text and misreading.bytes_of.get(0xC3) == 0xC3:
            text = _by_line(text, _twice_mended)
    if _HIGH_LATIN.search(text):
        text = _by_line(text, _from_latin)
    return text


def _is_broken(text: str, how: _Misreading) -> bool:
    """Whether more of `text` is broken than an article about broken text would quote."""
    if not any(lead in text for lead in how.leads) or not how.telltale.search(text):
        return False
    runs = letters = 0
    for run in how.run.finditer(text):
        count = len(_ARABIC.findall(_utf8(run[0], how) or ""))
        runs += count > 0
        letters += count
        if runs >= _MIN_BROKEN_WORDS and letters >= _MIN_BROKEN_LETTERS:
            return True
    return False


def _by_line(text: str, change: Callable[[str], str]) -> str:
    # Not `splitlines`: the bytes of broken letters may have become U+0085.
    return "\n".join(change(line) for line in text.split("\n"))


def _mended(line: str, how: _Misreading) -> str:
    """Turn back the runs of `line` that are UTF-8 when read as bytes, if one surely is."""
    runs = {run: _utf8(run, how) for run in how.run.findall(line)}
    sure = any(
        len(set(_ARABIC.findall(new))) > 1
        and len(_ARABIC.findall(new)) >= _MIN_RUN_LETTERS
        and likelihood(new) > likelihood(old)
        for old, new in runs.items()
        if new is not None
    )
    # A line of short words: every one of them must turn out to be broken Arabic.
    sure = sure or (
        len(runs) > 1
        and None not in runs.values()
        and sum(len(_ARABIC.findall(new or "")) for new in runs.values()) > _MIN_RUN_LETTERS
        and how.telltale.search(line) is not None
        and likelihood("".join(filter(None, runs.values()))) > likelihood("".join(runs)) + 2
    )
    mended = how.run.sub(lambda match: runs[match[0]] or match[0], line)
    # Or a line that was nothing but a wide space.
    return mended if sure or not mended.strip() else line


def _utf8(run: str, how: _Misreading) -> str | None:
    """Return what the bytes behind `run` say, or None if they are no UTF-8."""
    data = bytes(how.bytes_of[ord(char)] for char in run)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _twice_mended(line: str) -> str:
    """Turn back a line that was decoded wrongly twice, or return it as it is."""
    how = _misreadings()[0]
    once = how.run.sub(lambda match: _utf8(match[0], how) or match[0], line)
    twice = _mended(once, how) if once != line else once
    return twice if twice != once else line


def _from_latin(line: str) -> str:
    """Turn back windows-1256 read as windows-1252: hardly a plain Latin letter among the rest."""
    how = _misreadings()[0]
    letters = _LETTER.findall(line)
    high = [letter for letter in letters if letter >= "\x80"]
    if len(high) < 8 or len(high) < 0.8 * len(letters):
        return line
    if any(char >= "\x80" and ord(char) not in how.bytes_of for char in line):
        return line
    data = bytes(how.bytes_of[ord(char)] if char >= "\x80" else ord(char) for char in line)
    text = data.decode("windows-1256")
    return text if letter_statistics(text).is_arabic else line
