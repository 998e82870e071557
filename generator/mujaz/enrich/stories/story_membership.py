"""Which story each article is in: clustered anew, day by day, where something changed.

A story at the end of a day depends on that day's articles and on stories at the end of the day
before. So a change goes on to later days only as far as it makes stories other than they were.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from mujaz.enrich.stories.article_tables import UNDATED_ORDINAL, ArticleRow, ArticleTables
from mujaz.enrich.stories.clustering import story, strength
from mujaz.enrich.stories.day_components import DayComponents, StoryUntil, may_go_on, until
from mujaz.enrich.stories.similarity_graph import Neighbour, SimilarityGraph
from mujaz.enrich.stories.tfidf_vectors import UNIT
from mujaz.library.stories import StoryDelta, StoryTables
from mujaz.site_model import Story


class StoryMembership:
    """Brings it up to date in one update; articles by number."""

    def __init__(
        self,
        articles: ArticleTables,
        graph: SimilarityGraph,
        stories: StoryTables,
        redated: Mapping[int, int],
    ) -> None:
        """Read and write tables; `redated` are the articles that have another day than before."""
        self._articles, self._graph, self._stories = articles, graph, stories
        self._redated = redated
        self._days = DayComponents(articles, graph, stories)
        self._unclustered: dict[int, set[int]] = defaultdict(set)  # by day, what to cluster anew
        self._former_ids: dict[int, str | None] = {}  # stories of articles that were put elsewhere
        self._former_articles: dict[str, tuple[str, ...]] = {}
        self._changed_stories: set[str] = set()  # they have other articles, or tell other things

    def note_story(self, article_id: str) -> None:
        """Note that the story of an article may tell other things."""
        story_id = self._stories.story_id_of(article_id)
        if story_id:
            self._changed_stories.add(story_id)

    def uncluster_article(self, row: ArticleRow) -> None:
        """Note that an article may be in another story."""
        self._unclustered[row.ordinal].add(row.article)

    def uncluster(self, number: int, ordinal: int, neighbour: Neighbour) -> None:
        """Note that two articles may share a story as of the day of the newer one, or did."""
        if strength(neighbour):
            gap_days = neighbour.gap_days
            day = UNDATED_ORDINAL if gap_days is None else ordinal + max(0, gap_days)
            self._unclustered[day] |= {number, neighbour.article}

    def update(self, touched: Iterable[int], result: StoryDelta) -> set[int]:
        """Cluster what was noted, and put what changed into `result`.

        `touched` are the articles that have other pairs. Return those whose story has others.
        """
        self._cluster()
        moved = self._moved(result)
        for number in {*touched, *moved}:
            row = self._articles.row(number)
            if row:
                self.note_story(row.id)
        for story_id in sorted(self._changed_stories):
            moved |= self._write(story_id, result)
        return moved

    def _cluster(self) -> None:
        """Cluster whatever could hang together with what changed, the oldest day first."""
        while self._unclustered:
            day = min(self._unclustered)
            clustered: set[int] = set()
            for number in self._unclustered.pop(day):
                row = self._articles.row(number)
                if row and may_go_on(row, day) and number not in clustered:
                    for each in self._days.stories_around(row, day):
                        clustered.update(row.article for row in each.articles)
                        self._put(each, day)

    def _put(self, new: StoryUntil, day: int) -> None:
        """Put articles into their story at the end of a day; note what later ones it concerns."""
        former = [self._former_story(row, day) for row in new.articles]
        is_changed = any(each != new for each in former)
        if is_changed or new.id:
            for row in new.articles:
                self._assign(row, new.id)
        if is_changed:
            for row in {row for each in (new, *former) if each for row in each.articles}:
                for other, _ in self._days.matches(row):
                    if other.ordinal > day:
                        self._unclustered[other.ordinal].add(other.article)

    def _former_story(self, row: ArticleRow, day: int) -> StoryUntil | None:
        """Return the story that an article was in at the end of a day; None if that is unknown."""
        story_id = self._former_ids.get(row.article, self._stories.story_id_of(row.id))
        if story_id is None:
            return until("", [row], day)
        if story_id not in self._former_articles:
            story = self._stories.story(story_id)
            self._former_articles[story_id] = story.articles if story else ()
        ids = self._former_articles[story_id]
        rows = self._articles.rows(ids)
        if len(rows) < len(ids) or any(each.article in self._redated for each in rows):
            return None
        return until(story_id, [each for each in rows if each.ordinal <= day], day)

    def _assign(self, row: ArticleRow, story_id: str | None) -> None:
        """Put an article into a story, or into none."""
        current = self._stories.story_id_of(row.id)
        if current != story_id:
            self._former_ids.setdefault(row.article, current)
            self._changed_stories |= {each for each in (current, story_id) if each}
            self._stories.put_story_id(row.id, story_id)

    def _moved(self, result: StoryDelta) -> set[int]:
        """Return the articles that are in another story now, or in none."""
        moved = set()
        for number, former in self._former_ids.items():
            article_id = self._articles.id(number)
            story_id = self._stories.story_id_of(article_id)
            if story_id != former:
                moved.add(number)
                result.story_ids[article_id] = story_id
        return moved

    def _write(self, story_id: str, result: StoryDelta) -> set[int]:
        """Write a story; return its articles if they changed."""
        rows = self._articles.rows(self._stories.article_ids_of(story_id))
        old = self._stories.story(story_id)
        if not rows:
            if old:
                self._stories.remove_story(story_id)
                result.removed.add(story_id)
            return set()
        new = self._story(rows)
        if old != new:
            self._stories.put_story(new)
            result.upserted.append(new)
        has_others = old is None or old.articles != new.articles
        return {row.article for row in rows} if has_others else set()

    def _story(self, rows: Sequence[ArticleRow]) -> Story:
        latest = max((row.day for row in rows if row.day is not None), default=None)
        within = {row.article for row in rows}
        similarities = {
            row.id: sum(
                round(UNIT * neighbour.similarity)
                for neighbour in self._graph.neighbours(row.article)
                if neighbour.article in within
            )
            for row in rows
            if row.day == latest
        }
        return story([self._articles.story_article(row.article) for row in rows], similarities)
