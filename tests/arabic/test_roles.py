"""Who persons are, as texts say it: word for word, and only where they agree."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.arabic.normalise import fold_spaces, without_marks
from mujaz.arabic.press.places import country_of
from mujaz.arabic.press.roles import role_of

from tests.support import ANY_TEXT, cases


@pytest.mark.parametrize("case", cases("roles", "roles"))
def test_who_a_person_is(case: dict[str, Any]) -> None:
    texts = [text.split("|") for text in case["texts"]]
    assert role_of(case["person"], texts) == case["role"]


@given(st.lists(st.lists(ANY_TEXT, max_size=3), max_size=3), ANY_TEXT)
def test_a_role_is_made_of_the_words_of_a_text(texts: list[list[str]], name: str) -> None:
    role = role_of([name], texts)
    text = " ".join(without_marks(fold_spaces(each)) for text in texts for each in text)
    assert role is None or all(word in text for word in role.split())


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ("حلب", "سوريا"),
        ("الأحساء", "السعودية"),
        ("القاهرة", "مصر"),
        ("مصر", "مصر"),
        ("الخليج", None),
        ("", None),
    ],
)
def test_the_country_of_a_place(place: str, country: str | None) -> None:
    assert country_of(place) == country
