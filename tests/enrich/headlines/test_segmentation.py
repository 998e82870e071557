"""The likeliest headlines of a run of words, and the confidence in each."""

from __future__ import annotations

import itertools
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.enrich.headlines.segmentation import MAX_HEADLINE_WORDS, log_odds, segments

from tests.support import cases

# In this order three letters of each length: the likeliest headline has three words.
LENGTHS = [-99.0, -5.0, -3.0, -1.0, -3.0, -5.0, -7.0]


@pytest.mark.parametrize("case", cases("sidebars", "segments"))
def test_segments(case: dict[str, Any]) -> None:
    assert [[s.first, s.last] for s in segments(case["odds"], LENGTHS)] == case["cut"]


@given(st.lists(st.floats(-12, 12), max_size=60))
def test_segments_are_all_of_the_words(odds: list[float]) -> None:
    found = segments(odds, LENGTHS)
    assert [i for s in found for i in range(s.first, s.last)] == list(range(len(odds)))
    assert all(0 <= s.confidence <= 1 and s.last - s.first <= MAX_HEADLINE_WORDS for s in found)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=7))
def test_confidence_is_a_share_of_all_cuts(odds: list[float]) -> None:
    total, containing = 0.0, dict[tuple[int, int], float]()
    for cut in range(2 ** (len(odds) - 1)):
        starts = [0, *(i for i in range(1, len(odds)) if cut >> (i - 1) & 1), len(odds)]
        spans = list(itertools.pairwise(starts))
        lengths = [min(b - a, 6) for a, b in spans]
        over = sum(max(0, b - a - 6) for a, b in spans)
        weight = math.exp(
            sum(LENGTHS[n] for n in lengths) - over + sum(odds[a] for a, _ in spans[1:])
        )
        total += weight
        for span in spans:
            containing[span] = containing.get(span, 0) + weight
    for part in segments(odds, LENGTHS):
        assert part.confidence == pytest.approx(containing[part.first, part.last] / total)


@given(st.floats(0, 1))
def test_log_odds(probability: float) -> None:
    assert -12.001 <= log_odds(probability) <= 12.001
    assert log_odds(1 - probability) == pytest.approx(-log_odds(probability), abs=1e-6)
