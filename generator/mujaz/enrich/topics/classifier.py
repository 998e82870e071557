"""Decides which section of the site an article belongs to, and how surely.

What its text alone says is its evidence: scores of trained models, the share of each section's
words, the countries it names. Where the site is at home, and what the input says beside the text,
then decide.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from heapq import nlargest
from itertools import repeat
from operator import mul
from struct import Struct
from typing import Any, NamedTuple

from mujaz.arabic.phrases import split_words
from mujaz.enrich.news_features import (
    LinearModel,
    feature_vector,
    shipped_topic_model,
    stems,
)
from mujaz.enrich.topics.countries import country_mentions
from mujaz.enrich.topics.section_words import word_shares
from mujaz.model import Article

_UNITS = 1000
"""Scores and shares are kept as whole thousandths, alike on every machine."""
_DOUBT = 3
"""Mentions of countries by which a text is of neither side."""
_ABROAD = 0.4
"""Share of abroad from which what would be local is news of the world."""
_POLITICS = 1.0
"""How much likelier politics is abroad than at home: papers have no municipal news from there."""
_NAMED = 2.0
"""What it counts that the address or a stated tag names a section."""


class Evidence(NamedTuple):
    """What the text of an article says about its section."""

    scores: tuple[Mapping[str, int], ...]
    """By model, how far on each section's side the text lies, in thousandths."""
    shares: Mapping[str, int]
    """By section, its share of the section words, in thousandths."""
    countries: Mapping[str, int]
    """How much points to each country."""


class Decision(NamedTuple):
    """The likeliest section of a text."""

    section: str
    """Its name in the table of sections."""
    confidence: float
    """From 0 to 1."""
    is_sure: bool
    """Whether such decisions are right nearly always."""


def needs_section(article: Article) -> bool:
    """Whether the section is to be derived: nothing states it, and its words can be read."""
    return article.section is None and "section" not in article.settled and article.is_arabic


def evidence_of(article: Article) -> Evidence:
    """Return what the text of an article says about its section; of a stated one, the countries."""
    title = split_words(article.title).keys
    body = [word for text in article.paragraphs for word in split_words(text).keys]
    countries = country_mentions(title, split_words(article.place or "").keys, body)
    if not needs_section(article):
        return Evidence((), {}, countries)
    model, text = shipped_topic_model(), stems(title, body)
    vector = feature_vector(text, model.reference)
    scores = tuple(_whole(section_scores(vector, each)) for each in model.models)
    return Evidence(scores, _whole(word_shares(text)), countries)


def section_scores(vector: Mapping[int, float], model: LinearModel) -> dict[str, float]:
    """Return by label how far on its side a text lies, which is given as its features."""
    header, values = model.header, vector.values()
    row = Struct(f"{len(header['scale'])}b")
    rows = [row.unpack_from(model.rows, bucket * row.size) for bucket in vector]
    columns = zip(*rows, strict=True) if rows else repeat(())
    parts = zip(header["labels"], header["bias"], header["scale"], columns, strict=False)
    return {
        label: bias + scale * sum(map(mul, column, values)) for label, bias, scale, column in parts
    }


def decide(evidence: Evidence, home: str, named: Collection[str] = ()) -> Decision:
    """Return the likeliest section.

    `home` is the code of the site's home country, empty if unknown; `named` are the sections that
    the address or tags of the article name.
    """
    models = shipped_topic_model().models
    homes = [each.header["home"] for each in models]
    number = homes.index(home if home in homes else "")
    header = models[number].header
    scores = {
        section: score / _UNITS + header["words"] * evidence.shares.get(section, 0) / _UNITS
        for section, score in evidence.scores[number].items()
    }
    if "world" not in scores and home:
        scores = _placed(scores, abroad(evidence.countries, home))
    scores |= {section: score + _NAMED for section, score in scores.items() if section in named}
    return likeliest_section(scores, header)


def abroad(countries: Mapping[str, int], home: str) -> float:
    """Return how far a text lies abroad, from -1 (at home) to 1."""
    at_home, total = countries.get(home, 0), sum(countries.values())
    return (total - 2 * at_home) / (total + _DOUBT)


def _placed(scores: Mapping[str, float], distance: float) -> dict[str, float]:
    """Return the scores of sections once it is clear where a text lies.

    What is local news at home is news of the world abroad; politics is politics everywhere.
    """
    local = "world" if distance > _ABROAD else "local"
    placed = {local if section == "local" else section: it for section, it in scores.items()}
    return {**placed, "politics": scores["politics"] + _POLITICS * distance}


def likeliest_section(scores: Mapping[str, float], header: Mapping[str, Any]) -> Decision:
    """Return the section of the highest score, and how often such a margin over the next is right.

    By Platt's method: a logistic curve through what was right, by section.
    """
    first, second = nlargest(2, scores, key=scores.__getitem__)
    margin = scores[first] - scores[second]
    labels = header["labels"]
    number = labels.index(first if first in labels else "local")
    confidence = 1 / (1 + math.exp(-(header["slope"] * margin + header["offset"][number])))
    return Decision(first, confidence, confidence >= header["sure"][number])


def _whole(scores: Mapping[str, float]) -> dict[str, int]:
    return {section: round(_UNITS * score) for section, score in scores.items()}
