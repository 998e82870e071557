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
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b
from itertools import islice
from typing import Any

from generator.arabic.normalise import key
from generator.enrich.phrase_choice import (
    NOTHING,
    Found,
    Verdict,
    choose,
    is_within,
    judge,
    kind,
    may_be_sure,
    most_articles,
    rank,
    read,
)
from generator.model import Article, Tag

__all__ = ["Found", "KeyPhrases", "read"]

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
create index if not exists phrases_common on phrases_known (size) where size > 9;
create table if not exists phrases_state (name text primary key, value text not null);
"""
_PART = 500
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
        self._settled = {_number(text): name for text, name in self._editor.items()}
        for statement in _TABLES.split(";"):
            base.execute(statement)

    def update(self, gone: Iterable[str], come: Iterable[tuple[str, Iterable[Found]]]) -> set[str]:
        """Forget files, add others with what `read` found in them; changed files are in both.

        Return the files that stay, beside those that came, whose shown phrases changed.
        """
        change = _Change(self._base, self._settled)
        change.forget(gone)
        change.add(come)
        change.heed_editor(self._editor)
        change.judge()
        change.rank()
        change.choose()
        return change.show()

    def tags(self, file: str) -> list[Tag]:
        """Return the key phrases of one of the articles, surest first."""
        (shown,) = self._base.execute(
            "select shown from phrases_articles where file = ?", (file,)
        ).fetchone()
        return [Tag(*each, "key phrase") for each in json.loads(shown)]

    def with_tags(self, article: Article) -> Article:
        """Return `article` with its key phrases among its tags, unless an editor settled those."""
        if "tags" in article.settled:
            return article
        named = [key(tag.name) for tag in article.tags]
        found = [tag for tag in self.tags(article.file) if not is_within(key(tag.name), named)]
        tags = sorted((*article.tags, *found), key=lambda tag: (-tag.confidence, tag.name))
        return replace(article, tags=tuple(tags))


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

    def forget(self, files: Iterable[str]) -> None:
        """Take articles out."""
        for file in files:
            found = self._base.execute(
                "select number, phrases, sure, chosen from phrases_articles where file = ?", (file,)
            ).fetchone()
            if found is None:
                continue
            number, packed, sure, chosen = found
            phrases = array("q", packed)
            self._phrases.update(phrases)
            self._sure.subtract(map(_number, json.loads(sure)))
            self._chosen.subtract(map(_number, json.loads(chosen)))
            self._base.executemany(
                "delete from phrases_found where phrase = ? and article = ?",
                ((phrase, number) for phrase in phrases),
            )
            self._base.execute("delete from phrases_articles where number = ?", (number,))
            self._size -= 1

    def add(self, come: Iterable[tuple[str, Iterable[Found]]]) -> None:
        """Put articles in."""
        rest = iter(come)
        while part := list(islice(rest, _PART)):
            rows = [row for file, found in part for row in self._added(file, found)]
            rows.sort()
            self._base.executemany("insert into phrases_found values (?, ?, ?, ?)", rows)
            self._size += len(part)

    def _added(self, file: str, found: Iterable[Found]) -> Iterator[tuple[int, int, bool, str]]:
        """Put an article in, and yield the rows of its phrases."""
        numbered = {_number(each[0]): each for each in found}
        strengths = {text: strength for text, strength, _ in found if may_be_sure(strength)}
        number = self._base.execute(
            "insert into phrases_articles (file, phrases, strengths) values (?, ?, ?)",
            (file, array("q", numbered).tobytes(), _json(strengths)),
        ).lastrowid
        assert number is not None
        self._came.add(number)
        self._phrases.update(numbered)
        for phrase, (text, _, places) in numbered.items():
            yield phrase, number, text in strengths, places

    def heed_editor(self, editor: Mapping[str, str | None]) -> None:
        """Look again at the phrases of which the editor's table says something else than before."""
        before = json.loads(self._state("editor") or "{}")
        differ = before.keys() ^ editor.keys()
        differ |= {text for text in before.keys() & editor.keys() if before[text] != editor[text]}
        self._phrases.update(map(_number, differ))
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
                    "select phrase from phrases_known where size > 9 and size > ? and size <= ?",
                    sorted((most, before)),
                )
            )
        self._to_rank = set(self._came)
        for phrase in sorted(self._phrases):
            self._judge(phrase, most)

    def _judge(self, phrase: int, most: int) -> None:
        places = self._base.execute(
            "select places from phrases_found where phrase = ? limit ?", (phrase, most + 1)
        ).fetchall()
        old = self._base.execute(
            "select articles, name from phrases_known where phrase = ?", (phrase,)
        ).fetchone()
        if len(places) < 2:
            new = NOTHING
            self._base.execute("delete from phrases_known where phrase = ?", (phrase,))
        else:
            size, new = len(places), NOTHING
            if size > most:
                counted = "select count(*) from phrases_found where phrase = ?"
                (size,) = self._base.execute(counted, (phrase,)).fetchone()
            else:
                new = self._settle(phrase, judge(each for (each,) in places))
            self._base.execute(
                "insert into phrases_known (phrase, size, articles, name) values (?, ?, ?, ?)"
                " on conflict do update set size = excluded.size, articles = excluded.articles,"
                " name = excluded.name",
                (phrase, size, *new),
            )
        was = Verdict(*old) if old else NOTHING
        if new.articles != was.articles:
            self._to_rank |= self._able(phrase)
        if new.name != was.name:
            self._to_show |= self._able(phrase)

    def _settle(self, phrase: int, verdict: Verdict) -> Verdict:
        """Return the verdict, or what the editor wants instead."""
        name = self._settled.get(phrase, verdict.name)
        return NOTHING if name is None or not verdict.articles else verdict._replace(name=name)

    def rank(self) -> None:
        """Rank the phrases of articles of which something else is thought."""
        for number in sorted(self._to_rank):
            strengths, before = self._article(number, "strengths, sure")
            after = _json(rank(json.loads(strengths), lambda text: self._known(text, "articles")))
            if after != before:
                self._write(number, "sure", after)
                _count(self._sure, json.loads(before), json.loads(after))
                self._to_choose.add(number)
        self._to_choose |= self._turned("sure", self._sure)

    def choose(self) -> None:
        """Choose again where other phrases are sure, or shared."""
        self._to_show |= self._to_choose
        for number in sorted(self._to_choose):
            sure, before = self._article(number, "sure, chosen")
            after = _json(choose(json.loads(sure), lambda text: self._known(text, "sure") >= 2))
            if after != before:
                self._write(number, "chosen", after)
                _count(self._chosen, json.loads(before), json.loads(after))
        self._to_show |= self._turned("chosen", self._chosen)

    def show(self) -> set[str]:
        """Show what at least two articles chose, and return the files where that is new."""
        changed = set()
        for number in sorted(self._to_show):
            file, sure, chosen, before = self._article(number, "file, sure, chosen, shown")
            ranked = json.loads(sure)
            after = _json(
                [
                    [self._known(text, "name"), kind(text), ranked[text]]
                    for text in json.loads(chosen)
                    if self._known(text, "chosen") >= 2
                ]
            )
            if after != before:
                self._write(number, "shown", after)
                if number not in self._came:
                    changed.add(file)
        return changed

    def _turned(self, column: str, more: Mapping[int, int]) -> set[int]:
        """Count, and return the articles with phrases that are shared now, or no longer."""
        turned: set[int] = set()
        for phrase, change in sorted(more.items()):
            found = self._base.execute(
                f"update phrases_known set {column} = {column} + ? where phrase = ?"
                f" returning {column}",
                (change, phrase),
            ).fetchone()
            if found and (found[0] >= 2) != (found[0] - change >= 2):
                turned |= self._able(phrase)
        return turned

    def _able(self, phrase: int) -> set[int]:
        """Return the articles that may be sure of a phrase."""
        rows = self._base.execute(
            "select article from phrases_found where phrase = ? and able", (phrase,)
        )
        return {number for (number,) in rows}

    def _known(self, text: str, column: str) -> Any:
        found = self._base.execute(
            f"select {column} from phrases_known where phrase = ?", (_number(text),)
        ).fetchone()
        return found[0] if found else 0

    def _article(self, number: int, columns: str) -> Any:
        return self._base.execute(
            f"select {columns} from phrases_articles where number = ?", (number,)
        ).fetchone()

    def _write(self, number: int, column: str, value: str) -> None:
        self._base.execute(
            f"update phrases_articles set {column} = ? where number = ?", (value, number)
        )

    def _state(self, name: str) -> str | None:
        found = self._base.execute(
            "select value from phrases_state where name = ?", (name,)
        ).fetchone()
        return found[0] if found else None

    def _keep(self, name: str, value: str) -> None:
        self._base.execute("insert or replace into phrases_state values (?, ?)", (name, value))


def _count(counts: Counter[int], before: Iterable[str], after: Iterable[str]) -> None:
    counts.subtract(map(_number, before))
    counts.update(map(_number, after))


def _number(text: str) -> int:
    """Return the number of a phrase: so long a digest that no two will ever share one."""
    digest = blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
