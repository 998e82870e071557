"""What a day adds to stories: its articles and the older stories that they may continue.

What is said of stories here holds for news topics as well, which are put together more freely. The
stories of a day depend on that day and on those before it, never on later ones. So they are
clustered day by day, and only those groups together that some pair of articles connects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from mujaz.enrich.stories.article_tables import (
    UNDATED_ORDINAL,
    ArticleRow,
    ArticleTables,
)
from mujaz.enrich.stories.clustering import Group, Level, clusters, is_background, strength
from mujaz.enrich.stories.similarity_graph import SimilarityGraph
from mujaz.library.stories import Membership


class StoryUntil(NamedTuple):
    """A story as it is at the end of a day, or an article that is in none."""

    id: str | None
    """None for a single article."""
    articles: tuple[ArticleRow, ...]
    """Those that could go on, the oldest first."""


class DayComponents:
    """Looks up what hangs together on a day."""

    def __init__(
        self, tables: ArticleTables, graph: SimilarityGraph, stories: Membership, level: Level
    ) -> None:
        self._tables, self._graph, self._stories = tables, graph, stories
        self._level = level

    def matches(self, row: ArticleRow, first: int, last: int) -> list[tuple[ArticleRow, int]]:
        """Return what may share a story with an article, and how strongly.

        Only that of the days from `first` to `last`, but for an undated article everything.
        """
        matches = []
        low, high = first - row.ordinal, last - row.ordinal
        is_or_undated = last == UNDATED_ORDINAL
        for neighbour in self._graph.neighbours_between(
            row.article, low, high, or_undated=is_or_undated
        ):
            how_strongly = strength(neighbour, self._level)
            other = self._tables.row(neighbour.article) if how_strongly else None
            if other and row.day != other.day and (row.is_of_series or other.is_of_series):
                continue
            if other and not is_background(neighbour, row.background, other.background):
                matches.append((other, how_strongly))
        return matches

    def stories_around(self, first: ArticleRow, day: int) -> list[StoryUntil]:
        """Return the stories, at the end of a day, of all that hangs together with an article."""
        stories: list[StoryUntil] = []
        story_of: dict[int, int] = {}
        strengths: dict[tuple[int, int], int] = {}
        waiting = [first]
        while waiting:
            row = waiting.pop()
            if row.article in story_of:
                continue
            story = self._story_before(row, day)
            story_of.update((each.article, len(stories)) for each in story.articles)
            stories.append(story)
            for each in story.articles:
                since = self._first_day(day) if each.ordinal == day else day
                for other, how_strongly in self.matches(each, since, day):
                    strengths[each.article, other.article] = how_strongly
                    waiting.append(other)
        return self._clustered(stories, story_of, strengths, day)

    def _clustered(
        self,
        stories: list[StoryUntil],
        story_of: dict[int, int],
        strengths: dict[tuple[int, int], int],
        day: int,
    ) -> list[StoryUntil]:
        by_age = sorted(range(len(stories)), key=lambda number: stories[number].articles[0].age)
        places = {number: place for place, number in enumerate(by_age)}
        sums: dict[tuple[int, int], int] = defaultdict(int)
        for (one, other), how_strongly in strengths.items():
            place, its_place = places[story_of[one]], places[story_of[other]]
            if place < its_place:
                sums[place, its_place] += how_strongly
        parts = [stories[number] for number in by_age]
        groups = [Group(len(part.articles), part.articles[0].ordinal < day) for part in parts]
        return [
            _joined([parts[place] for place in each])
            for each in clusters(groups, sums, self._level)
        ]

    def _story_before(self, row: ArticleRow, day: int) -> StoryUntil:
        """Return the story that an article is in before a day; one of that day is in none."""
        story_id = self._stories.group_of(row.id) if row.ordinal < day else None
        if story_id is None:
            return StoryUntil(None, (row,))
        rows = self._tables.rows(self._stories.articles_of(story_id))
        return self.until(story_id, [each for each in rows if each.ordinal < day], day)

    def may_go_on(self, row: ArticleRow, day: int) -> bool:
        """Return whether a story of an article could go on at a day, not before its own."""
        return self._first_day(day) <= row.ordinal <= day

    def _first_day(self, day: int) -> int:
        return 0 if day == UNDATED_ORDINAL else day - self._level.max_gap_days

    def until(self, story_id: str, rows: Sequence[ArticleRow], day: int) -> StoryUntil:
        """Return a story of articles, the oldest first, as far as it could go on at a day."""
        recent = tuple(each for each in rows if self.may_go_on(each, day))
        return StoryUntil(story_id if len(rows) > 1 else None, recent)


def _joined(parts: list[StoryUntil]) -> StoryUntil:
    articles = sorted((row for part in parts for row in part.articles), key=lambda row: row.age)
    former = next((part.id for part in parts if part.id), None)
    return StoryUntil(former or (articles[0].id if len(articles) > 1 else None), tuple(articles))
