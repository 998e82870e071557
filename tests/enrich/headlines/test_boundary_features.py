"""What describes the words of a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from mujaz.data.word_vectors import shipped_vectors
from mujaz.enrich.headlines.boundary_features import feature_numbers, word_features

from tests.support import ANY_TEXT


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("«والمدرسة»", {"(", ")", "articles وال", "endings ه"}),
        ("يفتتحون:", {":", "initials ي", "endings ون"}),
        ("35", {"number"}),
        ("غداً..", {"\u2026", "endings ا"}),
        ("أشهر..استئناف", {"+", "initials ا"}),
        ("-", {"bare"}),
        ("لماذا؟", {"?", "initials ل", "endings ا"}),
    ],
)
def test_features_of_a_word(written: str, names: set[str]) -> None:
    numbers = {feature_numbers()[name] for name in names}
    assert numbers == {*word_features(written, shipped_vectors()).features} - {
        feature_numbers()["unknown"]
    }


def test_a_word_after_a_conjunction_has_the_vector_of_the_word() -> None:
    vectors = shipped_vectors()
    first, last = word_features("و/الوزير", vectors).vector_rows
    assert first != last == vectors.row("الوزير")
    assert word_features("زخفثص", vectors).vector_rows == (-1, -1)


@given(ANY_TEXT)
def test_any_word_has_features(text: str) -> None:
    for word in text.split():
        assert {*word_features(word, shipped_vectors()).features} <= {*feature_numbers().values()}
