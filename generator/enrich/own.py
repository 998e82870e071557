"""Learns a paper's own way with headlines from those we hold, beside the shipped model."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Protocol

from generator.enrich.boundaries import Boundaries, probabilities, tagger
from generator.enrich.kept import Remember
from generator.enrich.learning import BEGINS, Example, glue, labels, learn, length_prior
from generator.enrich.segments import log_odds, probability

_FEWEST, _MOST = 300, 3000
"""Headlines: fewer teach little; more would take longer than ten seconds."""
_SHARES = (0.0, 0.2, 0.35, 0.5, 0.65, 0.8)
"""How much the own model may say beside the shipped one: nothing, where that one knows better."""
_COPIES = 3
_CRF = {"c1": 0.3, "c2": 0.5, "max_iterations": 50, "feature.possible_transitions": True}
_VERSION = 1
"""To be raised with every change to what is learned."""


class Model(Protocol):
    """Tells how likely each word of a line begins a headline."""

    lengths: Sequence[float]
    """Log probability of each number of words in a headline."""

    def probabilities(self, written: Sequence[str]) -> list[float]:
        """Return the probability that a headline begins at each word."""


class Adapted:
    """The shipped model and one of the site's own headlines, which share the word."""

    def __init__(
        self, prior: Boundaries, crf: bytes, titles: Sequence[str], unseen: Sequence[Sequence[str]]
    ) -> None:
        """Take the shipped model, what `learn` made of the titles, the titles, and others.

        The unseen ones, in lines, decide how much what was learned may say.
        """
        self._prior = prior
        self._crf = crf  # the tagger reads it where it lies
        self._tagger = tagger(crf)
        self.lengths: Sequence[float] = length_prior(titles)
        self._share = self._best_share(unseen)

    def _best_share(self, unseen: Sequence[Sequence[str]]) -> float:
        """Return the share with which the unseen headlines' boundaries are likeliest."""
        said: list[tuple[float, float, bool]] = []
        for line in unseen:
            both = self._log_odds([word for title in line for word in title.split()])
            begins = [label == BEGINS for title in line for label in labels(title)]
            said += [(own, prior, real) for (own, prior), real in zip(both, begins, strict=True)]

        def surprise(share: float) -> float:
            odds = ((share * own + (1 - share) * prior, real) for own, prior, real in said)
            return -sum(math.log(probability(x if real else -x)) for x, real in odds)

        return min(_SHARES, key=surprise)

    def probabilities(self, written: Sequence[str]) -> list[float]:
        """Return the probability that a headline begins at each word: the mean of the log odds."""
        return [
            probability(self._share * own + (1 - self._share) * prior)
            for own, prior in self._log_odds(written)
        ]

    def _log_odds(self, written: Sequence[str]) -> list[tuple[float, float]]:
        """Return what both models say of each word."""
        rows = self._prior.features(written)
        own, prior = probabilities(self._tagger, rows), self._prior.probabilities_of(rows)
        return [(log_odds(a), log_odds(b)) for a, b in zip(own, prior, strict=True)]


def adapt(
    titles: Sequence[str], unseen: Sequence[Sequence[str]], prior: Boundaries, remember: Remember
) -> Model:
    """Return the shipped model, adapted to a site's own headlines if there are enough.

    `unseen` are lines of other headlines of the site, to weigh what was learned. The same titles
    in the same order give the same model.
    """
    titles = titles[:_MOST]
    if len(titles) < _FEWEST:
        return prior
    content = "\n".join((str(_VERSION), prior.digest, *titles))
    name = sha256(content.encode()).hexdigest()[:32]
    crf = remember(name, lambda: learn(_examples(titles, prior), _CRF))
    return Adapted(prior, crf, titles, unseen)


def _examples(titles: Iterable[str], prior: Boundaries) -> Iterator[Example]:
    for sidebar in glue(list(titles), _COPIES, random.Random(1)):
        words = [word for title in sidebar for word in title.split()]
        yield prior.features(words), [label for title in sidebar for label in labels(title)]
