"""What each word and sign of a written date can be: a letter for each, so that forms are patterns.

`الثلاثاء 4 مارس 2025، 10:33 ص` becomes `wnMy,n:na`: then a date is found by a regular expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from mujaz.arabic.normalise import DIGITS, key, word_key
from mujaz.data import table

NUMBER, YEAR, LONG_NUMBER = "n", "y", "x"
"""Of one or two digits, of four, of others."""
ORDINAL, WEEKDAY = "o", "w"
MONTH, HIJRI_MONTH, SOLAR_MONTH = "M", "I", "S"
PUBLISHED, UPDATED, FILLER, CORRESPONDS = "l", "u", "f", "q"
GREGORIAN_ERA, HIJRI_ERA, MEEM = "g", "e", "m"
"""`م` is the Gregorian era after a year, and the afternoon after a time."""
CLOCK, MORNING, AFTERNOON, NIGHT, HOURS = "c", "a", "p", "b", "h"
"""The last stands between hours and minutes: 10h33."""
ZONE_WORD, ZONE, ZONE_OF_PLACE = "Z", "z", "k"
UNKNOWN = "?"
_TOKEN = re.compile(
    r"\d+|[AaPp]\.\s?[Mm]\b\.?|[^\W\d_](?:[^\W\d_]|[\u064b-\u065f\u0670\u200c\u200d])*|[^\s\w]|_"
)
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_SIGNS = {
    **dict.fromkeys("-–—−‐‑_", "-"),
    **dict.fromkeys("/\\⁄", "/"),
    **dict.fromkeys(",،;؛", ","),
    **dict.fromkeys("|¦", "|"),
    **dict.fromkeys("([{", "("),
    **dict.fromkeys(")]}", ")"),
    **dict.fromkeys("•·*~@'’#›»«>", "~"),
    **{sign: sign for sign in ".:+"},
}
_UNSEEN = re.compile(
    "[\u0300-\u036f\u061c\u064b-\u0652\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufe0f]"
)
_FIRST_SYMBOL = 0x2190
"""Arrows, clocks, calendars: what stands there is decoration."""


class DateToken(NamedTuple):
    """A word, number or sign."""

    code: str
    value: Any
    """The number, or what the word stands for; of a zone, minutes or a name."""
    start: int
    end: int
    digits: int = 0


def tokens(text: str) -> Iterator[DateToken]:
    """Yield the tokens of `text`, words of one meaning together."""
    plain = text.translate(DIGITS)
    matches = [match for match in _TOKEN.finditer(plain) if not _UNSEEN.fullmatch(match[0])]
    folded = [_folded(match[0]) for match in matches]
    index = 0
    while index < len(matches):
        count, code, value = _meaning(folded, index)
        match, last = matches[index], matches[index + count - 1]
        digits = len(match[0]) if code in (NUMBER, YEAR, LONG_NUMBER) else 0
        yield DateToken(code, value, match.start(), last.end(), digits)
        index += count


def _folded(token: str) -> str:
    if token[0].isalpha():
        return f"{token[0].lower()}m" if "." in token else word_key(token)
    return token


def _meaning(folded: list[str], index: int) -> tuple[int, str, Any]:
    """Return how many tokens from `index` belong together, their code, and what they stand for."""
    first = folded[index]
    for words, code, value in _phrases().get(first, ()):
        if folded[index : index + len(words)] == list(words):
            return len(words), code, value
    if first.isdigit():
        code = {1: NUMBER, 2: NUMBER, 4: YEAR}.get(len(first), LONG_NUMBER)
        return 1, code, int(first) if len(first) < 15 else 0
    if first[:1].isalpha() or not first:
        return 1, UNKNOWN, first
    is_decoration = ord(first[0]) >= _FIRST_SYMBOL
    return 1, _SIGNS.get(first, "~" if is_decoration else UNKNOWN), None


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], str, Any], ...]]:
    """Return the phrases that begin with each word, the longest first."""
    by_phrase: dict[tuple[str, ...], tuple[str, Any]] = {}
    for code, value, names in _entries():
        for name in names:
            by_phrase.setdefault(tuple(_WORDS.findall(key(str(name)))), (code, value))
    phrases: dict[str, list[tuple[tuple[str, ...], str, Any]]] = {}
    for words, (code, value) in sorted(by_phrase.items(), key=lambda each: -len(each[0])):
        if words:
            phrases.setdefault(words[0], []).append((words, code, value))
    return {first: tuple(each) for first, each in phrases.items()}


def _entries() -> Iterator[tuple[str, Any, list[str]]]:
    """Yield each code with a value and the names for it; what comes first counts."""
    dates, months = table("dates"), table("months")
    numbered = (
        (MONTH, months["gregorian"]),
        (MONTH, dates["months"]),
        (HIJRI_MONTH, dates["hijri"]),
        (SOLAR_MONTH, dates["solar"]),
        (WEEKDAY, dates["days_of_week"]),
    )
    for code, names_of in numbered:
        yield from ((code, int(number), names) for number, names in names_of.items())
    yield MEEM, None, ["م"]
    yield HOURS, None, ["h", "س"]
    yield GREGORIAN_ERA, None, dates["eras"]["gregorian"]
    yield HIJRI_ERA, None, dates["eras"]["hijri"]
    yield MORNING, None, dates["before_noon"]
    yield AFTERNOON, None, dates["after_noon"]
    yield NIGHT, None, dates["at_night"]
    yield CLOCK, None, dates["clock"]
    yield CORRESPONDS, None, dates["corresponds"]
    yield from ((ZONE, int(minutes), names) for minutes, names in dates["zones"].items())
    for minutes, names in dates["zones_of_places"].items():
        yield ZONE_OF_PLACE, int(minutes), names
    yield from ((ZONE_OF_PLACE, zone, names) for zone, names in dates["zones_by_season"].items())
    yield ZONE_OF_PLACE, None, dates["local_zones"]
    yield ZONE_WORD, None, dates["zone_words"]
    yield PUBLISHED, None, dates["labels"]["published"]
    yield UPDATED, None, dates["labels"]["updated"]
    yield FILLER, None, dates["fillers"]
    yield from ((ORDINAL, int(number), names) for number, names in dates["ordinals"].items())
