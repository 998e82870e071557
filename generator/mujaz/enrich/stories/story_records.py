"""Stories as the library has them, made of their articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from mujaz.enrich.stories.article_tables import ArticleRow, ArticleTables
from mujaz.enrich.stories.clustering import story
from mujaz.enrich.stories.similarity_graph import SimilarityGraph
from mujaz.enrich.stories.tfidf_vectors import UNIT
from mujaz.library.stories import StoryDelta, StoryTables
from mujaz.site_model import Story


class StoryRecords:
    """Writes stories once it is clear which articles they have; articles by number."""

    def __init__(
        self,
        articles: ArticleTables,
        graph: SimilarityGraph,
        stories: StoryTables,
        titles: Mapping[str, str],
    ) -> None:
        """Use some tables; `titles` are those that editors give, by id of the story."""
        self._articles, self._graph, self._stories = articles, graph, stories
        self._titles = titles

    def write(self, story_ids: Iterable[str], result: StoryDelta) -> set[int]:
        """Write stories and put what changed into `result`; return those whose story has others."""
        rearranged: set[int] = set()
        for story_id in sorted(story_ids):
            rows = self._articles.rows(self._stories.story_members.articles_of(story_id))
            old = self._stories.story(story_id)
            new = self._story(rows, story_id) if rows else None
            if new and new != old:
                self._stories.put_story(new)
                result.upserted.append(new)
            if old and not new:
                self._stories.remove_story(story_id)
                result.removed.add(story_id)
            if new and (old is None or old.articles != new.articles):
                rearranged.update(row.article for row in rows)
        return rearranged

    def _story(self, rows: Sequence[ArticleRow], story_id: str) -> Story:
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
        articles = [self._articles.story_article(row.article) for row in rows]
        derived = story(articles, similarities)
        return replace(derived, title=self._titles.get(story_id, derived.title))
