"""Section words: which sections' they are, and what counts more."""

from __future__ import annotations

from mujaz.arabic.phrases import split_words
from mujaz.data import table
from mujaz.enrich.news_features import stems
from mujaz.enrich.topics.section_words import word_shares


def shares(title: str, body: str = "") -> dict[str, float]:
    return word_shares(stems(split_words(title).keys, split_words(body).keys))


def test_words_are_of_sections() -> None:
    assert set(table("section_words")) == set(table("sections")) - {"world"}


def test_forms_of_a_word_are_one() -> None:
    assert shares("المدرسة") == shares("مدرسة") == shares("بالمدرسة")
    assert set(shares("المدرسة")) == {"society"}


def test_a_word_of_two_sections_is_half_of_each() -> None:
    both = shares("فيروس")
    assert both["health"] == both["technology"] or set(both) == {"health"}
    assert sum(both.values()) < 1


def test_pairs_are_found_where_they_stand_together() -> None:
    assert "local" in shares("الدفاع المدني")
    assert "politics" in shares("وقف إطلاق النار")
    assert "politics" not in shares("وقف الحافلة وإطلاق")


def test_the_headline_counts_more_than_the_body() -> None:
    above, below = shares("مدرسة", "مستشفى"), shares("مستشفى", "مدرسة")
    assert above["society"] > above["health"]
    assert below["health"] > below["society"]


def test_no_words_no_shares() -> None:
    assert shares("", "") == {}
    assert shares("Harbour news") == {}
