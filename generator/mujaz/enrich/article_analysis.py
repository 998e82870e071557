"""What an article says by itself: tags, type, summary, quote, evidence of its section."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from hashlib import blake2b
from typing import Any

from mujaz.enrich.article_types import with_type
from mujaz.enrich.entities import Tagger, with_spans
from mujaz.enrich.extracts import lead, with_pull_quote
from mujaz.enrich.topics import Evidence, evidence_of, needs_section
from mujaz.model import Article, Provenance, Tag
from mujaz.state.memo import Remember

_MAX_ANALYSED_CHARACTERS = 20_000
"""Characters of a body that are read for names and topics: longer ones are books, or hostile."""


def analysed(article: Article, tagger: Tagger, remember: Remember) -> Article:
    """Return the article with everything that its own text says."""
    topic_evidence(article, remember)  # it is asked for later, and now its words are at hand
    tagged = replace(article, tags=tags_of(article, tagger, remember))
    return with_pull_quote(_summarised(with_type(tagged)))


def topic_evidence(article: Article, remember: Remember) -> Evidence:
    """Return what the text says about its section; the same text always says the same."""
    depends = json.dumps([article.place, needs_section(article)])
    key = f"section {depends} {_text_digest(article)}"
    made = remember(key, lambda: json.dumps(evidence_of(_opening(article))).encode())
    return Evidence(*json.loads(made))


def tags_of(article: Article, tagger: Tagger, remember: Remember) -> tuple[Tag, ...]:
    """Return the article's tags, which stay the same while it, the table and the models do."""

    def tag() -> bytes:
        opening = _opening(article)
        return json.dumps(
            [asdict(tag) for tag in with_spans(opening, tagger.tags(opening))]
        ).encode()

    return tuple(
        Tag(**{**each, "span": tuple(each["span"] or ()) or None, "also": tuple(each["also"])})
        for each in json.loads(remember(tags_key(article, tagger), tag))
    )


def tags_key(article: Article, tagger: Tagger) -> str:
    """Return the key under which an article's tags are remembered."""
    stated = [asdict(tag) for tag in article.tags]
    depends = (
        tagger.table,
        article.source,
        article.place,
        stated,
        sorted(article.settled),
        article.is_arabic,
    )
    return f"tags {_text_digest(article)} {json.dumps(depends)}"


def _summarised(article: Article) -> Article:
    """Return the article with its lead as a summary, unless an editor wrote one."""
    if article.summary:
        return article
    summary = lead(article)
    return _with(article, "summary", summary, Provenance("lead")) if summary else article


def _with(article: Article, field: str, value: Any, why: Provenance) -> Article:
    return replace(article, **{field: value}, provenance={**article.provenance, field: why})


def _opening(article: Article) -> Article:
    """Return the article as far as it is read for what it is about: a few thousand words."""
    room, paragraphs = _MAX_ANALYSED_CHARACTERS, []
    for paragraph in article.paragraphs:
        paragraphs.append(paragraph[:room])
        room -= len(paragraph)
        if room <= 0:
            return replace(article, paragraphs=tuple(paragraphs))
    return article


def _text_digest(article: Article) -> str:
    digest = blake2b(article.text.encode("utf-8", "surrogatepass"), digest_size=16)
    return digest.hexdigest()
