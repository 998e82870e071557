"""Trains the network that tells names; `EntityModel` reckons with what is learnt here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from mujaz.data.word_vectors import VECTOR_UNIT
from mujaz.enrich.entities.entity_model import DILATIONS, LABELS, WIDTH, Weights, weight_shapes
from mujaz.enrich.entities.sentence_features import phrase_features
from mujaz.enrich.entities.word_features import (
    KNOWLEDGE_ROWS,
    LETTER_ROWS,
    FeatureExtractor,
    WordFeatures,
)
from mujaz.training.dilated_layers import (
    Array,
    Descent,
    around,
    dropout_mask,
    product,
    slopes_of_words,
)

_WINDOW = 256
"""Words of a stretch of text that is learnt from at once."""
_JUDGED_WORDS = 4_096
"""Words of a stretch that is judged at once."""
_RATE, _WARM_UP_STEPS, _DECAY = 3e-3, 40, 0.02
_DROPPED_WORDS, _DROPPED_KNOWLEDGE, _DROPPED_NUMBERS = 0.1, 0.1, 0.15
"""Shares of words without vector and letters, of features and of numbers left out while learning:
so a word is told by what stands around it, too."""
_ROWS = KNOWLEDGE_ROWS + LETTER_ROWS


class EncodedTexts(NamedTuple):
    """Texts as numbers, one after the other."""

    words: Array
    """For each word of the texts its row in the two tables of different words."""
    placed: Array
    """For each word the features that its place gives it, as a sparse matrix."""
    features: Array
    """For each different word its features, as a sparse matrix."""
    vectors: Array
    """For each different word its two vectors side by side."""
    targets: Array
    """For each word how likely each label is."""


def encoded(
    texts: Iterable[Sequence[Sequence[str]]],
    extractor: FeatureExtractor,
    targets: Array | None = None,
) -> EncodedTexts:
    """Return texts, given as their sentences' tokens, as numbers.

    `targets` has a row for each token; sentences that end without a full stop get one.
    """
    numbers: dict[str, int] = {}
    different: list[WordFeatures] = []
    words: list[int] = []
    cells: list[tuple[int, int]] = []
    is_added: list[bool] = []
    for sentences in texts:
        for sentence in filter(None, sentences):
            looked_up = [extractor.word(token) for token in sentence]
            for index, features in phrase_features(looked_up, extractor.lexicon).items():
                cells += [(len(words) + index, feature) for feature in features]
            ended = sentence if sentence[-1] == "." else [*sentence, "."]
            for token in ended:
                if token not in numbers:
                    numbers[token] = len(different)
                    different.append(extractor.word(token))
                words.append(numbers[token])
            is_added += [False] * len(sentence) + [True] * (len(ended) - len(sentence))
    spread = np.tile(np.eye(len(LABELS), dtype=np.float32)[0], (len(words), 1))
    if targets is not None:
        spread[~np.array(is_added)] = targets
    rows = [(row, feature) for row, word in enumerate(different) for feature in word.features]
    return EncodedTexts(
        np.array(words),
        _matrix(cells, len(words)),
        _matrix(rows, len(different)),
        _vectors(different, extractor),
        spread,
    )


def _matrix(cells: Sequence[tuple[int, int]], count: int) -> Array:
    rows, columns = np.array(cells, int).reshape(-1, 2).T
    return csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), (count, _ROWS))


def _vectors(words: Sequence[WordFeatures], extractor: FeatureExtractor) -> Array:
    rows = np.array([[-1 if row is None else row for row in word.vector_rows] for word in words])
    vectors = extractor.vectors.rows[rows] * np.float32(VECTOR_UNIT) * (rows >= 0)[..., None]
    return vectors.reshape(len(words), -1).astype(np.float32)


class _Batch(NamedTuple):
    """Windows of texts, ready to be learnt from or judged."""

    features: Array
    vectors: Array
    placed: Array
    places: Array
    """For each word of the windows its row in `features` and `vectors`."""
    targets: Array


def _batch(texts: EncodedTexts, starts: Array, length: int) -> _Batch:
    positions = (starts[:, None] + np.arange(length)).ravel()
    different, places = np.unique(texts.words[positions], return_inverse=True)
    return _Batch(
        texts.features[different],
        texts.vectors[different],
        texts.placed[positions],
        places.reshape(len(starts), length),
        texts.targets[positions].reshape(len(starts), length, -1),
    )


def _with_gaps(batch: _Batch, chance: np.random.Generator) -> _Batch:
    """Return the batch with some of what is known of words left out."""
    features = batch.features.copy()
    has_word = chance.random(len(batch.vectors)) >= _DROPPED_WORDS
    row = np.repeat(np.arange(features.shape[0]), np.diff(features.indptr))
    is_letter = features.indices >= KNOWLEDGE_ROWS
    stays = chance.random(len(features.data)) >= _DROPPED_KNOWLEDGE
    features.data *= np.where(is_letter, has_word[row], stays).astype(np.float32)
    placed = batch.placed.copy()
    placed.data *= chance.random(len(placed.data)) >= _DROPPED_KNOWLEDGE
    vectors = batch.vectors * has_word[:, None].astype(np.float32)
    return batch._replace(features=features, vectors=vectors, placed=placed)


def initial_weights(dimensions: int, chance: np.random.Generator) -> dict[str, Array]:
    """Return a network that knows nothing, for vectors of so many numbers."""
    weights = {}
    for name, shape in weight_shapes(dimensions).items():
        scale = 0.0 if "bias" in name else 0.06 if name == "features" else shape[0] ** -0.5
        scale *= 0.3 if name == "labels" else 1
        weights[name] = (chance.normal(size=shape) * scale).astype(np.float32)
    return weights


class _Passed(NamedTuple):
    """What a network makes of a batch, layer by layer."""

    first: Array
    layers: Sequence[tuple[Array, Array]]
    """What each layer sees, and where its numbers are positive."""
    last: Array
    shares: Array


def _passed(weights: Weights, batch: _Batch, masks: Sequence[Array] = ()) -> _Passed:
    """Return what the network makes of a batch; `masks` are of numbers to be left out."""
    sums = batch.features @ weights["features"] + batch.vectors @ weights["vectors"]
    placed = (batch.placed @ weights["features"]).reshape(*batch.places.shape, WIDTH)
    first = sums[batch.places] + placed + weights["bias"]
    state, layers = np.maximum(first, 0), []
    for layer, distance in enumerate(DILATIONS):
        state = state * masks[layer] if masks else state
        sides = around(state, distance)
        after = sides @ weights[f"layer {layer}"] + weights[f"bias {layer}"]
        layers.append((sides, after > 0))
        state = state + np.maximum(after, 0)
    odds = state @ weights["labels"] + weights["label bias"]
    odds = np.exp(odds - odds.max(-1, keepdims=True))
    return _Passed(first, layers, state, odds / odds.sum(-1, keepdims=True))


def _gradients(weights: Weights, batch: _Batch, masks: Sequence[Array]) -> dict[str, Array]:
    """Return what would make the network's labels worse, by array."""
    passed = _passed(weights, batch, masks)
    down = (passed.shares - batch.targets) / np.float32(batch.places.size)
    slopes = {"labels": product(passed.last, down), "label bias": down.sum((0, 1))}
    down = down @ weights["labels"].T
    for layer, distance in reversed(list(enumerate(DILATIONS))):
        sides, is_positive = passed.layers[layer]
        inner = down * is_positive
        slopes[f"layer {layer}"] = product(sides, inner)
        slopes[f"bias {layer}"] = inner.sum((0, 1))
        down = (down + slopes_of_words(inner @ weights[f"layer {layer}"].T, distance)) * masks[
            layer
        ]
    flat = (down * (passed.first > 0)).reshape(-1, WIDTH)
    ones = np.ones(len(flat), np.float32)
    shape = batch.vectors.shape[0], len(flat)
    by_word = csr_matrix((ones, (batch.places.ravel(), np.arange(len(flat)))), shape) @ flat
    slopes["bias"] = flat.sum(0)
    slopes["vectors"] = batch.vectors.T @ by_word
    slopes["features"] = batch.features.T @ by_word + batch.placed.T @ flat
    return slopes


def label_shares(weights: Weights, texts: EncodedTexts) -> Array:
    """Return how likely the network holds each label of each word."""
    shares = []
    for start in range(0, len(texts.words), _JUDGED_WORDS):
        length = min(_JUDGED_WORDS, len(texts.words) - start)
        shares.append(_passed(weights, _batch(texts, np.array([start]), length)).shares[0])
    return np.concatenate(shares)


def trained_weights(
    texts: Sequence[tuple[EncodedTexts, int]], dimensions: int, steps: int, seed: int
) -> Weights:
    """Return a network that learnt from `texts`, each with how many windows of it at a time."""
    chance = np.random.default_rng(seed)
    weights = initial_weights(dimensions, chance)
    descent = Descent(weights, _RATE, _WARM_UP_STEPS, _DECAY)
    for step in range(1, steps + 1):
        total: dict[str, Array] = {}
        windows = sum(count for _, count in texts)
        for each, count in texts:
            starts = chance.integers(0, len(each.words) - _WINDOW, count)
            batch = _with_gaps(_batch(each, starts, _WINDOW), chance)
            masks = [dropout_mask(count, WIDTH, _DROPPED_NUMBERS, chance) for _ in DILATIONS]
            slopes = _gradients(weights, batch, masks)
            for name, slope in slopes.items():
                total[name] = total.get(name, 0) + slope * np.float32(count / windows)
        descent.step(step, steps, total)
    return weights
