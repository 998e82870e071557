"""What to read next: the rest of the story, then what is nearest in meaning, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from generator.enrich.neighbours import Alike

_MOST = 4
"""Articles to read next."""
_ALIKE = 0.33
"""Likeness from which an article is worth reading after another of the same weeks."""
_ALIKE_LATER = 0.42
"""The same where they are further apart, or undated."""
_WEEKS = 30
"""Days that count as the same weeks."""
_SETTLED = 7
"""Days after which an article's page changes no more for others that are like it: what came later
leads back to it. A story may go on as long, so that the pages of a closed month stay as they are.
"""
_RARE = 4
"""Rare stems that they share."""


def related(
    own: str, is_dated: bool, alike: Mapping[str, Alike], story: Iterable[str]
) -> tuple[str, ...]:
    """Return up to four ids to read after an article, nearest first, those of its story before all.

    `alike` are by id, both older ones and newer ones.
    """
    near = {
        other: each.likeness
        for other, each in alike.items()
        if each.rare >= _RARE
        and each.likeness >= _least(each.gap)
        and not (is_dated and _is_later(each.gap))
    }
    within: Set[str] = {*story} - {own}
    others = {*near, *within}
    return tuple(
        sorted(others, key=lambda each: (each not in within, -near.get(each, 0.0), each))[:_MOST]
    )


def _is_later(gap: int | None) -> bool:
    """Whether an article came so much later that the page of a dated one is settled by then."""
    return gap is None or gap > _SETTLED


def _least(gap: int | None) -> float:
    return _ALIKE if gap is not None and abs(gap) <= _WEEKS else _ALIKE_LATER
