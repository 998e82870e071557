"""Display forms of headlines: tidier signs, the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.arabic.normalise import key
from mujaz.arabic.typography import tidy_headline

from tests.support import case_table

HEADLINES = st.text(st.sampled_from('\u0645\u0643\u062a\u0628 aB12.…!؟?,;:،؛«»"“”()[]<>\u0640-–/@'))


@pytest.mark.parametrize(("text", "tidied"), case_table("metadata")["tidy"])
def test_tidy(text: str, tidied: str) -> None:
    assert tidy_headline(text) == tidied


@given(HEADLINES)
def test_tidy_keeps_words_and_repeats_nothing(text: str) -> None:
    tidied = tidy_headline(text)
    assert key(tidied) == key(text)
    assert tidy_headline(tidied) == tidied
