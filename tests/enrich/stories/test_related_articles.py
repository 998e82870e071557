"""What to read next: pages of closed months stay as they are."""

from __future__ import annotations

import datetime as dt

import pytest
from mujaz.enrich.stories.related_articles import related_articles
from mujaz.enrich.stories.similarity_graph import Neighbour


@pytest.mark.parametrize(
    ("day", "gap", "found"),
    [
        (1, 20, True),
        (1, 30, False),
        (28, 7, True),
        (28, 8, False),
        (1, -300, True),
        (1, None, False),
    ],
)
def test_pages_of_closed_months_settle(day: int, gap: int | None, found: bool) -> None:
    own = dt.date(2025, 6, day).toordinal()
    neighbours = {"b": Neighbour(2, 0.9, 9, gap)}
    assert related_articles("a", own, neighbours, ()) == (("b",) if found else ())
    assert related_articles("a", None, neighbours, ()) == ("b",)
