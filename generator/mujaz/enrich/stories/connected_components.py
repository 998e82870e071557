"""The connected components of the similarity graph: articles that no other shares a story with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mujaz.enrich.stories.article_tables import ArticleRow, ArticleTables
from mujaz.enrich.stories.clustering import may_share_story, shares_story
from mujaz.enrich.stories.similarity_graph import SimilarityGraph


class Component(NamedTuple):
    """Articles that may be in one story or in several; no other is in any of these."""

    articles: list[int]
    """The oldest first."""
    matches: dict[int, list[int]]
    """Those that each may share a story with, best first."""


def connected_components(
    articles: Iterable[int], tables: ArticleTables, graph: SimilarityGraph
) -> Iterator[Component]:
    """Yield the components that some articles are in; those that are no more are in none."""
    seen: set[int] = set()
    for article in articles:
        row = tables.row(article)
        if row and article not in seen:
            component = _component(row, tables, graph)
            seen.update(component.articles)
            yield component


def _component(first: ArticleRow, tables: ArticleTables, graph: SimilarityGraph) -> Component:
    """Return the component of an article: all that can be reached from it."""
    reached = {first.article: first}
    matches: dict[int, list[int]] = {}
    waiting = [first]
    while waiting:
        row = waiting.pop()
        others = _matches(row, tables, graph)
        matches[row.article] = [other.article for other in others]
        new = [other for other in others if other.article not in reached]
        reached.update((other.article, other) for other in new)
        waiting += new
    by_age = sorted(reached.values(), key=lambda row: row.age)
    return Component([row.article for row in by_age], matches)


def _matches(row: ArticleRow, tables: ArticleTables, graph: SimilarityGraph) -> list[ArticleRow]:
    """Return those that an article may share a story with, best first."""
    ranked = []
    for neighbour in graph.neighbours(row.article):
        other = tables.row(neighbour.article) if may_share_story(neighbour) else None
        if other and shares_story(neighbour, row.background, other.background):
            ranked.append((-neighbour.similarity, other.id, other))
    return [other for _, _, other in sorted(ranked)]
