"""Which articles hang together: those that fit each other, and those that fit these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mujaz.enrich.stories.clustering import fits, may_fit
from mujaz.enrich.stories.similarity_graph import Neighbours
from mujaz.enrich.stories.story_tables import Row, Rows


class Group(NamedTuple):
    """Articles that may be in one story or in several; no other is in any of these."""

    articles: list[int]
    """The oldest first."""
    fitting: dict[int, list[int]]
    """What each fits, best first."""


def groups(some: Iterable[int], rows: Rows, neighbours: Neighbours) -> Iterator[Group]:
    """Yield the groups that some articles are in; those that are no more are in none."""
    seen: set[int] = set()
    for first in some:
        row = rows.row(first)
        if row and first not in seen:
            found = _group(row, rows, neighbours)
            seen.update(found.articles)
            yield found


def _group(first: Row, rows: Rows, neighbours: Neighbours) -> Group:
    found = {first.article: first}
    fitting: dict[int, list[int]] = {}
    waiting = [first]
    while waiting:
        own = waiting.pop()
        others = _fitting(own, rows, neighbours)
        fitting[own.article] = [each.article for each in others]
        new = [each for each in others if each.article not in found]
        found.update((each.article, each) for each in new)
        waiting += new
    return Group([row.article for row in sorted(found.values(), key=lambda row: row.age)], fitting)


def _fitting(own: Row, rows: Rows, neighbours: Neighbours) -> list[Row]:
    """Return what an article fits, best first."""
    found = []
    for each in neighbours.of(own.article):
        other = rows.row(each.article) if may_fit(each) else None
        if other and fits(each, own.known, other.known):
            found.append((-each.likeness, other.id, other))
    return [other for _, _, other in sorted(found)]
