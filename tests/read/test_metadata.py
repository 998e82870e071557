"""What pages and feeds state outside the text: titles, sites, bylines."""

from __future__ import annotations

from typing import Any

import pytest
from mujaz.model import Document, Stated
from mujaz.read.formats.html import read
from mujaz.read.raw import Raw
from mujaz.read.stated.authors import authors_of
from mujaz.read.stated.site_fields import without_site_name
from mujaz.read.stated.site_names import SiteNames, site_of_feed

from tests.support import case_table, cases

HEADLINE = "افتتاح مكتبة السوق القديم"
TEXT = "".join(f"<p>{text}</p>" for text in case_table("formats")["texts"])


def page(head: str, body: str) -> Document:
    markup = f'<html lang="ar"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    markup = markup.replace("HEADLINE", HEADLINE).replace("TEXT", TEXT)
    (result,) = read(Raw("a.html", markup.encode(), None))
    assert isinstance(result, Document), result
    return result


def stated(document: Document, name: str) -> Any:
    return document.stated[name].value if name in document.stated else None


@pytest.mark.parametrize("case", cases("metadata", "pages"))
def test_title_and_site(case: dict[str, Any]) -> None:
    document = page(case["head"], case["body"])
    assert stated(document, "title") == case["title"].replace("HEADLINE", HEADLINE)
    if "source" in case:
        assert stated(document, "source") == case["source"]


@pytest.mark.parametrize("case", cases("metadata", "bylines"))
def test_byline(case: dict[str, Any]) -> None:
    document = page(case.get("head", ""), case["body"])
    assert list(stated(document, "authors") or ()) == case["authors"]


@pytest.mark.parametrize("case", cases("metadata", "json_ld"))
def test_json_ld(case: dict[str, Any]) -> None:
    head = f'<script type="application/ld+json">{case["json"]}</script>'
    document = page(head, "<h1>HEADLINE</h1>TEXT")
    assert list(stated(document, "authors") or ()) == case["authors"]
    assert stated(document, "source") == case.get("source")


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        ('"OpinionNewsArticle"', "opinion"),
        ('["NewsArticle", "AnalysisNewsArticle"]', "feature"),
        ('"NewsArticle", "genre": "مقالات الرأي"', "opinion"),
        ('"NewsArticle"', None),
        ('"Article", "genre": "اقتصاد"', None),
    ],
)
def test_type_in_json_ld(types: str, expected: str | None) -> None:
    head = f'<script type="application/ld+json">{{"@type": {types}}}</script>'
    assert stated(page(head, "<h1>HEADLINE</h1>TEXT"), "type") == expected


@pytest.mark.parametrize(("title", "site"), case_table("metadata")["titles_of_feeds"])
def test_site_of_feed(title: str, site: str) -> None:
    assert site_of_feed(title) == site


@pytest.mark.parametrize("case", case_table("metadata")["titles_of_records"])
def test_a_headline_may_speak_of_its_paper(case: dict[str, str]) -> None:
    names = [name for name in ("title", "source") if name in case]
    fields: dict[str, Stated] = {name: Stated(case[name], "export") for name in names}
    title = without_site_name(fields, "افتتحت البلدية المكتبة.")["title"].value
    assert title == case.get("left", case["title"])


@pytest.mark.parametrize(
    ("field", "authors"),
    [
        ("صيدا: «مرصد المرفأ»", ("صيدا: «مرصد المرفأ»",)),
        ("مرصد المرفأ – صيدا", ("مرصد المرفأ – صيدا",)),
        ("صحيفة مرصد المرفأ", ()),
        ("مرصد المرفأ أونلاين", ()),
        ("ليلى النجار، سامر حداد", ("ليلى النجار", "سامر حداد")),
    ],
)
def test_the_site_is_nobody_but_may_stand_in_a_dateline(
    field: str, authors: tuple[str, ...]
) -> None:
    assert authors_of(field, SiteNames(["مرصد المرفأ"])) == authors
