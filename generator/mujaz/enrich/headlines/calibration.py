"""Tries a model on a site's own headlines, to know from which confidence it can be trusted."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from mujaz.enrich.headlines.segmentation import Segment, log_odds, segments
from mujaz.enrich.headlines.training import glue

PRECISION = 0.96
"""Share of right ones among the shown that the model must reach on this site's own headlines,
before its word alone is taken; elsewhere it reaches a little less."""
_FEWEST, _MOST = 100, 400
"""Own headlines that the model is tried on: with fewer it proves nothing."""


class Model(Protocol):
    """Tells how likely each word of a line begins a headline."""

    lengths: Sequence[float]
    """Log probability of each number of words in a headline."""

    def probabilities(self, written: Sequence[str]) -> list[float]:
        """Return the probability that a headline begins at each word."""


def trusted_from(titles: Sequence[str], model: Model) -> float:
    """Return the confidence from which the model is right about this site's own headlines.

    They are glued together, and the model is tried on them. Where it never is right often enough,
    or there are too few to tell, that is more than 1: another paper's headlines may be unlike all
    that the model has seen, and then its confidence means nothing.
    """
    if len(titles) < _FEWEST:
        return 2.0
    lines = trial_lines(titles)
    return _least_confidence([found for line in lines for found in _trial(line, model)])


def trial_lines(titles: Sequence[str]) -> list[list[str]]:
    """Return the titles glued together, few ones in more than one company."""
    some = titles[:_MOST]
    return list(glue(some, 1 + _MOST // (1 + len(some)), random.Random(2)))


def _trial(titles: Sequence[str], model: Model) -> list[tuple[float, bool]]:
    """Return the confidence in each headline that the model finds, and whether it is one."""
    written = [word for title in titles for word in title.split()]
    starts = [0]
    for title in titles:
        starts.append(starts[-1] + len(title.split()))
    real = set(pairwise(starts))
    odds = [log_odds(p) for p in model.probabilities(written)]
    found: list[Segment] = segments(odds, model.lengths)
    return [(part.confidence, (part.first, part.last) in real) for part in found]


def _least_confidence(tried: Sequence[tuple[float, bool]]) -> float:
    """Return the least confidence from which enough of the tried are right."""
    least = 2.0
    right = 0
    wrong_first = sorted(tried, key=lambda each: (-each[0], each[1]))
    for count, (confidence, is_right) in enumerate(wrong_first, 1):
        right += is_right
        # Two more wrong ones than seen: a few lucky hits are no proof.
        if right >= PRECISION * (count + 2):
            least = confidence
    return least
