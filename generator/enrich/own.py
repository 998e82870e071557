"""Learns a paper's own way with headlines from those we hold, beside the shipped model."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Protocol

from generator.enrich.boundaries import Boundaries, probabilities, tagger
from generator.enrich.learning import Example, glue, labels, learn, length_prior
from generator.enrich.segments import log_odds, probability

Remember = Callable[[str, Callable[[], bytes]], bytes]
"""Given a name that stands for all that the content depends on, and how to make the content,
returns the content, maybe remembered from an earlier run."""

_FEWEST, _MOST = 300, 3000
"""Headlines: fewer teach little; more would take longer than ten seconds."""
_HALF_WAY = 500
"""Own headlines that weigh as much as the shipped model."""
_COPIES = 3
_CRF = {"c1": 0.3, "c2": 0.5, "max_iterations": 50, "feature.possible_transitions": True}
_VERSION = 1
"""To be raised with every change to what is learned."""


def make(name: str, content: Callable[[], bytes]) -> bytes:
    """Return the content, and remember nothing."""
    return content()


class Model(Protocol):
    """Tells how likely each word of a line begins a headline."""

    lengths: Sequence[float]
    """Log probability of each number of words in a headline."""

    def probabilities(self, written: Sequence[str]) -> list[float]:
        """Return the probability that a headline begins at each word."""


class Adapted:
    """The shipped model and one of the site's own headlines, which share the word."""

    def __init__(self, prior: Boundaries, crf: bytes, titles: Sequence[str]) -> None:
        """Take the shipped model, what `learn` made of the titles, and the titles."""
        self._prior = prior
        self._crf = crf  # the tagger reads it where it lies
        self._tagger = tagger(crf)
        self._share = len(titles) / (len(titles) + _HALF_WAY)
        self.lengths: Sequence[float] = length_prior(titles)

    def probabilities(self, written: Sequence[str]) -> list[float]:
        """Return the probability that a headline begins at each word: the mean of the log odds."""
        rows = self._prior.features(written)
        both = zip(
            probabilities(self._tagger, rows), self._prior.probabilities_of(rows), strict=True
        )
        return [
            probability(self._share * log_odds(own) + (1 - self._share) * log_odds(prior))
            for own, prior in both
        ]


def adapt(titles: Sequence[str], prior: Boundaries, remember: Remember) -> Model:
    """Return the shipped model, adapted to a site's own headlines if there are enough.

    The same titles in the same order give the same model.
    """
    titles = titles[:_MOST]
    if len(titles) < _FEWEST:
        return prior
    content = "\n".join((str(_VERSION), prior.digest, *titles))
    name = sha256(content.encode()).hexdigest()[:32]
    return Adapted(prior, remember(name, lambda: learn(_examples(titles, prior), _CRF)), titles)


def _examples(titles: Iterable[str], prior: Boundaries) -> Iterator[Example]:
    for sidebar in glue(list(titles), _COPIES, random.Random(1)):
        words = [word for title in sidebar for word in title.split()]
        yield prior.features(words), [label for title in sidebar for label in labels(title)]
