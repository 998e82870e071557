"""Files an article under a section of the site, if its input names none and the words are clear."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from heapq import nlargest
from itertools import repeat
from operator import mul
from struct import Struct
from typing import Any, NamedTuple

from mujaz.arabic.phrases import split_words
from mujaz.data import table
from mujaz.enrich.news_features import TopicModel, feature_vector, shipped_topic_model, word_bucket
from mujaz.model import Article, Provenance

_MIN_ARTICLES_OF_FAMILIAR_WORD = 5
"""Articles of the reference collection that have a word, from which it is familiar."""
_MIN_FAMILIAR_WORDS = 10
"""Different familiar words, below which a text is too short or too foreign to be judged."""


class Decision(NamedTuple):
    """The likeliest section of a text."""

    section: str
    """Its name in the table of sections."""
    confidence: float
    """From 0 to 1."""
    is_sure: bool
    """Whether sections decided so are shown."""


def with_section(article: Article) -> Article:
    """Return `article` with a section, unless it has one, an editor took it, or none is sure."""
    if article.section is not None or "section" in article.settled:
        return article
    model = shipped_topic_model()
    title = split_words(article.title).keys
    body = [word for text in article.paragraphs for word in split_words(text).keys]
    min_logarithm = model.reference.min_logarithm(_MIN_ARTICLES_OF_FAMILIAR_WORD)
    logarithms = map(model.reference.logarithms.__getitem__, map(word_bucket, {*title, *body}))
    familiar_words = sum(logarithm >= min_logarithm for logarithm in logarithms)
    decision = decide(section_scores(title, body, model), model.header)
    if familiar_words < _MIN_FAMILIAR_WORDS or not decision.is_sure:
        return article
    why = Provenance("model: topics", round(decision.confidence, 2))
    return replace(
        article,
        section=table("sections")[decision.section]["label"],
        provenance={**article.provenance, "section": why},
    )


def section_scores(title: Sequence[str], body: Sequence[str], model: TopicModel) -> list[float]:
    """Return how far on each section's side a text lies. Its words are comparison keys."""
    vector = feature_vector(title, body, model.reference)
    header, values = model.header, vector.values()
    row = Struct(f"{len(header['scale'])}b")
    rows = [row.unpack_from(model.rows, bucket * row.size) for bucket in vector]
    columns = zip(*rows, strict=True) if rows else repeat(())
    return [
        bias + scale * sum(map(mul, column, values))
        for bias, scale, column in zip(header["bias"], header["scale"], columns, strict=False)
    ]


def decide(scores: Sequence[float], header: Mapping[str, Any]) -> Decision:
    """Return the section of the highest score, and how often such a margin over the next is right.

    By Platt's method: a logistic curve through what cross-validation got right, by section.
    """
    first, second = nlargest(2, range(len(scores)), key=scores.__getitem__)
    slope, offset = header["slope"], header["offset"][first]
    margin = scores[first] - scores[second]
    confidence = 1 / (1 + math.exp(-(slope * margin + offset)))
    return Decision(header["labels"][first], confidence, confidence >= header["sure"][first])
