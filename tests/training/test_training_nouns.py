"""Which words are nouns, by how often they stand in print with an article and without."""

from __future__ import annotations

import pytest
from mujaz.enrich.keyphrases.returns import phrase_name
from mujaz.training.nouns import nouns, returns


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


def test_returns() -> None:
    about = "مكتبة البلدية مفتوحة.\nتعير مكتبة البلدية كتبا."
    in_passing = "قال في مكتبة البلدية إن الوقت مناسب."
    table = returns([about] * 3 + [in_passing] * 9)
    assert table[phrase_name("مكتبه البلديه")] == "12 3"
    assert {"<مكتبه", ">البلديه", ""} <= table.keys()
    assert int(table[""]) < 0
    assert not any("البلديه" in name for name in table if name[:1] not in ("<", ">"))
