"""Articles as weighted stems, the rarer the heavier, so that two can be compared."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import NamedTuple

from generator.arabic.phrases import Phrases, split_words
from generator.arabic.stems import stem
from generator.data import rows, table
from generator.enrich.kept import Remember, fingerprint, make, name
from generator.model import Article

_LEAD = 250
"""Words of the body that count: what follows is background, which other stories share."""
_TITLE = 2
"""What a word of the headline counts for, beside one of the body."""
_PRIOR = 1000
"""Articles that the table of frequent stems counts for, beside those at hand."""
_UNLISTED = 0.001
"""Share of articles that a stem outside that table is taken to stand in."""
_COMMON = 0.1
"""A stem in a larger share of articles tells nothing."""
_RARE = 0.012
"""A stem in a smaller share of articles is one that names something."""
_INDEXED = 16
"""Heaviest of its rare stems by which an article is looked up."""
_INDEXED_SHARED = 2
"""Of those, how many two articles share if they are worth comparing."""
_LATEST = 200
"""Articles looked at for one stem: the latest, so that time stays in proportion."""


@dataclass(frozen=True, slots=True)
class Vector:
    """What an article is about."""

    weights: Mapping[str, float]
    """Weight of each stem; the squares add up to 1."""
    rare: frozenset[str]
    """The stems that few articles have."""
    index: tuple[str, ...]
    """The heaviest of those, heaviest first."""


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the cosine of two weightings, from 0 to 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def weigh(articles: Sequence[Article], remember: Remember = make) -> dict[str, Vector]:
    """Return each article's vector by id.

    How rare a stem is, is counted over the articles up to the same day: a newer article never
    changes what an older one is compared by. Undated ones come last. What takes long is asked of
    `remember`.
    """
    seen: Counter[str] = Counter()
    total = 0
    found: dict[str, Vector] = {}
    for _, of_day in groupby(oldest_first(articles), key=lambda a: a.date):
        counts = {article.id: _counts(article, remember) for article in of_day}
        total += len(counts)
        for stems in counts.values():
            seen.update(stems.keys())
        for own, stems in counts.items():
            found[own] = _vector(stems, seen, total)
    return found


def oldest_first(articles: Iterable[Article]) -> list[Article]:
    """Return the articles by date, then id; undated ones last."""
    return sorted(articles, key=lambda a: (a.date is None, a.date or dt.date.min, a.id))


def _counts(article: Article, remember: Remember) -> Counter[str]:
    named = name("stems", fingerprint(article))
    stems: list[str] = remember(named, lambda: " ".join(_stems(article)).encode()).decode().split()
    tags = split_words(" ".join(tag.name for tag in article.tags)).keys
    return Counter([*stems, *(stem(k) for k in tags if not k.isdigit())])


def _stems(article: Article) -> Iterator[str]:
    """Yield the stems of an article's headline and of its opening, each as often as it counts."""
    lead = " ".join(article.paragraphs).split()[:_LEAD]
    body = split_words(" ".join(lead)).keys
    title = split_words(article.title).keys
    yield from (stem(k) for k in (*body, *title * _TITLE) if not k.isdigit())


def _vector(stems: Mapping[str, int], seen: Mapping[str, int], total: int) -> Vector:
    shares = _shares()
    weights: dict[str, float] = {}
    rare: set[str] = set()
    for term, count in stems.items():
        share = (seen[term] + _PRIOR * shares.get(term, _UNLISTED)) / (total + _PRIOR)
        if share < _COMMON and len(term) > 1:
            weights[term] = (1 + math.log(count)) * -math.log(share)
            if share < _RARE:
                rare.add(term)
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    weights = {term: weight / length for term, weight in weights.items()}
    index = sorted(rare, key=lambda term: (-weights[term], term))[:_INDEXED]
    return Vector(weights, frozenset(rare), tuple(index))


def is_column(article: Article) -> bool:
    """Return whether the headline is that of a column, such as the weather."""
    return bool(_columns().find([stem(word) for word in split_words(article.title).keys]))


@cache
def _columns() -> Phrases:
    return Phrases(" ".join(map(stem, split_words(name).keys)) for name in table("columns"))


@cache
def _shares() -> dict[str, float]:
    return {row["stem"]: int(row["share"]) / 1000 for row in rows("frequent_stems")}


class Alike(NamedTuple):
    """An article found to have something in common with another."""

    id: str
    likeness: float
    """From 0 to 1."""
    rare: int
    """Number of rare stems that both have."""


class Index:
    """Finds the articles that have rare stems in common with one."""

    def __init__(self) -> None:
        self._vectors: dict[str, Vector] = {}
        self._having: dict[str, list[str]] = defaultdict(list)

    def __contains__(self, own: str) -> bool:
        return own in self._vectors

    def add(self, own: str, vector: Vector) -> None:
        """Make the article with id `own` one that is found."""
        self._vectors[own] = vector
        for term in vector.index:
            self._having[term].append(own)

    def alike(self, vector: Vector) -> Iterator[Alike]:
        """Yield the articles worth comparing."""
        shared: Counter[str] = Counter()
        for term in vector.index:
            shared.update(self._having.get(term, ())[-_LATEST:])
        for other in [other for other, count in shared.items() if count >= _INDEXED_SHARED]:
            found = self._vectors[other]
            rare = len(vector.rare & found.rare)
            yield Alike(other, likeness(vector.weights, found.weights), rare)
