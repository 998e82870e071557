"""Telling languages: tables of texts, and that any text may come."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from mujaz.arabic.language import direction_of, language_named, language_of
from mujaz.data import table

from tests.support import ANY_TEXT, case_table, cases


@pytest.mark.parametrize("case", cases("languages", "texts"))
def test_language(case: dict[str, Any]) -> None:
    assert language_of(case["text"]) == case["language"]


@pytest.mark.parametrize(("name", "code"), case_table("languages")["names"].items())
def test_names(name: str, code: str | None) -> None:
    assert language_named(name) == code


@given(ANY_TEXT)
def test_any_text(text: str) -> None:
    assert language_of(text) in {None, *table("languages")}


def test_traits_belong_to_one_language() -> None:
    words: dict[tuple[str, str], str] = {}
    for code, each in table("languages").items():
        for letter in each["letters"]:
            assert words.setdefault((each["script"], letter), code) == code


def test_directions() -> None:
    assert {code for code in table("languages") if direction_of(code) == "rtl"} == {
        *"ar fa ur ckb ps ug he".split()
    }
    assert direction_of(None) == "rtl"
    assert direction_of("ru") == "ltr"
