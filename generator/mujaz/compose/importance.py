"""How important a story is, by parts that can be explained: who reported it, what it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from math import isqrt
from typing import Any, NamedTuple

from mujaz.arabic.normalise import key
from mujaz.arabic.press.agencies import agency_named, same_agency
from mujaz.arabic.press.type_names import NEWS
from mujaz.data import table
from mujaz.site_model import Card

_TEXT_POINTS, _SOURCE_POINTS, _HOUR_POINTS, _TOPIC_POINTS = 2, 1, 1, 1
"""What counts: an independent text, a paper that printed one, an hour in which another paper took
the story up, and an independent text of its news topic."""
WHOLE_VALUE = 10_000
"""The news value of what counts in full."""


class Importance(NamedTuple):
    """The parts of a story's importance."""

    texts: int
    """Independent texts: an agency's counts once, however many papers print or shorten it."""
    sources: int
    """Sources that printed one of its texts."""
    hours: int
    """Hours, by stated times, in which a source first reported it, without the first of them."""
    news_value: int
    """What it counts for by section, headlines and type, from 0 to `WHOLE_VALUE`."""
    topic_texts: int = 0
    """Other independent texts of the news topic, if this is its leading story."""

    @property
    def parts(self) -> tuple[tuple[str, int, int], ...]:
        """What gives points: its name, how many there are, and how many points these are.

        The rest of a news topic counts for at most as much as the story's own texts.
        """
        of_texts = _TEXT_POINTS * self.texts
        of_topic = min(_TOPIC_POINTS * self.topic_texts, of_texts)
        return (
            ("independent texts", self.texts, of_texts),
            ("papers", self.sources, _SOURCE_POINTS * self.sources),
            ("hours of growth", self.hours, _HOUR_POINTS * self.hours),
            ("other texts of its news topic", self.topic_texts, of_topic),
        )

    @property
    def points(self) -> int:
        """All of them together."""
        return sum(points for _, _, points in self.parts)

    @property
    def score(self) -> int:
        """What stories are in order by, in hundredths.

        The square root has the tenth paper say less than the second.
        """
        return isqrt(self.points * WHOLE_VALUE) * self.news_value // WHOLE_VALUE


def importance_of(cards: Sequence[Card]) -> Importance:
    """Return the importance of a story by its articles, of which there is at least one."""
    texts, sources = independent_texts(cards), len(sources_of(cards))
    return Importance(texts, sources, _hours_of_growth(cards), _news_value(cards))


def independent_texts(cards: Sequence[Card]) -> int:
    """Return the number of witnesses of a story: own texts of papers, and agencies.

    A text that another of the story contains is none, and what an agency publishes itself is the
    text that papers print.
    """
    files = {card.file for card in cards}
    whole = (card for card in cards if files.isdisjoint(card.also_told_in))
    return len({same_agency(card.agency) or _agency_of_source(card) or card.id for card in whole})


def _agency_of_source(card: Card) -> str | None:
    return agency_named(card.source) if card.source else None


def sources_of(cards: Sequence[Card]) -> tuple[str, ...]:
    """Return the sources that printed articles, in the order of these."""
    names = (name for card in cards for name in (card.source, *card.also_in))
    return tuple(dict.fromkeys(filter(None, names)))


def _hours_of_growth(cards: Sequence[Card]) -> int:
    first: dict[str, tuple[dt.date, int]] = {}
    for card in cards:
        if card.source and card.date and card.time:
            hour = (card.date, card.time.hour)
            first[card.source] = min(hour, first.get(card.source, hour))
    return max(0, len({*first.values()}) - 1)


def _news_value(cards: Sequence[Card]) -> int:
    """Return what a story counts for, from 0 to `WHOLE_VALUE`.

    That is the mean of its sections, times the type that counts most, as news with columns on it is
    news; less if most of its headlines report a courtesy.
    """
    of_sections = sum(_section_value(card.section) for card in cards)
    value = of_sections * max(map(_type_value, cards)) // len(cards)
    courtesies = sum(map(_is_courtesy, cards))
    return (
        value * int(table("news_values")["courtesy"]) // 100
        if 2 * courtesies > len(cards)
        else value
    )


def _type_value(card: Card) -> int:
    values = table("news_values")
    headline = f" {key(card.title)} "
    is_notice = any(phrase in headline for phrase in _notices())
    return 0 if is_notice else int(values["types"][card.type or NEWS])


def _is_courtesy(card: Card) -> bool:
    return not _courtesies().isdisjoint(key(card.title).split())


def _section_value(label: str | None) -> int:
    return _section_values().get(label or "", table("news_values")["other_sections"])


@cache
def _section_values() -> Mapping[str, int]:
    """Return what sections count for by their labels."""
    sections: Mapping[str, Any] = table("sections")
    return {sections[name]["label"]: n for name, n in table("news_values")["sections"].items()}


@cache
def _courtesies() -> frozenset[str]:
    return frozenset(map(key, table("news_values")["courtesies"].split()))


@cache
def _notices() -> tuple[str, ...]:
    return tuple(f" {key(phrase)} " for phrase in table("news_values")["notices"])
