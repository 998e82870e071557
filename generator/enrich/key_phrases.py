"""Keeps the key phrases of all articles: whole, telling, and shared with other articles.

What is kept is a function of the articles, whatever way they came. Each step of an update looks
only at what the one before has changed: phrases of articles that came or went, articles that have
a phrase of which less or more is thought now, and so on to what each article shows.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from generator.arabic.normalise import key
from generator.enrich.phrase_choice import (
    NOTHING,
    Reading,
    Verdict,
    choose,
    is_within,
    judge,
    kind,
    most_articles,
    number,
    rank,
    read,
)
from generator.model import Article, Tag

__all__ = ["KeyPhrases", "Reading", "read"]

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
_PART = 200
"""Articles whose phrases are written at once, in the order of the table."""


class KeyPhrases:
    """The noun phrases of a collection, and which of them each article shows."""

    def __init__(self, base: sqlite3.Connection, tag_table: Mapping[str, Any]) -> None:
        """Keep tables in `base`; of the editor's table, heed phrases to block and to rename."""
        self._base = base
        self._editor: dict[str, str | None] = {
            key(str(k)): str(v) for k, v in (tag_table.get("rename") or {}).items()
        }
        self._editor |= dict.fromkeys(key(str(name)) for name in tag_table.get("block") or ())
        self._settled = {number(text): name for text, name in self._editor.items()}
        for statement in _TABLES.split(";"):
            base.execute(statement)

    def update(self, gone: Iterable[str], come: Iterable[tuple[str, Reading]]) -> set[str]:
        """Forget files, add others with what was read in them; changed files are in both.

        Return the files that stay, beside those that came, whose shown phrases changed.
        """
        change = _Change(self._base, self._settled)
        left = set(gone)
        change.add(come, left)
        change.forget(left)
        change.heed_editor(self._editor)
        change.judge()
        change.rank()
        change.choose()
        return change.show()

    def tags(self, file: str) -> list[Tag]:
        """Return the key phrases of one of the articles, surest first."""
        asked = "select shown from phrases_articles where file = ?"
        (shown,) = self._base.execute(asked, (file,)).fetchone()
        return [Tag(name, kind, sure, "key phrase") for name, kind, sure in json.loads(shown)]

    def with_tags(self, article: Article) -> Article:
        """Return `article` with its key phrases among its tags, unless an editor settled those."""
        if "tags" in article.settled:
            return article
        named = [key(tag.name) for tag in article.tags]
        found = [tag for tag in self.tags(article.file) if not is_within(key(tag.name), named)]
        tags = sorted((*article.tags, *found), key=lambda tag: (-tag.confidence, tag.name))
        return replace(article, tags=tuple(tags))


_Row = tuple[int, int, bool, str]
"""Of `phrases_found`."""


class _Change:
    """One update, step by step; phrases and articles go by their numbers."""

    def __init__(self, base: sqlite3.Connection, settled: Mapping[int, str | None]) -> None:
        self._base = base
        self._settled = settled
        self._size = self._old_size = int(self._state("size") or 0)
        self._phrases: set[int] = set()  # to be judged
        self._to_rank: set[int] = set()
        self._to_choose: set[int] = set()
        self._to_show: set[int] = set()
        self._sure: Counter[int] = Counter()  # by phrase, how many more articles are sure of it
        self._chosen: Counter[int] = Counter()
        self._came: set[int] = set()

    def add(self, come: Iterable[tuple[str, Reading]], gone: set[str]) -> None:
        """Put articles in, or others in their place, which are `gone` no longer."""
        rest = iter(come)
        while part := list(islice(rest, _PART)):
            rows = [row for file, reading in part for row in self._added(file, reading)]
            rows.sort()
            self._base.executemany("insert or replace into phrases_found values (?, ?, ?, ?)", rows)
            gone.difference_update(file for file, _ in part)

    def _added(self, file: str, reading: Reading) -> Iterator[_Row]:
        """Put an article in, and yield the rows of its phrases that are new."""
        article, old = self._before(file)
        able = set(map(number, reading.strengths))
        new = {phrase: (phrase in able, places) for phrase, places in reading.places}
        self._remove(article, old.keys() - new.keys())
        self._base.execute(
            "insert into phrases_articles (number, file, phrases, strengths) values (?, ?, ?, ?)"
            " on conflict do update set phrases = excluded.phrases, strengths = excluded.strengths",
            (article, file, array("q", new).tobytes(), _json(reading.strengths)),
        )
        self._came.add(article)
        for phrase, row in new.items():
            if old.get(phrase) != row:
                self._phrases.add(phrase)
                yield phrase, article, *row

    def _before(self, file: str) -> tuple[int, dict[int, tuple[bool, str]]]:
        """Return the number of an article, and what is kept of its phrases; or a new number."""
        found = self._one("select number, phrases from phrases_articles where file = ?", file)
        if found is None:
            self._size += 1
            return self._one("select coalesce(max(number), 0) + 1 from phrases_articles")[0], {}
        article, packed = found
        asked = "select able, places from phrases_found where phrase = ? and article = ?"
        return article, {phrase: self._one(asked, phrase, article) for phrase in array("q", packed)}

    def _remove(self, article: int, phrases: Collection[int]) -> None:
        self._phrases.update(phrases)
        self._base.executemany(
            "delete from phrases_found where phrase = ? and article = ?",
            ((phrase, article) for phrase in phrases),
        )

    def forget(self, files: Iterable[str]) -> None:
        """Take articles out."""
        for file in files:
            found = self._one(
                "select number, phrases, sure, chosen from phrases_articles where file = ?", file
            )
            if found:
                article, packed, sure, chosen = found
                self._remove(article, array("q", packed))
                self._sure.subtract(map(number, json.loads(sure)))
                self._chosen.subtract(map(number, json.loads(chosen)))
                self._base.execute("delete from phrases_articles where number = ?", (article,))
                self._size -= 1

    def heed_editor(self, editor: Mapping[str, str | None]) -> None:
        """Look again at the phrases of which the editor's table says something else than before."""
        before = json.loads(self._state("editor") or "{}")
        differ = before.keys() ^ editor.keys()
        differ |= {text for text in before.keys() & editor.keys() if before[text] != editor[text]}
        self._phrases.update(map(number, differ))
        if differ:
            self._keep("editor", _json(dict(sorted(editor.items()))))

    def judge(self) -> None:
        """Judge the phrases of what came and went, and those that became common or cease to be."""
        most, before = most_articles(self._size), most_articles(self._old_size)
        if self._size != self._old_size:
            self._keep("size", str(self._size))
        if most != before:
            self._phrases.update(
                phrase
                for (phrase,) in self._base.execute(
                    "select phrase from phrases_known where size > 2 and size > ? and size <= ?",
                    sorted((most, before)),
                )
            )
        self._to_rank = set(self._came)
        for phrase in sorted(self._phrases):
            self._judge(phrase, most)

    def _judge(self, phrase: int, most: int) -> None:
        (size,) = self._one("select count(*) from phrases_found where phrase = ?", phrase)
        old = self._one("select articles, name from phrases_known where phrase = ?", phrase)
        new, was = NOTHING, Verdict(*old) if old else NOTHING
        if 2 <= size <= most:
            new = self._settle(phrase, judge(self._all("places", phrase)))
        if size >= 2:
            self._base.execute(
                "insert into phrases_known (phrase, size, articles, name) values (?, ?, ?, ?)"
                " on conflict do update set size = excluded.size, articles = excluded.articles,"
                " name = excluded.name",
                (phrase, size, *new),
            )
        elif old:
            self._base.execute("delete from phrases_known where phrase = ?", (phrase,))
        if new.articles != was.articles:
            self._to_rank.update(self._able(phrase))
        if new.name != was.name:
            self._to_show.update(self._able(phrase))

    def _settle(self, phrase: int, verdict: Verdict) -> Verdict:
        """Return the verdict, or what the editor wants instead."""
        name = self._settled.get(phrase, verdict.name)
        return NOTHING if name is None or not verdict.articles else verdict._replace(name=name)

    def rank(self) -> None:
        """Rank the phrases of articles of which something else is thought."""
        for article in sorted(self._to_rank):
            strengths, before = self._article(article, "strengths, sure")
            after = _json(rank(json.loads(strengths), lambda text: self._known(text, "articles")))
            if after != before:
                self._write(article, "sure", after)
                _count(self._sure, json.loads(before), json.loads(after))
                self._to_choose.add(article)
        self._to_choose |= self._turned("sure", self._sure)

    def choose(self) -> None:
        """Choose again where other phrases are sure, or shared."""
        self._to_show |= self._to_choose
        for article in sorted(self._to_choose):
            sure, before = self._article(article, "sure, chosen")
            after = _json(choose(json.loads(sure), lambda text: self._known(text, "sure") >= 2))
            if after != before:
                self._write(article, "chosen", after)
                _count(self._chosen, json.loads(before), json.loads(after))
        self._to_show |= self._turned("chosen", self._chosen)

    def show(self) -> set[str]:
        """Show what at least two articles chose, and return the files where that is new."""
        changed = set()
        for article in sorted(self._to_show):
            file, sure, chosen, before = self._article(article, "file, sure, chosen, shown")
            ranked = json.loads(sure)
            after = _json(
                [
                    [self._known(text, "name"), kind(text), ranked[text]]
                    for text in json.loads(chosen)
                    if self._known(text, "chosen") >= 2
                ]
            )
            if after != before:
                self._write(article, "shown", after)
                if article not in self._came:
                    changed.add(file)
        return changed

    def _turned(self, column: str, more: Mapping[int, int]) -> set[int]:
        """Count, and return the articles with phrases that are shared now, or no longer."""
        turned: set[int] = set()
        for phrase, change in sorted(more.items()):
            found = self._one(
                f"update phrases_known set {column} = {column} + ? where phrase = ?"
                f" returning {column}",
                change,
                phrase,
            )
            if found and (found[0] >= 2) != (found[0] - change >= 2):
                turned.update(self._able(phrase))
        return turned

    def _able(self, phrase: int) -> Iterator[int]:
        """Yield the articles that may be sure of a phrase."""
        return self._all("article", phrase, "and able")

    def _all(self, column: str, phrase: int, condition: str = "") -> Iterator[Any]:
        asked = f"select {column} from phrases_found where phrase = ? {condition}"
        return (value for (value,) in self._base.execute(asked, (phrase,)))

    def _known(self, text: str, column: str) -> Any:
        found = self._one(f"select {column} from phrases_known where phrase = ?", number(text))
        return found[0] if found else 0

    def _article(self, article: int, columns: str) -> Any:
        return self._one(f"select {columns} from phrases_articles where number = ?", article)

    def _write(self, article: int, column: str, value: str) -> None:
        self._base.execute(
            f"update phrases_articles set {column} = ? where number = ?", (value, article)
        )

    def _state(self, name: str) -> str | None:
        found = self._one("select value from phrases_state where name = ?", name)
        return found[0] if found else None

    def _keep(self, name: str, value: str) -> None:
        self._base.execute("insert or replace into phrases_state values (?, ?)", (name, value))

    def _one(self, asked: str, *values: Any) -> Any:
        return self._base.execute(asked, values).fetchone()


def _count(counts: Counter[int], before: Iterable[str], after: Iterable[str]) -> None:
    counts.subtract(map(number, before))
    counts.update(map(number, after))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
