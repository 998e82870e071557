"""What the model of topics sees of a text, and how common each of it is in news at large.

Training and predicting share this module, so that a shipped weight always meets the same feature.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple
from zlib import crc32

from mujaz.data import HERE
from mujaz.data.lookup import mapped

BUCKETS = 1 << 17
"""Features are numbered by a hash: no vocabulary has to be shipped or loaded."""
OPENING_WORDS = 40
"""The first words of a body, which with the headline say most about its section."""
_MAX_TITLE_WORDS, _MAX_BODY_WORDS = 60, 1500
"""More says nothing new, and must not take endless time."""
_OPENING_WEIGHT, _PAIR_WEIGHT = 0.7, 0.5
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
def stem_bucket(stem: str) -> int:
    """Return the number of a stem anywhere in a text."""
    return bucket("s", stem)


@lru_cache(maxsize=20_000)
def _opening_bucket(stem: str) -> int:
    """Return the number of a stem in the opening."""
    return bucket("l", stem)


class Stems(NamedTuple):
    """The stems of a text, as far as it is read."""

    title: tuple[str, ...]
    body: tuple[str, ...]

    @property
    def opening(self) -> tuple[str, ...]:
        """The stems of the headline and of the first words below it."""
        return (*self.title, *self.body[:OPENING_WORDS])


def stems(title: Sequence[str], body: Sequence[str]) -> Stems:
    """Return the stems of the words of a text, which are comparison keys."""
    return Stems(
        tuple(map(feature_stem, title[:_MAX_TITLE_WORDS])),
        tuple(map(feature_stem, body[:_MAX_BODY_WORDS])),
    )


def feature_counts(text: Stems) -> Iterator[tuple[float, Counter[int]]]:
    """Yield weight and counts of each kind of feature: stems, those of the opening, and its pairs.

    Pairs have the numbers that `pair_bucket` gives.
    """
    yield 1.0, Counter(map(stem_bucket, (*text.title, *text.body)))
    yield _OPENING_WEIGHT, Counter(map(_opening_bucket, text.opening))
    yield _PAIR_WEIGHT, Counter(map(pair_bucket, *_shifted(text.opening)))


def pair_bucket(first: str, second: str) -> int:
    """Return the number of two stems that stand together."""
    return bucket("b", f"{first} {second}")


def pair_buckets(text: Stems) -> Iterator[int]:
    """Yield the numbers of all pairs in a text."""
    yield from map(pair_bucket, *_shifted((*text.title, *text.body)))


def _shifted(row: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    return row, row[1:]


class ReferenceCounts(NamedTuple):
    """How many articles of a large reference collection of news have each feature."""

    documents: int
    """Articles in the collection."""
    logarithms: bytes
    """By feature: `log(1 + articles)` in steps of 1/24."""

    def idf(self, feature: int) -> float:
        """Return the inverse document frequency of a feature, from about 1 (everywhere) up."""
        return 1 + math.log1p(self.documents) - self.logarithms[feature] / _STEPS_PER_LOGARITHM

    def articles(self, feature: int) -> int:
        """Return about how many articles have a feature; exact up to some twenty."""
        return round(math.expm1(self.logarithms[feature] / _STEPS_PER_LOGARITHM))


def reference_counts(counts: Sequence[int], documents: int) -> ReferenceCounts:
    """Return the counts of articles by feature, quantised."""
    steps = (round(_STEPS_PER_LOGARITHM * math.log1p(n)) for n in counts)
    return ReferenceCounts(documents, bytes(min(255, n) for n in steps))


def feature_vector(text: Stems, reference: ReferenceCounts) -> dict[int, float]:
    """Return a text's features: sublinear counts times IDF, each kind as long as it weighs."""
    vector: dict[int, float] = {}
    logarithms, top = reference.logarithms, 1 + math.log1p(reference.documents)
    for weight, counts in feature_counts(text):
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


class LinearModel(NamedTuple):
    """A linear model of the sections of one kind of papers, as it is shipped."""

    header: Mapping[str, Any]
    """`home`: the country of those papers, or empty for papers of any; `labels`; by label `bias`
    and `scale`; `words`: the weight of section words; `slope`, and by label `offset` and `sure`,
    which turn scores into a decision."""
    rows: bytes | memoryview
    """By feature a weight by label, each a signed byte, in units of the label's `scale`. A text has
    hundreds of features, and what lies together is read together."""


class TopicModel(NamedTuple):
    """All that is shipped of topics."""

    reference: ReferenceCounts
    models: tuple[LinearModel, ...]


def packed_topic_model(model: TopicModel) -> bytes:
    """Return the model as bytes: a line of JSON, then the reference counts, then all weights."""
    header = {
        "documents": model.reference.documents,
        "models": [each.header for each in model.models],
    }
    first = json.dumps(header, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    return b"".join([first, model.reference.logarithms, *(each.rows for each in model.models)])


@cache
def shipped_topic_model() -> TopicModel:
    """Return the shipped model; it is read once, and only when it is needed."""
    packed = mapped(HERE / "topics.bin")
    start = packed.find(b"\n") + 1
    header = json.loads(packed[:start])
    reference = ReferenceCounts(header["documents"], packed[start : start + BUCKETS])
    rows, models = memoryview(packed)[start + BUCKETS :], []
    for each in header["models"]:
        size = BUCKETS * len(each["labels"])
        models.append(LinearModel(each, rows[:size]))
        rows = rows[size:]
    return TopicModel(reference, tuple(models))
