"""An article's page in a browser: nothing moves, lines have the right length, one clear order."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MAX_SHIFT = 0.01
LETTERS = range(58, 71)
"""Of a line, from tablets on, in the middle."""
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) sum += entry.hadRecentInput ? 0 : entry.value;
  }).observe({type: "layout-shift", buffered: true});
  scrollTo(0, document.body.scrollHeight / 2);
  setTimeout(() => { scrollTo(0, document.body.scrollHeight); }, 150);
  setTimeout(() => done(sum), 400);
})"""
LINES = """() => [...document.querySelectorAll(".story-body > p")].flatMap(paragraph => {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  const lines = new Map(), range = document.createRange();
  for (let node; (node = walker.nextNode());)
    for (let at = 0; at < node.length; at++) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = range.getClientRects()[0];
      const line = box && Math.round(box.bottom / 8);
      if (box) lines.set(line, (lines.get(line) || 0) + 1);
    }
  return [...lines.values()].slice(0, -1);
})"""
BLOCKS = ["byline", "text", "further", "neighbours", "tags", "also"]


def articles(site: Path, wanted: str) -> list[str]:
    """Return the addresses of articles whose page has something."""
    pages = sorted((site / "articles").glob("*/index.html"))
    return [f"articles/{page.parent.name}/" for page in pages if wanted in page.read_text("utf-8")]


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_figures_do_not_shift(site: Path, address: str, browser: Browser, width: int) -> None:
    shown = articles(site, "<figure>")
    assert shown
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    for path in shown:
        page.goto(f"{address}/{quote(path)}")
        assert page.evaluate(SHIFTS) <= MAX_SHIFT, path
        sizes = page.eval_on_selector_all(
            "figure img", "images => images.map(image => [image.currentSrc, image.naturalWidth])"
        )
        assert all(width and name.endswith(".avif") for name, width in sizes), sizes
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [768, 1024, 1440])
def test_lines_have_the_length_that_reads_well(
    site: Path, address: str, browser: Browser, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    lines: list[int] = []
    for path in articles(site, "<p>")[::10]:
        page.goto(f"{address}/{quote(path)}")
        page.evaluate("document.fonts.ready")
        lines += page.evaluate(LINES)
    context.close()
    assert round(median(lines)) in LETTERS, sorted(lines)


def test_a_page_has_one_order(site: Path) -> None:
    for path in articles(site, "story-body"):
        html = (site / path / "index.html").read_text("utf-8")
        body = html[html.index('<div class="story-body">') : html.index("</article>")]
        classes = re.findall(r'^ *<(?:div|section|nav|footer) class="(\w+)|^<(p)>', body, re.M)
        order = [name or "text" for name, _ in classes if (name or "text") in BLOCKS]
        assert order == sorted(order, key=BLOCKS.index), path
        assert order[0] == "byline"
        assert "further" in order or "neighbours" in order, path
