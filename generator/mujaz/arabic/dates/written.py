"""A day, or only a month, as it was written, in any of three calendars."""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

Calendar = Literal["gregorian", "hijri", "solar"]
Label = Literal["published", "updated", ""]
"""What a text says of a day; nothing if it is just there."""
MIN_GREGORIAN_YEAR = 1600
"""A smaller year is of the Hijri calendar even where nothing says so."""


class Written(NamedTuple):
    """What a written date names: a day, or only a month; and the time, if it is stated."""

    year: int
    month: int
    day: int | None
    time: dt.time | None = None
    """With its zone, if that is stated too. Midnight sharp is what programs write for no time."""
    label: Label = ""
    disputed: bool = False
    """Whether the same text names another day in the Hijri calendar."""

    @property
    def date(self) -> dt.date | None:
        """The day, if one is named."""
        return dt.date(self.year, self.month, self.day) if self.day else None

    @property
    def moment(self) -> dt.date | None:
        """The day, with the time if that is stated too."""
        return dt.datetime.combine(self.date, self.time) if self.date and self.time else self.date

    def __str__(self) -> str:
        """Return it in ISO 8601: `2024-12-08`, or `2024-12`."""
        month = f"{self.year:04}-{self.month:02}"
        return f"{month}-{self.day:02}" if self.day else month


def written(year: int, month: int, day: int | None, calendar: Calendar) -> Written | None:
    """Return the Gregorian day or month, or None if the calendar has no such one."""
    if calendar == "solar":
        return _of_solar(year, month, day) if day else None
    if calendar == "hijri" or year < MIN_GREGORIAN_YEAR:
        from hijridate import Hijri

        try:
            return of_day(Hijri(year, month, day).to_gregorian()) if day else None
        except (ValueError, OverflowError):
            return None
    try:
        dt.date(year, month, day or 1)
    except ValueError:
        return None
    return Written(year, month, day)


def is_more_exact(moment: object, than: object) -> bool:
    """Whether `moment` is the same day as `than`, with the time of day that this lacks."""
    if not isinstance(moment, dt.datetime) or isinstance(than, dt.datetime):
        return False
    return moment.date() == than


def of_day(day: dt.date) -> Written:
    """Return `day`, as if it were written."""
    return Written(day.year, day.month, day.day)


def _of_solar(year: int, month: int, day: int) -> Written | None:
    """Return a day of the Persian year; its leap years repeat every 33 years, 1244 to 1530."""
    if not (1244 <= year <= 1530 and 1 <= day <= (31 if month < 7 else 30)):
        return None
    leaps = sum(each % 33 in (1, 5, 9, 13, 17, 22, 26, 30) for each in range(1400, year))
    leaps -= sum(each % 33 in (1, 5, 9, 13, 17, 22, 26, 30) for each in range(year, 1400))
    days = (year - 1400) * 365 + leaps + (month - 1) * 30 + min(month - 1, 6) + day - 1
    return of_day(dt.date(2021, 3, 21) + dt.timedelta(days))
