"""Whose names of months a text uses: يوليو and تموز are one month, and few papers write both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from mujaz.data import table
from mujaz.model import MonthNames

_CHOICES: tuple[MonthNames, ...] = ("levant", "gulf", "maghreb", "both")
"""Of equals, the first is chosen; «سبتمبر» is that of the first who have it."""


def month_names_in(text: str) -> MonthNames | None:
    """Return whose names of months the dates in `text` have most; None if it has no date.

    A name counts beside a number: «آب» alone is a father, «نيسان» a car, and «أوت» a harvest.
    """
    pattern, owners = _named()
    counts = Counter[str]()
    for match in pattern.finditer(text):
        if match["day"] or match["year"]:
            first, second = owners[_folded(match["name"])], match["second"]
            has_two = second and owners[_folded(second)] != first
            counts["both" if has_two else first] += 1
    return most_used(counts)


def most_used(counts: Mapping[str, int]) -> MonthNames | None:
    """Return what is counted most often; None if nothing is."""
    most = max(counts.values(), default=0)
    return next((each for each in _CHOICES if most and counts.get(each) == most), None)


def _folded(name: str) -> str:
    return re.sub("[أإآ]", "ا", " ".join(name.split()))


@cache
def _named() -> tuple[re.Pattern[str], dict[str, MonthNames]]:
    """Return what matches the names of months in dates, and whose each of them is."""
    display: Mapping[MonthNames, Iterable[str]] = table("months")["display"]
    owners: dict[str, MonthNames] = {}
    for whose in _CHOICES:
        for name in display.get(whose, ()):
            owners.setdefault(_folded(name), whose)
    longest_first = sorted(owners, key=lambda name: (-len(name), name))
    names = "|".join(name.replace("ا", "[اأإآ]").replace(" ", r"\s") for name in longest_first)
    second = rf"(?:\s?[/(-]\s?(?P<second>{names})(?!\w)\)?)?"
    year = r"(?P<year>[\s،]{1,2}\d{4}(?!\d))?"
    return re.compile(rf"(?P<day>\d\s)?(?<!\w)(?P<name>{names})(?!\w){second}{year}"), owners
