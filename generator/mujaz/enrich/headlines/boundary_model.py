"""Networks that predict how likely each word of a line begins a headline.

What is known of a word becomes 64 numbers; four layers then let a word know of those around it, the
farthest eight words away (Yu and Koltun 2016, "Multi-scale context aggregation by dilated
convolutions"). All numbers are whole, or in units of a power of two, and small enough for every
sum of products to be exact in a floating-point number of 32 bits, in whatever order a machine adds
them up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from mujaz.data import content
from mujaz.data.word_vectors import VECTOR_UNIT, WordVectors, shipped_vectors
from mujaz.enrich.headlines.boundary_features import DescribedWord, feature_numbers, word_features
from mujaz.enrich.headlines.segmentation import probability

NETWORKS = 3
"""Whose answers are averaged: what one takes for a boundary by chance, others do not."""
WIDTH = 64
"""Numbers that stand for a word in each layer."""
DILATIONS = (1, 2, 4, 1)
"""How far from a word those are, on each side, of which each layer tells it."""
MAX_WEIGHT = 127 * 2.0**-8
"""Which no weight exceeds."""
_WEIGHT_UNIT, _ACTIVATION_UNIT = 2.0**-8, 2.0**-4
"""What one stands for in a weight, and in a number that stands for a word."""
_LAST_BIAS_UNIT = 2.0**-5
"""What one stands for in the bias of the answer, which is larger than other weights."""
_MAX_ACTIVATION = 255
_ODDS_UNIT = 2.0**-6
"""Log odds are rounded to it."""
_MAX_REMEMBERED_WORDS = 20_000

Weights = Mapping[str, Any]
"""The arrays of a network, by name."""


def boundary_weight_shapes(dimensions: int) -> dict[str, tuple[int, ...]]:
    """Return the names and shapes of a network's arrays, for vectors of so many numbers."""
    return {
        "features": (len(feature_numbers()), WIDTH),
        "vectors": (2 * dimensions, WIDTH),
        "bias": (WIDTH,),
        **{f"layer {i}": (3 * WIDTH, WIDTH) for i in range(len(DILATIONS))},
        **{f"bias {i}": (WIDTH,) for i in range(len(DILATIONS))},
        "boundary": (WIDTH, 1),
        "last bias": (1,),
    }


class BoundaryModel:
    """The trained networks, and how long headlines are."""

    def __init__(self, file: bytes, vectors: WordVectors) -> None:
        """Take what `packed_model` made, and the vectors with which it was trained."""
        # Takes a tenth of a second, and a site without glued headlines never needs it.
        import numpy

        self._np: Any = numpy
        self._vectors = vectors
        head, _, weights = file.partition(b"\n")
        self.lengths: Sequence[float] = json.loads(head)
        arrays: dict[str, list[Any]] = {}
        offset = 0
        for _ in range(NETWORKS):
            for name, shape in boundary_weight_shapes(vectors.dimensions).items():
                array = numpy.frombuffer(weights, "i1", numpy.prod(shape), offset).reshape(shape)
                arrays.setdefault(name, []).append(array.astype("f4"))
                offset += array.nbytes
        self._arrays = {name: numpy.array(stacked) for name, stacked in arrays.items()}
        """Of all networks, one behind the other."""
        self._words: dict[str, Any] = {}

    def probabilities(self, words: Sequence[str]) -> list[float]:
        """Return the probability that a headline begins at each word, punctuation included."""
        if not words:
            return []
        np, arrays = self._np, self._arrays
        state = self._whole(self._first_sums(words))
        for layer, distance in enumerate(DILATIONS):
            padded = np.zeros((NETWORKS, len(words) + 2 * distance, WIDTH), "f4")
            padded[:, distance:-distance] = state
            sides = padded[:, : -2 * distance], state, padded[:, 2 * distance :]
            bias = arrays[f"bias {layer}"][:, None] / _ACTIVATION_UNIT
            sums = np.concatenate(sides, 2) @ arrays[f"layer {layer}"] + bias
            state = self._whole(sums, state)
        odds = (state @ arrays["boundary"])[..., 0] * (_WEIGHT_UNIT * _ACTIVATION_UNIT)
        odds = np.rint((odds + arrays["last bias"] * _LAST_BIAS_UNIT) / _ODDS_UNIT).sum(0)
        return [probability(each * _ODDS_UNIT / NETWORKS) for each in odds.tolist()]

    def _first_sums(self, words: Sequence[str]) -> Any:
        """Return what each word goes into the first layer with."""
        new = [word for word in dict.fromkeys(words) if word not in self._words]
        if new:
            if len(self._words) > _MAX_REMEMBERED_WORDS:
                self._words.clear()
                new = list(dict.fromkeys(words))
            described = [word_features(word, self._vectors) for word in new]
            sums = self._described_sums(described)
            self._words.update((word, sums[:, row]) for row, word in enumerate(new))
        return self._np.stack([self._words[word] for word in words], 1)

    def _described_sums(self, words: Sequence[DescribedWord]) -> Any:
        np, arrays = self._np, self._arrays
        rows = np.array([word.vector_rows for word in words])
        vectors = self._vectors.rows[rows] * (rows >= 0)[..., None].astype("f4")
        sums = vectors.reshape(len(words), -1) @ arrays["vectors"] * VECTOR_UNIT
        sums += arrays["bias"][:, None]
        for row, word in enumerate(words):
            sums[:, row] += arrays["features"][:, list(word.features)].sum(1)
        return sums / _ACTIVATION_UNIT

    def _whole(self, sums: Any, more: Any = 0.0) -> Any:
        """Return sums of products as whole numbers again, none negative, and `more` added."""
        rounded = self._np.rint(sums * self._np.float32(_WEIGHT_UNIT))
        return self._np.minimum(self._np.maximum(rounded, 0.0) + more, _MAX_ACTIVATION)


def packed_model(networks: Sequence[Weights], dimensions: int, lengths: Sequence[float]) -> bytes:
    """Return the arrays of networks, and log probabilities of lengths, as the bytes of a file."""
    import numpy as np

    parts = [json.dumps([*lengths]).encode() + b"\n"]
    for weights in networks:
        for name in boundary_weight_shapes(dimensions):
            unit = _LAST_BIAS_UNIT if name == "last bias" else _WEIGHT_UNIT
            whole = np.rint(weights[name] / unit)
            parts.append(np.clip(whole, -127, 127).astype(np.int8).tobytes())
    return b"".join(parts)


def shipped_file() -> bytes:
    """Return the file of the model that is shipped with the project."""
    return content("headlines.bin")


@cache
def shipped_boundary_model() -> BoundaryModel:
    """Return the model that is shipped with the project."""
    return BoundaryModel(shipped_file(), shipped_vectors())
