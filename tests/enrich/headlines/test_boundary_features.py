"""What describes the gaps between words."""

from __future__ import annotations

import pytest
from hypothesis import given
from mujaz.enrich.headlines.boundary_features import (
    WordClasses,
    gap_features,
    light_stem,
    stems_around_gaps,
)

from tests.support import ANY_TEXT


@pytest.mark.parametrize(
    ("word", "bare"),
    [("والمدرسه", "مدرس"), ("للكتاب", "كتاب"), ("مباريات", "مباري"), ("في", "في"), ("", "")],
)
def test_stem(word: str, bare: str) -> None:
    assert light_stem(word) == bare


def test_a_rare_word_has_the_class_of_words_like_it() -> None:
    word_classes = WordClasses({"كتاب": 3, "مدرسون": 5, "مزارعون": 5}, ())
    found = [word_classes.class_of(word) for word in ("كتاب", "وكتاب", "نجارون", "xyz", "")]
    assert found == [3, 3, 5, -1, -1]


def test_punctuation_does_not_hide_the_words_around_a_gap() -> None:
    pairs = stems_around_gaps(["الكتاب", ":", "والقلم", "»"], WordClasses({}, ()))
    assert pairs == [("", "كتاب"), ("كتاب", "قلم"), ("كتاب", "قلم"), ("قلم", "")]


@given(ANY_TEXT)
def test_features_name_their_families(text: str) -> None:
    words = text.split()
    rows = gap_features(words, [True] * len(words), WordClasses({"كتاب": 0}, ["m"]))
    assert len(rows) == len(words)
    assert all(feature[1] in "kcptazgwume" for row in rows for feature in row)
