"""Cuts words into headlines, given how likely each gap is a boundary, with a confidence in each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import add
from typing import NamedTuple

MAX_HEADLINE_WORDS = 26
_MAX_LOG_ODDS = 12.0
"""Log odds from which a boundary is taken as certain."""


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
    by_length = [_length_log_probability(lengths, n) for n in range(1, MAX_HEADLINE_WORDS + 1)]
    forward, back = _forward(odds, by_length)
    backward = _backward(odds, by_length)
    from_last: list[Segment] = []
    end = count
    while end:
        start = back[end]
        inside = forward[start] + by_length[end - start - 1] + backward[end]
        from_last.append(Segment(start, end, min(1.0, math.exp(inside - forward[count]))))
        end = start
    return from_last[::-1]


def log_odds(probability: float) -> float:
    """Return the logarithm of `probability` to its opposite, within ±12."""
    least = 1 / (1 + math.exp(_MAX_LOG_ODDS))
    probability = min(max(probability, least), 1 - least)
    return math.log(probability / (1 - probability))


def probability(odds: float) -> float:
    """Return the probability whose log odds are `odds`."""
    return 1 / (1 + math.exp(-odds))


def _length_log_probability(lengths: Sequence[float], count: int) -> float:
    # Beyond the longest, each word more is as unlikely again.
    over = count - len(lengths) + 1
    return lengths[count] if over <= 0 else lengths[-1] - over


def _forward(odds: Sequence[float], by_length: Sequence[float]) -> tuple[list[float], list[int]]:
    """Return log sums over all cuts up to each word, and where the best cut's last part begins."""
    longest_first = by_length[::-1]
    total, best, back = [0.0], [0.0], [0]
    for end in range(1, len(odds)):
        first = max(0, end - MAX_HEADLINE_WORDS)
        part = longest_first[first - end :]
        total.append(odds[end] + _log_sum(list(map(add, total[first:], part))))
        choices = list(map(add, best[first:], part))
        best.append(odds[end] + max(choices))
        back.append(first + choices.index(max(choices)))
    return total, back


def _backward(odds: Sequence[float], by_length: Sequence[float]) -> list[float]:
    """Return log sums over all cuts from each word on, its own boundary counted."""
    total = [0.0] * len(odds)
    for start in range(len(odds) - 2, -1, -1):
        rest = map(add, total[start + 1 : start + 1 + MAX_HEADLINE_WORDS], by_length)
        total[start] = odds[start] + _log_sum(list(rest))
    return total


def _log_sum(values: Sequence[float]) -> float:
    top = max(values)
    return top + math.log(sum(map(math.exp, [value - top for value in values])))
