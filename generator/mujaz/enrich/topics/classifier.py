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
from mujaz.enrich.news_features import Weights, shipped, vector, word_bucket
from mujaz.model import Article, Provenance

_KNOWN = 5
"""Articles that have a word, from which it is familiar."""
_FEWEST = 10
"""Different familiar words, below which a text is too short or too foreign to be judged."""


class Decision(NamedTuple):
    """The likeliest section of a text."""

    section: str
    """Its name in the table of categories."""
    confidence: float
    """From 0 to 1."""
    is_sure: bool
    """Whether sections decided so are shown."""


def with_category(article: Article) -> Article:
    """Return `article` with a category, unless it has one, an editor took it, or none is sure."""
    if article.category is not None or "category" in article.settled:
        return article
    model = shipped()
    title = split_words(article.title).keys
    body = [word for text in article.paragraphs for word in split_words(text).keys]
    least = model.known.step(_KNOWN)
    steps = map(model.known.logarithms.__getitem__, map(word_bucket, {*title, *body}))
    familiar = sum(step >= least for step in steps)
    decision = judge(scores(title, body, model), model.header)
    if familiar < _FEWEST or not decision.is_sure:
        return article
    found = Provenance("model: topics", round(decision.confidence, 2))
    return replace(
        article,
        category=table("categories")[decision.section]["label"],
        provenance={**article.provenance, "category": found},
    )


def scores(title: Sequence[str], body: Sequence[str], model: Weights) -> list[float]:
    """Return how far on each section's side a text lies. Its words are comparison keys."""
    found = vector(title, body, model.known)
    header, values = model.header, found.values()
    row = Struct(f"{len(header['scale'])}b")
    rows = [row.unpack_from(model.rows, number * row.size) for number in found]
    columns = zip(*rows, strict=True) if rows else repeat(())
    return [
        bias + scale * sum(map(mul, column, values))
        for bias, scale, column in zip(header["bias"], header["scale"], columns, strict=False)
    ]


def judge(found: Sequence[float], header: Mapping[str, Any]) -> Decision:
    """Return the section of the highest score, and how often such a lead over the next is right.

    By Platt's method: a logistic curve through what cross-validation got right, by section.
    """
    first, second = nlargest(2, range(len(found)), key=found.__getitem__)
    slope, offset = header["slope"], header["offset"][first]
    lead = found[first] - found[second]
    confidence = 1 / (1 + math.exp(-(slope * lead + offset)))
    return Decision(header["labels"][first], confidence, confidence >= header["sure"][first])
