"""What to read next: the rest of the story, then what is nearest in meaning, or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Set

from mujaz.enrich.stories.similarity_graph import Alike

_MOST = 4
"""Articles to read next."""
_ALIKE = 0.33
"""Likeness from which an article is worth reading after another of the same weeks."""
_ALIKE_LATER = 0.42
"""The same where they are further apart, or undated."""
_WEEKS = 30
"""Days that count as the same weeks."""
_SETTLED = 7
"""Days after which an article of a later month changes a page no more for being like its article:
it leads back to it. A story may go on as long, so that pages of a closed month stay as they are."""
_RARE = 4
"""Rare stems that they share."""


def related(
    own: str, day: int | None, alike: Mapping[str, Alike], story: Iterable[str]
) -> tuple[str, ...]:
    """Return up to four ids to read after an article, nearest first, those of its story before all.

    `day` is that of the article, counted from the year 1; `alike` are by id, both older ones and
    newer ones.
    """
    near = {
        other: each.likeness
        for other, each in alike.items()
        if each.rare >= _RARE
        and each.likeness >= _least(each.gap)
        and (day is None or not _is_later(day, each.gap))
    }
    within: Set[str] = {*story} - {own}
    others = {*near, *within}
    return tuple(
        sorted(others, key=lambda each: (each not in within, -near.get(each, 0.0), each))[:_MOST]
    )


def _is_later(day: int, gap: int | None) -> bool:
    """Whether an article came so much later that the page of one of `day` is settled by then."""
    if gap is None:
        return True
    one, other = dt.date.fromordinal(day), dt.date.fromordinal(day + gap)
    return gap > _SETTLED and (one.year, one.month) != (other.year, other.month)


def _least(gap: int | None) -> float:
    return _ALIKE if gap is not None and abs(gap) <= _WEEKS else _ALIKE_LATER
