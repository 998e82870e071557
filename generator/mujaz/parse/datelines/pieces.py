"""Cuts a line into the pieces that a dateline is made of, with what stands between them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from mujaz.arabic.calendars import parse_date
from mujaz.arabic.normalise import DIGITS
from mujaz.data import table

BLANKS = "\t"
"""Stands for a long run of white space between pieces."""
_DASHES = "\u2010-\u2015\u2212"
_BETWEEN = re.compile(
    rf"(?:\s*(?:--+|[{_DASHES}]|(?<=\s)[-_\u0640]+(?=\s|[^\W\d]|$)|[-_]+(?=\s|$)"
    r"|(?<=[\u0621-\u064a]{3})\u0640+(?=\s)"
    r"|(?<=[\u0621-\u064a])[-_](?=[^\W\d_])|(?<=[^\W\d_])[-_](?=[\u0621-\u064a])"
    r"|[:،,;؛/\\|•·()\[\]{}«»“”\"<>*]|\.\.+|(?<=[\s»”\"])من(?=\s)|\s{4})\s*)+"
)
_DIGIT = re.compile(r"\d")
_CLOCK = r"(?:[\s،,–-]*\d{1,2}:\d{2}(?::\d{2})?(?:\s*[صم]\b)?)?"


class Piece(NamedTuple):
    """A piece of a line, and what stands before and after it."""

    text: str
    """Without white space at its ends."""
    before: str
    """Dashes, colons, brackets and the like; empty at the ends of the line and beside a day."""
    after: str
    end: int
    """Where it ends in the line, with what follows up to the next piece."""
    is_day: bool = False
    """Whether it is a day, or a month."""

    @property
    def is_bracketed(self) -> bool:
        """Whether it stands in round or square brackets."""
        return any(mark in self.before for mark in "([") and any(c in self.after for c in ")]")

    @property
    def is_quoted(self) -> bool:
        """Whether it stands in quotation marks."""
        return any(mark in self.before for mark in '«“"{') and any(
            mark in self.after for mark in '»”"}'
        )

    @property
    def day(self) -> dt.date | None:
        """The day that it is, if the year is given."""
        return parse_date(self.text) if self.is_day else None


def pieces_of(line: str) -> list[Piece]:
    """Return the pieces of a line, in order."""
    if not _DIGIT.search(line):
        return [*_pieces(line, 0, len(line))]
    pieces: list[Piece] = []
    start, before = 0, ""
    for day in _days().finditer(line.translate(DIGITS)):
        pieces += _pieces(line, start, day.start())
        pieces.append(
            Piece(day[0].strip(" ،,-").removeprefix("في "), "", "", day.end(), is_day=True)
        )
        start = day.end()
    if pieces:
        # What separates a day from what follows it is no part of either.
        between = _BETWEEN.match(line, start)
        if between and start < len(line):
            pieces[-1] = pieces[-1]._replace(after=between[0].strip(), end=between.end())
            start, before = between.end(), between[0].strip()
    return [*pieces, *_pieces(line, start, len(line), before)]


def _pieces(line: str, start: int, end: int, before: str = "") -> Iterator[Piece]:
    while start < end:
        match = _BETWEEN.search(line, start, end)
        stop, after, following = (
            (match.start(), match[0].strip() or BLANKS, match.end()) if match else (end, "", end)
        )
        text = line[start:stop].strip()
        if text:
            yield Piece(text, before, after, following)
        before, start = after, following


@cache
def _days() -> re.Pattern[str]:
    """Return what finds days: numbers, or names of months with the day before them."""
    months = {name for names in table("months")["gregorian"].values() for name in names}
    months |= {name for names in table("dates")["hijri"].values() for name in names}
    month = f"(?:{'|'.join(map(re.escape, sorted(months, key=len, reverse=True)))})"
    weekday = f"(?:(?:يوم )?(?:{'|'.join(map(re.escape, table('months')['weekdays']))})[\\s،,]+)?"
    calendar = r"(?:\s*(?:م|هـ|ه)(?!\w))?"
    named = rf"\d{{1,2}}(?:\s+|\s*[-/]\s*)(?:من\s+)?{month}(?:\s*[-/]\s*{month})?(?!\w)"
    named += rf"(?:[\s،,/-]*(?:عام\s+|سنة\s+)?\d{{4}}(?!\d){calendar})?"
    numbers = rf"(?<!\d)\d{{1,4}}([-/.])\d{{1,2}}\1\d{{1,4}}(?!\d){calendar}"
    day = rf"(?:{named}|{numbers.replace(chr(92) + '1', '[-/.]')})"
    both = rf"{day}(?:[\s،,(]*(?:الموافق|الموافقة|موافق|/|-)[\s:]*{day}\)?)?"
    return re.compile(rf"(?:(?<!\w)في\s+)?{weekday}{both}{_CLOCK}")
