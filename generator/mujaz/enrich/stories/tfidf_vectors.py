"""Articles as weighted stems, the rarer the heavier, so that two can be compared."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from itertools import repeat
from operator import mul
from typing import NamedTuple
from zlib import crc32

from mujaz.arabic.normalise import word_key
from mujaz.arabic.stems import stem
from mujaz.arabic.tokens import word_list
from mujaz.data import content
from mujaz.model import Article

_COUNTED_BODY_WORDS = 250
"""Words of the body that count: what follows is background, which other stories share."""
_OPENING_WORDS = 50
"""Words of the body that tell the news; in details that follow, reports of one event differ."""
_HEADLINE_WORD_COUNT = 30
"""What a word of the headline counts for, in tenths of one of the opening."""
_OPENING_WORD_COUNT = 10
"""What a word of the opening counts for, or one of a tag."""
_OTHER_WORD_COUNT = 1
"""What a word of the rest of the body counts for."""
_LISTED_ARTICLES = 1000
"""Articles that the table of frequent stems counts for, beside those at hand."""
_UNLISTED_SHARE = 1
"""Thousandths of articles that a stem outside that table is taken to stand in."""
_COMMON_SHARE = 100
"""A stem in at least so many thousandths of articles tells nothing."""
_RARE_SHARE = 12
"""A stem in fewer thousandths of articles is one that names something."""
_SHARE_STEPS = (2, 4, 3, 3, 3)
"""A stem must be so many times as frequent here as in news at large to be taken for more frequent,
then so many times again: finer steps make stories no better, and each edit would weigh many other
articles again."""
_MAX_STEM_COUNT = 255
"""How often a stem counts at most."""
MAX_INDEXED_STEMS = 16
"""Heaviest of its rare stems by which an article is looked up."""
UNIT = 10_000
"""Stands for 1 in weights and similarities: sums of whole numbers are the same in any order."""


class StemCounts(NamedTuple):
    """The stems of an article that may tell something, by number, and how often each counts."""

    stems: array[int]
    """In order."""
    counts: array[int]
    """In tenths of a word of the opening."""


class Vector(NamedTuple):
    """What an article is about."""

    stems: array[int]
    """The rare ones first, heaviest first."""
    weights: array[int]
    """In units; the squares add up to about 1."""
    rare: int
    """How many of the stems few articles have."""

    @property
    def indexed_stems(self) -> array[int]:
        """Return the heaviest of the rare stems, by which an article is looked up."""
        return self.stems[: min(self.rare, MAX_INDEXED_STEMS)]


NO_VECTOR = Vector(array("I"), array("H"), 0)
"""What a column is about: nothing is similar to it."""


def stem_counts(article: Article) -> StemCounts:
    """Return how often each stem counts; those that are common in all news are left out."""
    body = " ".join(article.paragraphs).split(None, _COUNTED_BODY_WORDS)[:_COUNTED_BODY_WORDS]
    parts = (
        (article.title, _HEADLINE_WORD_COUNT),
        (" ".join(body[:_OPENING_WORDS]), _OPENING_WORD_COUNT),
        (" ".join(body[_OPENING_WORDS:]), _OTHER_WORD_COUNT),
        (" ".join(tag.name for tag in article.tags), _OPENING_WORD_COUNT),
    )
    counts_by_stem: dict[int, int] = {}
    for text, count in parts:
        for word in word_list(text):
            number = _stem_number(word)
            if number:
                counts_by_stem[number] = counts_by_stem.get(number, 0) + count
    stems = sorted(counts_by_stem)
    counts = (min(counts_by_stem[each], _MAX_STEM_COUNT) for each in stems)
    return StemCounts(array("I", stems), array("B", counts))


@lru_cache(maxsize=20_000)
def _stem_number(word: str) -> int:
    """Return the number of a word's stem, or 0 if the stem tells nothing."""
    plain = word_key(word)
    term = stem(plain)
    number = crc32(term.encode("utf-8", "surrogatepass"))
    is_common = _listed_shares().get(number, 0) >= _COMMON_SHARE
    is_telling = len(term) > 1 and not is_common
    return number if is_telling else 0


def steady_article_count(articles: int) -> int:
    """Return a power of two near a number of articles and those of the table together.

    One more article seldom changes it.
    """
    return int(2 ** math.floor(math.log2(articles + _LISTED_ARTICLES) + 0.5))


def assumed_share(number: int, with_stem: int, article_count: int) -> int:
    """Return the thousandths of articles that a stem is taken to stand in.

    That is its share of news at large, unless `with_stem` articles here have it, of about
    `article_count`.
    """
    share = _listed_shares().get(number, _UNLISTED_SHARE)
    here = 1000 * (with_stem + share)
    for step in _SHARE_STEPS:
        if share >= _COMMON_SHARE or here < step * share * article_count:
            break
        share *= step
    return share


def is_listed_share(number: int, share: int) -> bool:
    """Return whether a stem is taken to stand in its share of news at large."""
    return share == _listed_shares().get(number, _UNLISTED_SHARE)


def tfidf_vector(counts: StemCounts, share_of: Callable[[int], int | None]) -> Vector:
    """Return an article's vector; `share_of` knows the stems that are more frequent here."""
    weights: dict[int, float] = {}
    rare: list[tuple[float, int]] = []
    listed_shares = _listed_shares()
    count_weights, share_weights = _weights_of_count(), _weights_of_share()
    for number, count in zip(*counts, strict=True):
        share = share_of(number) or listed_shares.get(number, _UNLISTED_SHARE)
        if share < _COMMON_SHARE:
            weights[number] = weight = count_weights[count] * share_weights[share]
            if share < _RARE_SHARE:
                rare.append((-weight, number))
    unit = UNIT / (math.sqrt(sum(map(mul, weights.values(), weights.values()))) or 1.0)
    stems = dict.fromkeys(number for _, number in sorted(rare))
    stems.update(dict.fromkeys(weights))
    units = array("H", (round(unit * weights[each]) for each in stems))
    return Vector(array("I", stems), units, len(rare))


def cosine(one: Mapping[int, int], other: Vector) -> int:
    """Return the cosine of two weightings, from 0 to 1, in units."""
    shared: Iterable[int] = map(one.get, other.stems, repeat(0))
    total: int = sum(map(mul, shared, other.weights))
    return (total + UNIT // 2) // UNIT


@cache
def _listed_shares() -> dict[int, int]:
    """Return the thousandths of articles that frequent stems stand in."""
    lines = content("frequent_stems.tsv").splitlines()
    _, *rows = (line.split(b"\t") for line in lines if not line.startswith(b"#"))
    return {crc32(term): int(share) for term, share in rows}


@cache
def _weights_of_count() -> list[float]:
    return [math.log1p(count / _OPENING_WORD_COUNT) for count in range(_MAX_STEM_COUNT + 1)]


@cache
def _weights_of_share() -> list[float]:
    return [0.0, *(-math.log(share / 1000) for share in range(1, _COMMON_SHARE))]
