"""Which words are nouns, by how often they stand in print with an article and without."""

from __future__ import annotations

import pytest
from mujaz.training.nouns import nouns


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ({"الكتاب": 3, "كتاب": 5}, {"كتاب"}),
        ({"الكتاب": 2, "للكتاب": 1}, {"كتاب"}),
        ({"التقي": 9}, set()),
        ({"القال": 2, "قال": 400}, set()),
        ({"الكتاب": 1, "كتاب": 1}, set()),
    ],
    ids=["both ways", "behind a preposition", "only seems so", "rarely so", "seen once"],
)
def test_nouns(counts: dict[str, int], found: set[str]) -> None:
    assert nouns(counts) == found
