"""Document frequencies: what share of articles a stem is taken to stand in, month by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from unittest.mock import patch

import pytest
from mujaz.enrich.stories import document_frequencies as frequencies
from mujaz.enrich.stories.document_frequencies import UNDATED, DocumentFrequencies
from mujaz.state.database import in_memory


def _shares_of(counts: Mapping[int, int], stem: int = 1, months: int = 3) -> list[int | None]:
    """Return a stem's share in each month, where `counts` articles of each month have it."""
    found = DocumentFrequencies(in_memory())
    for month in range(months):
        found.add_articles(month, 10)
        for article in range(counts.get(month, 0)):
            found.add(100 * month + article, month, [stem])
    found.update_shares()
    return [found.shares(month).of(stem) for month in range(months)]


@pytest.mark.parametrize(
    ("counts", "shares"),
    [
        ({0: 1, 1: 1}, [None, 2, None]),
        ({0: 3}, [2, None, None]),  # nobody of the other months has it
        ({0: 2, 1: 1, 2: 9}, [2, 2, 8]),  # what came later does not count
    ],
)
def test_shares(counts: Mapping[int, int], shares: list[int | None]) -> None:
    assert _shares_of(counts) == shares


def test_undated_articles_are_weighed_by_all_others() -> None:
    assert 12 * dt.date.max.year + 12 < UNDATED
    found = DocumentFrequencies(in_memory())
    for month in (24_000, UNDATED):
        found.add_articles(month, 2)
        found.add(month, month, [1])
        found.add(month + 1, month, [1])
    found.update_shares()
    assert [found.shares(month).of(1) for month in (24_000, UNDATED)] == [2, 2]


def test_many_are_written_in_parts() -> None:
    with patch.object(frequencies, "_MAX_UNWRITTEN_PAIRS", 5):
        found = DocumentFrequencies(in_memory())
        found.expect_all_changed()
        for article in range(12):
            found.add_articles(1, 1)
            found.add(article, 1, [1, 2])
        found.update_shares()
        assert found.shares(1).all() == {1: 8, 2: 8}
