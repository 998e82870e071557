"""Texts cut short as editors cut them: behind a sentence if one ends there, else behind a word."""

from __future__ import annotations

import re
from functools import cache

from mujaz.arabic.tokens import sentences
from mujaz.data import table

ELLIPSIS = "…"
_MIN_SENTENCES = 0.5
"""Part of the letters asked for that whole sentences must fill, else a part of one is added."""
_ENDS = re.compile(r"\s+")
_LOOSE_END = re.compile(r"(?:[\s،,؛;:\-–—_/\\.…]|(?<!\S)[«(\[“\"]+)+$")
"""Signs that lead on to what is cut off, and opening ones with nothing in them."""
_LAST_WORD = re.compile(r"(?:^|(?<=\s))[«(\[“\"]*(\w+)$")
_PAIRS = {"«": "»", "(": ")", "[": "]", "“": "”"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_MARK = re.compile(r"[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d]")


def cut(text: str, letters: int) -> str:
    """Return the beginning of `text` in `letters` characters at the most, the whole if it fits.

    It ends behind whole sentences, if those fill half of the room; else behind a word, with «…»,
    and then neither with a comma nor with a word that leans on the next, such as «في». What is
    open is closed behind the pause: «قال إن…». Within a word it ends only if the first one alone
    is too long. Raises `ValueError` for less than two letters.
    """
    if letters < 2:
        raise ValueError(f"{letters} letters leave no room for a word and a pause")
    text = text.strip()
    if len(text) <= letters:
        return text
    return _whole_sentences(text, letters) or _words(text, letters) or _letters(text, letters)


def _whole_sentences(text: str, letters: int) -> str:
    """Return the first sentences of `text` as it writes them, or "" if they are too few."""
    end, place = 0, 0
    for sentence in sentences(text):
        place = text.index(sentence, place) + len(sentence)
        if place > letters:
            break
        if not _open_in(text[:place]):
            end = place
    return text[:end] if end >= _MIN_SENTENCES * letters else ""


def _words(text: str, letters: int) -> str:
    """Return the first words of `text` and a pause, or "" if not one of them has room."""
    ends = [match.start() for match in _ENDS.finditer(text, 0, letters + 1)]
    for end in reversed(ends):
        start = _LOOSE_END.sub("", text[:end])
        while (last := _LAST_WORD.search(start)) and last[1] in _leaning():
            start = _LOOSE_END.sub("", start[: last.start()])
        closed = start + ELLIPSIS + _open_in(start)
        if start and len(closed) <= letters:
            return closed
    # Words that lean on the next one are still better than half a word.
    return next(
        (closed for end in reversed(ends) if len(closed := text[:end] + ELLIPSIS) <= letters), ""
    )


def _letters(text: str, letters: int) -> str:
    end = letters - 1
    while end > 1 and _MARK.match(text, end):
        end -= 1
    return text[:end] + ELLIPSIS


def _open_in(text: str) -> str:
    """Return the signs that close what is open at the end of `text`."""
    opened: list[str] = []
    for sign in text:
        if sign in _PAIRS:
            opened.append(sign)
        elif opened and _CLOSING.get(sign) == opened[-1]:
            opened.pop()
    return "".join(_PAIRS[sign] for sign in reversed(opened))


@cache
def _leaning() -> frozenset[str]:
    return frozenset(table("typography")["leaning"].split())
