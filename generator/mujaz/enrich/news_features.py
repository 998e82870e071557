"""What the model of topics sees of a text, and how common each of it is in news at large.

Training and predicting share this module, so that a shipped weight always meets the same feature.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple
from zlib import crc32

from mujaz.data import HERE
from mujaz.data.lookup import mapped

BUCKETS = 1 << 17
"""Features are numbered by a hash: no vocabulary has to be shipped or loaded."""
_LEAD = 40
"""Words: the first of a body say most about its section."""
_LONGEST_TITLE, _LONGEST_BODY, _LONGEST_WORD = 60, 1500, 30
"""Words, words, and letters: more says nothing new, and must not take endless time."""
_TITLE, _WORD, _PAIR = 0.7, 0.7, 0.5
"""Weights of the kinds of features against stems; the best in cross-validation."""
_LOG_STEP = 24
"""Steps of a quantised logarithm: a count up to 40,000 fits a byte."""
_ARTICLES = ("وال", "بال", "فال", "كال", "لل", "ال")
_ENDINGS = ("هما", "ات", "ان", "ون", "ين", "هم", "ها", "يه", "ه", "ي")


def bucket(kind: str, text: str) -> int:
    """Return the number of a feature, the same on every machine."""
    return crc32(f"{kind}{text}".encode()) % BUCKETS


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return `word` (a comparison key) without its clitics and endings, as far as they are sure."""
    for proclitic in _ARTICLES:
        if word.startswith(proclitic) and len(word) - len(proclitic) >= 3:
            word = word[len(proclitic) :]
            break
    else:
        if len(word) >= 5 and word[0] in "وبلف":
            word = word[1:]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=20_000)
def word_bucket(word: str) -> int:
    """Return the number of a word by its comparison key."""
    return bucket("w", word)


@lru_cache(maxsize=20_000)
def _stem_buckets(word: str) -> tuple[int, int]:
    """Return the numbers of a word's stem, anywhere and in the lead."""
    return bucket("s", stem(word)), bucket("l", stem(word))


@lru_cache(maxsize=20_000)
def _letter_buckets(word: str) -> tuple[int, ...]:
    """Return the numbers of three to five letters in a row, ends of the word among them."""
    framed = f" {word[:_LONGEST_WORD]} "
    return tuple(
        bucket("c", framed[i : i + size])
        for size in (3, 4, 5)
        for i in range(len(framed) - size + 1)
    )


def kinds_of_features(
    title: Sequence[str], body: Sequence[str]
) -> Iterator[tuple[float, Counter[int]]]:
    """Yield weight and counts of each kind of feature. `title` and `body` are comparison keys."""
    title, body = title[:_LONGEST_TITLE], body[:_LONGEST_BODY]
    text = [*title, *body]
    stems = [_stem_buckets(word) for word in text]
    yield 1.0, Counter([anywhere for anywhere, _ in stems])
    yield _WORD, Counter(map(word_bucket, text))
    pairs = pairwise(map(stem, text))
    yield _PAIR, Counter([crc32(f"b{a} {b}".encode()) % BUCKETS for a, b in pairs])
    yield _PAIR, Counter(lead for _, lead in stems[len(title) : len(title) + _LEAD])
    yield _TITLE, Counter(number for word in title for number in _letter_buckets(word))


class Background(NamedTuple):
    """How many articles of a large collection of news have each feature."""

    documents: int
    """Articles in the collection."""
    logarithms: bytes
    """By feature: `log(1 + articles)` in steps of 1/24."""

    def rarity(self, number: int) -> float:
        """Return the inverse document frequency of a feature, from about 1 (everywhere) up."""
        return 1 + math.log1p(self.documents) - self.logarithms[number] / _LOG_STEP

    def step(self, articles: int) -> int:
        """Return the least of `logarithms` that stands for so many articles."""
        return next(n for n in range(256) if round(math.expm1(n / _LOG_STEP)) >= articles)

    def articles(self, number: int) -> int:
        """Return about how many articles have a feature; exact up to some twenty."""
        return round(math.expm1(self.logarithms[number] / _LOG_STEP))


def background(counts: Sequence[int], documents: int) -> Background:
    """Return the background of counted features."""
    return Background(documents, bytes(min(255, round(_LOG_STEP * math.log1p(n))) for n in counts))


def vector(title: Sequence[str], body: Sequence[str], known: Background) -> dict[int, float]:
    """Return a text's features: sublinear counts times rarity, each kind as long as it weighs."""
    found: dict[int, float] = {}
    logarithms, top = known.logarithms, 1 + math.log1p(known.documents)
    for weight, counts in kinds_of_features(title, body):
        values = {
            number: (1 + math.log(count) if count > 1 else 1.0)
            * (top - logarithms[number] / _LOG_STEP)
            for number, count in counts.items()
        }
        length = math.sqrt(sum([value * value for value in values.values()])) or 1.0
        scale = weight / length
        for number, value in values.items():
            found[number] = found.get(number, 0.0) + value * scale
    return found


class Weights(NamedTuple):
    """A linear model of topics, as it is shipped."""

    known: Background
    header: Mapping[str, Any]
    """`labels`, `bias`, `scale` by label; `slope`, `offset`, `sure`, which turn scores into a
    decision."""
    rows: bytes | memoryview
    """By feature a weight by label, each a signed byte, in units of the label's `scale`. A text has
    a thousand features, and what lies together is read together."""


def pack(weights: Weights) -> bytes:
    """Return the model as bytes: a line of JSON, then the background, then the weights."""
    header = {**weights.header, "documents": weights.known.documents}
    first = json.dumps(header, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    return b"".join([first, weights.known.logarithms, weights.rows])


@cache
def shipped() -> Weights:
    """Return the shipped model; it is read once, and only when it is needed."""
    packed = mapped(HERE / "topics.bin")
    start = packed.find(b"\n") + 1
    header = json.loads(packed[:start])
    known = Background(header.pop("documents"), packed[start : start + BUCKETS])
    return Weights(known, header, memoryview(packed)[start + BUCKETS :])
