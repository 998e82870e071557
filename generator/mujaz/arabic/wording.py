"""Numbers and dates as a site itself writes them, in the digits that its readers are used to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from mujaz.arabic import calendars, numerals
from mujaz.data import table
from mujaz.model import Digits

_ARABIC = {ord(str(digit)): chr(0x660 + digit) for digit in range(10)}


@dataclass(frozen=True, slots=True)
class Wording:
    """Writes numbers and dates. What articles say goes past it: their digits are their own."""

    digits: Digits = "latin"

    def text(self, key: str, **values: str) -> str:
        """Return words of the interface: those at `key` of the catalogue, such as `edition.end`.

        `values` stand where the words name them in braces. Raises `KeyError` for an unknown key.
        """
        words = table("interface")
        for part in key.split("."):
            words = words[part]
        return str(words).format_map(values) if values else str(words)

    def number(self, number: int) -> str:
        """Return a number alone: 2025, ٢٠٢٥."""
        return self._in_digits(str(number))

    def counted(self, number: int, noun: numerals.Noun) -> str:
        """See `numerals.counted`."""
        return self._in_digits(numerals.counted(number, noun))

    def date(self, day: dt.date) -> str:
        """See `calendars.date_text`."""
        return self._in_digits(calendars.date_text(day))

    def time(self, time: dt.time) -> str:
        """See `calendars.time_text`."""
        return self._in_digits(calendars.time_text(time))

    def weekday(self, day: dt.date) -> str:
        """Return the date with its weekday: الأحد 27 تموز 2025."""
        return f"{calendars.weekday_text(day)} {self.date(day)}"

    def hijri(self, day: dt.date) -> str:
        """See `calendars.hijri_text`."""
        return self._in_digits(calendars.hijri_text(day))

    def span(self, first: dt.date, last: dt.date) -> str:
        """See `calendars.span_text`."""
        return self._in_digits(calendars.span_text(first, last))

    def month(self, day: dt.date) -> str:
        """See `calendars.month_text`."""
        return self._in_digits(calendars.month_text(day))

    def _in_digits(self, text: str) -> str:
        return text.translate(_ARABIC) if self.digits == "arabic" else text
