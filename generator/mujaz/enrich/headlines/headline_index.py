"""Indexes the headlines of all articles, and finds them in lines."""

from __future__ import annotations

import json
import sqlite3
from itertools import pairwise
from typing import NamedTuple

from mujaz.arabic.normalise import key
from mujaz.arabic.phrases import Phrases, Words
from mujaz.delta import Delta
from mujaz.model import Article, Headline

Span = tuple[int, int]
"""Start and end in characters of a line."""

MIN_HEADLINE_WORDS = 3
"""Words of a headline that is searched for: two stand in any text by chance."""
_UNDATED = 0
# Of headlines that recur, the newest article has it.
_NEWEST_WITH_KEY = (
    "select article, title from headline_index where key = ? and key != ''"
    " order by day desc, file limit 1"
)
_KEYS_BY_FIRST_WORDS = (
    "select distinct headlines.key from json_each(?) as starts"
    " cross join headline_index as headlines on headlines.first_words = starts.value"
    " where headlines.key != ''"
)


class HeadlineMatch(NamedTuple):
    """A headline of the collection in a line, and where."""

    span: Span
    headline: Headline


class IndexedHeadline(NamedTuple):
    """The headline of an article, as a row of the index."""

    file: str
    key: str
    """Its comparison form; empty if it is too short to be searched for."""
    first_words: str
    """The first two words of that."""
    day: int
    article: str
    title: str


ArticleAge = tuple[bool, int, str]
"""Sorts articles from the oldest to the newest, and the undated ones after that."""


class HeadlineChange(NamedTuple):
    """What a delta of articles changed of the index."""

    keys: set[str]
    """Comparison forms that appeared, disappeared, or belong to another article now."""
    oldest: ArticleAge | None
    """Age of the oldest article whose headline was added, removed or changed."""


def indexed_headline(article: Article) -> IndexedHeadline:
    """Return the headline of an article as the index holds it."""
    folded = key(article.title)
    words = folded.split()
    day = article.date.toordinal() if article.date else _UNDATED
    if len(words) < MIN_HEADLINE_WORDS:
        return IndexedHeadline(article.file, "", "", day, article.id, article.title)
    first_words = " ".join(words[:2])
    return IndexedHeadline(article.file, folded, first_words, day, article.id, article.title)


class HeadlineIndex:
    """The headlines of all articles."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Take the database, which the caller commits."""
        self._base = base

    def apply(self, delta: Delta[IndexedHeadline]) -> HeadlineChange:
        """Take a delta of headlines, removed ones by file, and return what it changed."""
        new = {each.file: each for each in delta.upserted}
        old = {each.file: each for file in {*delta.removed, *new} for each in self._rows(file)}
        removed = [each for file, each in old.items() if new.get(file) != each]
        added = [each for file, each in new.items() if old.get(file) != each]
        keys = {each.key for each in (*removed, *added) if each.key}
        before = {key_: self._newest_with(key_) for key_ in keys}
        self._base.executemany(
            "delete from headline_index where file = ?", [(each.file,) for each in removed]
        )
        self._base.executemany("insert into headline_index values (?, ?, ?, ?, ?, ?)", added)
        return HeadlineChange(
            {key_ for key_, article in before.items() if article != self._newest_with(key_)},
            min((_age(each.day, each.file) for each in (*removed, *added)), default=None),
        )

    def find(self, words: Words) -> list[HeadlineMatch]:
        """Return the headlines of the collection among the words of a line, in order."""
        starts = {" ".join(pair) for pair in pairwise(words.keys)}
        rows = self._base.execute(_KEYS_BY_FIRST_WORDS, (json.dumps([*starts]),))
        matches = []
        for match in Phrases(key_ for (key_,) in rows).find(words.keys):
            newest = self._newest_with(match.phrase)
            if newest:
                article, title = newest
                span = words.spans[match.first][0], words.spans[match.last - 1][1]
                matches.append(HeadlineMatch(span, Headline(title, 1.0, article)))
        return matches

    def count(self) -> int:
        """Return the number of headlines."""
        (count,) = self._base.execute("select count(*) from headline_index").fetchone()
        return int(count)

    def oldest(self, count: int) -> tuple[list[str], ArticleAge | None]:
        """Return the headlines of the oldest articles, and the age of the newest of these."""
        rows = self._base.execute(
            "select title, day, file from headline_index order by day = 0, day, file limit ?",
            (count,),
        ).fetchall()
        return [title for title, _, _ in rows], _age(*rows[-1][1:]) if rows else None

    def _rows(self, file: str) -> list[IndexedHeadline]:
        rows = self._base.execute(
            "select file, key, first_words, day, article, title from headline_index where file = ?",
            (file,),
        )
        return [IndexedHeadline(*row) for row in rows]

    def _newest_with(self, key_: str) -> tuple[str, str] | None:
        """Return the id and headline of the newest article whose headline has this key."""
        row: tuple[str, str] | None = self._base.execute(_NEWEST_WITH_KEY, (key_,)).fetchone()
        return row


def _age(day: int, file: str) -> ArticleAge:
    return day == _UNDATED, day, file
