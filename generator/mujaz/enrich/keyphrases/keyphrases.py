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

from mujaz.arabic.normalise import key
from mujaz.enrich.keyphrases.phrase_tables import PhraseTables, Row, plain
from mujaz.enrich.keyphrases.selection import (
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
from mujaz.model import Article, Tag

__all__ = ["KeyPhrases", "Reading", "read"]

_PART = 200
"""Articles whose phrases are written at once, in the order of the table."""


class KeyPhrases:
    """The noun phrases of a collection, and which of them each article shows."""

    def __init__(self, base: sqlite3.Connection, tag_table: Mapping[str, Any]) -> None:
        """Keep tables in `base`; of the editor's table, heed phrases to block and to rename."""
        self._tables = PhraseTables(base)
        self._editor: dict[str, str | None] = {
            key(str(k)): str(v) for k, v in (tag_table.get("rename") or {}).items()
        }
        self._editor |= dict.fromkeys(key(str(name)) for name in tag_table.get("block") or ())
        self._settled = {number(text): name for text, name in self._editor.items()}

    def update(self, gone: Iterable[str], come: Iterable[tuple[str, Reading]]) -> set[str]:
        """Forget files, add others with what was read in them; changed files are in both.

        Return the files that stay, beside those that came, whose shown phrases changed.
        """
        change = _Change(self._tables, self._settled)
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
        (shown,) = self._tables.by_file(file, "shown")
        return [Tag(name, kind, sure, "key phrase") for name, kind, sure in json.loads(shown)]

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

    def __init__(self, tables: PhraseTables, settled: Mapping[int, str | None]) -> None:
        self._tables = tables
        self._settled = settled
        self._size = self._old_size = int(self._tables.state("size") or 0)
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
            self._tables.put(rows)
            gone.difference_update(file for file, _ in part)

    def _added(self, file: str, reading: Reading) -> Iterator[Row]:
        """Put an article in, and yield the rows of its phrases that are new."""
        article, old = self._before(file)
        able = set(map(number, reading.strengths))
        new = {phrase: (phrase in able, places) for phrase, places in reading.places}
        self._remove(article, old.keys() - new.keys())
        self._tables.put_article(article, file, array("q", new).tobytes(), plain(reading.strengths))
        self._came.add(article)
        for phrase, row in new.items():
            if old.get(phrase) != row:
                self._phrases.add(phrase)
                yield phrase, article, *row

    def _before(self, file: str) -> tuple[int, dict[int, tuple[bool, str]]]:
        """Return the number of an article, and what is kept of its phrases; or a new number."""
        found = self._tables.by_file(file, "number, phrases")
        if found is None:
            self._size += 1
            return self._tables.new_number(), {}
        article, packed = found
        found = self._tables.found
        return article, {phrase: found(phrase, article) for phrase in array("q", packed)}

    def _remove(self, article: int, phrases: Collection[int]) -> None:
        self._phrases.update(phrases)
        self._tables.remove(article, phrases)

    def forget(self, files: Iterable[str]) -> None:
        """Take articles out."""
        for file in files:
            found = self._tables.by_file(file, "number, phrases, sure, chosen")
            if found:
                article, packed, sure, chosen = found
                self._remove(article, array("q", packed))
                self._sure.subtract(map(number, json.loads(sure)))
                self._chosen.subtract(map(number, json.loads(chosen)))
                self._tables.forget_article(article)
                self._size -= 1

    def heed_editor(self, editor: Mapping[str, str | None]) -> None:
        """Look again at the phrases of which the editor's table says something else than before."""
        before = json.loads(self._tables.state("editor") or "{}")
        differ = before.keys() ^ editor.keys()
        differ |= {text for text in before.keys() & editor.keys() if before[text] != editor[text]}
        self._phrases.update(map(number, differ))
        if differ:
            self._tables.keep("editor", plain(dict(sorted(editor.items()))))

    def judge(self) -> None:
        """Judge the phrases of what came and went, and those that became common or cease to be."""
        most, before = most_articles(self._size), most_articles(self._old_size)
        if self._size != self._old_size:
            self._tables.keep("size", str(self._size))
        if most != before:
            self._phrases.update(self._tables.between(*sorted((most, before))))
        self._to_rank = set(self._came)
        for phrase in sorted(self._phrases):
            self._judge(phrase, most)

    def _judge(self, phrase: int, most: int) -> None:
        size, was, new = self._tables.size(phrase), self._tables.verdict(phrase), NOTHING
        if 2 <= size <= most:
            new = self._settle(phrase, judge(self._tables.places(phrase)))
        if size >= 2:
            self._tables.know(phrase, size, new)
        elif was:
            self._tables.forget_phrase(phrase)
        was = was or NOTHING
        if new.articles != was.articles:
            self._to_rank.update(self._tables.able(phrase))
        if new.name != was.name:
            self._to_show.update(self._tables.able(phrase))

    def _settle(self, phrase: int, verdict: Verdict) -> Verdict:
        """Return the verdict, or what the editor wants instead."""
        name = self._settled.get(phrase, verdict.name)
        return NOTHING if name is None or not verdict.articles else verdict._replace(name=name)

    def rank(self) -> None:
        """Rank the phrases of articles of which something else is thought."""
        for article in sorted(self._to_rank):
            strengths, before = self._tables.article(article, "strengths, sure")
            after = plain(
                rank(json.loads(strengths), lambda text: self._tables.known(text, "articles"))
            )
            if after != before:
                self._tables.write(article, "sure", after)
                _count(self._sure, json.loads(before), json.loads(after))
                self._to_choose.add(article)
        self._to_choose |= self._turned("sure", self._sure)

    def choose(self) -> None:
        """Choose again where other phrases are sure, or shared."""
        self._to_show |= self._to_choose
        for article in sorted(self._to_choose):
            sure, before = self._tables.article(article, "sure, chosen")
            after = plain(
                choose(json.loads(sure), lambda text: self._tables.known(text, "sure") >= 2)
            )
            if after != before:
                self._tables.write(article, "chosen", after)
                _count(self._chosen, json.loads(before), json.loads(after))
        self._to_show |= self._turned("chosen", self._chosen)

    def show(self) -> set[str]:
        """Show what at least two articles chose, and return the files where that is new."""
        changed = set()
        for article in sorted(self._to_show):
            file, sure, chosen, before = self._tables.article(article, "file, sure, chosen, shown")
            ranked = json.loads(sure)
            after = plain(
                [
                    [self._tables.known(text, "name"), kind(text), ranked[text]]
                    for text in json.loads(chosen)
                    if self._tables.known(text, "chosen") >= 2
                ]
            )
            if after != before:
                self._tables.write(article, "shown", after)
                if article not in self._came:
                    changed.add(file)
        return changed

    def _turned(self, column: str, more: Mapping[int, int]) -> set[int]:
        """Count, and return the articles with phrases that are shared now, or no longer."""
        turned: set[int] = set()
        for phrase, change in sorted(more.items()):
            count = self._tables.add(phrase, column, change)
            if (count >= 2) != (count - change >= 2):
                turned.update(self._tables.able(phrase))
        return turned


def _count(counts: Counter[int], before: Iterable[str], after: Iterable[str]) -> None:
    counts.subtract(map(number, before))
    counts.update(map(number, after))
