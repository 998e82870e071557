"""Learns a paper's own way with headlines from those we hold, beside the shipped model."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

from mujaz.enrich.headlines.boundary_model import Boundaries, probabilities, tagger
from mujaz.enrich.headlines.calibration import Model, trial_lines, trusted_from
from mujaz.enrich.headlines.segmentation import log_odds, probability
from mujaz.enrich.headlines.training import (
    BEGINS,
    Example,
    glue,
    labels,
    learn,
    length_prior,
)

_FEWEST, _MOST = 300, 3000
"""Headlines that are learned: fewer teach little."""
_TRIED = 4
"""One own headline in so many is kept from the learning, to try what was learned."""
_SHARES = (0.0, 0.2, 0.35, 0.5, 0.65, 0.8)
"""How much the own model may say beside the shipped one: nothing, where that one knows better."""
_COPIES = 3
_CRF = {"c1": 0.3, "c2": 0.5, "max_iterations": 50, "feature.possible_transitions": True}


class Adapted:
    """The shipped model and one of the site's own headlines, which share the word."""

    def __init__(
        self, prior: Boundaries, crf: bytes, lengths: Sequence[float], share: float
    ) -> None:
        """Take the shipped model, what was learned, and how much the latter may say."""
        self._prior = prior
        self.crf = crf  # the tagger reads it where it lies
        self._tagger = tagger(crf)
        self.lengths = lengths
        self.share = share

    def probabilities(self, written: Sequence[str]) -> list[float]:
        """Return the probability that a headline begins at each word: the mean of the log odds."""
        return [
            probability(self.share * own + (1 - self.share) * prior)
            for own, prior in self.log_odds(written)
        ]

    def log_odds(self, written: Sequence[str]) -> list[tuple[float, float]]:
        """Return what both models say of each word."""
        rows = self._prior.features(written)
        own, prior = probabilities(self._tagger, rows), self._prior.probabilities_of(rows)
        return [(log_odds(a), log_odds(b)) for a, b in zip(own, prior, strict=True)]


class Own(NamedTuple):
    """What is known of a site's own headlines."""

    model: Model
    trusted: float
    """Confidence from which the model is trusted: tried on what it has not learned."""


def study(titles: Iterable[str], prior: Boundaries) -> bytes:
    """Return what `own` makes a model of, learned from some of the titles and tried on others.

    The same titles give the same, in whatever order; with few ones, the shipped model is only
    tried.
    """
    # By a digest, so that neither the order of inputs nor the day's news decides what is tried.
    ordered = sorted(set(titles), key=lambda title: (crc32(title.encode()), title))
    learned = [title for i, title in enumerate(ordered) if i % _TRIED][:_MOST]
    if len(learned) < _FEWEST:
        return _packed({"trusted": trusted_from(ordered, prior)}, b"")
    unseen = ordered[::_TRIED]
    model = adapt(learned, trial_lines(unseen), prior)
    facts = {"lengths": model.lengths, "share": model.share}
    return _packed({**facts, "trusted": trusted_from(unseen, model)}, model.crf)


def own(studied: bytes, prior: Boundaries) -> Own:
    """Return what was learned, as it lies in what `study` returned."""
    head, _, crf = studied.partition(b"\n")
    facts = json.loads(head)
    if not crf:
        return Own(prior, facts["trusted"])
    return Own(Adapted(prior, crf, facts["lengths"], facts["share"]), facts["trusted"])


def adapt(titles: Sequence[str], unseen: Sequence[Sequence[str]], prior: Boundaries) -> Adapted:
    """Return the shipped model, adapted to a site's own headlines.

    `unseen` are lines of other headlines of the site, to weigh what was learned. The same titles
    in the same order give the same model.
    """
    crf, lengths = learn(_examples(titles, prior), _CRF), length_prior(titles)
    share = _best_share(Adapted(prior, crf, lengths, 0.0), unseen)
    return Adapted(prior, crf, lengths, share)


def _packed(facts: dict[str, object], crf: bytes) -> bytes:
    return json.dumps(facts).encode() + b"\n" + crf


def _best_share(model: Adapted, unseen: Sequence[Sequence[str]]) -> float:
    """Return the share with which the unseen headlines' boundaries are likeliest."""
    said: list[tuple[float, float, bool]] = []
    for line in unseen:
        both = model.log_odds([word for title in line for word in title.split()])
        begins = [label == BEGINS for title in line for label in labels(title)]
        said += [(own, prior, real) for (own, prior), real in zip(both, begins, strict=True)]

    def surprise(share: float) -> float:
        odds = ((share * own + (1 - share) * prior, real) for own, prior, real in said)
        return -sum(math.log(probability(x if real else -x)) for x, real in odds)

    return min(_SHARES, key=surprise)


def _examples(titles: Iterable[str], prior: Boundaries) -> Iterator[Example]:
    for sidebar in glue(list(titles), _COPIES, random.Random(1)):
        words = [word for title in sidebar for word in title.split()]
        yield prior.features(words), [label for title in sidebar for label in labels(title)]
