"""Written Arabic dates to days, and days to the words readers see."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from generator.arabic.normalise import DIGITS, key
from generator.data import table


@cache
def _months() -> dict[str, int]:
    """Return month number by folded name, over all the names CLDR has for Arab countries."""
    names: dict[str, int] = {}
    for number, spellings in table("months")["gregorian"].items():
        names.update((key(name), int(number)) for name in spellings)
    return names


@cache
def _written() -> re.Pattern[str]:
    weekdays = "|".join(re.escape(key(day)) for day in table("months")["weekdays"])
    month = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        rf"(?:(?:يوم )?(?:{weekdays}) )?(\d{{1,2}}) (?:من )?({month})(?: (?:{month}))?"
        r" ?(\d{4}) ?م?"
    )


_NUMERIC = re.compile(
    r"(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}))"
)


def parse_date(text: str) -> dt.date | None:
    """Return the day that `text`, as a whole, names, or None.

    Understands written months of every Arab country, weekday names before them, and numeric
    dates (year first, or day first).
    """
    numeric = _NUMERIC.fullmatch(text.strip().translate(DIGITS))
    if numeric:
        year, month, day, day2, month2, year2 = numeric.groups()
        return _day(year or year2, month or month2, day or day2)
    written = _written().fullmatch(key(text))
    if written:
        return _day(written[3], str(_months()[written[2]]), written[1])
    return None


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def date_text(day: dt.date) -> str:
    """Return `day` as readers in the Levant write it: 14 تموز 2025."""
    return f"{day.day} {table('months')['display'][day.month - 1]} {day.year}"
