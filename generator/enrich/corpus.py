"""The collection as a whole: one order, one article a text, everything derived from it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, replace
from hashlib import sha256
from typing import Any

from generator.arabic.normalise import key
from generator.arabic.slugs import digest
from generator.enrich.duplicates import merge
from generator.enrich.entities import Tagger, with_usual_spellings
from generator.enrich.kept import Remember, fingerprint, make, name
from generator.enrich.key_phrases import KeyPhrases
from generator.enrich.recipe import recipe
from generator.enrich.related import related
from generator.enrich.sidebar import SidebarReader
from generator.enrich.spans import with_spans
from generator.enrich.stories import stories
from generator.enrich.summary import summary
from generator.enrich.topics import with_category
from generator.enrich.vectors import weigh
from generator.model import Article, Corpus, Headline, Provenance, Tag

_LONGEST = 20_000
"""Characters of a body that are read for names and topics: longer ones are books, or hostile."""


def collect(
    articles: Sequence[Article], tag_table: Mapping[str, Any], remember: Remember = make
) -> Corpus:
    """Return the collection, newest first, copies merged, everything derived.

    `tag_table` is the editor's: `add`, `rename`, `merge` and `block`. What takes long is asked of
    `remember`, which changes no result.
    """
    leaders, duplicates = merge(articles, remember)
    leaders = _with_distinct_ids(sorted(leaders, key=_order))
    found = tuple(derive(leaders, tag_table, remember))
    vectors = weigh(found)
    threads = stories(found, vectors)
    return Corpus(found, duplicates, threads, related(found, vectors, threads))


def derive(
    articles: Sequence[Article], tag_table: Mapping[str, Any], remember: Remember = make
) -> Iterator[Article]:
    """Yield the articles with their tags, summary, and the headlines seen beside them."""
    tagger = Tagger(tag_table)
    sidebars = _sidebars(articles, remember)
    phrases = KeyPhrases(articles, tag_table, remember)
    tagged = [replace(article, tags=_tags(article, tagger, remember)) for article in articles]
    for article in with_usual_spellings(tagged, tagger.editor):
        known = replace(_summed_up(_filed(article, remember)), sidebar=sidebars[article.file])
        yield phrases.with_tags(known)


def _sidebars(articles: Sequence[Article], remember: Remember) -> dict[str, tuple[Headline, ...]]:
    """Return the headlines beside each article, by file.

    Each depends on all headlines and on all that stands beside articles, and on nothing else: a
    text may change without them.
    """
    depends = sha256(recipe().encode())
    for each in articles:
        beside = (each.id, each.title, each.sidebar_raw, each.linked)
        depends.update(repr(beside).encode("utf-8", "surrogatepass"))

    def make_headlines() -> bytes:
        reader = SidebarReader(articles, remember)
        return json.dumps([[astuple(h) for h in reader.headlines(a)] for a in articles]).encode()

    kept = json.loads(remember(f"sidebars {depends.hexdigest()}", make_headlines))
    return {
        article.file: tuple(Headline(*each) for each in beside)
        for article, beside in zip(articles, kept, strict=True)
    }


def _summed_up(article: Article) -> Article:
    """Return the article with its lead as a summary, unless an editor wrote one."""
    if article.summary:
        return article
    why = {"summary": Provenance("lead")}
    return replace(article, summary=summary(article), provenance={**article.provenance, **why})


def _opening(article: Article) -> Article:
    """Return the article as far as it is read for what it is about: a few thousand words."""
    room, paragraphs = _LONGEST, []
    for paragraph in article.paragraphs:
        paragraphs.append(paragraph[:room])
        room -= len(paragraph)
        if room <= 0:
            return replace(article, paragraphs=tuple(paragraphs))
    return article


def _filed(article: Article, remember: Remember) -> Article:
    """Return the article with a category, if its text says one; the same text always says so."""
    if article.category is not None or "category" in article.settled:
        return article

    def make_category() -> bytes:
        found = with_category(_opening(article))
        why = found.provenance.get("category")
        return json.dumps([found.category, why and why.rule, why and why.confidence]).encode()

    named = name("category", fingerprint(article))
    label, rule, confidence = json.loads(remember(named, make_category))
    if label is None:
        return article
    why = {"category": Provenance(rule, confidence)}
    return replace(article, category=label, provenance={**article.provenance, **why})


def _tags(article: Article, tagger: Tagger, remember: Remember) -> tuple[Tag, ...]:
    """Return the article's tags, which stay the same while it, the table and the models do."""
    stated = [asdict(tag) for tag in article.tags]
    depends = (tagger.table, article.source, article.place, stated, sorted(article.settled))

    def make_tags() -> bytes:
        opening = _opening(article)
        tags = with_spans(opening, tagger.tags(opening))
        return json.dumps([asdict(tag) for tag in tags]).encode()

    kept = json.loads(remember(name("tags", fingerprint(article), *depends), make_tags))
    return tuple(
        Tag(**{**each, "span": tuple(each["span"] or ()) or None, "also": tuple(each["also"])})
        for each in kept
    )


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
