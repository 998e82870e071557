"""What is stored of each article while stories are clustered."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mujaz.enrich.stories.clustering import StoryArticle
from mujaz.enrich.stories.document_frequencies import UNDATED
from mujaz.enrich.stories.tfidf_vectors import StemCounts
from mujaz.model import Article

UNDATED_ORDINAL = 10_000_000
"""Stands for the day of articles without a date: after all others."""
_ENTITY_KINDS = frozenset({"person", "place", "organisation"})


class ArticleRow(NamedTuple):
    """Where an article stands among the others."""

    article: int
    """Its number, by which all tables know it."""
    id: str
    day: int | None
    """Of its publication, counted from the year 1."""
    month: int
    background: float
    """How similar it is to what was printed long before."""
    is_of_series: int
    """1 if it is a bulletin, which goes on with none of another day."""

    @property
    def age(self) -> tuple[int, str]:
        """What articles are in order by, the oldest first, undated ones last."""
        return self.ordinal, self.id

    @property
    def ordinal(self) -> int:
        """Its day, or one after all others."""
        return UNDATED_ORDINAL if self.day is None else self.day


class ArticleWords(NamedTuple):
    """What an article says, as far as it matters."""

    story_article: StoryArticle
    is_column: bool
    is_of_series: bool
    counts: StemCounts


class CountedArticle(NamedTuple):
    """What an article's vector is made of."""

    article: int
    day: int | None
    counts: StemCounts | None
    """None for a column."""


class ArticleTables:
    """The articles, by number."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._cache: dict[int, ArticleRow] = {}

    def number(self, article_id: str) -> int | None:
        """Return the number of the article with an id."""
        query = "select article from numbered_articles where id = ?"
        row = self._base.execute(query, (article_id,)).fetchone()
        return row[0] if row else None

    def row(self, article: int) -> ArticleRow | None:
        """Return where an article stands; None if it is no more."""
        if article not in self._cache:
            query = "select * from numbered_articles where article = ?"
            row = self._base.execute(query, (article,)).fetchone()
            if not row:
                return None
            self._cache[article] = ArticleRow._make(row)
        return self._cache[article]

    def rows(self, ids: Iterable[str]) -> list[ArticleRow]:
        """Return where articles stand, those that are there, the oldest first."""
        numbers = map(self.number, ids)
        rows = (self.row(number) for number in numbers if number is not None)
        return sorted((row for row in rows if row), key=lambda row: row.age)

    def id(self, article: int) -> str:
        """Return the id of an article that is there."""
        row = self.row(article)
        assert row is not None
        return row.id

    def words(self, article: int) -> ArticleWords:
        """Return what an article says."""
        query = (
            "select story_article, is_column, is_of_series, stems, counts"
            " from article_stems join numbered_articles using (article) where article = ?"
        )
        packed, is_column, is_of_series, *rest = self._base.execute(query, (article,)).fetchone()
        stem_counts = StemCounts(array("I", rest[0]), array("B", rest[1]))
        return ArticleWords(_unpacked(packed), bool(is_column), bool(is_of_series), stem_counts)

    def story_article(self, article: int) -> StoryArticle:
        """Return what a story tells of an article."""
        query = "select story_article from article_stems where article = ?"
        return _unpacked(self._base.execute(query, (article,)).fetchone()[0])

    def put(self, article: int | None, words: ArticleWords) -> int:
        """Store an article, with the number it has or a new one; return that."""
        article_id, day = words.story_article.id, words.story_article.day
        if article is None:
            query = "insert into numbered_articles values (null, ?, ?, ?, 0, ?)"
            values = (article_id, day, month_of(day), words.is_of_series)
            article = self._base.execute(query, values).lastrowid
            assert article is not None
        else:
            query = (
                "update numbered_articles set day = ?, month = ?, is_of_series = ?"
                " where article = ?"
            )
            self._base.execute(query, (day, month_of(day), words.is_of_series, article))
            self._cache.pop(article, None)
        stems, counts = words.counts
        self._base.execute(
            "insert or replace into article_stems values (?, ?, ?, ?, ?)",
            (
                article,
                _packed(words.story_article),
                words.is_column,
                stems.tobytes(),
                counts.tobytes(),
            ),
        )
        return article

    def remove(self, article: int) -> None:
        """Remove an article."""
        self._cache.pop(article, None)
        for table in ("numbered_articles", "article_stems"):
            self._base.execute(f"delete from {table} where article = ?", (article,))

    def set_background(self, row: ArticleRow, background: float) -> None:
        """Store how similar an article is to what was printed long before."""
        self._cache[row.article] = row._replace(background=background)
        self._base.execute(
            "update numbered_articles set background = ? where article = ?",
            (background, row.article),
        )

    def counted(self, article: int) -> CountedArticle:
        """Return what an article's vector is made of."""
        return next(self._counted("article = ?", article))

    def of_month(self, month: int) -> Iterator[CountedArticle]:
        """Yield what the vectors of a month's articles are made of."""
        return self._counted("month = ?", month)

    def _counted(self, which: str, value: int) -> Iterator[CountedArticle]:
        query = (
            "select article, day, is_column, stems, counts "
            f"from numbered_articles join article_stems using (article) where {which}"
        )
        for article, day, is_column, stems, counts in self._base.execute(query, (value,)):
            stem_counts = StemCounts(array("I", stems), array("B", counts))
            yield CountedArticle(article, day, None if is_column else stem_counts)

    def clear_cache(self) -> None:
        """Let go of what is only in memory."""
        self._cache.clear()


def month_of(day: int | None) -> int:
    """Return the number of the month of a day."""
    if day is None:
        return UNDATED
    date = dt.date.fromordinal(day)
    return 12 * date.year + date.month


def story_article(article: Article) -> StoryArticle:
    """Return what a story tells of an article."""
    sources = dict.fromkeys(source for source in (article.source, *article.also_in) if source)
    return StoryArticle(
        article.id,
        article.date.toordinal() if article.date else None,
        article.title,
        tuple(sources),
        tuple((tag.kind, tag.name) for tag in article.tags if tag.kind in _ENTITY_KINDS),
    )


def _packed(value: StoryArticle) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _unpacked(packed: bytes) -> StoryArticle:
    article_id, day, title, sources, entities = json.loads(packed.decode("utf-8", "surrogatepass"))
    named = tuple((kind, name) for kind, name in entities)
    return StoryArticle(article_id, day, title, tuple(sources), named)
