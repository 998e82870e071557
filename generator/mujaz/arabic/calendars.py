"""Days and times: read as papers write them, and shown in the words that readers see."""

from __future__ import annotations

import datetime as dt

from mujaz.arabic.dates.reading import (
    Occurrence,
    find_date,
    parse_date,
    read_date,
    read_time,
)
from mujaz.arabic.dates.written import Written, is_more_exact
from mujaz.data import table

__all__ = [
    "Occurrence",
    "Written",
    "date_text",
    "find_date",
    "hijri_text",
    "is_more_exact",
    "iso_text",
    "month_text",
    "parse_date",
    "read_date",
    "read_time",
    "span_text",
    "time_text",
    "weekday_text",
]


def date_text(day: dt.date) -> str:
    """Return `day` as readers in the Levant write it: 14 تموز 2025."""
    return f"{day.day} {table('months')['display'][day.month - 1]} {day.year}"


def iso_text(day: dt.date | None, time: dt.time | None) -> str:
    """Return a day in ISO 8601, with the time and its zone as far as they are known."""
    if day is None:
        return ""
    return f"{day.isoformat()}T{time.isoformat()}" if time else day.isoformat()


def span_text(first: dt.date, last: dt.date) -> str:
    """Return a span of days in words, naming month and year once: من 14 إلى 20 تموز 2025."""
    if first == last:
        return date_text(first)
    beginning = date_text(first)
    if first.year == last.year:
        beginning = beginning.removesuffix(f" {first.year}")
        if first.month == last.month:
            beginning = str(first.day)
    return f"من {beginning} إلى {date_text(last)}"


def month_text(day: dt.date) -> str:
    """Return the month of `day` as readers in the Levant write it: تموز 2025."""
    return f"{table('months')['display'][day.month - 1]} {day.year}"


def weekday_text(day: dt.date) -> str:
    """Return the name of the weekday: الأحد."""
    return str(table("dates")["weekdays"][day.weekday()])


def hijri_text(day: dt.date) -> str:
    """Return `day` by Umm al-Qura, 2 صفر 1447 هـ, or "" where its tables (1924 to 2077) end."""
    from hijridate import Gregorian

    try:
        hijri = Gregorian.fromdate(day).to_hijri()
    except OverflowError:
        return ""
    return f"{hijri.day} {table('dates')['hijri'][hijri.month][0]} {hijri.year} هـ"


def time_text(time: dt.time) -> str:
    """Return a time of day: 14:30."""
    return f"{time:%H:%M}"
