"""Looks at the built sample site, as files and in a browser at phone and desktop size."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest

from tests.support import without_isolates

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIZES = {"phone": (390, 844), "desktop": (1440, 900)}


class _Links(HTMLParser):
    """Collects what a page points at, and its own anchors."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = {"top"}  # every page has one, says the HTML standard
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids.add(values.get("id") or "")
        rel = values.get("rel") or ""
        # To where articles were published first; nothing is loaded from there.
        host = urlsplit(values.get("href") or "").netloc
        is_origin = tag == "a" and host.endswith(".example") and host != "mujaz.example"
        if not is_origin and not (tag == "link" and rel in ("canonical", "preconnect")):
            target = values.get("href") or values.get("src")
            if target is not None:
                self.targets.append(target)


def _pages(site: Path) -> list[str]:
    """Return the addresses of all pages, from the site's root."""
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return [name.removesuffix("index.html") for name in found]


def _read(site: Path, address: str) -> str:
    name = f"{address}index.html" if address == "" or address.endswith("/") else address
    return (site / name).read_text("utf-8")


def test_every_internal_link_resolves(site: Path) -> None:
    broken = []
    pages = {address: _Links(_read(site, address)) for address in _pages(site)}
    assert len(pages) > 40
    for address, links in pages.items():
        for target in links.targets:
            parts = urlsplit(urljoin(f"https://here.example/{quote(address)}", target))
            path = unquote(parts.path).removeprefix("/")
            if parts.netloc != "here.example":
                broken.append((address, target, "leaves the site"))
            elif path in pages:
                if parts.fragment and unquote(parts.fragment) not in pages[path].ids:
                    broken.append((address, target, "no such anchor"))
            elif not (site / path).is_file():
                broken.append((address, target, "no such page"))
    assert not broken


def test_every_page_is_arabic_right_to_left_and_guarded(site: Path) -> None:
    for address in _pages(site):
        text = _read(site, address)
        opening = re.search(r"<html[^>]*>", text)
        assert opening, address
        assert 'lang="ar"' in opening[0], address
        assert 'dir="rtl"' in opening[0], address
        assert "Content-Security-Policy" in text, address
        assert not re.search(
            r'<script(?! type="(?:application/ld\+json|speculationrules)">|[^>]*\bsrc=)', text
        ), address
        assert not re.search(r"<[^>]+\sstyle=", text), address
        assert text.count("<h1") == 1, address


def test_headings_skip_no_level(site: Path) -> None:
    for address in _pages(site):
        levels = [int(level) for level in re.findall(r"<h(\d)", _read(site, address))]
        assert all(below <= above + 1 for above, below in pairwise(levels)), address


def test_every_page_tells_machines_what_it_tells_readers(site: Path) -> None:
    for address in _pages(site):
        text = _read(site, address)
        told = dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', text))
        assert told["description"] == told["og:description"] != "", address
        assert told["og:locale"] == "ar_AR", address
        if address == "404.html":
            continue
        found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
        first, *rest = json.loads(*found)["@graph"]
        assert first.get("headline", first.get("name")) == unescape(told["og:title"]), address
        canonical = re.findall(r'<link rel="canonical" href="([^"]+)">', text)
        where = first.get("mainEntityOfPage") or first.get("url") or canonical[0]
        assert [where] == [told["og:url"]] == canonical, address
        assert first.get("datePublished") == told.get("article:published_time"), address
        assert first.get("dateModified") == told.get("article:modified_time"), address
        steps = [step["item"] for trail in rest for step in trail["itemListElement"][:-1]]
        for step in steps:
            assert (site / unquote(urlsplit(step).path)[1:] / "index.html").is_file(), address


def test_the_site_is_found_at_the_addresses_it_promises(site: Path) -> None:
    promised = ["index.html", "headlines/index.html", "tags/index.html", "about/index.html"]
    for name in [*promised, "404.html", "feed.xml", "feed.json", "sitemap.xml"]:
        assert (site / name).is_file(), name


def test_articles_show_their_text_word_for_word(project: Path, site: Path) -> None:
    command = [sys.executable, "-m", "mujaz", "parse", "--json", "seeds"]
    output = subprocess.run(command, cwd=project, check=True, capture_output=True, text=True)
    articles: list[dict[str, Any]] = [json.loads(line) for line in output.stdout.splitlines()]
    shown = {_visible_paragraphs(_read(site, page)) for page in _pages(site) if "articles/" in page}
    by_title = dict(shown)
    published = [each for each in articles if each["title"] in by_title]
    assert len(published) >= 24
    for article in published:
        whole = tuple(" ".join(text.split()) for text in article["paragraphs"])
        assert any(title == article["title"] and whole == body for title, body in shown) or (
            article["file"].endswith("copy.txt") or _is_copy(article, by_title[article["title"]])
        ), article["file"]


def _is_copy(article: dict[str, Any], body: tuple[str, ...]) -> bool:
    words = set(" ".join(article["paragraphs"]).split())
    return len(words & set(" ".join(body).split())) > 0.5 * len(words)


class _Text(HTMLParser):
    """Collects the headline, and the paragraphs between it and the first section below."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.title = ""
        self.paragraphs: list[str] = []
        self._inside = ""
        self._done = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._done = self._done or tag in ("h2", "footer")
        if tag in ("h1", "p"):
            self._inside = tag
            if tag == "p" and self.title and not self._done and not dict(attrs).get("class"):
                self.paragraphs.append("")
            elif tag == "p":
                self._inside = ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h1", "p"):
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "h1":
            self.title += data
        elif self._inside == "p":
            self.paragraphs[-1] += data


def _visible_paragraphs(text: str) -> tuple[str, tuple[str, ...]]:
    page = _Text(without_isolates(text))
    return page.title.strip(), tuple(" ".join(each.split()) for each in page.paragraphs)


@pytest.mark.browser
@pytest.mark.parametrize("size", SIZES)
def test_walk(site: Path, address: str, browser: Browser, size: str) -> None:
    """Every page: no error, no foreign request, nothing wider than the screen, right to left."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    faults: list[str] = []
    asked: list[str] = []
    answers: list[tuple[str, int]] = []
    page.on("console", lambda message: faults.append(f"{page.url}: console: {message.text}"))
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda answer: answers.append((answer.url, answer.status)))
    for path in _pages(site):
        page.goto(f"{address}/{quote(path)}")
        measured = page.evaluate(
            "() => [getComputedStyle(document.body).direction,"
            " document.documentElement.scrollWidth - document.documentElement.clientWidth,"
            " document.fonts.size, document.querySelector('h1').innerText.trim()]"
        )
        if measured[0] != "rtl" or measured[1] > 0 or measured[2] < 2 or not measured[3]:
            faults.append(f"{path}: direction, overflow, fonts, headline are {measured}")
    context.close()
    assert not faults
    assert not [answer for answer in answers if answer[1] not in (200, 304)]
    assert not [url for url in asked if not url.startswith((address, "data:"))]


@pytest.mark.browser
def test_the_address_of_an_article_can_be_copied(
    site: Path, address: str, browser: Browser
) -> None:
    article = next(page for page in _pages(site) if page.startswith("articles/"))
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/{quote(article)}")
    button = page.get_by_role("button", name="مشاركة")
    assert button.is_visible()
    button.click()
    page.get_by_text("نُسخ الرابط").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    context.close()
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{address}/{quote(article)}")
    assert not page.locator(".share").is_visible()
    plain.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["system", "slate"])
def test_paper_is_light_whatever_the_screen_is(address: str, browser: Browser, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address)
    if scheme != "system":
        page.evaluate("localStorage.setItem('mujaz/', '{\"mdColorScheme\": \"slate\"}')")
        page.reload()
    colour = "() => getComputedStyle(document.documentElement).getPropertyValue('--soft').trim()"
    on_screen = page.evaluate(colour)
    page.emulate_media(media="print")
    on_paper = page.evaluate(colour)
    context.close()
    light = browser.new_context(color_scheme="light")
    page = light.new_page()
    page.goto(address)
    assert on_screen != on_paper == page.evaluate(colour)
    light.close()
