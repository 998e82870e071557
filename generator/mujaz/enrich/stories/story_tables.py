"""What is kept of each article and of each story while stories are threaded."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from array import array
from collections.abc import Iterator
from typing import Any, NamedTuple

from mujaz.enrich.stories.clustering import Told
from mujaz.enrich.stories.document_frequencies import UNDATED
from mujaz.enrich.stories.vectors import Counts
from mujaz.model import Article, Story

_TABLES = """
create table if not exists threads_articles (
    article integer primary key, id text unique, day integer, month integer, known real,
    story text, related text
);
create index if not exists threads_articles_of_month on threads_articles (month);
create table if not exists threads_words (
    article integer primary key, told blob, is_column integer, stems blob, times blob
);
create table if not exists threads_stories (
    id text primary key, last integer, size integer, story blob
);
create index if not exists threads_stories_by_day on threads_stories (last desc, id, size);
"""
_NAMED = frozenset({"person", "place", "organisation"})
_UNDATED = 0


class Row(NamedTuple):
    """What is known of an article."""

    article: int
    """Its number, by which all tables know it."""
    id: str
    day: int | None
    """Of its publication, counted from the year 1."""
    month: int
    known: float
    """How like it is to what was printed long before."""
    story: str | None
    """Id of its story."""
    related: tuple[str, ...]
    """Ids of what to read next."""

    @property
    def age(self) -> tuple[bool, int, str]:
        """What articles are in order by, the oldest first, undated ones last."""
        return self.day is None, self.day or 0, self.id


class Words(NamedTuple):
    """What an article says, as far as it matters."""

    told: Told
    is_column: bool
    counts: Counts


class Counted(NamedTuple):
    """What an article's vector is made of."""

    article: int
    day: int | None
    counts: Counts | None
    """None for a column."""


class Rows:
    """The articles and the stories."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        for statement in _TABLES.split(";"):
            base.execute(statement)
        self._known: dict[int, Row] = {}

    def number(self, own: str) -> int | None:
        """Return the number of the article with an id."""
        query = "select article from threads_articles where id = ?"
        row = self._base.execute(query, (own,)).fetchone()
        return row[0] if row else None

    def row(self, article: int) -> Row | None:
        """Return what is known of an article."""
        if article not in self._known:
            query = "select * from threads_articles where article = ?"
            row = self._base.execute(query, (article,)).fetchone()
            if not row:
                return None
            *others, related = row
            self._known[article] = Row._make([*others, tuple((related or "").split())])
        return self._known[article]

    def words(self, article: int) -> Words:
        """Return what an article says."""
        query = "select told, is_column, stems, times from threads_words where article = ?"
        told, is_column, stems, times = self._base.execute(query, (article,)).fetchone()
        counts = Counts(array("I", stems), array("B", times))
        return Words(_told(told), bool(is_column), counts)

    def told(self, article: int) -> Told:
        """Return what a story tells of an article."""
        query = "select told from threads_words where article = ?"
        return _told(self._base.execute(query, (article,)).fetchone()[0])

    def put(self, article: int | None, words: Words) -> int:
        """Keep an article, with the number it has or a new one; return that."""
        own, day = words.told.id, words.told.day
        if article is None:
            query = "insert into threads_articles values (null, ?, ?, ?, 0, null, null)"
            article = self._base.execute(query, (own, day, month_of(day))).lastrowid
            assert article is not None
        else:
            query = "update threads_articles set day = ?, month = ? where article = ?"
            self._base.execute(query, (day, month_of(day), article))
            self._known.pop(article, None)
        stems, times = words.counts
        self._base.execute(
            "insert or replace into threads_words values (?, ?, ?, ?, ?)",
            (article, _packed(words.told), words.is_column, stems.tobytes(), times.tobytes()),
        )
        return article

    def remove(self, article: int) -> None:
        """Forget an article."""
        self._known.pop(article, None)
        for table in ("articles", "words"):
            self._base.execute(f"delete from threads_{table} where article = ?", (article,))

    def set(self, row: Row) -> None:
        """Keep what is known of an article."""
        self._known[row.article] = row
        self._base.execute(
            "update threads_articles set known = ?, story = ?, related = ? where article = ?",
            (row.known, row.story, " ".join(row.related) or None, row.article),
        )

    def counted(self, article: int) -> Counted:
        """Return what an article's vector is made of."""
        return next(self._counted("article = ?", article))

    def of_month(self, month: int) -> Iterator[Counted]:
        """Yield what the vectors of a month's articles are made of."""
        return self._counted("month = ?", month)

    def _counted(self, which: str, value: int) -> Iterator[Counted]:
        query = (
            "select article, day, is_column, stems, times "
            f"from threads_articles join threads_words using (article) where {which}"
        )
        for article, day, is_column, stems, times in self._base.execute(query, (value,)):
            counts = None if is_column else Counts(array("I", stems), array("B", times))
            yield Counted(article, day, counts)

    def forget_known(self) -> None:
        """Let go of what is only in memory."""
        self._known.clear()

    def story(self, own: str) -> Story | None:
        """Return a story by id."""
        query = "select story from threads_stories where id = ?"
        row = self._base.execute(query, (own,)).fetchone()
        return _story(row[0]) if row else None

    def put_story(self, story: Story) -> None:
        """Keep a story."""
        last = story.last.toordinal() if story.last else _UNDATED
        self._base.execute(
            "insert or replace into threads_stories values (?, ?, ?, ?)",
            (story.id, last, len(story.articles), _packed(_fields(story))),
        )

    def remove_story(self, own: str) -> None:
        """Forget a story."""
        self._base.execute("delete from threads_stories where id = ?", (own,))

    def stories(self) -> Iterator[tuple[str, dt.date | None, int]]:
        """Yield id, last day and number of articles of each story, last reported on first."""
        query = "select id, last, size from threads_stories order by last desc, id"
        for own, last, size in self._base.execute(query):
            yield own, _day(last), size


def month_of(day: int | None) -> int:
    """Return the number of the month of a day."""
    if day is None:
        return UNDATED
    date = dt.date.fromordinal(day)
    return 12 * date.year + date.month


def told(article: Article) -> Told:
    """Return what a story tells of an article."""
    papers = dict.fromkeys(paper for paper in (article.source, *article.also_in) if paper)
    return Told(
        article.id,
        article.date.toordinal() if article.date else None,
        article.title,
        tuple(papers),
        tuple((tag.kind, tag.name) for tag in article.tags if tag.kind in _NAMED),
    )


def _told(packed: bytes) -> Told:
    own, day, title, papers, names = _unpacked(packed)
    return Told(own, day, title, tuple(papers), tuple((kind, name) for kind, name in names))


def _fields(story: Story) -> tuple[Any, ...]:
    days = [day.toordinal() if day else None for day in (story.first, story.last)]
    names = (story.sources, story.people, story.places, story.organisations)
    return story.id, story.title, story.articles, *days, *names


def _story(packed: bytes) -> Story:
    own, title, articles, first, last, *names = _unpacked(packed)
    sources, people, places, organisations = map(tuple, names)
    return Story(
        own, title, tuple(articles), _day(first), _day(last), sources, people, places, organisations
    )


def _day(ordinal: int | None) -> dt.date | None:
    return dt.date.fromordinal(ordinal) if ordinal else None


def _packed(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _unpacked(packed: bytes) -> Any:
    return json.loads(packed.decode("utf-8", "surrogatepass"))
