"""Adapts the shipped model to a site's own headlines, and calibrates it on them."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from mujaz.enrich.headlines.boundary_model import (
    BEGINS,
    BoundaryModel,
    TrainingLine,
    boundary_probabilities,
    glue,
    labels,
    length_prior,
    open_tagger,
    train_crf,
)
from mujaz.enrich.headlines.segmentation import log_odds, probability, segments
from mujaz.enrich.headlines.splitter import TARGET_PRECISION, BoundaryScorer

_MIN_TRAINING_HEADLINES, _MAX_TRAINING_HEADLINES = 300, 3000
"""Fewer headlines teach little."""
_VALIDATION_STRIDE = 4
"""One own headline in so many is held out from the training, to test what was learned."""
_WEIGHTS = (0.0, 0.2, 0.35, 0.5, 0.65, 0.8)
"""Weights of the site's CRF that are tried: 0 where the shipped one alone is better."""
_REPEATS = 3
_MIN_CALIBRATION_HEADLINES, _MAX_CALIBRATION_HEADLINES = 100, 400
"""Headlines that a model is tested on: with fewer it proves nothing."""
_NEVER = 2.0
"""A threshold that no confidence reaches."""
_CRF_SETTINGS = {"c1": 0.3, "c2": 0.5, "max_iterations": 50, "feature.possible_transitions": True}


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
        shipped = boundary_probabilities(self._shipped.tagger, rows)
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


def calibrated_threshold(titles: Sequence[str], model: BoundaryScorer) -> float:
    """Return the confidence from which the model is right about this site's own headlines.

    They are glued together, and the model is tested on them. Where it never is right often enough,
    or there are too few to tell, that is more than 1: another source's headlines may be unlike all
    that the model has seen, and then its confidence means nothing.
    """
    if len(titles) < _MIN_CALIBRATION_HEADLINES:
        return _NEVER
    return _reliable_from(
        [each for line in validation_lines(titles) for each in _test(line, model)]
    )


def validation_lines(titles: Sequence[str]) -> list[list[str]]:
    """Return the titles glued together, few ones in more than one company."""
    sample = titles[:_MAX_CALIBRATION_HEADLINES]
    return list(glue(sample, 1 + _MAX_CALIBRATION_HEADLINES // (1 + len(sample)), random.Random(2)))


def _test(titles: Sequence[str], model: BoundaryScorer) -> list[tuple[float, bool]]:
    """Return the confidence in each headline that the model finds, and whether it is one."""
    words = [word for title in titles for word in title.split()]
    starts = [0]
    for title in titles:
        starts.append(starts[-1] + len(title.split()))
    real = set(pairwise(starts))
    odds = [log_odds(probability) for probability in model.probabilities(words)]
    return [
        (part.confidence, (part.first, part.last) in real) for part in segments(odds, model.lengths)
    ]


def _reliable_from(tested: Sequence[tuple[float, bool]]) -> float:
    """Return the least confidence from which enough of the tested headlines are right."""
    threshold = _NEVER
    right = 0
    wrong_first = sorted(tested, key=lambda each: (-each[0], each[1]))
    for count, (confidence, is_right) in enumerate(wrong_first, 1):
        right += is_right
        # Two more wrong ones than seen: a few lucky hits are no proof.
        if right >= TARGET_PRECISION * (count + 2):
            threshold = confidence
    return threshold
