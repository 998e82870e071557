"""Cuts words into headlines, given how likely each gap is a boundary, and says how sure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

LONGEST = 32
"""Words a headline has at most."""
_CERTAIN = 12.0
"""Log odds from which a gap's probability is taken as certain."""


class Segment(NamedTuple):
    """One headline among the words."""

    first: int
    """Index of its first word."""
    last: int
    """Index after its last word."""
    confidence: float
    """Probability that both its ends are right and no boundary lies within."""


def segments(odds: Sequence[float], lengths: Sequence[float]) -> list[Segment]:
    """Return the likeliest headlines of a run of words, in order; together they are all of it.

    `odds[i]` are the log odds that a headline begins at word `i` (the first does in any case);
    `lengths[n]` is the log probability that a headline has `n` words. Of cuts equally likely, the
    one with the earlier boundaries is taken.
    """
    count = len(odds)
    odds = [0.0, *odds[1:], 0.0]
    forward, back = _forward(odds, lengths, count)
    backward = _backward(odds, lengths, count)
    found: list[Segment] = []
    end = count
    while end:
        start = back[end]
        inside = forward[start] + _length(lengths, end - start) + odds[end] + backward[end]
        found.append(Segment(start, end, min(1.0, math.exp(inside - forward[count]))))
        end = start
    return found[::-1]


def log_odds(probability: float) -> float:
    """Return the logarithm of `probability` to its opposite, within ±12."""
    least = 1 / (1 + math.exp(_CERTAIN))
    probability = min(max(probability, least), 1 - least)
    return math.log(probability / (1 - probability))


def probability(odds: float) -> float:
    """Return the probability whose log odds are `odds`."""
    return 1 / (1 + math.exp(-odds))


def _length(lengths: Sequence[float], count: int) -> float:
    # Beyond the longest, each word more is as unlikely again.
    over = count - len(lengths) + 1
    return lengths[count] if over <= 0 else lengths[-1] - over


def _forward(
    odds: Sequence[float], lengths: Sequence[float], count: int
) -> tuple[list[float], list[int]]:
    """Return log sums over all cuts up to each word, and where the best cut's last part begins."""
    total, best, back = [0.0], [0.0], [0]
    for end in range(1, count + 1):
        starts = range(max(0, end - LONGEST), end)
        scores = [_length(lengths, end - start) + odds[end] for start in starts]
        total.append(_log_sum([total[s] + x for s, x in zip(starts, scores, strict=True)]))
        choices = [best[s] + x for s, x in zip(starts, scores, strict=True)]
        best.append(max(choices))
        back.append(starts[choices.index(best[-1])])
    return total, back


def _backward(odds: Sequence[float], lengths: Sequence[float], count: int) -> list[float]:
    total = [0.0] * (count + 1)
    for start in range(count - 1, -1, -1):
        ends = range(start + 1, min(count, start + LONGEST) + 1)
        total[start] = _log_sum(
            [_length(lengths, end - start) + odds[end] + total[end] for end in ends]
        )
    return total


def _log_sum(values: Sequence[float]) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(value - top) for value in values))
