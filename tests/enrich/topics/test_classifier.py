"""Sections: what the shipped model says of clear and unclear texts, and whom it never overrules."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.arabic.phrases import split_words
from mujaz.data import table
from mujaz.enrich.news_features import BUCKETS, shipped_topic_model
from mujaz.enrich.topics import classifier as topics
from mujaz.enrich.topics.classifier import decide, section_scores, with_section
from mujaz.model import Provenance

from tests.support import ANY_TEXT, cases, sample


@pytest.mark.parametrize("case", cases("topics", "sections"))
def test_sections(case: dict[str, Any]) -> None:
    found = with_section(sample(1, title=case["title"], paragraphs=tuple(case["text"])))
    assert found.section == case["section"]
    if found.section:
        assert found.provenance["section"].rule == "model: topics"
        assert (
            min(shipped_topic_model().header["sure"]) <= found.provenance["section"].confidence <= 1
        )


SPORT: dict[str, Any] = {
    "title": "فريق المرفأ يفوز في المباراة النهائية للبطولة",
    "paragraphs": (
        "فاز فريق المرفأ في المباراة النهائية لبطولة كرة القدم بهدفين في الشوط الثاني.",
    ),
}


@pytest.mark.parametrize(
    ("fields", "section"),
    [
        ({}, "رياضة"),
        ({"section": "ثقافة"}, "ثقافة"),
        ({"settled": frozenset({"section"})}, None),
        ({"settled": frozenset({"title"})}, "رياضة"),
    ],
    ids=["nothing stated", "stated", "taken away by an editor", "another field settled"],
)
def test_what_is_stated_wins(fields: dict[str, Any], section: str | None) -> None:
    article = sample(1, **SPORT, **fields)
    found = with_section(article)
    assert found.section == section
    if section == article.section:
        assert found is article


def test_other_provenance_stays() -> None:
    found = with_section(sample(1, **SPORT, provenance={"source": Provenance("dateline")}))
    assert set(found.provenance) == {"source", "section"}


def test_the_model_is_not_read_for_stated_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topics, "shipped_topic_model", lambda: pytest.fail("the model was read"))
    with_section(sample(1, section="ثقافة"))


def test_every_label_is_a_section() -> None:
    header = shipped_topic_model().header
    assert set(header["labels"]) <= set(table("sections"))
    sizes = {len(header[name]) for name in ("labels", "bias", "scale", "offset", "sure")}
    assert sizes == {len(shipped_topic_model().rows) / BUCKETS}


@given(ANY_TEXT, ANY_TEXT)
def test_any_text_has_one_likeliest_section(title: str, body: str) -> None:
    words = split_words(title).keys, split_words(body).keys
    model = shipped_topic_model()
    found = decide(section_scores(*words, model), model.header)
    assert found.section in model.header["labels"]
    assert 0 < found.confidence < 1
    assert (
        decide(section_scores(*words, shipped_topic_model()), shipped_topic_model().header) == found
    )


@given(st.lists(st.floats(-5, 5), min_size=9, max_size=9))
def test_confidence_grows_with_the_margin(found: list[float]) -> None:
    header = shipped_topic_model().header
    first = max(range(9), key=found.__getitem__)
    more = [score + (i == first) for i, score in enumerate(found)]
    assert decide(more, header).confidence >= decide(found, header).confidence
