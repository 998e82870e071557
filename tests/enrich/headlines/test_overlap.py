"""What the glued lines of other pages tell of one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.enrich.headlines.overlap import SidebarOverlap, context_hashes
from mujaz.state.database import in_memory

from tests.enrich.headlines.test_sidebars import LINES
from tests.support import cases


@pytest.mark.parametrize("case", cases("sidebars", "overlaps"))
def test_overlap(case: dict[str, Any]) -> None:
    lines = [line.replace("|", " ").split() for line in case["lines"]]
    overlap = SidebarOverlap(in_memory())
    overlap.replace((), lines)
    odds = overlap.log_odds(context_hashes(lines[0]))
    assert [i for i, found in enumerate(odds) if i and found > 0] == case["found"]


@given(st.lists(LINES.filter(bool), min_size=1, max_size=5), st.lists(LINES.filter(bool)))
def test_overlap_is_of_the_present_lines_alone(lines: list[str], others: list[str]) -> None:
    words = [line.split() for line in lines]
    one, two = (SidebarOverlap(in_memory()) for _ in range(2))
    one.replace((), words)
    two.replace((), [line.split() for line in others])
    changed = two.replace([line.split() for line in others], words)
    for line in words:
        assert one.log_odds(context_hashes(line)) == two.log_odds(context_hashes(line))
    contexts = {each for line in words for each in context_hashes(line)}
    assert changed <= contexts | {e for line in others for e in context_hashes(line.split())}
