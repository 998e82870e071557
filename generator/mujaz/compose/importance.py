"""How important a story is, by parts that can be told: who reported it, and what it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from mujaz.arabic.press.agencies import same_agency
from mujaz.arabic.press.type_names import NEWS
from mujaz.data import table
from mujaz.site_model import Card

_TEXT_POINTS, _SOURCE_POINTS = 2, 1
"""What an independent text counts for, and what a paper that printed one does."""


class Importance(NamedTuple):
    """The parts of a story's importance."""

    texts: int
    """Independent texts: an agency's counts once, however many papers print or shorten it."""
    sources: int
    """Sources that printed one of its texts."""
    news_value: int
    """What its articles count for by section and type: their mean, from 0 to 10,000."""

    @property
    def score(self) -> int:
        """What stories are in order by."""
        return (_TEXT_POINTS * self.texts + _SOURCE_POINTS * self.sources) * self.news_value


def importance_of(cards: Sequence[Card]) -> Importance:
    """Return the importance of a story by its articles, of which there is at least one."""
    values = [_section_value(card.section) * _type_value(card.type) for card in cards]
    return Importance(independent_texts(cards), len(sources_of(cards)), sum(values) // len(values))


def independent_texts(cards: Sequence[Card]) -> int:
    """Return the number of witnesses of a story: own texts of papers, and agencies.

    A text that another of the story contains is none.
    """
    files = {card.file for card in cards}
    whole = (card for card in cards if files.isdisjoint(card.also_told_in))
    return len({same_agency(card.agency) or card.id for card in whole})


def sources_of(cards: Sequence[Card]) -> tuple[str, ...]:
    """Return the sources that printed articles, in the order of these."""
    names = (name for card in cards for name in (card.source, *card.also_in))
    return tuple(dict.fromkeys(filter(None, names)))


def _section_value(label: str | None) -> int:
    return _section_values().get(label or "", _news_values()["other_sections"])


def _type_value(kind: str | None) -> int:
    value: int = _news_values()["types"][kind or NEWS]
    return value


@cache
def _section_values() -> Mapping[str, int]:
    """Return what sections count for by their labels."""
    sections = table("sections")
    return {sections[name]["label"]: n for name, n in _news_values()["sections"].items()}


def _news_values() -> Any:
    return table("news_values")
