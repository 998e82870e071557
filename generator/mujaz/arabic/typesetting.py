"""Text as pages set it: one kind of quotation marks, and no line that ends within «2 آب 2015».

Only what pages show goes through here; what is stored, compared and given to programs stays as it
was written.
"""

from __future__ import annotations

import re
from functools import cache

from mujaz.arabic.typography import with_arabic_quotation_marks
from mujaz.data import table

NO_BREAK = "\xa0"
_DIGIT = "0-9\u0660-\u0669"
_LETTER = "\u0620-\u064a"
_HAS_DIGIT = re.compile(f"[{_DIGIT}]")
# The first digit by itself: sets of characters are looked for faster than what stands before them.
_START = f"[{_DIGIT}](?<![A-Za-z{_DIGIT}_.,/:+-][{_DIGIT}])"
_NUMBER = rf"{_START}[{_DIGIT}]*(?:[.,\u066b\u066c][{_DIGIT}]+)*"
_LONE_LETTERS = re.compile(rf"(?:^|[\s(«])[{_LETTER}]\.?(?: [{_LETTER}]\.?)* (?=\S)")
_BEFORE_YEAR = re.compile(rf" (?<=[{_LETTER}] )(?=[{_DIGIT}]{{4}}(?!\w))")
_YEAR = re.compile("(?:1[3-9]|20)[0-9]{2}|(?:١[٣-٩]|٢٠)[٠-٩]{2}")
_CLITICS = "وفبكل"
_COUNTED_ENDINGS = ("ا", "ان", "ين", "ون", "ات")
"""Of what may begin with the letter of a clitic and is counted all the same: 11 لاعباً."""


def typeset(text: str) -> str:
    """Return `text` as a page sets it: other signs and spaces, the same words.

    Quotation marks that are paired and around Arabic become «…». No line can end between a number
    and what it counts, within a date, or behind an initial or a word of one letter.
    """
    text = with_arabic_quotation_marks(text)
    if _HAS_DIGIT.search(text):
        text = _BEFORE_YEAR.sub(_before_year, text)
        text = _numbers().sub(_number, text)
    return _LONE_LETTERS.sub(_lone_letters, text)


def _before_year(match: re.Match[str]) -> str:
    """Return the space between the name of a month and a year, or any other."""
    before = match.string[max(match.start() - _longest_month(), 0) : match.start()]
    is_month = any(f" {before}".endswith(f" {month}") for month in _months())
    return NO_BREAK if is_month else " "


def _number(match: re.Match[str]) -> str:
    """Return a number, and a space that holds it to a noun, but not to what only comes next.

    Words that lean on the next one are not counted, nor those with a clitic, nor by a year.
    """
    if not match["word"]:
        return match[0].replace(" ", NO_BREAK)
    number, word = match["number"], match["word"]
    has_clitic = word[0] in _CLITICS and not word.endswith(_COUNTED_ENDINGS)
    is_loose = has_clitic or word in _words("leaning") or _YEAR.fullmatch(number)
    return number + (" " if is_loose and word not in _words("units") else NO_BREAK)


def _lone_letters(match: re.Match[str]) -> str:
    return match[0][0] + match[0][1:].replace(" ", NO_BREAK)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("typography")[name].split())


@cache
def _months() -> tuple[str, ...]:
    """Return the names of months in both calendars, the longest first."""
    gregorian, hijri = table("months")["gregorian"].values(), table("dates")["hijri"].values()
    names = {name for each in (*gregorian, *hijri) for name in each}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


@cache
def _longest_month() -> int:
    return len(_months()[0]) + 1


@cache
def _numbers() -> re.Pattern[str]:
    """Return what matches a number with what it is a number of: a date, a part, or a word."""
    months = "|".join(map(re.escape, _months()))
    month = rf"(?:{months})(?:/(?:{months}))?(?!\w)"
    year = rf"[ \xa0][{_DIGIT}]{{4}}(?!\w)(?: (?:م|هـ)(?!\w))?"
    date = rf"{_START}[{_DIGIT}]? (?:من )?{month}(?:{year})?"
    part = rf"{_NUMBER} (?:(?=[%\u066a])|في (?=الم[ئا]))"
    return re.compile(
        rf"{date}|{part}|(?P<number>{_NUMBER}) (?=(?P<word>[{_LETTER}]+\u0640?)(?![\w/]))"
    )
