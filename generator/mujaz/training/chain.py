"""Takes a trained model of names apart: weights of features, and how labels follow each other.

The library keeps both in one file and offers no way to set a weight; but where it writes them is
documented, and so they are read from one file and written into another.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from struct import Struct

import pycrfsuite

from mujaz.enrich.entities.entity_model import LABELS, EntityModel, FeatureWeights, packed_weights
from mujaz.training import trained_crf

_HEAD = Struct("<4sI4sIIIIIIIII")
_FEATURE = Struct("<IIId")
"""Kind (of a feature, or of a label after another), what it is of, label, and weight."""


def taken_apart(trained: bytes) -> tuple[bytes, bytes]:
    """Return the weights (see `packed_weights`), and a model of labels alone."""
    attributes, labels = _names(trained)
    weights: dict[str, list[float]] = {name: [0.0] * len(LABELS) for name in attributes.values()}
    if len(weights) != _HEAD.unpack_from(trained)[6]:
        raise ValueError("two features of the model have one name")
    follow: dict[tuple[str, str], float] = {}
    for _, kind, source, target, weight in _features(trained):
        if kind:
            follow[labels[source], labels[target]] = weight
        else:
            weights[attributes[source]][LABELS.index(labels[target])] = weight
    return packed_weights(weights), _chain(follow)


def put_together(weights: bytes, chain: bytes) -> EntityModel:
    """Return the model."""
    tagger = pycrfsuite.Tagger()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chain"
        path.write_bytes(chain)
        tagger.open(str(path))
    return EntityModel(FeatureWeights(weights), tagger)


def _chain(follow: Mapping[tuple[str, str], float]) -> bytes:
    """Return a model that is told how much speaks for each label, and knows how they follow."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {"feature.possible_states": True, "feature.possible_transitions": True, "max_iterations": 1}
    )
    for pair in product(LABELS, repeat=2):
        trainer.append([{label: 1.0} for label in pair], pair)
    content = bytearray(trained_crf(trainer))
    attributes, labels = _names(bytes(content))
    remaining = dict(follow)
    for offset, kind, source, target, _ in list(_features(bytes(content))):
        if kind:
            weight = remaining.pop((labels[source], labels[target]), 0.0)
        else:
            weight = float(attributes[source] == labels[target])
        _FEATURE.pack_into(content, offset, kind, source, target, weight)
    if remaining:
        raise ValueError("a label follows another that the chain does not have")
    return bytes(content)


def _names(model: bytes) -> tuple[dict[int, str], dict[int, str]]:
    """Return the names of features and of labels, by number."""
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(model)
    info = tagger.info()
    attributes = {int(number): name for name, number in info.attributes.items()}
    return attributes, {int(number): name for name, number in info.labels.items()}


def _features(model: bytes) -> Iterator[tuple[int, int, int, int, float]]:
    """Yield where each weight stands, its kind, what it is of, its label, and the weight."""
    offset = _HEAD.unpack_from(model)[7]
    count = int.from_bytes(model[offset + 8 : offset + 12], "little")
    for number in range(count):
        start = offset + 12 + number * _FEATURE.size
        kind, source, target, weight = _FEATURE.unpack_from(model, start)
        yield start, kind, source, target, weight
