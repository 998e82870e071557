"""Texts cut short: never within a word, never with a loose end."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.arabic.excerpts import ELLIPSIS, cut
from mujaz.arabic.tokens import word_list

from tests.support import cases

WORDS = "كتاب في المدينة. «قال نعم» سوق، (باب بيت) – ؟ د.".split()
PROSE = st.lists(st.sampled_from(WORDS)).map(" ".join)


@pytest.mark.parametrize("case", cases("arabic", "cut"))
def test_cut(case: dict[str, Any]) -> None:
    assert cut(case["text"], case["letters"]) == case["cut"]


def test_no_room_at_all() -> None:
    with pytest.raises(ValueError, match="no room"):
        cut("مكتبة عامة", 1)


@given(PROSE, st.integers(8, 60))
def test_cut_prose_is_short_and_ends_behind_a_word(text: str, letters: int) -> None:
    result = cut(text, letters)
    assert len(result) <= letters
    assert word_list(text)[: len(word_list(result))] == word_list(result)
    assert cut(result, letters) == result
    assert result == text or not result.rstrip("»)").endswith((" " + ELLIPSIS, "،" + ELLIPSIS))


@given(st.text(max_size=80), st.integers(2, 60))
def test_cut_keeps_its_length_whatever_the_text(text: str, letters: int) -> None:
    result = cut(text, letters)
    assert len(result) <= letters
    assert bool(result) == bool(text.strip())
