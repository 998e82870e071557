"""Words, numbers and dates as a site itself writes them, as its readers are used to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from mujaz.arabic import calendars, numerals
from mujaz.arabic.press.agencies import agency_named
from mujaz.data import table
from mujaz.model import Digits, MonthNames

_ARABIC = {ord(str(digit)): chr(0x660 + digit) for digit in range(10)}


@dataclass(frozen=True, slots=True)
class Wording:
    """Writes words, numbers and dates. What articles say goes past it: that is their own."""

    digits: Digits = "latin"
    months: MonthNames = "levant"
    """Whose names of months stand in dates."""

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

    def counted(self, number: int, noun: numerals.Noun | str) -> str:
        """Return a number with its noun, or with that of this name in the catalogue.

        See `numerals.counted`.
        """
        counted_noun = numerals.noun(noun) if isinstance(noun, str) else noun
        return self._in_digits(numerals.counted(number, counted_noun))

    def listed(self, names: Sequence[str], most: int = 2) -> str:
        """Return the names of sources, `most` at the most: السنديانة، صدى الرابية.

        Of more than those, the first is named and the others are counted: السنديانة و3 صحف أخرى.
        """
        if len(names) <= most:
            return self.joined(*names)
        shown, rest = names[: max(most - 1, 1)], names[max(most - 1, 1) :]
        noun = "other_source" if any(map(agency_named, names)) else "other_paper"
        others = self.counted(len(rest), noun)
        return self.text("names.and_others", names=self.joined(*shown), others=others)

    def joined(self, *parts: str | None) -> str:
        """Return what there is of `parts` as one line, such as who reported what, and when.

        A comma keeps to the word before it: no line begins with one, as it might with a dot.
        """
        return self.text("names.between").join(filter(None, parts))

    def date(self, day: dt.date) -> str:
        """Return a day: 14 تموز 2025."""
        return self._in_digits(calendars.date_text(day, self.months))

    def time(self, time: dt.time) -> str:
        """Return a time of day: 14:30."""
        return self._in_digits(calendars.time_text(time))

    def weekday(self, day: dt.date) -> str:
        """Return the date with its weekday: الأحد 27 تموز 2025."""
        return f"{calendars.weekday_text(day)} {self.date(day)}"

    def hijri(self, day: dt.date) -> str:
        """Return a day by Umm al-Qura: 2 صفر 1447 هـ. See `calendars.hijri_text`."""
        return self._in_digits(calendars.hijri_text(day))

    def span(self, first: dt.date, last: dt.date) -> str:
        """Return a span of days: من 14 إلى 20 تموز 2025."""
        return self._in_digits(calendars.span_text(first, last, self.months))

    def month(self, day: dt.date) -> str:
        """Return the month of a day: تموز 2025."""
        return self._in_digits(calendars.month_text(day, self.months))

    def _in_digits(self, text: str) -> str:
        return text.translate(_ARABIC) if self.digits == "arabic" else text
