"""Articles as weighted stems, the rarer the heavier, so that two can be compared."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from itertools import repeat
from operator import mul
from typing import NamedTuple
from zlib import crc32

from mujaz.arabic.normalise import word_key
from mujaz.arabic.phrases import Phrases, split_words
from mujaz.arabic.stems import stem
from mujaz.arabic.tokens import word_list
from mujaz.data import content, table
from mujaz.model import Article

_LEAD = 250
"""Words of the body that count: what follows is background, which other stories share."""
_TITLE = 2
"""What a word of the headline counts for, beside one of the body."""
_PRIOR = 1000
"""Articles that the table of frequent stems counts for, beside those at hand."""
_UNLISTED = 1
"""Thousandths of articles that a stem outside that table is taken to stand in."""
_COMMON = 100
"""A stem in at least so many thousandths of articles tells nothing."""
_RARE = 12
"""A stem in fewer thousandths of articles is one that names something."""
_STEPS = (3, 4, 3, 3, 3)
"""A stem must be so many times as frequent here as in news at large to be taken for more frequent,
then so many times again: finer steps make threads no better, and each edit would weigh many other
articles again."""
_OFTEN = 255
"""How often a stem counts at most."""
INDEXED = 16
"""Heaviest of its rare stems by which an article is looked up."""
UNIT = 10_000
"""What stands for 1 in weights and likenesses: sums of whole numbers are the same in any order."""


class Counts(NamedTuple):
    """The stems of an article that may tell something, by number, and how often each counts."""

    stems: array[int]
    """In order."""
    times: array[int]


class Vector(NamedTuple):
    """What an article is about."""

    stems: array[int]
    """The rare ones first, heaviest first."""
    weights: array[int]
    """In units; the squares add up to about 1."""
    rare: int
    """How many of the stems few articles have."""

    @property
    def names(self) -> array[int]:
        """Return the heaviest of the rare stems, by which an article is looked up."""
        return self.stems[: min(self.rare, INDEXED)]


NOTHING = Vector(array("I"), array("H"), 0)
"""What a column is about: nothing is like it."""


def count(article: Article) -> Counts:
    """Return how often each stem counts; those that are common in all news are left out."""
    lead = " ".join(" ".join(article.paragraphs).split()[:_LEAD])
    words = Counter(word_list(lead))
    for word in word_list(article.title):
        words[word] += _TITLE
    words.update(word_list(" ".join(tag.name for tag in article.tags)))
    found: dict[int, int] = {}
    for word, times in words.items():
        number = _number(word)
        if number:
            found[number] = found.get(number, 0) + times
    stems = sorted(found)
    return Counts(array("I", stems), array("B", (min(found[each], _OFTEN) for each in stems)))


@lru_cache(maxsize=20_000)
def _number(word: str) -> int:
    """Return the number of a word's stem, or 0 if the stem tells nothing."""
    plain = word_key(word)
    term = stem(plain)
    number = crc32(term.encode("utf-8", "surrogatepass"))
    tells = len(term) > 1 and not plain.isdigit() and _listed().get(number, 0) < _COMMON
    return number if tells else 0


def steady(articles: int) -> int:
    """Return a power of two near a number of articles and those of the table together.

    One more article seldom changes it.
    """
    return int(2 ** math.floor(math.log2(articles + _PRIOR) + 0.5))


def taken(number: int, having: int, steadied: int) -> int:
    """Return the thousandths of articles that a stem is taken to stand in.

    That is its share of news at large, unless `having` articles here have it of about `steadied`.
    """
    listed = _listed().get(number, _UNLISTED)
    share, here = listed, 1000 * (having + listed)
    for step in _STEPS:
        if share >= _COMMON or here < step * share * steadied:
            break
        share *= step
    return share


def is_plain(number: int, share: int) -> bool:
    """Return whether a stem is taken to stand in its share of news at large."""
    return share == _listed().get(number, _UNLISTED)


def weigh(counts: Counts, share_of: Callable[[int], int | None]) -> Vector:
    """Return an article's vector; `share_of` knows the stems that are more frequent here."""
    weights: dict[int, float] = {}
    rare: list[tuple[float, int]] = []
    listed, of_times, of_share = _listed(), _of_times(), _of_share()
    for number, times in zip(*counts, strict=True):
        share = share_of(number) or listed.get(number, _UNLISTED)
        if share < _COMMON:
            weights[number] = weight = of_times[times] * of_share[share]
            if share < _RARE:
                rare.append((-weight, number))
    unit = UNIT / (math.sqrt(sum(map(mul, weights.values(), weights.values()))) or 1.0)
    stems = dict.fromkeys(number for _, number in sorted(rare))
    stems.update(dict.fromkeys(weights))
    found = array("H", (round(unit * weights[each]) for each in stems))
    return Vector(array("I", stems), found, len(rare))


def likeness(one: Mapping[int, int], other: Vector) -> int:
    """Return the cosine of two weightings, from 0 to 1, in units."""
    shared: Iterable[int] = map(one.get, other.stems, repeat(0))
    total: int = sum(map(mul, shared, other.weights))
    return (total + UNIT // 2) // UNIT


def is_column(title: str) -> bool:
    """Return whether a headline is that of a column, such as the weather."""
    return bool(_columns().find([stem(word) for word in split_words(title).keys]))


@cache
def _columns() -> Phrases:
    return Phrases(" ".join(map(stem, split_words(name).keys)) for name in table("columns"))


@cache
def _listed() -> dict[int, int]:
    """Return the thousandths of articles that frequent stems stand in."""
    lines = content("frequent_stems.tsv").splitlines()
    _, *listed = (line for line in lines if not line.startswith(b"#"))
    return {
        crc32(term): int(share) for term, _, share in (each.partition(b"\t") for each in listed)
    }


@cache
def _of_times() -> list[float]:
    return [0.0, *(1 + math.log(times) for times in range(1, _OFTEN + 1))]


@cache
def _of_share() -> list[float]:
    return [0.0, *(-math.log(share / 1000) for share in range(1, _COMMON))]
