"""The tables in which key phrases are kept: phrases and articles go by their numbers."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from mujaz.enrich.keyphrases.selection import Verdict, number

_TABLES = """
create table if not exists phrases_articles (
    number integer primary key,
    file text not null unique,
    phrases blob not null,              -- numbers of all its phrases
    strengths text not null,            -- of those that it may be sure of
    sure text not null default '{}',    -- confidence of those that it is sure of, surest first
    chosen text not null default '[]',  -- those that it would list
    shown text not null default '[]'    -- name, kind and confidence of those that others list too
);
create table if not exists phrases_found (
    phrase integer,
    article integer,
    able integer not null,  -- whether the article may be sure of it
    places text not null,
    primary key (phrase, article)
) without rowid;
create table if not exists phrases_known (  -- those of two articles and more
    phrase integer primary key,
    size integer not null,            -- articles that have it
    articles integer not null,        -- what `judge` says
    name text not null,
    sure integer not null default 0,  -- articles that are sure of it
    chosen integer not null default 0 -- articles that would list it
);
create index if not exists phrases_common on phrases_known (size) where size > 2;
create table if not exists phrases_state (name text primary key, value text not null);
"""
Row = tuple[int, int, bool, str]
"""Of `phrases_found`."""


class PhraseTables:
    """The tables in a database, which they share with others."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Make them, unless they are there."""
        self._base = base
        for statement in _TABLES.split(";"):
            base.execute(statement)

    def put(self, rows: Iterable[Row]) -> None:
        """Say what articles have of phrases."""
        self._base.executemany("insert or replace into phrases_found values (?, ?, ?, ?)", rows)

    def remove(self, article: int, phrases: Collection[int]) -> None:
        """Say that an article has some phrases no longer."""
        self._base.executemany(
            "delete from phrases_found where phrase = ? and article = ?",
            ((phrase, article) for phrase in phrases),
        )

    def found(self, phrase: int, article: int) -> Any:
        """Return whether an article may be sure of a phrase, and its places there."""
        asked = "select able, places from phrases_found where phrase = ? and article = ?"
        return self._one(asked, phrase, article)

    def able(self, phrase: int) -> Iterator[int]:
        """Yield the articles that may be sure of a phrase."""
        asked = "select article from phrases_found where phrase = ? and able"
        return (article for (article,) in self._base.execute(asked, (phrase,)))

    def places(self, phrase: int) -> Iterator[str]:
        """Yield the places of a phrase by article."""
        asked = "select places from phrases_found where phrase = ?"
        return (places for (places,) in self._base.execute(asked, (phrase,)))

    def size(self, phrase: int) -> int:
        """Return how many articles have a phrase."""
        return int(self._one("select count(*) from phrases_found where phrase = ?", phrase)[0])

    def between(self, low: int, high: int) -> Iterator[int]:
        """Yield the phrases that more than `low` articles have (at least two), up to `high`."""
        asked = "select phrase from phrases_known where size > 2 and size > ? and size <= ?"
        return (phrase for (phrase,) in self._base.execute(asked, (low, high)))

    def known(self, text: str, column: str) -> Any:
        """Return what all articles say of a phrase; 0 if nothing."""
        found = self._one(f"select {column} from phrases_known where phrase = ?", number(text))
        return found[0] if found else 0

    def verdict(self, phrase: int) -> Verdict | None:
        """Return what is thought of a phrase, if two articles have it."""
        asked = "select articles, name from phrases_known where phrase = ?"
        found = self._one(asked, phrase)
        return Verdict(*found) if found else None

    def know(self, phrase: int, size: int, verdict: Verdict) -> None:
        """Say how many articles have a phrase, and what is thought of it."""
        self._base.execute(
            "insert into phrases_known (phrase, size, articles, name) values (?, ?, ?, ?)"
            " on conflict do update set"
            " size = excluded.size, articles = excluded.articles, name = excluded.name",
            (phrase, size, *verdict),
        )

    def add(self, phrase: int, column: str, more: int) -> int:
        """Add to a count of a phrase, and return it; 0 if the phrase is not known."""
        found = self._one(
            f"update phrases_known set {column} = {column} + ? where phrase = ? returning {column}",
            more,
            phrase,
        )
        return int(found[0]) if found else 0

    def forget_phrase(self, phrase: int) -> None:
        """Say that no two articles have a phrase."""
        self._base.execute("delete from phrases_known where phrase = ?", (phrase,))

    def article(self, article: int, columns: str) -> Any:
        """Return some columns of an article."""
        return self._one(f"select {columns} from phrases_articles where number = ?", article)

    def by_file(self, file: str, columns: str) -> Any:
        """Return some columns of the article of a file, or None."""
        return self._one(f"select {columns} from phrases_articles where file = ?", file)

    def new_number(self) -> int:
        """Return a number that no article has."""
        (last,) = self._one("select max(number) from phrases_articles")
        return (last or 0) + 1

    def put_article(self, article: int, file: str, phrases: bytes, strengths: str) -> None:
        """Say what an article has."""
        self._base.execute(
            "insert into phrases_articles (number, file, phrases, strengths) values (?, ?, ?, ?)"
            " on conflict do update set phrases = excluded.phrases, strengths = excluded.strengths",
            (article, file, phrases, strengths),
        )

    def forget_article(self, article: int) -> None:
        """Say that an article is gone."""
        self._base.execute("delete from phrases_articles where number = ?", (article,))

    def write(self, article: int, column: str, value: str) -> None:
        """Change a column of an article."""
        self._base.execute(
            f"update phrases_articles set {column} = ? where number = ?", (value, article)
        )

    def state(self, name: str) -> str | None:
        """Return what was kept under a name."""
        found = self._one("select value from phrases_state where name = ?", name)
        return found[0] if found else None

    def keep(self, name: str, value: str) -> None:
        """Keep a value under a name."""
        self._base.execute("insert or replace into phrases_state values (?, ?)", (name, value))

    def _one(self, asked: str, *values: Any) -> Any:
        return self._base.execute(asked, values).fetchone()


def plain(value: Any) -> str:
    """Return a value as it stands in the tables, the same for equal ones."""
    return json.dumps(value, ensure_ascii=False)
