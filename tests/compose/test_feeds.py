"""Feeds, read back as readers do: their text is the articles', and none of it becomes markup."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import feedparser
import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.arabic.normalise import clean, fold_spaces, key
from mujaz.compose.permalinks import article_path, site_address
from mujaz.library.groups import sort_key_of
from mujaz.model import Article

from tests.support import ANY_TEXT, Collected, compose, config, days, sample

SITE = "https://mujaz.example/"
ATOM, DUBLIN_CORE = "{http://www.w3.org/2005/Atom}", "{http://purl.org/dc/elements/1.1/}"
PLAIN = ("title", "category", f"{DUBLIN_CORE}creator", f"{DUBLIN_CORE}publisher")
"""Elements that some readers take for text, and others for HTML."""
HOSTILE_TEXTS = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "&lt;img src=x onerror=alert(1)&gt;",
    "&amp;lt;script&amp;gt;",
    "&#60;script&#62;&#x3c;b&#x3e;",
    "</description><item><title>مدسوس</title></item>",
    "]]> <![CDATA[ <b>",
    "<!-- تعليق --> <?php ?>",
    "أسهم AT&T وS&P 500، و3 < 5 > 2",
    "&copy؛ &nbsp; &",
    "a\"b'c",
    "javascript:alert(1)",
    "<\u2060script>",
    "< script>",
    "<x\u0301>",
    "نص عادي بلا شيء",
]


def feeds(articles: Sequence[Article], **fields: Any) -> dict[str, str]:
    """Return the feeds of a site with these articles."""
    site = config(Path("/nowhere"), **{"site_url": SITE, "site_name": "موجز", **fields})
    composed = compose(Collected(tuple(articles)), site)
    return {each.path: each.text for each in composed if each.path.startswith("feed.")}  # type: ignore[union-attr]


def said_in(texts: Sequence[str]) -> list[Article]:
    """Return articles that say each of some texts in all their fields."""
    return [
        sample(
            i,
            id=f"id{i}",
            title=fold_spaces(text),
            summary=text,
            paragraphs=(text,),
            authors=(text,),
            source=text,
            section=text,
            date=dt.date(2025, 7, 30) - dt.timedelta(i),
        )
        for i, text in enumerate(texts)
    ]


def items_of(feed: str) -> list[ElementTree.Element]:
    channel = ElementTree.fromstring(feed).find("channel")
    assert channel is not None
    return channel.findall("item")


def seen(text: str) -> str:
    """Return what is seen of a text: neither isolates nor joiners, and spaces are alike."""
    return fold_spaces(re.sub("[\u2060\u2066-\u2069]", "", text))


def as_html(text: str) -> str:
    """Return what a reader that takes a text for HTML shows, which holds no markup."""
    parsed = lxml.html.fragment_fromstring(text, create_parent="div")
    assert len(list(parsed.iter())) == 1, text
    return str(parsed.text_content())


def check_said(texts: Sequence[str]) -> None:
    made = feeds(said_in(texts))
    items = items_of(made["feed.xml"])
    assert len(items) == len(texts)
    for item, text in zip(items, texts, strict=True):
        assert seen(as_html(item.findtext("description") or "")) == seen(text)
        for name in PLAIN:
            plain = item.findtext(name) or ""
            assert seen(plain) == seen(as_html(plain)) == seen(text), name
    entries = json.loads(made["feed.json"])["items"]
    assert [each["content_text"] for each in entries] == [*texts]
    assert [each["summary"] for each in entries] == [*texts]
    assert [each["title"] for each in entries] == [fold_spaces(text) for text in texts]


def test_hostile_texts_are_texts() -> None:
    check_said(HOSTILE_TEXTS)


@settings(max_examples=50)
@given(st.lists(ANY_TEXT.map(clean).filter(key), min_size=1, max_size=5))
def test_any_text_is_text(texts: list[str]) -> None:
    check_said(texts)


def test_a_feed_parser_reads_the_same_texts() -> None:
    parsed = feedparser.parse(feeds(said_in(HOSTILE_TEXTS))["feed.xml"])
    assert not parsed.bozo
    for entry, text in zip(parsed.entries, HOSTILE_TEXTS, strict=True):
        assert seen(as_html(entry.summary)) == seen(text)
        assert seen(entry.title) == seen(text)
        assert seen(entry.author) == seen(text)
        assert [seen(tag.term) for tag in entry.tags] == [seen(text)]


@pytest.mark.parametrize("text", [*HOSTILE_TEXTS, "جرس\a وصفحة\f وفراغ\ufffe"])
def test_the_sites_name_is_text(text: str) -> None:
    made = feeds([sample(1)], site_name=text, site_description=f"عن {text}")
    channel = ElementTree.fromstring(made["feed.xml"]).find("channel")
    assert channel is not None
    shown = re.sub("[\a\f\ufffe]", "", text)
    for name, expected in (("title", shown), ("description", f"عن {shown}")):
        plain = channel.findtext(name) or ""
        assert seen(plain) == seen(as_html(plain)) == seen(expected)
    assert json.loads(made["feed.json"])["title"] == text


@pytest.mark.parametrize("site", [SITE, "https://x.example/news/", 'https://x.example/a"b/'])
def test_feeds_are_sound(site: str) -> None:
    articles = [sample(i, date=day) for i, day in enumerate(days(10))][::-1]
    articles += sorted((sample(20 + i) for i in range(5)), key=sort_key_of)
    made = feeds(articles, site_url=site)
    addresses = [site + site_address(article_path(article)) for article in articles]
    feed = json.loads(made["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == site + "feed.json"
    assert [unquote(entry["url"]) for entry in feed["items"]] == addresses
    assert [entry["id"] for entry in feed["items"]] == [each["url"] for each in feed["items"]]
    root = ElementTree.fromstring(made["feed.xml"])
    channel = root.find("channel")
    assert channel is not None
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    assert [channel.findtext(name) for name in ("link", "language")] == [site, "ar"]
    assert channel.findtext("title")
    assert channel.findtext("description")
    (itself,) = channel.findall(f"{ATOM}link")
    assert itself.attrib == {
        "href": site + "feed.xml",
        "rel": "self",
        "type": "application/rss+xml",
    }
    items = channel.findall("item")
    assert [unquote(item.findtext("link") or "") for item in items] == addresses
    for item in items:
        guid = item.find("guid")
        assert guid is not None
        assert (guid.get("isPermaLink"), guid.text) == ("true", item.findtext("link"))
    assert [seen(item.findtext("title") or "") for item in items] == [
        each.title for each in articles
    ]
    day = "{http://purl.org/dc/elements/1.1/}date"
    dates = [item.findtext(day) for item in items[:10]]
    assert dates == [each.date and each.date.isoformat() for each in articles[:10]]
    assert [item.find(day) for item in items[10:]] == [None] * 5


@pytest.mark.parametrize("count", [0, 1, 30, 31])
def test_feeds_hold_the_newest(count: int) -> None:
    articles = [sample(i, date=day) for i, day in enumerate(days(count))][::-1]
    entries = json.loads(feeds(articles)["feed.json"])["items"]
    assert [entry["title"] for entry in entries] == [each.title for each in articles[:30]]


def test_no_feeds_without_an_address() -> None:
    found = compose(Collected((sample(1),), {}), config(Path("/nowhere")))
    paths = {page.path for page in found}
    assert not paths & {"feed.xml", "feed.json", "opensearch.xml"}
    assert {"search/stems.json", "search/names.json"} <= paths  # which nobody reads from afar


def test_only_stated_times_are_in_feeds() -> None:
    zone = dt.timezone(dt.timedelta(hours=3))
    (first,) = days(1)
    exact = sample(1, date=first, time=dt.time(14, 30, tzinfo=zone))
    local = sample(2, date=first, time=dt.time(14, 30))
    pages = feeds([exact, local, sample(3, date=first)])
    items = ElementTree.fromstring(pages["feed.xml"]).findall("channel/item")
    by_time = sorted(item.findtext("pubDate") or "" for item in items)
    assert by_time[:2] == ["", ""]
    assert by_time[2].endswith("14:30:00 +0300")
    entries = json.loads(pages["feed.json"])["items"]
    assert [e["date_published"] for e in entries if "date_published" in e] == [
        f"{first.isoformat()}T14:30:00+03:00"
    ]
