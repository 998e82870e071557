"""How words are used in running text, as the model file holds it."""

from __future__ import annotations

import pytest
from mujaz.enrich.headlines.word_usage import WordUsage, expected, place_letter

USAGE = WordUsage({"كتاب": "abc", "قلم": "xyz"}, ["كتاب", "قلم"], b"\xfc\x03", b"\x01\x02\xff\xfe")


@pytest.mark.parametrize(
    ("first", "last", "letters"),
    [("كتاب", "كتاب", "abc"), ("كتاب", "قلم", "xbc"), ("كتاب", "نهر", " bc"), ("", "", "   ")],
)
def test_places_of_a_word(first: str, last: str, letters: str) -> None:
    assert USAGE.places(first, last) == letters


def test_stems() -> None:
    assert [[*USAGE.topic(stem)] for stem in ("كتاب", "قلم", "نهر")] == [[1, 2], [-1, -2], [0, 0]]
    assert [USAGE.frequency(stem) for stem in ("كتاب", "قلم", "نهر")] == [-4, 3, None]


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [(3, 4, "3"), (-30, 2, "-4"), (40, 2, "6"), (None, 2, ""), (2, None, "")],
)
def test_chance_of_two_stems(first: int | None, second: int | None, found: str) -> None:
    assert expected(first, second) == found


@pytest.mark.parametrize(("value", "letter"), [(0, "m"), (1.6, "o"), (-40, "a"), (40, "y")])
def test_letter_of_a_place(value: float, letter: str) -> None:
    assert place_letter(value) == letter
