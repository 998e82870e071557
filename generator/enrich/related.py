"""What to read next: the rest of the story, then what is nearest in meaning, or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from generator.enrich.neighbours import Neighbours, both_ways
from generator.model import Article, Story

_MOST = 4
"""Articles to read next."""
_ALIKE = 0.33
"""Likeness from which an article is worth reading after another of the same weeks."""
_ALIKE_LATER = 0.42
"""The same where they are further apart, or undated."""
_WEEKS = 30
"""Days that count as the same weeks."""
_RARE = 4
"""Rare stems that they share."""


def related(
    articles: Sequence[Article], near: Neighbours, stories: Sequence[Story]
) -> dict[str, tuple[str, ...]]:
    """Return up to four other ids by article id, nearest first; an article with none is absent.

    Those of its story come before all others. Columns, such as the weather, have none. `near` says
    which articles are like which older ones.
    """
    days = {article.id: article.date for article in articles}
    story_of = {member: story.id for story in stories for member in story.articles}
    members = {story.id: story.articles for story in stories}
    found: dict[str, tuple[str, ...]] = {}
    everyone = both_ways(near)
    for own in near:
        alike = {
            other.id: other.likeness
            for other in everyone.get(own, ())
            if other.rare >= _RARE and other.likeness >= _least(days[own], days[other.id])
        }
        story = members.get(story_of.get(own, ""), ())
        others = sorted(
            {*alike, *story} - {own},
            key=lambda other: (other not in story, -alike.get(other, 0.0), other),
        )
        if others:
            found[own] = tuple(others[:_MOST])
    return found


def _least(one: dt.date | None, other: dt.date | None) -> float:
    return _ALIKE if one and other and abs((one - other).days) <= _WEEKS else _ALIKE_LATER
