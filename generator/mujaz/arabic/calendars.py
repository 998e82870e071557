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
from mujaz.model import MonthNames

__all__ = [
    "Occurrence",
    "Written",
    "date_text",
    "find_date",
    "hijri_text",
    "is_more_exact",
    "iso_text",
    "month_name",
    "month_text",
    "parse_date",
    "read_date",
    "read_time",
    "span_text",
    "time_text",
    "weekday_text",
]


def date_text(day: dt.date, names: MonthNames = "levant") -> str:
    """Return `day` with the name of its month: 14 تموز 2025."""
    return f"{day.day} {month_name(day.month, names)} {day.year}"


def month_name(month: int, names: MonthNames = "levant") -> str:
    """Return the name of a month, from 1 to 12: تموز, يوليو, جويلية, or تموز/يوليو."""
    display = table("months")["display"]
    shown = ("levant", "gulf") if names == "both" else (names,)
    return "/".join(display[each][month - 1] for each in shown)


def iso_text(day: dt.date | None, time: dt.time | None) -> str:
    """Return a day in ISO 8601, with the time and its zone as far as they are known."""
    if day is None:
        return ""
    return f"{day.isoformat()}T{time.isoformat()}" if time else day.isoformat()


def span_text(first: dt.date, last: dt.date, names: MonthNames = "levant") -> str:
    """Return a span of days in words, naming month and year once: من 14 إلى 20 تموز 2025."""
    if first == last:
        return date_text(first, names)
    beginning = date_text(first, names)
    if first.year == last.year:
        beginning = beginning.removesuffix(f" {first.year}")
        if first.month == last.month:
            beginning = str(first.day)
    pattern: str = table("interface")["dates"]["span"]
    return pattern.format(first=beginning, last=date_text(last, names))


def month_text(day: dt.date, names: MonthNames = "levant") -> str:
    """Return the month of `day`: تموز 2025."""
    return f"{month_name(day.month, names)} {day.year}"


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
    date = f"{hijri.day} {table('dates')['hijri'][hijri.month][0]} {hijri.year}"
    return str(table("interface")["dates"]["hijri"]).format(date=date)


def time_text(time: dt.time) -> str:
    """Return a time of day: 14:30."""
    return f"{time:%H:%M}"
