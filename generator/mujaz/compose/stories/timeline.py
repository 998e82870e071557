"""When a story was reported: its articles by day and hour, as many as a reader looks through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from mujaz.site_model import Card

_MAX_OF_DAY, _MAX_OF_LATEST_DAY = 6, 12
"""Articles of a day that are listed one by one."""
_MAX_DAYS = 8
"""Days that are listed: the first, and the latest ones."""


@dataclass(frozen=True, slots=True)
class TimelineDay:
    """One day of a story."""

    day: dt.date | None
    """None for undated articles, which come last."""
    shown: tuple[Card, ...]
    """The articles that are listed, in the order of their times; the first and the latest ones."""
    left_out: int
    """How many others there are of that day."""


def in_order(cards: Sequence[Card]) -> list[Card]:
    """Return articles by day and time; those without a time last on their day, undated ones last.

    Times of different zones are compared as their papers' readers see them.
    """

    def moment(card: Card) -> tuple[dt.date, dt.time]:
        time = card.time.replace(tzinfo=None) if card.time else dt.time.max
        return (card.date or dt.date.max, time)

    return sorted(cards, key=moment)


def timeline_of(cards: Sequence[Card]) -> tuple[list[TimelineDay], int]:
    """Return the days of a story, oldest first, and the number of days that are left out."""

    def day_of(card: Card) -> dt.date | None:
        return card.date

    groups = [(day, tuple(of_day)) for day, of_day in groupby(in_order(cards), key=day_of)]
    chosen = groups
    if len(groups) > _MAX_DAYS:
        chosen = [groups[0], *groups[len(groups) - _MAX_DAYS + 1 :]]
    days = [_day(day, each, is_latest=(day, each) == groups[-1]) for day, each in chosen]
    return days, len(groups) - len(chosen)


def _day(day: dt.date | None, cards: tuple[Card, ...], *, is_latest: bool) -> TimelineDay:
    limit = _MAX_OF_LATEST_DAY if is_latest else _MAX_OF_DAY
    if len(cards) <= limit + 1:  # nothing is gained by leaving out one
        return TimelineDay(day, cards, 0)
    first = limit // 2
    shown = (*cards[:first], *cards[first - limit :])
    return TimelineDay(day, shown, len(cards) - limit)


def first_reported(cards: Sequence[Card]) -> Card | None:
    """Return the article that reported a story first; None if times leave that open."""
    ordered = in_order(cards)
    if len(ordered) < 2 or not ordered[0].date or not ordered[0].source:
        return None
    first, second = ordered[:2]
    if second.date == first.date and (first.time is None or first.time == second.time):
        return None
    return first
