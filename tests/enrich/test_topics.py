"""Sections: what the shipped model says of clear and unclear texts, and whom it never overrules."""

from __future__ import annotations

import math
from array import array
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.arabic.phrases import split_words
from mujaz.data import table
from mujaz.enrich.news_features import (
    BUCKETS,
    Weights,
    background,
    bucket,
    pack,
    shipped,
    stem,
    vector,
)
from mujaz.enrich.topics import classifier as topics
from mujaz.enrich.topics.classifier import judge, scores, with_category
from mujaz.model import Provenance

from tests.support import ANY_TEXT, cases, sample


@pytest.mark.parametrize("case", cases("topics", "sections"))
def test_sections(case: dict[str, Any]) -> None:
    found = with_category(sample(1, title=case["title"], paragraphs=tuple(case["text"])))
    assert found.category == case["category"]
    if found.category:
        assert found.provenance["category"].rule == "model: topics"
        assert min(shipped().header["sure"]) <= found.provenance["category"].confidence <= 1


SPORT: dict[str, Any] = {
    "title": "فريق المرفأ يفوز في المباراة النهائية للبطولة",
    "paragraphs": (
        "فاز فريق المرفأ في المباراة النهائية لبطولة كرة القدم بهدفين في الشوط الثاني.",
    ),
}


@pytest.mark.parametrize(
    ("fields", "category"),
    [
        ({}, "رياضة"),
        ({"category": "ثقافة"}, "ثقافة"),
        ({"settled": frozenset({"category"})}, None),
        ({"settled": frozenset({"title"})}, "رياضة"),
    ],
    ids=["nothing stated", "stated", "taken away by an editor", "another field settled"],
)
def test_what_is_stated_wins(fields: dict[str, Any], category: str | None) -> None:
    article = sample(1, **SPORT, **fields)
    found = with_category(article)
    assert found.category == category
    if category == article.category:
        assert found is article


def test_other_provenance_stays() -> None:
    found = with_category(sample(1, **SPORT, provenance={"source": Provenance("dateline")}))
    assert set(found.provenance) == {"source", "category"}


def test_the_model_is_not_read_for_stated_categories(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topics, "shipped", lambda: pytest.fail("the model was read"))
    with_category(sample(1, category="ثقافة"))


def test_every_label_is_a_section() -> None:
    header = shipped().header
    assert set(header["labels"]) <= set(table("categories"))
    sizes = {len(header[name]) for name in ("labels", "bias", "scale", "offset", "sure")}
    assert sizes == {len(shipped().rows) / BUCKETS}


@given(ANY_TEXT, ANY_TEXT)
def test_any_text_has_one_likeliest_section(title: str, body: str) -> None:
    words = split_words(title).keys, split_words(body).keys
    found = judge(scores(*words, shipped()), shipped().header)
    assert found.section in shipped().header["labels"]
    assert 0 < found.confidence < 1
    assert judge(scores(*words, shipped()), shipped().header) == found


@given(ANY_TEXT, ANY_TEXT)
def test_no_kind_of_feature_outweighs_its_share(title: str, body: str) -> None:
    found = vector(split_words(title).keys, split_words(body).keys, shipped().known)
    assert all(0 <= number < BUCKETS for number in found)
    assert math.hypot(*found.values()) < 4


@given(st.lists(st.floats(-5, 5), min_size=9, max_size=9))
def test_confidence_grows_with_the_lead(found: list[float]) -> None:
    header = shipped().header
    first = max(range(9), key=found.__getitem__)
    more = [score + (i == first) for i, score in enumerate(found)]
    assert judge(more, header).confidence >= judge(found, header).confidence


@pytest.mark.parametrize(
    ("word", "stripped"),
    [
        ("والمدرسه", "مدرس"),
        ("مدارس", "مدارس"),
        ("للمعلمين", "معلم"),
        ("بكتاب", "كتاب"),
        ("من", "من"),
    ],
)
def test_stem(word: str, stripped: str) -> None:
    assert stem(word) == stripped


@given(st.lists(st.integers(0, 40_000), min_size=1, max_size=20))
def test_background_keeps_small_counts(counts: list[int]) -> None:
    known = background(counts, max(counts))
    for number, articles in enumerate(counts):
        assert known.articles(number) == pytest.approx(articles, rel=0.04, abs=1)
        assert known.rarity(number) >= 1 - 1 / 24


def test_packed_as_documented() -> None:
    rows = array("b", [1, -2] * (BUCKETS // 2)).tobytes()
    data = pack(Weights(background([1] * BUCKETS, 7), {"labels": ["x"]}, rows))
    first, _, rest = data.partition(b"\n")
    assert first == b'{"documents": 7, "labels": ["x"]}'
    assert len(rest) == 2 * BUCKETS
    assert rest[-2:] == b"\x01\xfe"


def test_numbers_of_features_never_change() -> None:
    assert bucket("w", "مدرسه") == 122685
