"""Display forms: tidier signs, the same words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.arabic.normalise import key
from mujaz.arabic.typesetting import NO_BREAK, typeset
from mujaz.arabic.typography import tidy_headline

from tests.support import case_table, cases

HEADLINES = st.text(st.sampled_from('\u0645\u0643\u062a\u0628 aB12.…!؟?,;:،؛«»"“”()[]<>\u0640-–/@'))


@pytest.mark.parametrize(("text", "tidied"), case_table("metadata")["tidy"])
def test_tidy(text: str, tidied: str) -> None:
    assert tidy_headline(text) == tidied


@given(HEADLINES)
def test_tidy_keeps_words_and_repeats_nothing(text: str) -> None:
    tidied = tidy_headline(text)
    assert key(tidied) == key(text)
    assert tidy_headline(tidied) == tidied


@pytest.mark.parametrize("case", cases("arabic", "typeset"))
def test_typeset(case: dict[str, Any]) -> None:
    assert typeset(case["text"]).replace(NO_BREAK, "_") == case["set"]


@given(st.text(st.sampled_from('\u0645\u0643\u062a\u0648 12٣.%"“”«»<>()-/')))
def test_typeset_keeps_words_and_repeats_nothing(text: str) -> None:
    shown = typeset(text)
    assert key(shown) == key(text)
    assert typeset(shown) == shown
