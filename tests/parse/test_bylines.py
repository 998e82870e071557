"""Datelines and bylines of records: what their field of authors and their text say."""

from __future__ import annotations

from typing import Any

import pytest
from mujaz.data import table
from mujaz.model import Article, Document, Stated
from mujaz.parse import SiteVocabulary, draft, learn_vocabulary, parse_article

from tests.support import SOURCES, cases

PAPERS = (*table("sources"), *SOURCES)
TEXT = (
    "افتتحت البلدية مكتبة عامة في حي السوق القديم بعد عامين من أعمال الترميم بمشاركة متطوعين.",
    "وتضم المكتبة قاعة للمطالعة وأخرى للأطفال، إضافة إلى ركن للكتب التي تبرع بها أهالي الحي.",
)
HEADLINE = "افتتاح مكتبة عامة في حي السوق القديم بعد ترميمها"


def article(case: dict[str, Any]) -> Article:
    """Return the article of a record: `above` its two paragraphs and `below` are lines."""
    lines = [*case.get("above", ()), *(() if "only" in case else TEXT), *case.get("below", ())]
    stated = {
        "title": Stated(case.get("title", HEADLINE), "field"),
        "source": Stated(case.get("paper", "السنديانة"), "field"),
    }
    if "field" in case:
        stated["authors"] = Stated(case["field"], "field")
    page = draft(
        Document("a.jsonl#1", "\n".join(case.get("only", lines)), stated=stated, has_headline=False)
    )
    learned = learn_vocabulary([page], PAPERS)
    result = parse_article(page, SiteVocabulary(learned.headlines, learned.sources, learned.places))
    assert isinstance(result, Article), result
    return result


@pytest.mark.parametrize("case", cases("bylines", "records"))
def test_dateline_of_a_record(case: dict[str, Any]) -> None:
    result = article(case)
    assert (list(result.authors), result.place, result.agency) == (
        case.get("authors", []),
        case.get("place"),
        case.get("agency"),
    )
    text = "\n".join(result.paragraphs)
    assert text.startswith(case.get("starts", TEXT[0]))
    assert text.endswith(case.get("ends", TEXT[1] if "only" not in case else ""))
    if "cut" in case:
        assert case["cut"] in result.sidebar_raw
