"""Keeps stories and related articles up to date: a function of the set of articles.

A change reaches no further than the words it changes: to the articles that are similar to one that
changed, and to the stories that these could be in.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import cache

from mujaz.arabic.press.columns import is_column, is_of_series
from mujaz.delta import Delta
from mujaz.enrich.stories.article_tables import (
    ArticleTables,
    ArticleWords,
    CountedArticle,
    month_of,
    story_article,
)
from mujaz.enrich.stories.clustering import NEWS_TOPIC, STORY, background_similarity
from mujaz.enrich.stories.document_frequencies import DocumentFrequencies
from mujaz.enrich.stories.membership_update import MembershipUpdate
from mujaz.enrich.stories.related_articles import related_articles
from mujaz.enrich.stories.similarity_graph import Neighbour, SimilarityGraph
from mujaz.enrich.stories.story_edits import EditedMembership, StoryEdits, edited_titles
from mujaz.enrich.stories.story_records import StoryRecords
from mujaz.enrich.stories.tfidf_vectors import NO_VECTOR, stem_counts, tfidf_vector
from mujaz.library.stories import StoryDelta, StoryTables
from mujaz.model import Article

_MIN_RECOUNTED_CHANGES = 8
"""Fewer changes are always looked at one by one."""
_RECOUNTED_PART = 4
"""If more than one in so many articles changed, all are weighed again, which is faster."""


_NO_EDITS = StoryEdits()


class Stories:
    """Finds the stories that articles make, and what to read after each."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Use the tables in `base`; what comes of it goes into the library's."""
        self._articles = ArticleTables(base)
        self._frequencies = DocumentFrequencies(base)
        self._graph = SimilarityGraph(base)
        self._stories = StoryTables(base)

    def apply(self, delta: Delta[Article], edits: StoryEdits = _NO_EDITS) -> StoryDelta:
        """Take articles in, by id; write the stories, and return what changed among them.

        What editors say of stories, `edits`, is laid over what was found.
        """
        tables = (self._articles, self._frequencies, self._graph, self._stories)
        return _Update(*tables, edits).run(delta)


class _Update:
    """One update: what it has touched so far, articles by number."""

    def __init__(
        self,
        articles: ArticleTables,
        frequencies: DocumentFrequencies,
        graph: SimilarityGraph,
        stories: StoryTables,
        edits: StoryEdits,
    ) -> None:
        self._articles, self._frequencies = articles, frequencies
        self._graph, self._stories, self._edits = graph, stories, edits
        self._changed: set[int] = set()
        self._redated: dict[int, int] = {}  # to their former days; or of a series now
        self._touched: set[int] = set()  # their pairs or their story changed
        self._result = StoryDelta(set(), [], {}, {}, set())
        self._changed_stories: set[str] = set()  # they tell other things
        tables = (articles, graph, stories.story_clusters, STORY, self._redated)
        self._of_stories = MembershipUpdate(*tables)
        topics = (articles, graph, stories.news_topic_members, NEWS_TOPIC, self._redated)
        self._of_topics = MembershipUpdate(*topics)
        self._levels = (self._of_stories, self._of_topics)

    def run(self, delta: Delta[Article]) -> StoryDelta:
        recounted = max(
            _MIN_RECOUNTED_CHANGES, self._frequencies.article_count() // _RECOUNTED_PART
        )
        for number, article in enumerate(delta.upserted, 1):
            self._put(article)
            if number == recounted:
                self._frequencies.expect_all_changed()
        if len(delta.removed) > recounted:
            self._frequencies.expect_all_changed()
        for article_id in sorted(delta.removed):
            self._remove(article_id)
        self._update_graph()
        self._update_backgrounds()
        self._cluster()
        self._relate()
        self._articles.clear_cache()
        return self._result

    def _put(self, article: Article) -> None:
        """Store an article's words and count them."""
        new = story_article(article)
        number = self._articles.number(article.id)
        old = None if number is None else self._articles.words(number)
        has_same_title = old and old.story_article.title == article.title
        column = old.is_column if old and has_same_title else is_column(article.title)
        series = old.is_of_series if old and has_same_title else is_of_series(article.title)
        words = ArticleWords(new, column, series, stem_counts(article))
        if words == old:
            return
        if old and number is not None:
            self._note_story(article.id)
            if new.day != old.story_article.day or series != old.is_of_series:
                row = self._articles.row(number)
                assert row is not None
                self._redated[number] = row.ordinal
        number = self._articles.put(number, words)
        self._changed.add(number)
        self._count(number, old, words)

    def _remove(self, article_id: str) -> None:
        for level in self._levels:
            level.remove(article_id)
        if self._stories.story_id_of(article_id):
            self._note_story(article_id)
            self._stories.story_members.put(article_id, None)
            self._result.story_ids[article_id] = None
        if self._stories.related(article_id):
            self._stories.put_related(article_id, ())
            self._result.related[article_id] = ()
        number = self._articles.number(article_id)
        if number is not None:
            self._count(number, self._articles.words(number), None)
            row = self._articles.row(number)
            assert row is not None
            self._touch(number, row.ordinal, self._graph.remove(number))
            self._articles.remove(number)

    def _count(self, number: int, old: ArticleWords | None, new: ArticleWords | None) -> None:
        """Count the stems that an article has and had not, and the other way round."""
        stems_before, stems_now = _stems(old), _stems(new)
        before, now = (month_of(words.story_article.day) if words else None for words in (old, new))
        same = stems_before & stems_now if before == now else set()
        if before is not None:
            self._frequencies.add_articles(before, -1)
            self._frequencies.remove(number, before, stems_before - same)
        if now is not None:
            self._frequencies.add_articles(now, 1)
            self._frequencies.add(number, now, stems_now - same)

    def _update_graph(self) -> None:
        """Compare those again whose weights changed."""
        shift = self._frequencies.update_shares()
        for month in sorted(shift.months):
            share_of = self._frequencies.shares(month).all().get
            for article in self._articles.of_month(month):
                self._compare(article, share_of)
        shares = cache(self._frequencies.shares)
        for number in sorted(self._changed | shift.articles):
            article = self._articles.counted(number)
            month = month_of(article.day)
            if month not in shift.months:
                self._compare(article, shares(month).of)

    def _compare(self, article: CountedArticle, share_of: Callable[[int], int | None]) -> None:
        number = article.article
        vector = tfidf_vector(article.counts, share_of) if article.counts else NO_VECTOR
        old = self._graph.vector(number)
        if vector == old and number not in self._redated:
            return
        before = self._graph.remove(number) if old.stems else []
        after = self._graph.add(number, article.day, vector) if vector.stems else []
        row = self._articles.row(number)
        assert row is not None
        self._touch(number, self._redated.get(number, row.ordinal), before)
        self._touch(number, row.ordinal, after)
        if number in self._redated:
            for level in self._levels:
                level.uncluster_article(row)

    def _touch(self, number: int, ordinal: int, neighbours: Sequence[Neighbour]) -> None:
        """Note those that an article of a day is similar to, or was."""
        if neighbours:
            self._touched.add(number)
        for neighbour in neighbours:
            self._touched.add(neighbour.article)
            self._uncluster(number, ordinal, neighbour)

    def _uncluster(self, number: int, ordinal: int, neighbour: Neighbour) -> None:
        for level in self._levels:
            level.uncluster(number, ordinal, neighbour)

    def _update_backgrounds(self) -> None:
        """Find out how similar articles are to what was printed long before."""
        for number in self._touched:
            row = self._articles.row(number)
            if row is None:
                continue
            neighbours = self._graph.neighbours(number)
            background = background_similarity(neighbours)
            if background != row.background:
                self._articles.set_background(row, background)
                for neighbour in neighbours:
                    self._uncluster(number, row.ordinal, neighbour)

    def _cluster(self) -> None:
        """Cluster anew whatever could hang together with what changed, and write the stories."""
        for level in self._levels:
            level.cluster()
        titled = self._stories.edited_articles() | {each for each, _ in self._edits.titles}
        edited = EditedMembership(self._articles, self._stories, self._edits)
        moved = self._of_stories.moved().items()
        by_id = {self._articles.id(number): story_id for number, story_id in moved}
        for article_id, (former, now) in edited.apply(by_id).items():
            number = self._articles.number(article_id)
            if number is not None:
                self._touched.add(number)
            self._changed_stories |= {each for each in (former, now) if each}
            self._result.story_ids[article_id] = now
        for article_id in titled:
            self._note_story(article_id)
        self._result.topics.update(map(self._articles.id, self._of_topics.moved()))
        for number in self._touched:
            row = self._articles.row(number)
            if row:
                self._note_story(row.id)
        titles = edited_titles(self._edits, self._stories)
        records = StoryRecords(self._articles, self._graph, self._stories, titles)
        self._touched |= records.write(
            self._of_stories.changed | self._changed_stories, self._result
        )

    def _note_story(self, article_id: str) -> None:
        """Note that the story of an article may tell other things."""
        story_id = self._stories.story_id_of(article_id)
        if story_id:
            self._changed_stories.add(story_id)

    def _relate(self) -> None:
        """Find what to read next where that may have changed."""
        for number in self._touched:
            row = self._articles.row(number)
            if row is None:
                continue
            neighbours = {
                self._articles.id(each.article): each for each in self._graph.neighbours(number)
            }
            story_id = self._stories.story_id_of(row.id)
            own_story = self._stories.story(story_id) if story_id else None
            articles = own_story.articles if own_story else ()
            related = related_articles(row.id, row.day, neighbours, articles)
            if related != tuple(self._stories.related(row.id)):
                self._stories.put_related(row.id, related)
                self._result.related[row.id] = related


def _stems(words: ArticleWords | None) -> set[int]:
    return {*words.counts.stems} if words else set()
