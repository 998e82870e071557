"""Days that are counted from another one: yesterday, three days ago, next Tuesday."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache

from mujaz.arabic.normalise import key
from mujaz.data import table


def relative_day(text: str, today: dt.date) -> dt.date | None:
    """Return the day that the comparison key `text` counts from `today`: `أمس`, `منذ 3 أيام`."""
    days: Mapping[str, int] = {key(k): v for k, v in table("dates")["relative"].items()}
    if text in days:
        return today + dt.timedelta(days[text])
    weekday = re.fullmatch(r"(?:يوم )?(\w+) (?:(الماضي|الفايت|المنصرم)|المقبل|القادم)", text)
    if weekday and weekday[1] in _weekdays():
        # The nearest such day before, or after, `today`, never `today` itself.
        ahead = (_weekdays()[weekday[1]] - today.weekday()) % 7
        days_off = (ahead or 7) if weekday[2] is None else ahead - 7
        return today + dt.timedelta(days_off)
    match = re.fullmatch(r"(?:منذ|قبل) (?:(\w+) )?(\w+)", text)
    units = _numbers("units")
    if match is None or match[2] not in units:
        return None
    duals = {key(word) for word in table("dates")["duals"]}
    count = 2 if match[2] in duals else 1
    if match[1]:
        numbers = _numbers("numbers")
        if not match[1].isdigit() and match[1] not in numbers:
            return None
        count = int(match[1]) if match[1].isdigit() else numbers[match[1]]
    return today - dt.timedelta(min(count, 36_500) * units[match[2]])


@cache
def _weekdays() -> dict[str, int]:
    """Return the number of each weekday, Monday being 0."""
    return {key(name): number for number, name in enumerate(table("dates")["weekdays"])}


@cache
def _numbers(name: str) -> dict[str, int]:
    names_of = table("dates")[name].items()
    return {key(name): int(number) for number, names in names_of for name in names}
