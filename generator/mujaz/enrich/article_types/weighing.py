"""Weighs the evidence for each type of article by a small table that people can correct."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from mujaz.data import table
from mujaz.enrich.article_types.evidence import evidence
from mujaz.model import Article, Provenance

_DEFAULT = "news"
"""What an article is if nothing speaks for anything else; the score of the others is beyond it."""
_DEFAULT_CONFIDENCE = 0.5
"""Confidence in it where nobody here can read the text."""


def with_type(article: Article) -> Article:
    """Return `article` with its type, unless the input or an editor states one."""
    if article.type is not None or "type" in article.settled:
        return article
    kind, why = _DEFAULT, Provenance("default", _DEFAULT_CONFIDENCE)
    if article.is_arabic:
        kind, confidence = likeliest(scores(evidence(article)))
        why = Provenance("words and form", confidence)
    return replace(article, type=kind, provenance={**article.provenance, "type": why})


def scores(speaking: Mapping[str, float]) -> dict[str, float]:
    """Return the logarithm of the odds of each type against plain news."""
    weighed = {_DEFAULT: 0.0}
    for kind, weights in table("article_types")["weights"].items():
        score = sum(weight * speaking[name] for name, weight in weights.items() if name != "bias")
        # Rounded, as the last digits are another machine's own.
        weighed[kind] = round(weights["bias"] + score, 4)
    return weighed


def likeliest(weighed: Mapping[str, float]) -> tuple[str, float]:
    """Return the type with the highest score, the first of equals, and the confidence in it.

    That is its share of the odds of all types, from 0 to 1.
    """
    kind = max(weighed, key=weighed.__getitem__)
    odds = {name: math.exp(score) for name, score in weighed.items()}
    return kind, round(odds[kind] / math.fsum(odds.values()), 2)
