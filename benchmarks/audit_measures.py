"""What an audit measures of pages without a browser: pure functions of their HTML, and figures."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import html as lxml_html

_ENTRY = "ancestor::*[self::li or self::article][.//h2 or .//h3 or .//h4][not(.//h1)][1]"
_HEADING = "(.//h2 | .//h3 | .//h4)[1]"
_INVISIBLE = re.compile("[\u200e\u200f\u2066-\u2069]")


class Figure(NamedTuple):
    """One measured figure and what is wanted of it."""

    name: str
    value: float
    target: float
    unit: str = ""
    at_least: bool = False
    """Whether more is better."""

    @property
    def is_met(self) -> bool:
        """Whether it is as good as wanted."""
        return self.value >= self.target if self.at_least else self.value <= self.target

    def __str__(self) -> str:
        """Return it as a line of the report."""
        sign = "≥" if self.at_least else "≤"
        line = f"{self.name:44} {self.value:8.4g} {self.unit:3} {sign} {self.target:g}"
        return line if self.is_met else f"{line}   MISSED"


class StoryLink(NamedTuple):
    """A link to a story's page, and the headline that it stands under."""

    address: str
    """From the site's root."""
    title: str


def parsed(text: str) -> Any:
    """Return a page's HTML as a tree."""
    return lxml_html.fromstring(text, parser=lxml_html.HTMLParser(encoding="utf-8"))


def linked(tree: Any, page: str) -> Iterator[tuple[Any, str]]:
    """Yield each link within the text of the page at `page`, and where on the site it leads."""
    for link in tree.xpath("//main//a[@href]"):
        parts = urlsplit(link.get("href"))
        if not parts.netloc and parts.path:
            way = posixpath.normpath(posixpath.join("/", page, unquote(parts.path)))
            yield link, way.strip("/") + "/"


def first_rows(tree: Any, page: str, number: int) -> list[str]:
    """Return the addresses of the first articles that a page leads to, each once."""
    articles = (way for _, way in linked(tree, page) if way.startswith("articles/"))
    return list(dict.fromkeys(articles))[:number]


def largest_share(sources: Sequence[str]) -> float:
    """Return the share of the source that has most of them."""
    return max(Counter(sources).values(), default=0) / max(1, len(sources))


def story_links(tree: Any, page: str) -> Iterator[StoryLink]:
    """Yield the links to stories from entries of a page that stand under a headline."""
    for link, way in linked(tree, page):
        if re.fullmatch("stories/[^/]+/", way):
            entries = link.xpath(_ENTRY)
            headings = entries[0].xpath(_HEADING) if entries else []
            if headings and headings[0].xpath(".//a[@href] | ancestor::a[@href]"):
                yield StoryLink(way, plain(headings[0].text_content()))


def page_title(tree: Any) -> str:
    """Return the headline of a page."""
    return plain("".join(tree.xpath("(//main//h1)[1]//text()")))


def headlines(tree: Any) -> set[str]:
    """Return the texts that a page shows as headlines or as links, its title among them."""
    shown = tree.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::a]")
    return {plain(each.text_content()) for each in shown}


def other_titles(
    links: Sequence[StoryLink], titles: Mapping[str, Collection[str]]
) -> list[StoryLink]:
    """Return the links under a headline that is not among the `titles` of their story's page."""
    return [link for link in links if link.title not in titles.get(link.address, ())]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest of `values` that so large a share of them does not pass."""
    return sorted(values)[max(0, round(share * len(values)) - 1)]


def plain(text: str) -> str:
    """Return a text as it reads: without what only directs its letters, and single spaces."""
    return " ".join(_INVISIBLE.sub("", text).split())
