"""Times of day and their zones, as tokens."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from mujaz.arabic.dates.words import DateToken

_ZONE = (
    r"[(|,~-]{0,2}(?:Zf?(?:[zk]|\?{1,2})|z|\(k\))(?:[+-](?:y|n(?::n)?))?\)?"
    r"|[+-](?:y(?![-/.]n)|n:n)"
)
_NOON = r"(?:,?[apbm])?"
TIME = re.compile(
    rf"(?:[cf]{{0,2}}[apb]?n[:h]n(?::n(?:[.,:][nxy])?)?{_NOON}|c?n\.n[apbm]|cf?n\.n|cf?n{_NOON}|n[apb])"
    rf"(?:{_ZONE})*"
)
"""In codes of tokens."""
_MAX_OFFSET_HOURS = 14


def clock_time(tokens: Sequence[DateToken], day: dt.date | None) -> dt.time | None:
    """Return the time that `tokens`, which match `TIME`, name; None if there is no such time.

    Midnight sharp is none: programs write it where they have only a day.
    """
    numbers = _leading_numbers(tokens)
    hour, minute, second = (*(token.value for token in numbers), 0, 0, 0)[:3]
    codes = "".join(token.code for token in tokens)
    noon = re.search(r"[apbm]", codes)
    hour = _on_24_hours(hour, noon[0]) if noon else hour
    if hour > 23 or minute > 59 or second > 60 or (hour, minute, second) == (0, 0, 0):
        return None
    return dt.time(hour, minute, min(second, 59), tzinfo=_zone(tokens, day))


def _leading_numbers(tokens: Sequence[DateToken]) -> list[DateToken]:
    """Return hours, minutes and seconds."""
    numbers: list[DateToken] = []
    for token in tokens:
        if token.code == "n" and len(numbers) < 3:
            numbers.append(token)
        elif numbers and token.code not in ":h.":
            break
    return numbers


def _on_24_hours(hour: int, half: str) -> int:
    if half == "a":
        return 0 if hour == 12 else hour
    if half == "b":  # from the evening till after midnight
        return hour % 12 if hour == 12 or hour < 6 else hour + 12 if hour < 12 else hour
    return hour + 12 if hour < 12 else hour


def _zone(tokens: Sequence[DateToken], day: dt.date | None) -> dt.tzinfo | None:
    """Return the zone that is stated; None if it is not, or nobody can tell which it is."""
    minutes: int | None = None
    for index, token in enumerate(tokens):
        if token.code in "zk":
            minutes = _minutes_ahead(token.value, day)
        elif token.code in "+-" and index + 1 < len(tokens) and tokens[index + 1].code in "yn":
            first = tokens[index + 1]
            if token.code == "-" and first.code == "y" and not _is_offset(first.value):
                continue
            later = tokens[index + 3] if index + 3 < len(tokens) else None
            hours, rest = divmod(first.value, 100) if first.code == "y" else (first.value, 0)
            if later is not None and tokens[index + 2].code == ":" and later.code == "n":
                rest = later.value
            if hours > _MAX_OFFSET_HOURS or rest > 59:
                return None
            minutes = (hours * 60 + rest) * (1 if token.code == "+" else -1)
    return None if minutes is None else dt.timezone(dt.timedelta(minutes=minutes))


def _is_offset(number: int) -> bool:
    return number // 100 <= _MAX_OFFSET_HOURS and number % 100 % 15 == 0


def _minutes_ahead(zone: int | str | None, day: dt.date | None) -> int | None:
    """Return how far a zone is ahead of UTC on `day`."""
    if zone is None or isinstance(zone, int):
        return zone
    if day is None:
        return None
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # for few

    try:
        offset = dt.datetime.combine(day, dt.time(12), ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return None if offset is None else int(offset.total_seconds()) // 60
