"""What the words on both sides of a gap are about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.enrich.headlines.coherence import coherence_features, similarities

SEA, FIELD, UNKNOWN = (9, 0), (0, 9), (0, 0)
VECTORS = st.lists(st.sampled_from([SEA, FIELD, (5, 5), UNKNOWN]), max_size=12)


def test_a_change_of_topic_is_seen() -> None:
    assert similarities([SEA, SEA, FIELD, FIELD], 1) == pytest.approx([1, 0, 1])
    assert coherence_features([SEA, SEA, SEA, FIELD, FIELD, FIELD])[2] == ("0m0", "1m0", "2m-6")


def test_nothing_is_said_of_unknown_words() -> None:
    assert similarities([UNKNOWN, SEA, SEA], 1) == [None, pytest.approx(1)]
    assert coherence_features([UNKNOWN, UNKNOWN]) == [("0m", "1m", "2m")]


@given(VECTORS, st.integers(1, 6))
def test_every_gap_is_described(vectors: list[tuple[int, int]], width: int) -> None:
    assert len(coherence_features(vectors)) == max(0, len(vectors) - 1)
    if vectors:
        there, back = similarities(vectors, width), similarities(vectors[::-1], width)
        assert there == pytest.approx(back[::-1])
