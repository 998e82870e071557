"""What the model of topics sees of a text, and how its file is written."""

from __future__ import annotations

import math
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.arabic.phrases import split_words
from mujaz.enrich.news_features import (
    BUCKETS,
    LinearModel,
    TopicModel,
    bucket,
    feature_stem,
    feature_vector,
    packed_topic_model,
    reference_counts,
    shipped_topic_model,
    stems,
)

from tests.support import ANY_TEXT


@given(ANY_TEXT, ANY_TEXT)
def test_no_kind_of_feature_outweighs_its_share(title: str, body: str) -> None:
    text = stems(split_words(title).keys, split_words(body).keys)
    found = feature_vector(text, shipped_topic_model().reference)
    assert all(0 <= number < BUCKETS for number in found)
    assert math.hypot(*found.values()) < 4


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
def test_feature_stem(word: str, stripped: str) -> None:
    assert feature_stem(word) == stripped


@given(st.lists(st.integers(0, 40_000), min_size=1, max_size=20))
def test_reference_counts_keep_small_counts(counts: list[int]) -> None:
    reference = reference_counts(counts, max(counts))
    for number, articles in enumerate(counts):
        assert reference.articles(number) == pytest.approx(articles, rel=0.04, abs=1)
        assert reference.idf(number) >= 1 - 1 / 24


def test_packed_as_documented() -> None:
    rows = array("b", [1, -2] * (BUCKETS // 2)).tobytes()
    models = (LinearModel({"labels": ["x"]}, bytes(BUCKETS)), LinearModel({"labels": ["y"]}, rows))
    data = packed_topic_model(TopicModel(reference_counts([1] * BUCKETS, 7), models))
    first, _, rest = data.partition(b"\n")
    assert first == b'{"documents": 7, "models": [{"labels": ["x"]}, {"labels": ["y"]}]}'
    assert len(rest) == 3 * BUCKETS
    assert rest[-2:] == b"\x01\xfe"


def test_numbers_of_features_never_change() -> None:
    assert bucket("w", "مدرسه") == 122685
