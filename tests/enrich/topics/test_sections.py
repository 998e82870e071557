"""Sections of a collection: what is stated wins, and home is where most articles are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.delta import Delta
from mujaz.enrich.topics import Sections, evidence_of
from mujaz.model import Article, Provenance, Tag
from mujaz.state.database import in_memory

from tests.support import cases, sample

SPORT: dict[str, Any] = {
    "title": "فريق المرفأ يفوز في المباراة النهائية للبطولة",
    "paragraphs": (
        "فاز فريق المرفأ في المباراة النهائية لبطولة كرة القدم بهدفين في الشوط الثاني.",
    ),
}


def fire(number: int, town: str) -> Article:
    text = (f"أخمد الدفاع المدني حريقاً في {town}.",)
    return sample(number, title=f"حريق في حي في {town}", paragraphs=text)


def with_section(article: Article, home: str = "") -> Article:
    sections = Sections(in_memory(), home, evidence_of)
    sections.apply(Delta(upserted=[article]))
    return sections.with_section(article)


@pytest.mark.parametrize("case", cases("topics", "sections"))
def test_sections(case: dict[str, Any]) -> None:
    found = with_section(sample(1, title=case["title"], paragraphs=tuple(case["text"])))
    assert found.section == case["section"]
    if found.section:
        rule = "model: topics" if case["sure"] else "model: topics, unsure"
        assert found.provenance["section"].rule == rule
        assert 0 < found.provenance["section"].confidence <= 1


@pytest.mark.parametrize(
    ("fields", "section"),
    [
        ({}, "رياضة"),
        ({"section": "ثقافة"}, "ثقافة"),
        ({"settled": frozenset({"section"})}, None),
        ({"settled": frozenset({"title"})}, "رياضة"),
        ({"language": "fa"}, None),
    ],
    ids=["nothing stated", "stated", "taken away by an editor", "another field settled", "Persian"],
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


@pytest.mark.parametrize(
    "fields",
    [
        {"address": "https://example.org/culture/2024/7"},
        {"address": "https://example.org/ثقافة/7"},
        {"tags": (Tag("ثقافة", "topic", 1.0),)},
    ],
)
def test_address_and_stated_tags_are_evidence(fields: dict[str, Any]) -> None:
    text: dict[str, Any] = {"title": "شاعر يلتقي أهالي الحي", "paragraphs": ("تجول في القرية.",)}
    assert with_section(sample(1, **text)).section == "محليات"
    assert with_section(sample(1, **text, **fields)).section == "ثقافة"


def test_a_text_decides_against_an_address() -> None:
    assert with_section(sample(1, **SPORT, address="https://example.org/art/7")).section == "رياضة"


def test_home_is_where_most_articles_are() -> None:
    sections = Sections(in_memory(), "", evidence_of)
    articles = [fire(1, "دمشق"), fire(2, "حلب"), fire(3, "القاهرة")]
    sections.apply(Delta(upserted=articles))
    assert sections.home == "SY"
    assert [sections.with_section(each).section for each in articles] == [
        "محليات",
        "محليات",
        "دولي",
    ]


def test_the_setting_goes_before_the_articles() -> None:
    sections = Sections(in_memory(), "EG", evidence_of)
    articles = [fire(1, "دمشق"), fire(2, "القاهرة")]
    assert not {*sections.apply(Delta(upserted=articles)).upserted}
    assert [sections.with_section(each).section for each in articles] == ["دولي", "محليات"]


def test_another_home_touches_all() -> None:
    sections = Sections(in_memory(), "", evidence_of)
    sections.apply(Delta(upserted=[fire(1, "دمشق")]))
    touched = sections.apply(Delta(upserted=[fire(2, "القاهرة"), fire(3, "القاهرة")]))
    assert {*touched.upserted} == {fire(number, "").file for number in (1, 2, 3)}
    assert not {*sections.apply(Delta({fire(3, "").file}, [fire(4, "القاهرة")])).upserted}


@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.sampled_from(["دمشق", "القاهرة", "المدينة", None])),
        max_size=12,
    )
)
def test_what_is_kept_is_a_function_of_the_articles(history: list[tuple[int, str | None]]) -> None:
    kept, straight = in_memory(), in_memory()
    sections, now = Sections(kept, "", evidence_of), dict[int, Article]()
    for number, town in history:
        if town:
            now[number] = fire(number, town)
            sections.apply(Delta(upserted=[now[number]]))
        else:
            now.pop(number, None)
            sections.apply(Delta({fire(number, "").file}))
    Sections(straight, "", evidence_of).apply(Delta(upserted=[now[n] for n in sorted(now)]))
    for query in (
        "select * from topic_evidence order by file",
        "select * from home_votes where articles > 0 order by country",
    ):
        assert kept.execute(query).fetchall() == straight.execute(query).fetchall()
