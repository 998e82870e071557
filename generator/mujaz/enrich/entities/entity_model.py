"""The trained model of names: a small network that goes over all words of a text at once.

What is known of a word becomes 64 numbers, once for each word that is met; four layers then let a
word know of those around it, the farthest eight words away (Yu and Koltun 2016, "Multi-scale
context aggregation by dilated convolutions"). All numbers are whole (some of the first sums are
halves) and small enough for every sum of products to be exact in a floating-point number of 32
bits, in whatever order a machine adds them up.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, chain
from math import prod
from typing import Any

from mujaz.data import HERE
from mujaz.data.lookup import mapped
from mujaz.data.word_vectors import VECTOR_UNIT, WordVectors, numpy_library, shipped_vectors
from mujaz.enrich.entities.word_features import KNOWLEDGE_ROWS, LETTER_ROWS, WordFeatures

LABELS = ("O", "B-PERS", "I-PERS", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
"""What a word may be: no part of a name, the first of one, or another word of it."""
LabelChances = Sequence[float]
"""How likely each of `LABELS` is for a word."""
WIDTH = 64
"""Numbers that stand for a word in each layer."""
DILATIONS = (1, 2, 4, 1)
"""How far from a word those are, on each side, of which each layer tells it."""
_WEIGHT_UNIT, _ACTIVATION_UNIT = 2.0**-8, 2.0**-4
"""What one stands for in a weight, and in a number that stands for a word."""
_MAX_ACTIVATION = 255
"""To which numbers that stand for words are limited: with any weights, all sums stay exact."""
_ELSEWHERE = 0.3
"""What the other places of a word in a text count for where it is judged."""
_CHANCE_UNIT = 2.0**-12
"""Chances are rounded to it, as the last digits of an exponential are another machine's own."""
_CERTAINLY_NONE = 0.98
"""Chance from which a word is no part of a name, and its labels are not looked at."""

Weights = Mapping[str, Any]
"""The arrays of a network, by name, in the order of `weight_shapes`."""


def weight_shapes(dimensions: int) -> dict[str, tuple[int, ...]]:
    """Return the names and shapes of a network's arrays, for vectors of so many numbers."""
    return {
        "features": (KNOWLEDGE_ROWS + LETTER_ROWS, WIDTH),
        "vectors": (2 * dimensions, WIDTH),
        "bias": (WIDTH,),
        **{f"layer {i}": (3 * WIDTH, WIDTH) for i in range(len(DILATIONS))},
        **{f"bias {i}": (WIDTH,) for i in range(len(DILATIONS))},
        "labels": (WIDTH, len(LABELS)),
        "label bias": (len(LABELS),),
    }


class EntityModel:
    """The trained model of names."""

    def __init__(self, content: bytes | mmap.mmap, vectors: WordVectors) -> None:
        """Take what `packed_weights` made, and the vectors with which it was trained."""
        self._np = numpy_library()
        self._vectors = vectors
        self._arrays: dict[str, Any] = {}
        offset = 0
        for name, shape in weight_shapes(vectors.dimensions).items():
            array = self._np.frombuffer(content, "i1", prod(shape), offset).reshape(shape)
            # The first and large one is read where a word is met; with the others one reckons.
            self._arrays[name] = array if name == "features" else array.astype("f4")
            offset += array.nbytes

    def chances(
        self,
        sentences: Sequence[Sequence[WordFeatures]],
        of_places: Sequence[Mapping[int, Sequence[int]]],
        full_stop: WordFeatures,
    ) -> list[list[LabelChances | None]]:
        """Return how likely each label is for each word of a text's sentences.

        None stands for a word that is certainly no part of a name. `of_places` has, for each
        sentence, the features that words have where they stand, and `full_stop` ends the
        sentences that end without one, such as headlines.
        """
        words: list[WordFeatures] = []
        starts: list[int] = []
        for sentence in sentences:
            starts.append(len(words))
            words += sentence if sentence[-1].key == full_stop.key else [*sentence, full_stop]
        if not words:
            return []
        shares = self._shares(words, dict(_placed(of_places, starts)))
        chances: list[LabelChances | None] = [None] * len(words)
        for position in self._np.flatnonzero(shares[:, 0] <= _CERTAINLY_NONE).tolist():
            chances[position] = shares[position].tolist()
        return [
            chances[start : start + len(sentence)]
            for start, sentence in zip(starts, sentences, strict=True)
        ]

    def _shares(self, words: Sequence[WordFeatures], placed: Mapping[int, Sequence[int]]) -> Any:
        """Return a row of chances for each word."""
        np, arrays = self._np, self._arrays
        self._meet([word for word in dict.fromkeys(words) if word.activation is None])
        sums = np.array([word.activation for word in words])
        for position, features in placed.items():
            sums[position] += arrays["features"][list(features)].sum(0) / _ACTIVATION_UNIT
        state = self._whole(sums)
        for layer, distance in enumerate(DILATIONS):
            padded = np.zeros((len(words) + 2 * distance, WIDTH), "f4")
            padded[distance:-distance] = state
            around = np.concatenate([padded[: -2 * distance], state, padded[2 * distance :]], 1)
            bias = arrays[f"bias {layer}"] / _ACTIVATION_UNIT
            state = self._whole(around @ arrays[f"layer {layer}"] + bias, state)
        sums = state @ arrays["labels"] + arrays["label bias"] / _ACTIVATION_UNIT
        scores = self._remembering(sums * (_WEIGHT_UNIT * _ACTIVATION_UNIT), words)
        odds = np.exp(scores - scores.max(1, keepdims=True))
        return np.rint(odds / odds.sum(1, keepdims=True) / _CHANCE_UNIT) * _CHANCE_UNIT

    def _remembering(self, scores: Any, words: Sequence[WordFeatures]) -> Any:
        """Return scores of labels that know what the same words seem to be elsewhere in the text.

        A name that stands alone is told by where it stands behind a title.
        """
        np, scores = self._np, scores.astype(float)
        numbers: dict[str, int] = {}
        number = np.array([numbers.setdefault(word.bare, len(numbers)) for word in words])
        kinds = np.logaddexp(scores[:, 1::2], scores[:, 2::2]) - scores[:, :1]
        sums = np.stack([np.bincount(number, kind) for kind in kinds.T], 1)[number]
        others = np.bincount(number)[number][:, None] - 1
        change = (sums - kinds) / np.maximum(others, 1) - kinds
        scores[:, 1:] += np.repeat(change * _ELSEWHERE * (others > 0), 2, 1)
        return scores

    def _whole(self, sums: Any, more: Any = 0.0) -> Any:
        """Return sums of products as whole numbers again, none negative, and `more` added."""
        rounded = self._np.rint(sums * self._np.float32(_WEIGHT_UNIT))
        return self._np.minimum(self._np.maximum(rounded, 0.0) + more, _MAX_ACTIVATION)

    def _meet(self, words: Sequence[WordFeatures]) -> None:
        """Note on each word the sums that it goes into the first layer with."""
        if not words:
            return
        np, arrays = self._np, self._arrays
        numbers = [word.features for word in words]
        starts = [0, *accumulate(map(len, numbers))][:-1]
        table = arrays["features"][list(chain.from_iterable(numbers))].astype("f4")
        features = np.add.reduceat(table, starts) + arrays["bias"]
        rows = np.array([[-1 if row is None else row for row in w.vector_rows] for w in words])
        vectors = self._vectors.rows[rows] * (rows >= 0)[..., None].astype("f4")
        products = vectors.reshape(len(words), -1) @ arrays["vectors"]
        sums = (features + products * VECTOR_UNIT) / _ACTIVATION_UNIT
        for word, row in zip(words, sums, strict=True):
            word.activation = row


def _placed(
    of_places: Sequence[Mapping[int, Sequence[int]]], starts: Sequence[int]
) -> Iterator[tuple[int, Sequence[int]]]:
    for start, features in zip(starts, of_places, strict=True):
        yield from ((start + index, numbers) for index, numbers in features.items())


def packed_weights(weights: Weights, dimensions: int) -> bytes:
    """Return the arrays of a network as the bytes of a file."""
    np = numpy_library()
    parts = []
    for name, shape in weight_shapes(dimensions).items():
        if weights[name].shape != shape:
            raise ValueError(f"{name} has another shape than {shape}")
        whole = np.rint(weights[name] / _WEIGHT_UNIT)
        parts.append(np.clip(whole, -127, 127).astype(np.int8).tobytes())
    return b"".join(parts)


@cache
def shipped_entity_model() -> EntityModel:
    """Return the trained model."""
    return EntityModel(mapped(HERE / "entities.bin"), shipped_vectors())
