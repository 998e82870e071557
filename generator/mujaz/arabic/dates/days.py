"""Days as tokens: numeric or with a month's name, in any order, of three calendars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from mujaz.arabic.dates.words import DateToken
from mujaz.arabic.dates.written import Calendar, Written, written

_ALSO = {name: rf"(?:[-/(|~,]{{0,2}}{name}\)?)?" for name in "MIS"}
_MONTH = "(?:" + "|".join(name + also for name, also in _ALSO.items()) + ")"
"""A month, maybe named twice: `كانون الأول/ديسمبر`."""
_GAP = r"[-/.,~f]{0,3}"
_ERA = r"(?:,?\(?(?P<era>[mge])\.?\)?)?"
_YEAR_FIRST = re.compile(r"y(?P<sign>[-/.])n(?P=sign)n" + _ERA)
_YEAR_LAST = re.compile(r"n(?P<sign>[-/.])n(?P=sign)y" + _ERA)
_SHORT = re.compile(r"n(?P<sign>[-/.])n(?P=sign)n(?![:.]n)")
_DAY_MONTH_YEAR = re.compile(rf"[no]{_GAP}{_MONTH}{_GAP}y" + _ERA)
_MONTH_DAY_YEAR = re.compile(rf"{_MONTH}\.?n[f]?[,.~]?f?y" + _ERA)
_YEAR_MONTH_DAY = re.compile(rf"y[-/,.~]?{_MONTH}[-/,.~]?n" + _ERA)
_DAY_MONTH_SHORT = re.compile(rf"n[-/.]?{_MONTH}[-/.,]?n(?![:.]n)")
_MONTH_YEAR = re.compile(rf"{_MONTH}[-/,.f]{{0,2}}y" + _ERA)
_MONTH_NUMBER = re.compile(r"y-n$")
_CALENDARS: dict[str, Calendar] = {"M": "gregorian", "I": "hijri", "S": "solar"}


class DatedPiece(NamedTuple):
    """A run of tokens that names a day, or only a month."""

    written: Written
    calendar: Calendar
    end: int
    """Index of the token behind it."""


def read_day(
    codes: str, tokens: Sequence[DateToken], index: int, weekday: int | None, *, whole: bool
) -> DatedPiece | None:
    """Return the day that is named from the token at `index`, if one is.

    `weekday` decides between 4 March and 3 April where both are possible. Where the tokens are a
    `whole` text, years of two digits and months without a day are read too.
    """
    if codes[index] not in "noyMIS":
        return None
    for pattern in (_YEAR_FIRST, _YEAR_LAST):
        if match := pattern.match(codes, index):
            return _numeric(match, tokens, weekday)
    forms = [_DAY_MONTH_YEAR, _MONTH_DAY_YEAR, _YEAR_MONTH_DAY]
    forms += [_DAY_MONTH_SHORT, _MONTH_YEAR] if whole else []
    for form in forms:
        if match := form.match(codes, index):
            return _named(match, tokens)
    if whole and (match := _SHORT.match(codes, index)):
        return _numeric(match, tokens, weekday)
    if whole and not index and (match := _MONTH_NUMBER.match(codes)):
        return _piece(tokens[0].value, tokens[2].value, None, "gregorian", match.end())
    return None


def _numeric(
    match: re.Match[str], tokens: Sequence[DateToken], weekday: int | None
) -> DatedPiece | None:
    start = match.start()
    first, second, third = (tokens[start + offset].value for offset in (0, 2, 4))
    hijri = match.groupdict().get("era") == "e"
    calendar: Calendar = "hijri" if hijri else "gregorian"
    if tokens[start].code == "y":
        year, orders = first, ((second, third), (third, second))
    else:
        year = third if tokens[start + 4].code == "y" else _whole_year(tokens[start + 4])
        orders = ((second, first), (first, second))
    pieces = [_piece(year, month, day, calendar, match.end()) for month, day in orders]
    usual, other = pieces
    if usual is None or other is None or weekday is None:
        return usual or other
    of_weekday = [each for each in pieces if each and _weekday(each) == weekday]
    return of_weekday[0] if of_weekday else usual


def _weekday(piece: DatedPiece) -> int | None:
    return piece.written.date.weekday() if piece.written.date else None


def _named(match: re.Match[str], tokens: Sequence[DateToken]) -> DatedPiece | None:
    span = tokens[match.start() : match.end()]
    month = next(token for token in span if token.code in "MIS")
    years = [token.value for token in span if token.code == "y"]
    numbers = [token for token in span if token.code in "no"]
    year = years[0] if years else _whole_year(numbers.pop())
    hijri = match.groupdict().get("era") == "e"
    calendar = "hijri" if hijri and month.code == "M" else _CALENDARS[month.code]
    return _piece(year, month.value, numbers[0].value if numbers else None, calendar, match.end())


def _piece(
    year: int, month: int, day: int | None, calendar: Calendar, end: int
) -> DatedPiece | None:
    date = written(year, month, day, calendar)
    if date is None:
        return None
    is_hijri = calendar == "gregorian" and date.year != year
    return DatedPiece(date, "hijri" if is_hijri else calendar, end)


def _whole_year(token: DateToken) -> int:
    """Return the year that two digits stand for; 0 if there are not two."""
    if token.digits != 2:
        return 0
    return int(token.value) + (2000 if token.value < 70 else 1900)
