"""What an article says by itself, whatever others say: its tags as written, and its section."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

from mujaz.enrich.entities.spans import with_spans
from mujaz.enrich.entities.tagger import Tagger
from mujaz.enrich.memo_keys import Remember, fingerprint, name
from mujaz.enrich.topics.classifier import with_category
from mujaz.model import Article, Provenance, Tag

_LONGEST = 20_000
"""Characters of a body that are read for names and topics: longer ones are books, or hostile."""


def filed(article: Article, remember: Remember) -> Article:
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


def tags(article: Article, tagger: Tagger, remember: Remember) -> tuple[Tag, ...]:
    """Return the article's tags, which stay the same while it, the table and the models do."""

    def make_tags() -> bytes:
        opening = _opening(article)
        found = with_spans(opening, tagger.tags(opening))
        return json.dumps([asdict(tag) for tag in found]).encode()

    kept = json.loads(remember(tags_name(article, tagger), make_tags))
    return tuple(
        Tag(**{**each, "span": tuple(each["span"] or ()) or None, "also": tuple(each["also"])})
        for each in kept
    )


def tags_name(article: Article, tagger: Tagger) -> str:
    """Return the name under which an article's tags are remembered."""
    stated = [asdict(tag) for tag in article.tags]
    settled = sorted(article.settled)
    depends = (tagger.table, article.source, article.place, stated, settled)
    return name("tags", fingerprint(article), *depends)


def _opening(article: Article) -> Article:
    """Return the article as far as it is read for what it is about: a few thousand words."""
    room, paragraphs = _LONGEST, []
    for paragraph in article.paragraphs:
        paragraphs.append(paragraph[:room])
        room -= len(paragraph)
        if room <= 0:
            return replace(article, paragraphs=tuple(paragraphs))
    return article
