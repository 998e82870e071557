"""Counts of evidence: how many articles make a line boilerplate."""

from __future__ import annotations

import pytest
from mujaz.parse.site_knowledge.evidence_counts import boilerplate_threshold
from mujaz.state.database import in_memory


@pytest.mark.parametrize(
    ("pages", "threshold"), [(0, 4), (249, 4), (250, 5), (499, 8), (500, 10), (10_000, 188)]
)
def test_boilerplate_stands_on_a_share_of_the_pages(pages: int, threshold: int) -> None:
    base = in_memory()
    base.execute("insert into site_total values (0, ?)", (pages,))
    assert boilerplate_threshold(base) == threshold
