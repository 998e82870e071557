"""Composing: text stays the text, every link leads somewhere, and addresses stay."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data
from mujaz.arabic.normalise import DIGITS, clean, fold_spaces
from mujaz.arabic.typesetting import typeset
from mujaz.compose import page_text
from mujaz.compose.markdown import blocks, escape, item, link, relative
from mujaz.compose.permalinks import (
    article_path,
    day_archive_path,
    day_path,
    month_path,
    site_address,
    tag_path,
    week_path,
)
from mujaz.model import Article, Duplicate, Headline, Tag
from mujaz.site_model import Page

from tests.support import (
    ANY_TEXT,
    HOSTILE,
    Collected,
    compose,
    config,
    days,
    sample,
    without_isolates,
)

EXTENSIONS = ["toc", "tables", "fenced_code"]
"""What MkDocs always loads, and all that mkdocs.yml names."""
SITE = "https://mujaz.example/"
MARKS = ("<script>alert(1)</script>", "[x](javascript:1)", "{{ 7*7 }}", "]]> & <![CDATA[", "--- #")


class Shown(HTMLParser):
    """What a reader sees of HTML, isolates aside, and what it is marked up with."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.links: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += without_isolates(data)

    def handle_comment(self, data: str) -> None:
        self.tags.append("!--")

    def handle_decl(self, decl: str) -> None:
        self.tags.append("!")


def set_text(text: str) -> str:
    return typeset(fold_spaces(text))


def shown(text: str) -> Shown:
    return Shown(markdown.markdown(text, extensions=EXTENSIONS))


@pytest.mark.parametrize(
    ("place", "tags"),
    [
        ("{}\n", ["p"]),
        ("- {}\n", ["ul", "li"]),
        ("## {}\n", ["h2"]),
        ("*{}*\n", ["p", "em"]),
        ("**{}**\n", ["p", "strong"]),
        ("[{}](a.md)\n", ["p", "a"]),
        ("### [{}](a.md)\n", ["h3", "a"]),
        ("- [{}](a.md) 3\n", ["ul", "li", "a"]),
    ],
    ids="paragraph item heading emphasis strong link heading-link item-link".split(),
)
@given(text=ANY_TEXT)
def test_escaped_text_is_shown_as_it_is(place: str, tags: list[str], text: str) -> None:
    text = clean(text)
    if fold_spaces(text):
        page = shown(place.replace("{}", escape(text)))
        expected = set_text(text) + (" 3" if place.endswith("3\n") else "")
        assert page.text.strip() == expected
        assert page.tags == tags


LOOKALIKES = ["[TOC]", "1. أول", "٢. ثان", "3) ثالث", "---", "***", "a | b", "```", "    رمز"]
LOOKALIKES += [
    "&amp;",
    "&#60;b&#62;",
    ": تعريف",
    "https://x.example",
    "<https://x.example>",
    "[^1]",
]


@pytest.mark.parametrize("text", LOOKALIKES)
def test_text_that_looks_like_markdown(text: str) -> None:
    page = shown(blocks([escape(text), escape("بعد")]))
    assert page.text.split("\n") == [fold_spaces(text), "بعد"]
    assert page.tags == ["p", "p"]


@given(st.lists(HOSTILE.map(clean).filter(fold_spaces), min_size=1, max_size=4))
def test_item_holds_its_blocks(texts: list[str]) -> None:
    page = shown(item(*map(escape, texts)) + "\n" + item("آخر"))
    assert [line for line in page.text.split("\n") if line] == [*map(set_text, texts), "آخر"]
    assert page.tags[:2] == ["ul", "li"]
    assert set(page.tags) <= {"ul", "li", "p"}


@given(ANY_TEXT, ANY_TEXT, st.dates())
def test_front_matter_is_read_as_it_was_meant(title: str, summary: str, day: Any) -> None:
    meta = {
        "title": title,
        "date": {"created": day},
        "tags": [title, summary],
        "mujaz": {"a": summary},
    }
    text = page_text(Page("a.md", meta, "نص\n\n---\n\nنص\n"))
    assert get_data(text) == ("نص\n\n---\n\nنص\n", meta)


@pytest.mark.parametrize(
    ("target", "page", "way"),
    [
        ("articles/a.md", "index.md", "articles/a.md"),
        ("articles/a.md", "articles/b.md", "a.md"),
        ("index.md", "tags/a/2.md", "../../index.md"),
        ("headlines/index.md", "articles/a.md", "../headlines/index.md"),
    ],
)
def test_relative(target: str, page: str, way: str) -> None:
    assert relative(target, page) == way
    assert link("نص", target, page) == f"[نص]({way})"


@pytest.mark.parametrize(
    ("path", "address"),
    [("index.md", ""), ("tags/index.md", "tags/"), ("articles/a.md", "articles/a/")],
)
def test_site_address(path: str, address: str) -> None:
    assert site_address(path) == address


def pages_of(articles: Sequence[Article], **fields: Any) -> dict[str, str]:
    site = config(Path("/nowhere"), **{"page_size": 5, "site_url": SITE, **fields})
    found = list(compose(Collected(tuple(articles), {}), site))
    texts = {page.path: page_text(page) for page in found}
    assert len(texts) == len(found), "two pages at one address"
    return texts


TAG = Tag("سوريا", "place", 0.9)


@given(st.integers(0, 23), st.integers(0, 7))
@settings(max_examples=40)
def test_a_new_article_renumbers_nothing(dated: int, undated: int) -> None:
    whole = [sample(i, date=day, tags=(TAG,)) for i, day in enumerate(days(dated + 1))][::-1]
    rest = [sample(100 + i, tags=(TAG,)) for i in range(undated)]
    before, after = pages_of([*whole[1:], *rest]), pages_of([*whole, *rest])
    changed = {path for path, text in after.items() if before.get(path) != text}
    last = -(-dated // 5)
    indexes = ["tags", "places", "sections", "sources", "archive", "digest", "stories", "headlines"]
    indexes.append("browse")
    allowed = {"index.md", "feed.xml", "feed.json", "search/names.json", article_path(whole[0])}
    allowed |= {f"{name}/index.md" for name in indexes}
    today = whole[0].date or dt.date.min
    for day in (today, today - dt.timedelta(1)):
        allowed |= {day_path(day), day_archive_path(day)}
    allowed.add(week_path(today))
    month = month_path(today).removesuffix(".md")
    older = dated - 1 - (today.day - 1 if today.day > 1 else 0)  # articles of earlier months
    in_month = dated - max(older, 0)
    allowed |= {f"{month}.md", *(f"{month}/{i}.md" for i in range(1, 3 + in_month // 5))}
    for stem in ("headlines", "tags/سوريا"):
        allowed |= {f"{stem}/{last}.md", f"{stem}/{last + 1}.md"}
        if dated + undated <= 5:  # until now, one page held them all
            allowed |= {f"{stem}/{i}.md" for i in ("1", "2", "undated-1", "undated-2")}
    allowed |= {"headlines/index.md", "tags/سوريا.md", "search.md"}
    assert changed <= allowed
    assert set(before) <= set(after)


@given(st.integers(0, 12), st.integers(0, 12))
@settings(max_examples=30)
def test_every_article_is_on_some_index_page(dated: int, undated: int) -> None:
    articles = [sample(i, date=day, tags=(TAG,)) for i, day in enumerate(days(dated))][::-1]
    articles += [sample(100 + i, tags=(TAG,)) for i in range(undated)]
    texts = pages_of(articles)
    paths = {article_path(article) for article in articles}
    for stem in ("headlines", "tags/سوريا"):
        listed = set()
        for page, text in texts.items():
            if page == f"{stem}.md" or page.startswith(f"{stem}/"):
                listed |= _targets(page, text)
        assert paths <= listed


def _targets(page: str, text: str) -> set[str]:
    body, _ = get_data(text)
    folder = posixpath.dirname(page)
    return {
        posixpath.normpath(posixpath.join(folder, to)) if ".md" in to else _published(page, to)
        for to in shown(body).links
    }


def _published(page: str, address: str) -> str:
    """Return the path of the page that an address in HTML leads to."""
    path = posixpath.normpath(posixpath.join(site_address(page), address.partition("#")[0]))
    if path == ".":
        return "index.md"
    return f"{path}.md" if "/" in path else f"{path}/index.md"


def hostile_articles() -> list[Article]:
    articles: list[Article] = []
    for number, (mark, day) in enumerate(zip(MARKS * 3, days(15), strict=True)):
        title = f"{mark} خبر {number}"
        tags = (Tag(mark, "topic", 0.9), Tag("حلب", "place", 0.8))
        beside = (Headline(mark, 1.0, articles[-1].id if articles else None), Headline(mark, 0.9))
        fields: dict[str, Any] = {"tags": tags, "sidebar": beside, "sidebar_raw": mark}
        fields |= {"paragraphs": (mark, f"1. {mark}"), "summary": mark, "source": mark}
        fields |= {"place": mark, "authors": (mark, "ليلى النجار"), "also_in": (mark,)}
        fields |= {"duplicates": (Duplicate("x", mark, f"{mark} {number}", None),)}
        fields |= {"first_source": mark, "also_told_in": tuple(each.file for each in articles[:2])}
        date = day if number % 3 else None
        articles.append(sample(number, title=title, date=date, section="ثقافة", **fields))
    return sorted(articles, key=lambda a: str(a.date or ""), reverse=True)


def test_every_link_leads_to_a_page() -> None:
    texts = pages_of(hostile_articles())
    pages = {path: text for path, text in texts.items() if path.endswith(".md")}
    found = {(page, to) for page, text in pages.items() for to in _targets(page, text)}
    assert len(found) > 100
    assert [each for each in found if each[1] not in pages] == []


def test_pages_hold_only_our_own_markup() -> None:
    ours = {"p", "a", "h2", "h3", "ul", "li", "em", "strong", "small"}
    ours |= {"article", "span", "b", "button", "svg", "path", "div", "section", "nav", "footer"}
    ours |= {"time", "bdi", "details", "summary", "br"}
    ours |= {"ol", "figure", "figcaption", "blockquote", "dl", "dt", "dd", "ins", "del"}
    ours |= {"rect", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    ours.add("abbr")
    for path, text in pages_of(hostile_articles()).items():
        if path.endswith(".md"):
            body, meta = get_data(text)
            assert set(shown(body).tags) <= ours, path
            assert meta["title"], path
            assert meta["template"].endswith(".html"), path


def test_duplicates_are_listed_with_the_headlines_that_they_had() -> None:
    address = 'https://mujaz.example/"><script>'
    article = sample(
        1,
        title="افتتاح الجسر",
        source="السنديانة",
        also_in=("سانا", "صدى الرابية"),
        first_source="سانا",
        duplicates=(
            Duplicate("a.txt", "سانا", "إفتتاح الجسر", None),
            Duplicate("b.txt", "صدى الرابية", "الجسر مفتوح", address),
            Duplicate("c.txt", "صدى الرابية", "الجسر مفتوح", address),
            Duplicate("d.txt", "صدى الرابية", "جسر جديد", None),
            Duplicate("e.txt", None, "بلا مصدر", None),
        ),
    )
    body, _ = get_data(pages_of([article])[article_path(article)])
    found = shown(body)
    assert address in found.links
    end = "نُشر أيضاً في سانا، صدى الرابية (أول من نشر: سانا)صدى الرابية: الجسر مفتوح، جسر جديد"
    assert found.text.strip().endswith(end)
    assert "بلا مصدر" not in found.text


def test_a_statement_and_its_round_up_lead_to_each_other() -> None:
    statement = sample(1, also_told_in=("002.txt", "nowhere.txt"))
    round_up = sample(2, also_tells=("001.txt",))
    texts = pages_of([statement, round_up])
    for one, other in ((statement, round_up), (round_up, statement)):
        path = article_path(one)
        assert _targets(path, texts[path]) >= {article_path(other)}


def test_article_page_shows_every_part() -> None:
    article = hostile_articles()[0]
    body, meta = get_data(pages_of([article])[article_path(article)])
    text = shown(body).text
    for part in (*article.paragraphs, *(tag.name for tag in article.tags), *article.also_in):
        assert part in text
    assert meta["title"] == article.title
    assert meta["description"] == article.summary
    assert meta["authors"] == list(article.authors)
    assert meta["date"] == {"created": article.date}
    assert meta["mujaz"]["id"] == article.id
    assert meta["mujaz"]["sidebar_raw"] == article.sidebar_raw


def test_isolates_are_for_what_is_shown() -> None:
    tags = (Tag("C++", "topic", 0.9),)
    shop = {"source": "@wadi", "authors": ("Apple Inc.",), "section": "+18"}
    text = "بلغت الحرارة -5 درجات"
    article = sample(1, title="تعلّم C++ اليوم", summary=text, paragraphs=(text,), tags=tags, **shop)
    texts = pages_of([article])
    body, meta = get_data(texts[article_path(article)])
    ours = meta["mujaz"]
    assert body.count("\u2066&#45;5\u2069") == 1
    assert ">\u2066C&#43;&#43;\u2069</a>" in body
    assert ours["headline"] == "تعلّم \u2066C++\u2069 اليوم"
    assert "\u2066&#64;wadi\u2069</a> <span>\u2066Apple Inc.\u2069</span>" in body
    assert ours["section"] == "\u2066+18\u2069"
    assert get_data(texts[tag_path("C++")])[1]["mujaz"]["headline"] == "\u2066C++\u2069"
    kept = {key: value for key, value in meta.items() if key != "mujaz"}
    for stated in (str(kept), str(ours["tags"]), *texts, texts["feed.json"], texts["feed.xml"]):
        assert "\u2066" not in stated
    assert "headline" not in get_data(texts["headlines/index.md"])[1]["mujaz"]


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fa", "rtl"), ('x"<', "ltr")])
def test_another_language_is_marked_wherever_it_is_shown(language: str, direction: str) -> None:
    day = dt.date(2025, 7, 14)
    text = "One two three four five six seven <b>."
    article = sample(1, title="Title", paragraphs=(text, "More."), summary=text)
    article = replace(article, language=language, date=day)
    pages = pages_of([article, sample(2, language="ar", date=day)])
    mark = f' lang="{escape(language)}" dir="{direction}">'
    own = pages[article_path(article)]
    assert own.count(f"<p{mark}") == 2
    assert f"<p{mark}{escape(text)}</p>" in own
    assert f"direction: {direction}" in own
    assert f"<span{mark}{escape(text)}</span>" in pages["digest/2025-07-14.md"]
    assert f"[<span{mark}Title</span>](" in pages["headlines/index.md"]
    arabic = pages[article_path(sample(2))]
    assert re.findall("<[^<]*lang=[^<]*", arabic) == [f"<span{mark}Title"]
    assert "direction:" not in arabic


@pytest.mark.parametrize(
    ("source", "agency", "byline"),
    [
        ("السنديانة", "رويترز", "السنديانة حلب عن رويترز قراءة دقيقة واحدة"),
        ("رويترز", "رويترز", "رويترز حلب قراءة دقيقة واحدة"),
        ("السنديانة", None, "السنديانة حلب قراءة دقيقة واحدة"),
    ],
)
def test_the_agency_stands_apart_from_the_paper(
    source: str, agency: str | None, byline: str
) -> None:
    article = sample(1, source=source, agency=agency, place="حلب")
    body, meta = get_data(pages_of([article])[article_path(article)])
    assert shown(body).text.strip().split("\n")[0] == byline
    assert meta["mujaz"].get("agency") == agency


def test_an_excerpt_says_so_and_where_the_whole_is() -> None:
    article = sample(1, excerpt=True, address="https://oak.example/1")
    plain = sample(2)
    texts = pages_of([article, plain])
    metas = [get_data(texts[article_path(each)])[1]["mujaz"] for each in (article, plain)]
    assert metas[0]["excerpt"] is True
    assert metas[0]["address"] == "https://oak.example/1"
    assert not {"excerpt", "address"} & metas[1].keys()


def test_an_empty_collection_has_its_pages() -> None:
    texts = pages_of([])
    assert {"index.md", "headlines/index.md", "tags/index.md"} <= set(texts)
    for path, text in texts.items():
        if path.endswith(".md"):
            assert [to for to in _targets(path, text) if to not in texts] == []


def test_the_edition_is_of_the_newest_day() -> None:
    found = [sample(1, date=dt.date(2025, 7, 27)), sample(2, date=dt.date(2025, 7, 1)), sample(3)]
    _, meta = get_data(pages_of(found)["index.md"])
    assert meta["mujaz"]["date_text"] == "الأحد 27 تموز 2025"
    assert meta["mujaz"]["hijri_text"] == "2 صفر 1447 هـ"
    assert meta["mujaz"]["date_iso"] == "2025-07-27"
    _, undated = get_data(pages_of([sample(3)])["index.md"])
    assert not {"date_text", "hijri_text", "date_iso"} & undated["mujaz"].keys()


def test_own_numbers_are_in_the_digits_chosen() -> None:
    articles = [
        sample(
            i, date=day, tags=(TAG,), title=f"عنوان {i} لعام 2016", paragraphs=("بين 2016-2017",)
        )
        for i, day in enumerate(days(24))
    ][::-1]
    articles.append(sample(99))
    latin, arabic = pages_of(articles), pages_of(articles, digits="arabic")
    assert latin.keys() == arabic.keys()
    said = re.compile("|".join([*(each.title for each in articles), "بين 2016-2017"]))
    for path in latin:
        assert arabic[path].translate(DIGITS) == latin[path], path
        if path.endswith(".md"):
            body, meta = get_data(arabic[path])
            told = ("title", "description"), ("date_text", "reading_time", "summary", "chart_text")
            parts = [meta.get(key, "") for key in told[0]]
            parts += [meta["mujaz"].get(key, "") for key in told[1]]
            assert not re.search("[0-9]", said.sub("", fold_spaces(shown(body).text))), path
            assert not re.search("[0-9]", said.sub("", " ".join(parts))), path
        else:
            assert arabic[path] == latin[path]
    ours = get_data(arabic["index.md"])[1]["mujaz"]
    assert ours["date_text"] == "الجمعة ٢٤ كانون الثاني ٢٠٢٥"
    assert ours["date_iso"] == "2025-01-24"


NAMES = ["index", "أ. ب", "أ ب", "أ-ب", "!", "؟", "AB", "ab", "Ab", "أَ ب", "tag", "كلمة " * 20]


@given(st.lists(st.one_of(HOSTILE, st.sampled_from(NAMES))))
def test_tags_have_their_own_addresses(names: list[str]) -> None:
    paths = {name: tag_path(name) for name in names}
    assert len(set(paths.values())) == len(paths)
    assert "tags/index.md" not in paths.values()
    assert all(p.count("/") == 1 and p.startswith("tags/") for p in paths.values())


@pytest.mark.parametrize("name", ["سوريا", "درعا البلد"])
def test_plain_tags_have_plain_addresses(name: str) -> None:
    assert tag_path(name) == f"tags/{name.replace(' ', '-')}.md"
