"""Keeps the keyphrases of all articles: whole, telling, and shared with other articles.

What is kept is a function of the articles, whatever way they came. Each step of an update looks
only at what the one before has changed: phrases of articles that changed, articles that have a
phrase whose assessment is another now, and so on to what each article shows.
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
from mujaz.delta import Delta
from mujaz.enrich.keyphrases.phrase_tables import OccurrenceRow, PhraseTables, as_json
from mujaz.enrich.keyphrases.selection import (
    UNLISTED,
    assess,
    extract,
    is_within,
    max_articles,
    phrase_id,
    phrase_kind,
    rank,
    select,
)
from mujaz.model import Article, Tag

_ARTICLES_PER_BATCH = 200
"""Their phrases are written together, in the order of the table."""


class KeyPhrases:
    """The noun phrases of a collection, and which of them are keyphrases of each article."""

    def __init__(self, base: sqlite3.Connection, tag_table: Mapping[str, Any]) -> None:
        """Use tables in `base`; of the editor's table, heed phrases to block and to rename."""
        self._tables = PhraseTables(base)
        self._editor: dict[str, str | None] = {
            key(str(k)): str(v) for k, v in (tag_table.get("rename") or {}).items()
        }
        self._editor |= dict.fromkeys(key(str(name)) for name in tag_table.get("block") or ())

    def apply(self, delta: Delta[Article]) -> Delta[str]:
        """Take articles in, by file; return the files of others whose keyphrases changed."""
        update = _Update(self._tables, self._editor)
        update.put(delta.upserted)
        update.remove(delta.removed)
        update.assess()
        update.rank()
        update.select()
        return Delta(upserted=update.show())

    def tags(self, file: str) -> list[Tag]:
        """Return the keyphrases of one of the articles, surest first."""
        (keyphrases,) = self._tables.article_of(file, "keyphrases")
        return [Tag(name, kind, sure, "key phrase") for name, kind, sure in json.loads(keyphrases)]

    def with_tags(self, article: Article) -> Article:
        """Return `article` with its keyphrases among its tags, unless an editor settled those."""
        if "tags" in article.settled:
            return article
        names = [key(tag.name) for tag in article.tags]
        more = [tag for tag in self.tags(article.file) if not is_within(key(tag.name), names)]
        tags = sorted((*article.tags, *more), key=lambda tag: (-tag.confidence, tag.name))
        return replace(article, tags=tuple(tags))


class _Update:
    """One update, step by step; phrases and articles go by their numbers."""

    def __init__(self, tables: PhraseTables, editor: Mapping[str, str | None]) -> None:
        self._tables = tables
        self._editor = editor
        self._names_by_editor = {phrase_id(text): name for text, name in editor.items()}
        self._articles = self._articles_before = int(tables.state("articles") or 0)
        self._to_assess: set[int] = set()  # phrases
        self._to_rank: set[int] = set()  # articles
        self._to_select: set[int] = set()
        self._to_show: set[int] = set()
        self._confident: Counter[int] = Counter()  # by phrase, how many more articles are
        self._selecting: Counter[int] = Counter()
        self._upserted: set[int] = set()

    def put(self, articles: Iterable[Article]) -> None:
        """Put articles in, or others in their place."""
        remaining = iter(articles)
        while batch := list(islice(remaining, _ARTICLES_PER_BATCH)):
            rows = [row for article in batch for row in self._put(article)]
            rows.sort()
            self._tables.put_occurrences(rows)

    def _put(self, article: Article) -> Iterator[OccurrenceRow]:
        """Put an article in, and yield the rows of its phrases that are new."""
        scores, occurrences = extract(article)
        number, before = self._phrases_before(article.file)
        candidates = set(map(phrase_id, scores))
        after = {phrase: (phrase in candidates, where) for phrase, where in occurrences}
        self._remove_phrases(number, before.keys() - after.keys())
        phrases = array("q", after).tobytes()
        self._tables.put_article(number, article.file, phrases, as_json(scores))
        self._upserted.add(number)
        for phrase, row in after.items():
            if before.get(phrase) != row:
                self._to_assess.add(phrase)
                yield phrase, number, *row

    def _phrases_before(self, file: str) -> tuple[int, dict[int, tuple[bool, str]]]:
        """Return the number of an article, and what is kept of its phrases; or a new number."""
        row = self._tables.article_of(file, "number, phrases")
        if row is None:
            self._articles += 1
            return self._tables.new_article_number(), {}
        number, packed = row
        in_article = self._tables.in_article
        return number, {phrase: in_article(phrase, number) for phrase in array("q", packed)}

    def _remove_phrases(self, article: int, phrases: Collection[int]) -> None:
        self._to_assess.update(phrases)
        self._tables.remove_occurrences(article, phrases)

    def remove(self, files: Iterable[str]) -> None:
        """Take articles out."""
        for file in files:
            row = self._tables.article_of(file, "number, phrases, confidences, selected")
            if row:
                article, packed, confidences, selected = row
                self._remove_phrases(article, array("q", packed))
                self._confident.subtract(map(phrase_id, json.loads(confidences)))
                self._selecting.subtract(map(phrase_id, json.loads(selected)))
                self._tables.remove_article(article)
                self._articles -= 1

    def assess(self) -> None:
        """Assess the phrases of what changed, those that became common or ceased to be, and those
        of which the editor's table says something else than before."""
        before = json.loads(self._tables.state("editor") or "{}")
        if before != self._editor:
            changed = {text for text, _ in before.items() ^ self._editor.items()}
            self._to_assess.update(map(phrase_id, changed))
            self._tables.set_state("editor", as_json(dict(sorted(self._editor.items()))))
        if self._articles != self._articles_before:
            self._tables.set_state("articles", str(self._articles))
        limit, limit_before = max_articles(self._articles), max_articles(self._articles_before)
        if limit != limit_before:
            self._to_assess.update(self._tables.phrases_in(*sorted((limit, limit_before))))
        self._to_rank = set(self._upserted)
        for phrase in sorted(self._to_assess):
            self._assess(phrase, limit)

    def _assess(self, phrase: int, limit: int) -> None:
        tables = self._tables
        articles, before, after = tables.count_articles(phrase), tables.assessment(phrase), UNLISTED
        if 2 <= articles <= limit:
            assessment = assess(tables.occurrences(phrase))
            name = self._names_by_editor.get(phrase, assessment.name)
            if name is not None and assessment.support:
                after = assessment._replace(name=name)
        if articles >= 2:
            tables.put_phrase(phrase, articles, after)
        elif before:
            tables.remove_phrase(phrase)
        before = before or UNLISTED
        if after.support != before.support:
            self._to_rank.update(tables.articles_with_candidate(phrase))
        if after.name != before.name:
            self._to_show.update(tables.articles_with_candidate(phrase))

    def rank(self) -> None:
        """Rank the phrases of articles with one whose assessment changed."""
        for article in sorted(self._to_rank):
            scores, before = self._tables.article(article, "scores, confidences")
            ranked = rank(json.loads(scores), lambda text: self._tables.shared(text, "support"))
            after = as_json(ranked)
            if after != before:
                self._tables.set_column(article, "confidences", after)
                _count(self._confident, json.loads(before), ranked)
                self._to_select.add(article)
        self._to_select |= self._affected("confident", self._confident)

    def select(self) -> None:
        """Select again where articles are confident of other phrases, or share them."""
        self._to_show |= self._to_select
        for article in sorted(self._to_select):
            confidences, before = self._tables.article(article, "confidences, selected")
            selected = select(
                json.loads(confidences), lambda text: self._tables.shared(text, "confident") >= 2
            )
            after = as_json(selected)
            if after != before:
                self._tables.set_column(article, "selected", after)
                _count(self._selecting, json.loads(before), selected)
        self._to_show |= self._affected("selecting", self._selecting)

    def show(self) -> set[str]:
        """Show what at least two articles selected; return the files of those that were not
        upserted where that is new."""
        changed = set()
        columns = "file, confidences, selected, keyphrases"
        for article in sorted(self._to_show):
            file, confidences, selected, before = self._tables.article(article, columns)
            confidence_by_text = json.loads(confidences)
            after = as_json(
                [
                    [self._tables.shared(text, "name"), phrase_kind(text), confidence_by_text[text]]
                    for text in json.loads(selected)
                    if self._tables.shared(text, "selecting") >= 2
                ]
            )
            if after != before:
                self._tables.set_column(article, "keyphrases", after)
                if article not in self._upserted:
                    changed.add(file)
        return changed

    def _affected(self, column: str, changes: Mapping[int, int]) -> set[int]:
        """Count, and return the articles with candidates that are shared now, or no longer."""
        affected: set[int] = set()
        for phrase, change in sorted(changes.items()):
            count = self._tables.add(phrase, column, change)
            if (count >= 2) != (count - change >= 2):
                affected.update(self._tables.articles_with_candidate(phrase))
        return affected


def _count(counts: Counter[int], before: Iterable[str], after: Iterable[str]) -> None:
    counts.subtract(map(phrase_id, before))
    counts.update(map(phrase_id, after))
