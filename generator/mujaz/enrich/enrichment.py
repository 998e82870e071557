"""The collection as a whole: one article a text, and all that is derived from them."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import chain
from typing import Any

from mujaz.enrich.article_analysis import filed, tags
from mujaz.enrich.duplicates.duplicates import Copies
from mujaz.enrich.entities.spellings import Spellings
from mujaz.enrich.entities.tagger import Tagger
from mujaz.enrich.headlines.sidebars import Sidebars
from mujaz.enrich.keyphrases.keyphrases import KeyPhrases
from mujaz.enrich.keyphrases.selection import read
from mujaz.enrich.memo_keys import Remember, make
from mujaz.enrich.parallel import Workers, alone, read_ahead
from mujaz.enrich.quotes import quoted
from mujaz.enrich.stories.updates import Threads
from mujaz.enrich.summary import summary
from mujaz.library.groups import ALL, kind_of, name_of
from mujaz.library.library import Collection
from mujaz.model import Article, Corpus, Headline, Provenance, Tag
from mujaz.progress import Progress, silent
from mujaz.state import serialisation as packing
from mujaz.state.spool import Spool

_OWN = "create table if not exists own (file text primary key, id text, tags text) without rowid"


_MANY = 1_000
"""Articles after which what was remembered of their words is worth its room."""


class Enrichment:
    """Derives what articles say, alone and together, and tells the collection what changed."""

    def __init__(
        self,
        base: sqlite3.Connection,
        tag_table: Mapping[str, Any],
        article_of: Callable[[str], Article],
        remember: Remember = make,
        workers: Workers = alone,
        progress: Progress = silent,
    ) -> None:
        """Keep in `base` what was derived.

        `tag_table` is the editor's: `add`, `rename`, `merge` and `block`. `article_of` gives an
        article as it was parsed, by its file. What takes long is asked of `remember`, and done by
        `workers`, neither of which changes any result.
        """
        base.execute(_OWN)
        self._base = base
        self._table = tag_table
        self._remember = remember
        self._workers = workers
        self._progress = progress
        self._article_of = article_of
        self._tagger = Tagger(tag_table)
        self.collection = Collection(base)
        self.copies = Copies(base, article_of)
        self._spellings = Spellings(base, self._tagger.editor)
        self._phrases = KeyPhrases(base, tag_table)
        self._sidebars = Sidebars(base)
        self._threads = Threads(base)

    def update(self, gone: Iterable[str], come: Iterable[str]) -> set[str]:
        """Take articles out by their files, read others; return the facts that changed.

        An article that changed is in both.
        """
        merged = self.copies.update(gone, map(self._article_of, sorted(come)))
        leaders = {file for file, leader in merged.leaders.items() if leader is not None}
        found = map(self.copies.leader, sorted(leaders))
        return self.derive(merged.leaders.keys(), found, len(leaders))

    def derive(self, changed: Iterable[str], leaders: Iterable[Article], count: int) -> set[str]:
        """Derive what some articles say, each of which stands for its text; return changed facts.

        Those in `changed` files that are not among them are articles no more.
        """
        changed = set(changed)
        before = self._ids(changed)
        with Spool[Article]() as known:
            passing = known.passing(self._known(leaders, count))
            touched = self._spellings.update(changed, ((each.file, each.tags) for each in passing))
            found = ((each.file, read(each)) for each in known)
            touched |= self._phrases.update(changed, found)
            touched |= self._sidebars.update(changed, known)
            self._base.executemany("delete from own where file = ?", ((file,) for file in changed))
            ids = set(self._keep(known))
            finals = chain(map(self._final, known), self._again(touched - changed))
            facts = self.collection.update(before - ids, finals)
        facts |= self._thread(facts)
        if count >= _MANY:
            _let_go()
        return facts

    def _known(self, leaders: Iterable[Article], count: int) -> Iterator[Article]:
        """Yield articles with what each says by itself."""
        shown = self._progress("understanding", leaders, count)
        for article in read_ahead(shown, count, self._table, self._remember, self._workers):
            tagged = replace(article, tags=tags(article, self._tagger, self._remember))
            yield quoted(_summed_up(filed(tagged, self._remember)))

    def _ids(self, files: Iterable[str]) -> set[str]:
        """Return the ids that articles had."""
        rows = (
            self._base.execute("select id from own where file = ?", (file,)).fetchone()
            for file in files
        )
        return {row[0] for row in rows if row}

    def _keep(self, known: Iterable[Article]) -> Iterator[str]:
        """Keep the tags that articles have by themselves; yield ids."""
        for each in known:
            self._base.execute(
                "insert into own values (?, ?, ?)", (each.file, each.id, packing.packed(each.tags))
            )
            yield each.id

    def _final(self, known: Article) -> Article:
        """Return an article with what others add to it."""
        return self._among_others(known, known.tags)

    def _again(self, files: Iterable[str]) -> Iterator[Article]:
        """Yield articles that did not change themselves, with what others add to them now."""
        for file in sorted(files):
            row = self._base.execute("select id, tags from own where file = ?", (file,)).fetchone()
            if row:
                for article in self.collection.articles([row[0]]):
                    yield self._among_others(article, packing.tags(json.loads(row[1])))

    def _among_others(self, article: Article, own: Sequence[Tag]) -> Article:
        spelled, beside = self._spellings.spelled(own), self._sidebars.headlines(article.file)
        return self._phrases.with_tags(replace(article, tags=spelled, sidebar=beside))

    def _thread(self, facts: Iterable[str]) -> set[str]:
        """Thread changed articles into stories; return the facts that this changes."""
        ids = sorted(name_of(each) for each in facts if kind_of(each) == "article")
        gone = [own for own in ids if self.collection.article_text(own) is None]
        threaded = self._threads.update(ids, self.collection.articles(ids))
        return self.collection.tell(
            threaded.stories,
            {**dict.fromkeys(gone), **threaded.members},
            {**dict.fromkeys(gone, ()), **threaded.related},
        )


def collect(articles: Sequence[Article], tag_table: Mapping[str, Any]) -> Corpus:
    """Return a collection that is at hand as a whole, newest first, everything derived."""
    by_file = {article.file: article for article in articles}
    with closing(sqlite3.connect(":memory:")) as base:
        enrichment = Enrichment(base, tag_table, by_file.__getitem__)
        enrichment.update((), by_file)
        found = enrichment.collection
        ids = [own for _, own in found.members(ALL)]
        stories = found.latest_stories(-1)
        return Corpus(
            articles=tuple(found.articles(ids)),
            duplicates=enrichment.copies.all(),
            stories=tuple(packing.story(found.story_text(own) or "") for own in stories),
            related={own: tuple(near) for own in ids if (near := found.related(own))},
        )


def derive(
    articles: Sequence[Article], tag_table: Mapping[str, Any], remember: Remember = make
) -> Iterator[Article]:
    """Yield articles with everything derived, copies included, in their order."""
    numbered = [replace(each, file=f"{i:06}", id=f"{i:06}") for i, each in enumerate(articles)]
    with closing(sqlite3.connect(":memory:")) as base:
        enrichment = Enrichment(
            base, tag_table, {a.file: a for a in numbered}.__getitem__, remember
        )
        enrichment.derive((), numbered, len(numbered))
        found = enrichment.collection.articles(each.id for each in numbered)
        for each, article in zip(found, articles, strict=True):
            beside = _beside(each, articles)
            yield replace(each, file=article.file, id=article.id, sidebar=beside)


def _beside(article: Article, articles: Sequence[Article]) -> tuple[Headline, ...]:
    """Return the headlines beside an article, with the ids of `articles` in place of numbers."""
    return tuple(
        replace(seen, article=articles[int(seen.article)].id) if seen.article else seen
        for seen in article.sidebar
    )


def _let_go() -> None:
    """Empty the caches of words: what comes after a first run has no use for them."""
    for name, module in list(sys.modules.items()):
        if name.startswith(__package__ or name):
            for each in list(vars(module).values()):
                if hasattr(each, "cache_clear"):
                    each.cache_clear()


def _summed_up(article: Article) -> Article:
    """Return the article with its lead as a summary, unless an editor wrote one."""
    if article.summary:
        return article
    why = {"summary": Provenance("lead")}
    return replace(article, summary=summary(article), provenance={**article.provenance, **why})
