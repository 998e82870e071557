"""Datelines and bylines: what each says, and that prose is none."""

from __future__ import annotations

from typing import Any

import pytest
from mujaz.arabic.normalise import clean, fold_spaces
from mujaz.data import table
from mujaz.model import Article, Document, Stated
from mujaz.parse import draft, learn_vocabulary, parse_article

from tests.support import SOURCES, cases

SENTENCE = "افتتحت البلدية الحديقة صباح اليوم بعد عامين من العمل، وحضر الافتتاح كثيرون."
AGENCY = "خزامى"
"""One that no table has: the editor names it."""
HEADLINE = "افتتاح حديقة عامة بعد عامين"


def parse(*lines: str, own: str | None = None, authors: str | None = None) -> Article:
    stated = {"source": Stated(own, "export")} if own else {}
    if authors:
        stated["authors"] = Stated((fold_spaces(clean(authors)),), "export")
    page = draft(Document("a.txt", "\n".join((HEADLINE, *lines)), stated=stated))
    known = (*table("sources"), *SOURCES, AGENCY)
    result = parse_article(page, learn_vocabulary([page], known, (AGENCY,)))
    assert isinstance(result, Article)
    return result


def said(article: Article) -> dict[str, Any]:
    fields = {
        "source": article.source,
        "place": article.place,
        "authors": list(article.authors),
        "agency": article.agency,
        "date": article.date,
    }
    return {name: value for name, value in fields.items() if value}


def expected(case: dict[str, Any]) -> dict[str, Any]:
    agency = case.get("agency")
    # Where no paper is named, the agency is the source as well.
    source = case.get("source") or case.get("own") or (None if agency == "وكالات" else agency)
    fields = {**case, "source": source if source != "الوكالات" else None}
    names = ("source", "place", "authors", "agency", "date")
    return {name: fields[name] for name in names if fields.get(name)}


@pytest.mark.parametrize("case", cases("datelines", "fields"))
def test_field_of_authors(case: dict[str, Any]) -> None:
    article = parse(SENTENCE, own=case.get("own"), authors=case["text"])
    assert said(article) == expected(case)
    assert article.paragraphs == (SENTENCE,)


@pytest.mark.parametrize("case", cases("datelines", "fields"))
def test_field_that_the_text_begins_with(case: dict[str, Any]) -> None:
    text = fold_spaces(clean(case["text"]))
    article = parse(f"{text} {SENTENCE}", own=case.get("own"), authors=text)
    assert said(article) == expected(case)
    is_dateline = set(expected(case)) - {"source"}
    assert SENTENCE in article.paragraphs[0]
    if is_dateline:
        assert article.paragraphs == (SENTENCE,)


@pytest.mark.parametrize("case", cases("datelines", "lines"))
def test_line_below_the_headline(case: dict[str, Any]) -> None:
    article = parse(case["text"], SENTENCE, own=case.get("own"))
    assert said(article) == expected(case)
    assert article.paragraphs == ((SENTENCE,) if expected(case) else (case["text"], SENTENCE))


@pytest.mark.parametrize("case", cases("datelines", "heads"))
def test_head_of_a_paragraph(case: dict[str, Any]) -> None:
    article = parse(case["text"] + SENTENCE, SENTENCE, own=case.get("own"))
    assert said(article) == expected(case)
    assert article.paragraphs[0] == SENTENCE


@pytest.mark.parametrize("case", cases("datelines", "prose"))
def test_prose(case: dict[str, Any]) -> None:
    article = parse(case["text"], SENTENCE)
    assert said(article) == {}
    assert article.paragraphs == (case["text"], SENTENCE)


@pytest.mark.parametrize("case", cases("datelines", "signatures"))
def test_signature(case: dict[str, Any]) -> None:
    article = parse(SENTENCE, SENTENCE, case["text"])
    assert said(article) == expected(case)
    assert article.paragraphs == (SENTENCE, SENTENCE)
    assert bool(article.sidebar_raw) == (not expected(case))


def test_dateline_below_a_standfirst() -> None:
    article = parse("وتضم ملعبين ومكتبة", "السنديانة ـ جدة", SENTENCE)
    assert said(article) == {"source": "السنديانة", "place": "جدة"}
    assert article.paragraphs == ("وتضم ملعبين ومكتبة", SENTENCE)


@pytest.mark.parametrize("above", [("هذه كتب الصيف:",), ("كتاب الطيور",)])
def test_entries_of_a_list_above_the_text_are_no_byline(above: tuple[str, ...]) -> None:
    article = parse(*above, "كتاب النهر", SENTENCE, SENTENCE)
    assert article.authors == ()
    assert article.paragraphs == (*above, "كتاب النهر", SENTENCE, SENTENCE)


def test_a_name_that_the_text_repeats_is_a_caption() -> None:
    article = parse("سالم الطريفي", f"{SENTENCE} وقال الطريفي إنها كبيرة.")
    assert article.authors == ()
    assert article.sidebar_raw == "سالم الطريفي"


def test_the_stated_source_stays() -> None:
    article = parse("دمشق - سانا:", SENTENCE, own="السنديانة")
    assert said(article) == {"source": "السنديانة", "place": "دمشق", "agency": "سانا"}


def test_a_list_of_names_at_the_end_stays() -> None:
    names = ("ليلى النجار", "سامر حداد", "رنا العلي")
    article = parse(SENTENCE, "أسماء الفائزين:", *names)
    assert article.paragraphs[-3:] == names
