"""Trains the network that tells where headlines begin; `BoundaryModel` reckons with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from mujaz.data.word_vectors import VECTOR_UNIT, WordVectors
from mujaz.enrich.headlines.boundary_features import feature_numbers, word_features
from mujaz.enrich.headlines.boundary_model import (
    DILATIONS,
    MAX_WEIGHT,
    WIDTH,
    Weights,
    boundary_weight_shapes,
)
from mujaz.training.dilated_layers import (
    Array,
    Descent,
    around,
    dropout_mask,
    product,
    slopes_of_words,
)

_WINDOW = 160
"""Words of a line that is learned from at once."""
_RATE, _WARM_UP_STEPS, _DECAY = 3e-3, 40, 0.02
_DROPPED_WORDS, _DROPPED_NUMBERS = 0.1, 0.15
"""Shares of words without vector, and of numbers left out, while learning."""
_FIRST_BIAS = -2.0
"""Log odds of a boundary before anything is learned."""


class Sample(NamedTuple):
    """A word of a line to learn from."""

    word: str
    begins: bool
    weight: float
    """What it counts for; 0 if it is not known whether a headline begins there."""


Samples = Iterator[Sample]


class _Describer:
    """What is known of each word, as a row of numbers."""

    def __init__(self, vectors: WordVectors) -> None:
        self._vectors = vectors
        self._rows: dict[str, Array] = {}

    def row(self, word: str) -> Array:
        """Return the features of a word, then its vectors."""
        row = self._rows.get(word)
        if row is None:
            features, vector_rows = word_features(word, self._vectors)
            row = np.zeros(len(feature_numbers()), np.float32)
            row[list(features)] = 1
            parts = [self._vectors.rows[i] * (VECTOR_UNIT * (i >= 0)) for i in vector_rows]
            row = self._rows[word] = np.concatenate([row, *parts]).astype(np.float32)
        return row


class _Batch(NamedTuple):
    """Windows of lines: a row of numbers for each word, and what is to be learned of it."""

    rows: Array
    begins: Array
    weights: Array


def trained_boundaries(
    sources: Sequence[tuple[Samples, int]], vectors: WordVectors, steps: int, seed: int
) -> Weights:
    """Return a network that learned from endless samples, each with its windows at a time."""
    chance = np.random.default_rng(seed)
    weights = _initial(vectors.dimensions, chance)
    descent = Descent(weights, _RATE, _WARM_UP_STEPS, _DECAY)
    describer = _Describer(vectors)
    count = sum(windows for _, windows in sources)
    for step in range(1, steps + 1):
        batch = _batch(sources, describer)
        is_dropped = chance.random(batch.begins.shape) < _DROPPED_WORDS
        batch.rows[is_dropped, len(feature_numbers()) :] = 0
        masks = [dropout_mask(count, WIDTH, _DROPPED_NUMBERS, chance) for _ in DILATIONS]
        descent.step(step, steps, _gradients(weights, batch, masks))
        for name in weights.keys() - {"last bias"}:
            np.clip(weights[name], -MAX_WEIGHT, MAX_WEIGHT, weights[name])
    return weights


def _batch(sources: Sequence[tuple[Samples, int]], describer: _Describer) -> _Batch:
    lines = [list(islice(samples, _WINDOW)) for samples, windows in sources for _ in range(windows)]
    weights = np.array([[each.weight for each in line] for line in lines], np.float32)
    weights[:, 0] = 0  # that a line begins there tells nothing
    return _Batch(
        np.array([[describer.row(each.word) for each in line] for line in lines]),
        np.array([[each.begins for each in line] for line in lines], np.float32),
        weights,
    )


def _initial(dimensions: int, chance: np.random.Generator) -> dict[str, Array]:
    """Return a network that has learned nothing."""
    weights: dict[str, Array] = {}
    for name, shape in boundary_weight_shapes(dimensions).items():
        scale = 0.0 if "bias" in name else 0.08 if name == "features" else shape[0] ** -0.5
        scale *= 0.3 if name == "boundary" else 0.5 if name == "vectors" else 1
        weights[name] = (chance.normal(size=shape) * scale).astype(np.float32)
    weights["last bias"][:] = _FIRST_BIAS
    return weights


def _gradients(weights: Weights, batch: _Batch, masks: Sequence[Array]) -> Mapping[str, Array]:
    """Return what would make the network's answers worse, by array."""
    table = np.concatenate([weights["features"], weights["vectors"]])
    first = batch.rows @ table + weights["bias"]
    state, layers = np.maximum(first, 0), []
    for layer, distance in enumerate(DILATIONS):
        state = state * masks[layer]
        sides = around(state, distance)
        after = sides @ weights[f"layer {layer}"] + weights[f"bias {layer}"]
        layers.append((sides, after > 0))
        state = state + np.maximum(after, 0)
    odds = state @ weights["boundary"] + weights["last bias"]
    wrong = 1 / (1 + np.exp(-odds[..., 0])) - batch.begins
    down = (wrong * batch.weights / batch.weights.sum())[..., None].astype(np.float32)
    slopes = {"boundary": product(state, down), "last bias": down.sum((0, 1))}
    down = down @ weights["boundary"].T
    for layer, distance in reversed(list(enumerate(DILATIONS))):
        sides, is_positive = layers[layer]
        inner = down * is_positive
        slopes[f"layer {layer}"] = product(sides, inner)
        slopes[f"bias {layer}"] = inner.sum((0, 1))
        down = (down + slopes_of_words(inner @ weights[f"layer {layer}"].T, distance)) * masks[
            layer
        ]
    down = down * (first > 0)
    slopes["bias"] = down.sum((0, 1))
    count = len(weights["features"])
    both = product(batch.rows, down)
    return {**slopes, "features": both[:count], "vectors": both[count:]}
