"""What to read next: the rest of the story, then what is nearest in meaning, or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Set

from mujaz.enrich.stories.similarity_graph import Neighbour

_MAX_RELATED = 4
"""Articles to read next."""
_MIN_SIMILARITY = 0.33
"""Similarity from which an article is worth reading after another of the same weeks."""
_MIN_SIMILARITY_LATER = 0.42
"""The same where they are further apart, or undated."""
_SAME_WEEKS_DAYS = 30
"""Days that count as the same weeks."""
_CLOSED_MONTH_DAYS = 7
"""Days after which an article of a later month changes a page no more for being similar to its
article: it leads back to it. A story may go on as long, so that pages of a closed month stay as
they are."""
_MIN_SHARED_RARE_STEMS = 4


def related_articles(
    article_id: str, day: int | None, neighbours: Mapping[str, Neighbour], story: Iterable[str]
) -> tuple[str, ...]:
    """Return up to four ids to read after an article, nearest first, those of its story before all.

    `day` is that of the article, counted from the year 1; `neighbours` are by id, both older ones
    and newer ones; `story` are the ids of the articles of its story.
    """
    near = {
        other: neighbour.similarity
        for other, neighbour in neighbours.items()
        if neighbour.shared_rare_stems >= _MIN_SHARED_RARE_STEMS
        and neighbour.similarity >= _required_similarity(neighbour.gap_days)
        and (day is None or not _is_too_late(day, neighbour.gap_days))
    }
    within: Set[str] = {*story} - {article_id}
    others = {*near, *within}
    ranked = sorted(others, key=lambda other: (other not in within, -near.get(other, 0.0), other))
    return tuple(ranked[:_MAX_RELATED])


def _is_too_late(day: int, gap_days: int | None) -> bool:
    """Return whether an article came so late that the page of one of `day` is closed by then."""
    if gap_days is None:
        return True
    date, other = dt.date.fromordinal(day), dt.date.fromordinal(day + gap_days)
    return gap_days > _CLOSED_MONTH_DAYS and (date.year, date.month) != (other.year, other.month)


def _required_similarity(gap_days: int | None) -> float:
    if gap_days is not None and abs(gap_days) <= _SAME_WEEKS_DAYS:
        return _MIN_SIMILARITY
    return _MIN_SIMILARITY_LATER
