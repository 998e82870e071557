"""Remembers the headlines of all articles, and finds them in lines."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from mujaz.arabic.normalise import key
from mujaz.arabic.phrases import Phrases, Words
from mujaz.model import Article, Headline

Span = tuple[int, int]
"""Start and end in characters of a line."""

FEWEST = 3
"""Words of a headline that is looked for: two are found in any text by chance."""
_UNDATED = 0
_TABLES = (
    "create table if not exists sidebars_titles (file text primary key, key text, start text,"
    " day integer, id text, title text) without rowid",
    # Only those that are looked for have a key; the newest article has a headline that recurs.
    "create index if not exists sidebars_titles_by_key on sidebars_titles (key, day desc, file)"
    " where key != ''",
    "create index if not exists sidebars_titles_by_start on sidebars_titles (start)"
    " where key != ''",
    "create index if not exists sidebars_titles_by_age on sidebars_titles (day = 0, day, file)",
)
_HOLDER = (
    "select id, title from sidebars_titles where key = ? and key != ''"
    " order by day desc, file limit 1"
)
_STARTING = (
    "select distinct titles.key from json_each(?) as starts cross join sidebars_titles as titles"
    " on titles.start = starts.value where titles.key != ''"
)


class Found(NamedTuple):
    """A held headline in a line, and where."""

    span: Span
    headline: Headline


class Title(NamedTuple):
    """The headline of an article."""

    file: str
    key: str
    """Its comparison form, if it is looked for."""
    start: str
    """The first two words of that."""
    day: int
    id: str
    title: str


Age = tuple[bool, int, str]
"""Sorts articles from the oldest to the newest, and the undated ones after that."""


class Change(NamedTuple):
    """What became of the headlines."""

    keys: set[str]
    """Comparison forms of those that came, went, or belong to another article."""
    oldest: Age | None
    """The oldest article whose headline came, went or changed."""


def title_of(article: Article) -> Title:
    """Return the headline of an article."""
    folded = key(article.title)
    words = folded.split()
    day = article.date.toordinal() if article.date else _UNDATED
    if len(words) < FEWEST:
        return Title(article.file, "", "", day, article.id, article.title)
    return Title(article.file, folded, " ".join(words[:2]), day, article.id, article.title)


class Titles:
    """The headlines of all articles."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Take the database, of which a caller commits what is done here."""
        self._base = base
        for table in _TABLES:
            base.execute(table)

    def change(self, gone: Iterable[str], come: Iterable[Title]) -> Change:
        """Take out the headlines of files, and put in others; a changed one may be in both."""
        new = {title.file: title for title in come}
        old = {title.file: title for file in {*gone, *new} for title in self._of(file)}
        removed = [title for file, title in old.items() if new.get(file) != title]
        added = [title for file, title in new.items() if old.get(file) != title]
        touched = [*removed, *added]
        keys = {title.key for title in touched if title.key}
        before = {each: self._holder(each) for each in keys}
        self._base.executemany(
            "delete from sidebars_titles where file = ?", [(title.file,) for title in removed]
        )
        self._base.executemany("insert into sidebars_titles values (?, ?, ?, ?, ?, ?)", added)
        return Change(
            {each for each, holder in before.items() if holder != self._holder(each)},
            min((_age(title) for title in touched), default=None),
        )

    def known(self, words: Words) -> list[Found]:
        """Return the held headlines among the words of a line, in order."""
        starts = {" ".join(pair) for pair in pairwise(words.keys)}
        rows = self._base.execute(_STARTING, (json.dumps([*starts]),))
        found = []
        for match in Phrases(each for (each,) in rows).find(words.keys):
            holder = self._holder(match.phrase)
            if holder:
                span = words.spans[match.first][0], words.spans[match.last - 1][1]
                found.append(Found(span, Headline(holder[1], 1.0, holder[0])))
        return found

    def count(self) -> int:
        """Return how many headlines there are."""
        (found,) = self._base.execute("select count(*) from sidebars_titles").fetchone()
        return int(found)

    def oldest(self, count: int) -> tuple[list[str], Age | None]:
        """Return the headlines of the oldest articles, and the age of the last of these."""
        rows = self._base.execute(
            "select title, day, file from sidebars_titles order by day = 0, day, file limit ?",
            (count,),
        ).fetchall()
        last = (rows[-1][1] == _UNDATED, rows[-1][1], rows[-1][2]) if rows else None
        return [title for title, _, _ in rows], last

    def _of(self, file: str) -> list[Title]:
        rows = self._base.execute(
            "select file, key, start, day, id, title from sidebars_titles where file = ?", (file,)
        )
        return [Title(*row) for row in rows]

    def _holder(self, key_: str) -> tuple[str, str] | None:
        """Return the id and headline of the article that has a key; of several, the newest."""
        found: tuple[str, str] | None = self._base.execute(_HOLDER, (key_,)).fetchone()
        return found


def _age(title: Title) -> Age:
    return title.day == _UNDATED, title.day, title.file
