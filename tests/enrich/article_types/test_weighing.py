"""Types: what words and form tell, what inputs call them, and whom the weights never overrule."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.arabic.press.type_names import article_types, type_label, type_named
from mujaz.data import table
from mujaz.enrich.article_types.evidence import evidence
from mujaz.enrich.article_types.weighing import likeliest, scores, with_type
from mujaz.model import Article

from tests.support import ANY_TEXT, cases, sample


def article_of(case: dict[str, Any]) -> Article:
    return sample(
        1,
        title=case["title"],
        paragraphs=tuple(case["text"]) * case.get("count", 1),
        authors=tuple(case.get("authors", ())),
        place=case.get("place"),
        address=case.get("address"),
        language=case.get("language", "ar"),
        section=None,
    )


@pytest.mark.parametrize("case", cases("article_types", "types"))
def test_types(case: dict[str, Any]) -> None:
    found = with_type(article_of(case))
    assert found.type == case["type"], scores(evidence(article_of(case)))
    assert 0 < found.provenance["type"].confidence <= 1


@pytest.mark.parametrize("case", cases("article_types", "names"))
def test_names(case: dict[str, Any]) -> None:
    assert type_named(case["name"]) == case["type"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "notice"),
        ({"type": "opinion"}, "opinion"),
        ({"settled": frozenset({"type"})}, None),
        ({"settled": frozenset({"title"})}, "notice"),
    ],
    ids=["nothing stated", "stated", "taken away by an editor", "another field settled"],
)
def test_what_is_stated_wins(fields: dict[str, Any], expected: str | None) -> None:
    text = "احتفل الشاب سامر حداد بزواجه من كريمة السيد النجار. ألف مبروك."
    article = sample(1, title="أفراح آل حداد", paragraphs=(text,), **fields)
    found = with_type(article)
    assert found.type == expected
    if expected == article.type:
        assert found is article


def test_weights_are_of_evidence_there_is() -> None:
    names = evidence(sample(1)).keys()
    for kind, weights in table("article_types")["weights"].items():
        assert kind in article_types()
        assert weights.keys() - {"bias"} <= names, kind
        assert all(weight * 2 == round(weight * 2) for weight in weights.values())


@given(ANY_TEXT, st.lists(ANY_TEXT, max_size=4))
def test_any_text_has_a_type(title: str, paragraphs: list[str]) -> None:
    found = evidence(sample(1, title=title, paragraphs=tuple(paragraphs)))
    assert all(0 <= value <= 1 for value in found.values())
    kind, confidence = likeliest(scores(found))
    assert kind in article_types()
    assert 1 / len(article_types()) - 0.01 <= confidence <= 1


def test_plain_news_has_no_label() -> None:
    assert type_label("news") == type_label(None) == ""
    assert type_label("opinion") == "رأي"
