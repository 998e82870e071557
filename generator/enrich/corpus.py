"""The collection as a whole: one order, one article a text, everything derived from it."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

from generator.arabic.normalise import key
from generator.arabic.slugs import digest
from generator.enrich.ahead import Workers, alone, read_ahead
from generator.enrich.derived import filed, tags
from generator.enrich.duplicates import merge
from generator.enrich.entities import Tagger, with_usual_spellings
from generator.enrich.kept import Remember, make
from generator.enrich.key_phrases import KeyPhrases
from generator.enrich.neighbours import neighbours
from generator.enrich.quotes import quoted
from generator.enrich.related import related
from generator.enrich.sidebar import Sidebars
from generator.enrich.stories import stories
from generator.enrich.summary import summary
from generator.enrich.vectors import weigh
from generator.model import Article, Corpus, Headline, Provenance


def collect(
    articles: Sequence[Article],
    tag_table: Mapping[str, Any],
    remember: Remember = make,
    workers: Workers = alone,
) -> Corpus:
    """Return the collection, newest first, copies merged, everything derived.

    `tag_table` is the editor's: `add`, `rename`, `merge` and `block`. What takes long is asked of
    `remember`, and done by `workers`, neither of which changes any result.
    """
    leaders, duplicates = merge(articles, remember)
    leaders = _with_distinct_ids(sorted(leaders, key=_order))
    read_ahead(leaders, tag_table, remember, workers)
    found = tuple(derive(leaders, tag_table, remember))
    vectors = weigh(found, remember)
    near = neighbours(found, vectors, remember)
    threads = stories(found, vectors, near)
    return Corpus(found, duplicates, threads, related(found, near, threads))


def derive(
    articles: Sequence[Article], tag_table: Mapping[str, Any], remember: Remember = make
) -> Iterator[Article]:
    """Yield the articles with their tags, summary, pull quote, and headlines seen beside them."""
    tagger = Tagger(tag_table)
    sidebars = _sidebars(articles)
    phrases = KeyPhrases(articles, tag_table, remember)
    tagged = [replace(article, tags=tags(article, tagger, remember)) for article in articles]
    for article in with_usual_spellings(tagged, tagger.editor):
        known = replace(
            quoted(_summed_up(filed(article, remember))), sidebar=sidebars[article.file]
        )
        yield phrases.with_tags(known)


def _sidebars(articles: Sequence[Article]) -> dict[str, tuple[Headline, ...]]:
    """Return the headlines beside each article, by file."""
    with closing(sqlite3.connect(":memory:")) as base:
        sidebars = Sidebars(base)
        sidebars.update((), articles)
        return {article.file: sidebars.headlines(article.file) for article in articles}


def _summed_up(article: Article) -> Article:
    """Return the article with its lead as a summary, unless an editor wrote one."""
    if article.summary:
        return article
    why = {"summary": Provenance("lead")}
    return replace(article, summary=summary(article), provenance={**article.provenance, **why})


def _order(article: Article) -> tuple[int, str]:
    """Newest first, undated last; on one day, in the order of the files."""
    day = article.date or dt.date.min
    return -day.toordinal(), article.file


def _with_distinct_ids(articles: Sequence[Article]) -> list[Article]:
    """Give articles that share source and headline ids of their own.

    Columns return under one headline (the weather, the market). The oldest keeps the plain id, so
    that a new one changes no address; the others' also stand for their day and text.
    """
    oldest_first = sorted(articles, key=lambda a: (a.date is None, a.date or dt.date.min, a.file))
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for article in oldest_first:
        own = article.id
        if own in taken:
            day = article.date.isoformat() if article.date else ""
            own = digest(own, key(article.title), day, key(" ".join(article.paragraphs)))
        taken.add(own)
        ids[article.file] = own
    return [replace(article, id=ids[article.file]) for article in articles]
