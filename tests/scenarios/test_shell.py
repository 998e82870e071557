"""The masthead, and the reader's own layer, in a browser: on the sample site."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from mujaz.publish.output.assets import lean_assets

from tests.conftest import PROJECT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

_MAX_BYTES = 3 * 1024
_MAX_SHIFT = 0.01
_SHIFTS = """() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({type: "layout-shift", buffered: true});
}"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a small phone, of a reader who was never here."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def _article(site: Path, number: int = 0) -> str:
    return sorted(path.name for path in (site / "articles").iterdir())[number]


def _stored(page: Page) -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(page.evaluate("localStorage['mujaz/']"))
    return stored


def _panel(page: Page) -> None:
    page.get_by_role("banner").get_by_role("button", name="قراءتي").click()


def test_the_layer_is_small() -> None:
    assert len(dict(lean_assets([PROJECT / "theme_overrides"]))["assets/mujaz.js"]) <= _MAX_BYTES


@pytest.mark.parametrize("width", [320, 360, 390])
def test_the_masthead_takes_one_row_and_the_strip(phone: Page, address: str, width: int) -> None:
    phone.set_viewport_size({"width": width, "height": 740})
    phone.goto(f"{address}/headlines/")
    assert phone.locator(".masthead").bounding_box()["height"] <= 96  # type: ignore[index]
    current = phone.locator(".strip [aria-current]").bounding_box()
    assert current and current["x"] >= 0 and current["x"] + current["width"] <= width


@pytest.mark.parametrize("width", [320, 390])
def test_text_of_twice_the_size_fits(phone: Page, address: str, width: int) -> None:
    phone.set_viewport_size({"width": width, "height": 740})
    phone.goto(address)
    phone.evaluate("document.documentElement.style.fontSize = '200%'")
    assert phone.evaluate("document.documentElement.scrollWidth") <= width


def test_all_places_are_reached_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    strip = page.locator(".strip")
    strip.locator("summary").click()
    strip.get_by_role("link", name="عن موجز").click()
    page.wait_for_url("**/about/")
    assert not page.locator(".scripted").first.is_visible()
    context.close()


def test_what_was_read_is_dimmed_and_what_is_new_is_marked(
    phone: Page, address: str, site: Path
) -> None:
    phone.goto(address)
    assert phone.locator(".legend").is_hidden()
    heading = phone.locator("main :is(h2, h3) a").first
    way = heading.get_attribute("href")
    heading.click()
    phone.wait_for_load_state()
    phone.goto(address)
    assert "read" in (phone.locator(f'h2 a[href="{way}"]').first.get_attribute("class") or "")
    stored = _stored(phone)
    stored |= {"at": 0, "seen": stored["seen"][1:]}
    phone.evaluate("stored => { localStorage['mujaz/'] = JSON.stringify(stored) }", stored)
    phone.reload()
    assert phone.locator(".legend, .today .fresh").is_visible()
    assert phone.locator("main :is(h2, h3) .fresh").count() == 1


def test_an_article_is_saved_and_removed(phone: Page, address: str, site: Path) -> None:
    article = _article(site)
    phone.goto(f"{address}/articles/{quote(article)}/")
    keep = phone.locator(".keep")
    keep.click()
    assert keep.get_attribute("aria-pressed") == "true"
    title = phone.locator("h1").inner_text()
    phone.goto(f"{address}/headlines/")
    _panel(phone)
    saved = phone.locator("#saved a")
    assert saved.inner_text() == title
    phone.locator("#saved button").click()
    assert not saved.count()
    assert not _stored(phone)["saved"]


def test_what_is_followed_stands_first(phone: Page, address: str, site: Path) -> None:
    phone.goto(address)
    first = phone.locator(".home article :is(h2, h3)").first.inner_text()
    ways = phone.locator(".home .kicker a").evaluate_all("all => all.map(each => each.href)")
    other = next(way for way in ways if way != ways[0])
    phone.goto(other)
    phone.get_by_role("button", name="متابعة").click()
    name = phone.locator("h1").inner_text()
    phone.goto(address)
    block = phone.locator(".home article").first
    assert name in block.inner_text()
    assert block.locator(":is(h2, h3)").inner_text() != first
    assert phone.locator("main").is_visible()


def test_choices_hold_on_every_page_and_one_switch_ends_all(phone: Page, address: str) -> None:
    phone.goto(address)
    _panel(phone)
    for label in ("ليلي", "أكبر", "تباين أعلى"):
        phone.get_by_label(label).check()
    phone.goto(f"{address}/headlines/")
    root = phone.locator("html")
    assert root.get_attribute("data-md-color-scheme") == "slate"
    assert root.get_attribute("data-size") == "larger"
    assert root.get_attribute("data-contrast") == "more"
    _panel(phone)
    phone.get_by_label("إيقاف هذا كله ومحوه").check()
    assert root.get_attribute("data-size") is None
    phone.goto(address)
    assert phone.evaluate("({...localStorage})") == {"mujaz/": '{"off":"1"}'}


@pytest.mark.parametrize("kind", ["home", "article", "headlines"])
def test_nothing_moves(phone: Page, address: str, site: Path, kind: str) -> None:
    paths = {"home": "", "article": f"articles/{quote(_article(site))}/", "headlines": "headlines/"}
    phone.goto(address)  # what was seen before is marked, and what was read is dimmed
    phone.add_init_script(f"({_SHIFTS})()")
    phone.goto(f"{address}/{paths[kind]}")
    phone.wait_for_load_state("networkidle")
    phone.wait_for_timeout(200)
    assert phone.evaluate("window.shift") <= _MAX_SHIFT


@pytest.mark.parametrize("name", ["base.html", "search.html"])
def test_the_policy_allows_the_rules_of_speculation_by_their_digest(name: str) -> None:
    overrides = PROJECT / "theme_overrides"
    main = (overrides / "base.html").read_text("utf-8")
    rules = re.search('<script type="speculationrules">(.*)</script>', main)
    assert rules
    assert json.loads(rules[1])["prerender"]
    digest = b64encode(sha256(rules[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in (overrides / name).read_text("utf-8")
