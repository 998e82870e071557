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
_LEAD_WORDS = 40
"""The first words of a body say most about its section."""
_MAX_TITLE_WORDS, _MAX_BODY_WORDS, _MAX_WORD_LETTERS = 60, 1500, 30
"""More says nothing new, and must not take endless time."""
_TITLE_WEIGHT, _WORD_WEIGHT, _PAIR_WEIGHT = 0.7, 0.7, 0.5
"""Weights of the kinds of features against stems; the best in cross-validation."""
_STEPS_PER_LOGARITHM = 24
"""Steps of a quantised logarithm: a count up to 40,000 fits a byte."""
_ARTICLES = ("وال", "بال", "فال", "كال", "لل", "ال")
_ENDINGS = ("هما", "ات", "ان", "ون", "ين", "هم", "ها", "يه", "ه", "ي")


def bucket(kind: str, text: str) -> int:
    """Return the number of a feature, the same on every machine."""
    return crc32(f"{kind}{text}".encode()) % BUCKETS


@lru_cache(maxsize=20_000)
def feature_stem(word: str) -> str:
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
    return bucket("s", feature_stem(word)), bucket("l", feature_stem(word))


@lru_cache(maxsize=20_000)
def _letter_buckets(word: str) -> tuple[int, ...]:
    """Return the numbers of three to five letters in a row, ends of the word among them."""
    framed = f" {word[:_MAX_WORD_LETTERS]} "
    return tuple(
        bucket("c", framed[i : i + size])
        for size in (3, 4, 5)
        for i in range(len(framed) - size + 1)
    )


def feature_counts(
    title: Sequence[str], body: Sequence[str]
) -> Iterator[tuple[float, Counter[int]]]:
    """Yield weight and counts of each kind of feature. `title` and `body` are comparison keys."""
    title, body = title[:_MAX_TITLE_WORDS], body[:_MAX_BODY_WORDS]
    text = [*title, *body]
    stems = [_stem_buckets(word) for word in text]
    yield 1.0, Counter([anywhere for anywhere, _ in stems])
    yield _WORD_WEIGHT, Counter(map(word_bucket, text))
    pairs = pairwise(map(feature_stem, text))
    yield _PAIR_WEIGHT, Counter([crc32(f"b{a} {b}".encode()) % BUCKETS for a, b in pairs])
    yield _PAIR_WEIGHT, Counter(lead for _, lead in stems[len(title) : len(title) + _LEAD_WORDS])
    yield _TITLE_WEIGHT, Counter(number for word in title for number in _letter_buckets(word))


class ReferenceCounts(NamedTuple):
    """How many articles of a large reference collection of news have each feature."""

    documents: int
    """Articles in the collection."""
    logarithms: bytes
    """By feature: `log(1 + articles)` in steps of 1/24."""

    def idf(self, feature: int) -> float:
        """Return the inverse document frequency of a feature, from about 1 (everywhere) up."""
        return 1 + math.log1p(self.documents) - self.logarithms[feature] / _STEPS_PER_LOGARITHM

    def min_logarithm(self, articles: int) -> int:
        """Return the least of `logarithms` that stands for so many articles."""
        return next(n for n in range(256) if _articles(n) >= articles)

    def articles(self, feature: int) -> int:
        """Return about how many articles have a feature; exact up to some twenty."""
        return _articles(self.logarithms[feature])


def _articles(logarithm: int) -> int:
    return round(math.expm1(logarithm / _STEPS_PER_LOGARITHM))


def reference_counts(counts: Sequence[int], documents: int) -> ReferenceCounts:
    """Return the counts of articles by feature, quantised."""
    steps = (round(_STEPS_PER_LOGARITHM * math.log1p(n)) for n in counts)
    return ReferenceCounts(documents, bytes(min(255, n) for n in steps))


def feature_vector(
    title: Sequence[str], body: Sequence[str], reference: ReferenceCounts
) -> dict[int, float]:
    """Return a text's features: sublinear counts times IDF, each kind as long as it weighs."""
    vector: dict[int, float] = {}
    logarithms, top = reference.logarithms, 1 + math.log1p(reference.documents)
    for weight, counts in feature_counts(title, body):
        values = {
            feature: (1 + math.log(count) if count > 1 else 1.0)
            * (top - logarithms[feature] / _STEPS_PER_LOGARITHM)
            for feature, count in counts.items()
        }
        length = math.sqrt(sum([value * value for value in values.values()])) or 1.0
        scale = weight / length
        for feature, value in values.items():
            vector[feature] = vector.get(feature, 0.0) + value * scale
    return vector


class TopicModel(NamedTuple):
    """A linear model of topics, as it is shipped."""

    reference: ReferenceCounts
    header: Mapping[str, Any]
    """`labels`, `bias`, `scale` by label; `slope`, `offset`, `sure`, which turn scores into a
    decision."""
    rows: bytes | memoryview
    """By feature a weight by label, each a signed byte, in units of the label's `scale`. A text has
    a thousand features, and what lies together is read together."""


def packed_topic_model(model: TopicModel) -> bytes:
    """Return the model as bytes: a line of JSON, then the reference counts, then the weights."""
    header = {**model.header, "documents": model.reference.documents}
    first = json.dumps(header, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    return b"".join([first, model.reference.logarithms, model.rows])


@cache
def shipped_topic_model() -> TopicModel:
    """Return the shipped model; it is read once, and only when it is needed."""
    packed = mapped(HERE / "topics.bin")
    start = packed.find(b"\n") + 1
    header = json.loads(packed[:start])
    reference = ReferenceCounts(header.pop("documents"), packed[start : start + BUCKETS])
    return TopicModel(reference, header, memoryview(packed)[start + BUCKETS :])
