"""The collection as a whole: one order, one article a text, everything derived from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.arabic.normalise import key
from generator.arabic.slugs import digest
from generator.enrich.duplicates import merge
from generator.enrich.key_phrases import KeyPhrases
from generator.enrich.places import Gazetteer
from generator.enrich.sidebar import SidebarReader
from generator.enrich.summary import summary
from generator.enrich.topics import with_category
from generator.model import Article, Corpus


def collect(articles: Sequence[Article], tag_table: Mapping[str, Any]) -> Corpus:
    """Return the collection, newest first, copies merged, everything derived.

    `tag_table` is the editor's: `add`, `rename` and `block`.
    """
    leaders, duplicates = merge(articles)
    leaders = _with_distinct_ids(sorted(leaders, key=_order))
    return Corpus(tuple(derive(leaders, tag_table)), duplicates)


def derive(articles: Sequence[Article], tag_table: Mapping[str, Any]) -> Iterator[Article]:
    """Yield the articles with their tags, summary, and the headlines seen beside them."""
    gazetteer = Gazetteer(tag_table)
    sidebars = SidebarReader(articles)
    phrases = KeyPhrases(articles, tag_table)
    for article in articles:
        known = replace(
            article,
            tags=gazetteer.tags(article),
            sidebar=sidebars.headlines(article),
            summary=article.summary or summary(article),
        )
        yield phrases.with_tags(with_category(known))


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
