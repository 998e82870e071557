"""Tests a model on a site's own headlines, to find the confidence from which it is reliable."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from mujaz.enrich.headlines.crf_training import glue
from mujaz.enrich.headlines.segmentation import log_odds, segments

TARGET_PRECISION = 0.96
"""Share of right ones among the shown that the model must reach on this site's own headlines,
before it is enough alone; elsewhere it reaches a little less."""
_MIN_HEADLINES, _MAX_HEADLINES = 100, 400
"""Own headlines that the model is tested on: with fewer it proves nothing."""
_NEVER = 2.0
"""A threshold that no confidence reaches."""


class BoundaryScorer(Protocol):
    """A model of where headlines begin in a line."""

    lengths: Sequence[float]
    """Log probability of each number of words in a headline."""

    def probabilities(self, words: Sequence[str]) -> list[float]:
        """Return the probability that a headline begins at each word."""


def calibrated_threshold(titles: Sequence[str], model: BoundaryScorer) -> float:
    """Return the confidence from which the model is right about this site's own headlines.

    They are glued together, and the model is tested on them. Where it never is right often enough,
    or there are too few to tell, that is more than 1: another source's headlines may be unlike all
    that the model has seen, and then its confidence means nothing.
    """
    if len(titles) < _MIN_HEADLINES:
        return _NEVER
    return _threshold([each for line in validation_lines(titles) for each in _test(line, model)])


def validation_lines(titles: Sequence[str]) -> list[list[str]]:
    """Return the titles glued together, few ones in more than one company."""
    sample = titles[:_MAX_HEADLINES]
    return list(glue(sample, 1 + _MAX_HEADLINES // (1 + len(sample)), random.Random(2)))


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


def _threshold(tested: Sequence[tuple[float, bool]]) -> float:
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
