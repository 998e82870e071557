"""Adapts the shipped model to a site's own headlines, and tests what was learned."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

from mujaz.enrich.headlines.boundary_model import (
    BoundaryModel,
    boundary_probabilities,
    open_tagger,
)
from mujaz.enrich.headlines.calibration import (
    BoundaryScorer,
    calibrated_threshold,
    validation_lines,
)
from mujaz.enrich.headlines.crf_training import (
    BEGINS,
    TrainingLine,
    glue,
    labels,
    length_prior,
    train_crf,
)
from mujaz.enrich.headlines.segmentation import log_odds, probability

_MIN_TRAINING_HEADLINES, _MAX_TRAINING_HEADLINES = 300, 3000
"""Fewer headlines teach little."""
_VALIDATION_STRIDE = 4
"""One own headline in so many is held out from the training, to test what was learned."""
_WEIGHTS = (0.0, 0.2, 0.35, 0.5, 0.65, 0.8)
"""Weights of the site's CRF that are tried: 0 where the shipped one alone is better."""
_REPEATS = 3
_CRF_SETTINGS = {
    "c1": 0.3,
    "c2": 0.5,
    "max_iterations": 50,
    "feature.possible_transitions": True,
}


class AdaptedModel:
    """A weighted mean of the shipped model and of a CRF trained on the site's own headlines."""

    def __init__(
        self, shipped: BoundaryModel, crf: bytes, lengths: Sequence[float], weight: float
    ) -> None:
        """Take the shipped model, the trained CRF, the length prior, and the CRF's weight."""
        self._shipped = shipped
        self.crf = crf  # the tagger reads it where it lies
        self._tagger = open_tagger(crf)
        self.lengths = lengths
        self.weight = weight

    def probabilities(self, words: Sequence[str]) -> list[float]:
        """Return the probability that a headline begins at each word: the mean of the log odds."""
        return [
            probability(self.weight * site + (1 - self.weight) * shipped)
            for site, shipped in self.log_odds(words)
        ]

    def log_odds(self, words: Sequence[str]) -> list[tuple[float, float]]:
        """Return the log odds of both models for each word, the site's first."""
        rows = self._shipped.gap_features(words)
        site = boundary_probabilities(self._tagger, rows)
        shipped = self._shipped.probabilities_from_features(rows)
        return [(log_odds(a), log_odds(b)) for a, b in zip(site, shipped, strict=True)]


class SiteModel(NamedTuple):
    """The model of a site's headlines."""

    scorer: BoundaryScorer
    threshold: float
    """Confidence from which it is reliable, tested on headlines that it has not learned."""


def train_site_model(titles: Iterable[str], shipped: BoundaryModel) -> bytes:
    """Return what `load_site_model` reads, learned from some titles and tested on others.

    The same titles give the same bytes, in whatever order; with few ones, the shipped model is
    only tested.
    """
    # By a digest, so that neither the order of inputs nor the day's news decides what is tested.
    ordered = sorted(set(titles), key=lambda title: (crc32(title.encode()), title))
    training = [title for i, title in enumerate(ordered) if i % _VALIDATION_STRIDE]
    training = training[:_MAX_TRAINING_HEADLINES]
    if len(training) < _MIN_TRAINING_HEADLINES:
        return _serialised({"threshold": calibrated_threshold(ordered, shipped)}, b"")
    held_out = ordered[::_VALIDATION_STRIDE]
    model = adapt_model(training, validation_lines(held_out), shipped)
    header = {
        "lengths": model.lengths,
        "weight": model.weight,
        "threshold": calibrated_threshold(held_out, model),
    }
    return _serialised(header, model.crf)


def load_site_model(trained: bytes, shipped: BoundaryModel) -> SiteModel:
    """Return the model that `train_site_model` trained."""
    head, _, crf = trained.partition(b"\n")
    header = json.loads(head)
    if not crf:
        return SiteModel(shipped, header["threshold"])
    adapted = AdaptedModel(shipped, crf, header["lengths"], header["weight"])
    return SiteModel(adapted, header["threshold"])


def adapt_model(
    titles: Sequence[str], held_out: Sequence[Sequence[str]], shipped: BoundaryModel
) -> AdaptedModel:
    """Return the shipped model, adapted to a site's own headlines.

    `held_out` are lines of other headlines of the site, to choose the weight. The same titles in
    the same order give the same model.
    """
    crf, lengths = train_crf(_training_lines(titles, shipped), _CRF_SETTINGS), length_prior(titles)
    weight = _best_weight(AdaptedModel(shipped, crf, lengths, 0.0), held_out)
    return AdaptedModel(shipped, crf, lengths, weight)


def _serialised(header: dict[str, object], crf: bytes) -> bytes:
    return json.dumps(header).encode() + b"\n" + crf


def _best_weight(model: AdaptedModel, held_out: Sequence[Sequence[str]]) -> float:
    """Return the weight with which the boundaries of the held-out headlines are likeliest."""
    scored: list[tuple[float, float, bool]] = []
    for line in held_out:
        odds = model.log_odds([word for title in line for word in title.split()])
        begins = [label == BEGINS for title in line for label in labels(title)]
        scored += [(*both, is_boundary) for both, is_boundary in zip(odds, begins, strict=True)]

    def cross_entropy(weight: float) -> float:
        odds = ((weight * site + (1 - weight) * shipped, real) for site, shipped, real in scored)
        return -sum(math.log(probability(x if real else -x)) for x, real in odds)

    return min(_WEIGHTS, key=cross_entropy)


def _training_lines(titles: Iterable[str], shipped: BoundaryModel) -> Iterator[TrainingLine]:
    for line in glue(list(titles), _REPEATS, random.Random(1)):
        words = [word for title in line for word in title.split()]
        yield shipped.gap_features(words), [label for title in line for label in labels(title)]
