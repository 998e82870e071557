"""Sources: what each reported, of whose texts, and how fresh it is."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from mujaz.arabic.numerals import ARTICLE, SOURCE
from mujaz.arabic.wording import Wording
from mujaz.compose import html
from mujaz.compose.markdown import blocks
from mujaz.compose.pages.charts import chart, chart_steps
from mujaz.compose.pages.listing import Listing, front_page, listing_meta, named_list
from mujaz.compose.permalinks import SOURCES, section_path, source_path
from mujaz.library.groups import group
from mujaz.library.tracking import TrackedLibrary
from mujaz.site_model import Page

_MIN_ARTICLES = 4
"""Of a source that the list says more of than its name, where there are several of these."""
_MAX_SECTIONS = 3
"""Sections that a source is said to report on most."""


class SourceCoverage(NamedTuple):
    """What a source reported."""

    articles: int
    from_agencies: int
    """Articles whose text is an agency's."""
    sections: tuple[str, ...]
    """Those with most articles first."""


def sources_page(library: TrackedLibrary, say: Wording) -> Page:
    """Return the list of sources, those with most articles first, small ones by name alone."""
    sources = sorted(library.names("source"), key=lambda each: (-each.size, each.name))
    large = [each.name for each in sources if each.size >= _MIN_ARTICLES]
    small = [(each.name, source_path(each.name), each.size) for each in sources[len(large) :]]
    parts = []
    if large:
        most = sources[0].size
        rows = (_row(name, most, library, say) for name in large)
        parts += [_legend(say), html.element("ul", *rows, class_="sources")]
    if small:
        parts += [f"## {say.text('sources.small')}"] if large else []
        parts.append(named_list(small, SOURCES, say))
    meta = listing_meta(
        say.text("sources.title"),
        say.text("sources.description"),
        "sources",
        library.newest_day(),
        say.counted(len(sources), SOURCE) if sources else "",
    )
    return Page(SOURCES, meta, blocks(parts or [say.text("sources.none")]))


def source_front(listing: Listing, page_size: int, library: TrackedLibrary, say: Wording) -> Page:
    """Return a source's page: what it reported, and its newest articles."""
    coverage = _coverage(listing.group, library)
    # The page's head counts the articles already.
    shares = html.text(_shares(coverage, say)) if coverage.from_agencies else ""
    above = [
        html.element(
            "div",
            _bar(coverage, coverage.articles),
            html.element("p", shares) if shares else "",
            _most_about(coverage, listing.path, say),
            class_="coverage",
        )
    ]
    extra = chart(chart_steps(library.days(listing.group)), say)
    return front_page(listing, page_size, library, say, above=above, extra=extra)


def _coverage(group_key: str, library: TrackedLibrary) -> SourceCoverage:
    sections, from_agencies, articles = Counter[str](), 0, 0
    for each in library.reported(group_key):
        articles += each.articles
        from_agencies += each.articles if each.from_agency else 0
        sections[each.section] += each.articles
    del sections[""]
    largest = sorted(sections, key=lambda name: (-sections[name], name))
    return SourceCoverage(articles, from_agencies, tuple(largest[:_MAX_SECTIONS]))


def _row(name: str, most: int, library: TrackedLibrary, say: Wording) -> str:
    group_key = group("source", name)
    coverage, newest = _coverage(group_key, library), library.newest_day(group_key)
    fresh = say.text("sources.newest", day=say.date(newest)) if newest else ""
    return html.element(
        "li",
        html.anchor(html.text(name), source_path(name), SOURCES),
        _bar(coverage, most),
        html.element("p", html.text(say.joined(_shares(coverage, say), fresh))),
        _most_about(coverage, SOURCES, say),
    )


def _shares(coverage: SourceCoverage, say: Wording) -> str:
    articles = say.counted(coverage.articles, ARTICLE)
    if not coverage.from_agencies:
        return articles
    from_agencies = say.number(coverage.from_agencies)
    return say.text("sources.shares", articles=articles, from_agencies=from_agencies)


def _most_about(coverage: SourceCoverage, page: str, say: Wording) -> str:
    if not coverage.sections:
        return ""
    sections = (html.anchor(html.text(s), section_path(s), page) for s in coverage.sections)
    return html.element("p", html.text(say.text("sources.most_about")), " ", "، ".join(sections))


def _bar(coverage: SourceCoverage, most: int) -> str:
    """Return a bar of all articles, as long as a part of `most`: own texts, then agencies'."""
    texts = coverage.articles - coverage.from_agencies
    parts = [_part("texts", 0, texts), _part("agencies", texts, coverage.from_agencies)]
    box = f"0 0 {most} 1"
    return html.element(
        "svg", *parts, viewBox=box, preserveAspectRatio="none", class_="bar", aria_hidden="true"
    )


def _part(kind: str, start: int, width: int) -> str:
    return html.element("rect", class_=kind, x=start, width=width, height=1) if width else ""


def _legend(say: Wording) -> str:
    texts, agencies = (
        html.element("span", html.text(say.text(f"sources.{kind}")), class_=kind)
        for kind in ("texts", "agencies")
    )
    return html.element("p", texts, " ", agencies, class_="bar-key")
