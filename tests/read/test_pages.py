"""Saved web pages: no text of an article is lost, and no page is published that is none."""

from __future__ import annotations

from typing import Any

import pytest
from mujaz.model import Document, Problem
from mujaz.read.formats import html
from mujaz.read.raw import Raw

from tests.support import case_table, cases

TEXTS: dict[str, str] = case_table("pages")["texts"]
HEAD = '<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">'
PAGE = (
    HEAD + "<title>عودة مدرسة النخيل</title>{head}</head><body><nav><a href='/'>الرئيسية</a></nav>"
    "<main><article><h1>عودة مدرسة النخيل</h1><div>{body}</div></article></main>"
    "<footer><p>جميع الحقوق محفوظة</p></footer></body></html>"
)


def with_texts(text: str) -> str:
    """Return `text` with sentences in place of their names."""
    for name, sentence in TEXTS.items():
        text = text.replace(name, sentence)
    return text


def read(page: str) -> Document | Problem:
    (result,) = html.read(Raw("a.html", with_texts(page).encode()))
    return result


@pytest.mark.parametrize("case", cases("pages", "articles"))
def test_text_of_an_article(case: dict[str, Any]) -> None:
    document = read(PAGE.format(head=case.get("head", ""), body=case["body"]))
    assert isinstance(document, Document), document
    for part in map(with_texts, case.get("has", ())):
        assert part in document.text
    for part in map(with_texts, case.get("lacks", ())):
        assert part not in document.text
    assert len(document.text.split("\n")) == case.get("paragraphs", document.text.count("\n") + 1)
    assert not document.faults


@pytest.mark.parametrize("case", cases("pages", "kinds"))
def test_no_article(case: dict[str, Any]) -> None:
    problem = read(HEAD + case["page"])
    assert isinstance(problem, Problem), problem
    assert case["problem"] in problem.reason
    assert problem.hint


@pytest.mark.parametrize("case", cases("pages", "published"))
def test_an_article_all_the_same(case: dict[str, Any]) -> None:
    document = read(HEAD + case["page"])
    assert isinstance(document, Document), document
    assert TEXTS["LEAD"] in document.text


@pytest.mark.parametrize(
    "wrapper",
    [
        '<body style="display:none">{}</body>',
        '<body style="visibility:hidden">{}</body>',
        '<div style="opacity:0">{}</div>',
        "<div hidden>{}</div>",
        '<div class="modal popup" style="display: none"><div hidden>{}</div></div>',
        "<noscript>{}</noscript>",
        '<template shadowrootmode="open">{}</template>',
    ],
)
def test_a_wrapper_that_waits_for_scripts(wrapper: str) -> None:
    article = "<h1>عودة مدرسة النخيل</h1><p>LEAD</p><p>SECOND</p>"
    document = read(HEAD + "<title>عودة مدرسة النخيل</title>" + wrapper.format(article))
    assert isinstance(document, Document), document
    assert document.text.split("\n") == [TEXTS["LEAD"], TEXTS["SECOND"]]


def test_what_scripts_hold_counts_towards_no_limit() -> None:
    script = "<script>" + "if(a<b){c<d} x=y z=1 " * 9_000 + "</script>"
    style = "<style>" + "a>b{c:d} " * 50_000 + "</style>"
    drawing = "<svg>" + '<path d="M0 0" fill="none"/>' * 7_000 + "</svg>"
    data = '<script type="application/json">' + '{"a":"<b c=d>"},' * 9_000 + "</script>"
    for part in (script, style, drawing, data, "<!-- <a b=c> -->" * 9_000):
        document = read(PAGE.format(head=part, body=f"<p>LEAD</p>{part}<p>SECOND</p>"))
        assert isinstance(document, Document), document
        assert document.text.split("\n") == [TEXTS["LEAD"], TEXTS["SECOND"]]


def test_what_json_ld_has_and_the_page_has_not_is_a_doubt() -> None:
    other = " ".join((TEXTS["THIRD"], TEXTS["FOURTH"])) * 2
    head = f'<script type="application/ld+json">{{"@type": "Article", "articleBody": "{other}"}}'
    page = PAGE.format(head=head + "</script>", body="<p>LEAD</p><p>SECOND</p>")
    document = read(page)
    assert isinstance(document, Document)
    assert any("articleBody" in fault for fault in document.faults)


def test_a_larger_block_is_a_doubt() -> None:
    block = "<p>THIRD</p><p>FOURTH</p>"
    page = f"<h1>عودة مدرسة النخيل</h1><div><p>LEAD</p></div><div><hr><div>{block}</div></div>"
    document = read(HEAD + page)
    assert isinstance(document, Document)
    assert document.faults or TEXTS["FOURTH"] in document.text


def test_the_first_of_two_articles_is_the_pages() -> None:
    first = "<article><h1>عودة مدرسة النخيل</h1><p>LEAD</p><p>SECOND</p></article>"
    other = f"<article><h1>سوق السمك يعود</h1>{'<p>THIRD</p><p>FOURTH</p>' * 4}</article>"
    document = read(HEAD + "<title>صدى الرابية</title>" + first + other)
    assert isinstance(document, Document), document
    assert document.stated["title"].value == "عودة مدرسة النخيل"
    assert document.text.split("\n") == [TEXTS["LEAD"], TEXTS["SECOND"]]
    assert any("سوق السمك يعود" in fault for fault in document.faults)


def test_links_side_by_side_are_lines_of_their_own() -> None:
    links = "<div><a href=/1>سوق السمك يعود إلى المرفأ</a><a href=/2>جسر المشاة يفتح غدا</a></div>"
    document = read(HEAD + "<h1>عودة مدرسة النخيل</h1><p>LEAD</p><p>SECOND</p>" + links)
    assert isinstance(document, Document), document
    assert document.linked == ("سوق السمك يعود إلى المرفأ", "جسر المشاة يفتح غدا")


@pytest.mark.parametrize(
    "entries",
    [
        "<ol><li>كتاب الطيور<li>كتاب النهر</ol>",
        "<ol><li>كتب سامر حداد<li>كتاب النهر</ol>",
        "<ul><li>بقلم سامر حداد<li>كتاب النهر</ul>",
        '<ol><li class=author>سامر حداد<li><a href="/authors/x">ليلى النجار</a></ol>',
    ],
)
def test_entries_of_a_list_are_no_authors(entries: str) -> None:
    for body in (f"<p>LEAD</p>{entries}<p>SECOND</p>", f"{entries}<p>LEAD</p><p>SECOND</p>"):
        document = read(PAGE.format(head="", body=body))
        assert isinstance(document, Document), document
        assert "authors" not in document.stated
