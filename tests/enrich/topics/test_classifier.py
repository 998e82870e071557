"""Sections of single texts: by their words, by what the models learned, by where home is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.data import table
from mujaz.enrich.news_features import BUCKETS, shipped_topic_model
from mujaz.enrich.topics.classifier import Decision, abroad, decide, evidence_of, likeliest_section

from tests.support import ANY_TEXT, cases, sample


def decision(title: str, *paragraphs: str, home: str = "", place: str | None = None) -> Decision:
    return decide(evidence_of(sample(1, title=title, paragraphs=paragraphs, place=place)), home)


@pytest.mark.parametrize("case", cases("topics", "decisions"))
def test_decisions(case: dict[str, Any]) -> None:
    place, home = case.get("place"), case.get("home", "")
    found = decision(case["title"], *case["text"], home=home, place=place)
    assert found.section == case["section"]
    assert found.is_sure == case.get("sure", True)


@pytest.mark.parametrize("number", range(len(shipped_topic_model().models)))
def test_every_label_is_a_section(number: int) -> None:
    model = shipped_topic_model().models[number]
    assert set(model.header["labels"]) <= set(table("sections"))
    sizes = {len(model.header[name]) for name in ("labels", "bias", "scale", "offset", "sure")}
    assert sizes == {len(model.rows) / BUCKETS}


def test_models_are_of_a_country_and_of_all() -> None:
    assert [model.header["home"] for model in shipped_topic_model().models] == ["TN", ""]


@given(ANY_TEXT, ANY_TEXT, st.sampled_from(["", "SY", "TN"]))
def test_any_text_has_one_likeliest_section(title: str, body: str, home: str) -> None:
    found = decision(title, body, home=home)
    assert found.section in table("sections")
    assert 0 < found.confidence < 1
    assert decision(title, body, home=home) == found


@given(st.lists(st.floats(-5, 5), min_size=11, max_size=11))
def test_confidence_grows_with_the_margin(values: list[float]) -> None:
    header = shipped_topic_model().models[-1].header
    scores = dict(zip(header["labels"], values, strict=True))
    first = likeliest_section(scores, header)
    more = likeliest_section({**scores, first.section: scores[first.section] + 1}, header)
    assert more.section == first.section
    assert more.confidence >= first.confidence


@given(
    st.dictionaries(st.sampled_from(["SY", "LB", "TN"]), st.integers(1, 50)),
    st.sampled_from(["SY", "LB"]),
)
def test_abroad_is_between_home_and_away(countries: dict[str, int], home: str) -> None:
    distance = abroad(countries, home)
    assert -1 < distance < 1
    assert abroad({**countries, home: countries.get(home, 0) + 1}, home) < distance or not countries


def test_what_is_named_beside_the_text_decides_between_likely_sections() -> None:
    evidence = evidence_of(
        sample(1, title="شاعر يلتقي أهالي الحي", paragraphs=("تجول في القرية.",))
    )
    assert decide(evidence, "").section == "local"
    assert decide(evidence, "", {"culture"}).section == "culture"
