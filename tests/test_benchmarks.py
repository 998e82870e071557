"""What the benchmarks hold to be right and wrong: a measure that errs would lead us astray."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.cases import judge
from benchmarks.names import same
from benchmarks.newsday import b_cubed, pieces
from benchmarks.record_measures import (
    Count,
    agency,
    compare,
    compare_one,
    edges,
    junk,
    lost_words,
    person,
)
from benchmarks.records import Label, names
from tests.support import cases, sample


@pytest.mark.parametrize("case", cases("benchmarks", "cases"))
def test_case_is_judged(case: dict[str, Any]) -> None:
    line = {"file": "a.txt", **case.get("article", {}), "problem": case.get("problem")}
    assert judge(case["expected"], [line]) == case["wrong"]


@pytest.mark.parametrize("case", cases("benchmarks", "edges"))
def test_ends_of_a_body_are_judged(case: dict[str, Any]) -> None:
    record = {"text": case["text"]}
    deck = (0, len(case.get("deck", "")))
    label = Label(
        "", record, [], [], [], len(case["head"]), len(case["tail"]), deck, True, frozenset()
    )
    assert list(edges(label, case["stands"])) == case["edges"]


@pytest.mark.parametrize("case", cases("benchmarks", "junk"))
def test_summary_is_judged(case: dict[str, Any]) -> None:
    body = "صباح اليوم جسر الوادي بعد ترميمه. " + case["summary"].replace("الي", "اليوم")
    article = sample(1, paragraphs=(body,), summary=case["summary"])
    record = {
        "title": "افتتاح الجسر",
        "source": "صدى الرابية",
        "author": "سالم العمري",
        "text": case.get("text", body),
    }
    assert junk(record, article) == case["why"]


def test_names_are_counted() -> None:
    assert compare([person("د. ليلى النجار")], [person("ليلى النجار")]) == Count(1, 0, 0)
    assert compare(["أ", "ب"], ["ب", "ج"]) == Count(1, 1, 1)
    assert compare_one("الرابية", ["الوادي", "الرابية"]) == Count(1, 0, 0)
    assert compare_one(None, ["الوادي"]) == Count(0, 0, 1)
    assert compare_one("الوادي", []) == Count(0, 1, 0)
    assert agency("أ. ف. ب") == agency("أ ف ب")


def test_label_names_places_in_its_record() -> None:
    record = {"author": "الرابية - ليلى النجار"}
    assert names(["author", 0, 7], record) == ["الرابية"]
    assert names([["author", 10, 21], "سالم العمري"], record) == ["ليلى النجار", "سالم العمري"]
    assert names(None, record) == []


def test_words_are_lost_only_without_a_trace() -> None:
    record = {"text": "الرابية - صدى: افتتح الجسر صباح اليوم. شارك الخبر"}
    whole = sample(
        1, paragraphs=("افتتح الجسر صباح اليوم.",), sidebar_raw="الرابية - صدى:\nشارك الخبر"
    )
    cut = sample(1, paragraphs=("افتتح الجسر.",), sidebar_raw=whole.sidebar_raw)
    assert not lost_words(record, whole)
    assert lost_words(record, cut).total() == 2


@pytest.mark.parametrize(
    ("stories", "precision", "recall"),
    [
        ({"a": "x", "b": "x", "c": "x", "d": "d"}, 1, 1),
        ({}, 1, (1 / 3 + 1 / 3 + 1 / 3 + 1) / 4),
        (dict.fromkeys("abcd", "x"), (3 / 4 + 3 / 4 + 3 / 4 + 1 / 4) / 4, 1),
        ({"a": "x", "b": "x", "c": "y", "d": "y"}, (1 + 1 + 1 / 2 + 1 / 2) / 4, 2 / 3),
    ],
)
def test_stories_are_judged(stories: dict[str, str], precision: float, recall: float) -> None:
    assert b_cubed(stories, [["a", "b", "c"]], "abcd") == pytest.approx((precision, recall))


def test_pieces_of_a_story() -> None:
    assert pieces("abcd", {"a": "x", "b": "x", "c": "x", "d": "y"}) == (2, 0.75)
    assert pieces("ab", {}) == (2, 0.5)


@pytest.mark.parametrize("case", cases("benchmarks", "names"))
def test_names_are_compared(case: dict[str, Any]) -> None:
    one, other = case["names"]
    assert same(one, other, case["kind"]) == same(other, one, case["kind"]) == case["same"]
