"""Canonical forms of names, and short forms joined with long ones."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.arabic.normalise import key
from mujaz.enrich.entities.lexicon import shipped_lexicon
from mujaz.enrich.entities.names import canonical
from mujaz.enrich.entities.persons import join_short

from tests.support import cases

NAMES = st.text("ابتثوسملي", min_size=1, max_size=4)
NAME = st.lists(NAMES, min_size=1, max_size=3).map(" ".join)


@pytest.mark.parametrize("case", cases("entities", "canonical"))
def test_canonical(case: dict[str, Any]) -> None:
    text_words = Counter(key(word) for word in (*case["words"], *case.get("beside", ())))
    name = canonical(case["words"], case["kind"], shipped_lexicon(), text_words)
    assert name == case["shown"]
    if name:
        assert canonical(name.split(), case["kind"], shipped_lexicon(), text_words) == name


@pytest.mark.parametrize("case", cases("entities", "joined"))
def test_short_names(case: dict[str, Any]) -> None:
    assert join_short(case["support"]) == case["full"]


@given(st.dictionaries(NAME, st.floats(0, 9), max_size=7), st.randoms())
def test_joining_ends_and_knows_no_order(support: dict[str, float], random: Any) -> None:
    full = join_short(support)
    shuffled = list(support.items())
    random.shuffle(shuffled)
    assert join_short(dict(shuffled)) == full
    assert set(full) == set(support)
    assert all(full[name] == name for name in full.values())
