"""What search needs: its page, a document for each article, and names to suggest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from mujaz.arabic.calendars import month_name
from mujaz.arabic.numerals import RESULT
from mujaz.arabic.stems import table_text
from mujaz.arabic.wording import Wording
from mujaz.compose.feeds import xml
from mujaz.compose.markdown import blocks, link
from mujaz.compose.pages.listing import listing_meta
from mujaz.compose.pages.tags import TagLinks
from mujaz.compose.permalinks import (
    ARCHIVE,
    HEADLINES,
    KINDS,
    SEARCH,
    SECTIONS,
    SOURCES,
    article_path,
    site_address,
)
from mujaz.config import Config
from mujaz.data import table
from mujaz.library.tracking import TrackedLibrary
from mujaz.model import Article, TagKind
from mujaz.site_model import Asset, Page, SearchDocument

_INDEXES = (
    ("headlines", HEADLINES, "all"),
    ("sections", SECTIONS, "section"),
    ("people", KINDS["person"], "person"),
    ("places", KINDS["place"], "place"),
    ("organisations", KINDS["organisation"], "organisation"),
    ("topics", KINDS["topic"], "topic"),
    ("sources", SOURCES, "source"),
    ("archive", ARCHIVE, "month"),
)
"""Name and path of each list, and the kind of tags or groups that it is of."""
_MAX_SUGGESTIONS = 600
"""People, places and organisations that are suggested at the most, the most often named first."""
_SUGGESTED_KINDS: Sequence[TagKind] = ("person", "place", "organisation")


def search_page(config: Config, library: TrackedLibrary, say: Wording) -> Page:
    """Return the page that searches; without JavaScript it still leads to all lists."""
    description = say.text("search.description", site=config.site_name)
    meta = listing_meta(say.text("search.title"), description, "search", None)
    # The browser tells what it found: it gets the words for that, the forms of the noun that it
    # counts, the names of months, and the digits to write.
    months = [month_name(month, say.months) for month in range(1, 13)]
    words = {**table("interface")["results"], "forms": RESULT, "months": months}
    words["between"] = say.text("names.between")
    numerals = {
        "words": json.dumps(words, ensure_ascii=False),
        "digits": f"{say.number(0)}–{say.number(9)}",
    }
    lists = _lists(config, library)
    links = [f"- {link(say.text(f'search.{name}'), path, SEARCH)}" for name, path in lists]
    parts = [f"## {say.text('search.ways')}", "\n".join(links)] if links else []
    ours = meta["mujaz"] | numerals
    return Page(SEARCH, {**meta, "template": "search.html", "mujaz": ours}, blocks(parts))


def _lists(config: Config, library: TrackedLibrary) -> Iterator[tuple[str, str]]:
    """Yield the name and the path of each list that is not empty."""
    at_least = config.tag_page_articles
    for name, path, what in _INDEXES:
        is_kind = what in KINDS
        if library.count_tags(what, at_least).size if is_kind else library.latest(what, 1):
            yield name, path


def stems_asset() -> Asset:
    """Return the table by which the search page stems what a reader types."""
    return Asset("search/stems.json", table_text())


def names_asset(links: TagLinks, library: TrackedLibrary) -> Asset:
    """Return the names most often in the news: name, kind, articles, and where it leads."""
    tags = library.most_tagged(_SUGGESTED_KINDS, _MAX_SUGGESTIONS)
    names = [[n, kind, size, site_address(links.path(n) or SEARCH)] for n, size, kind, _ in tags]
    text = json.dumps(names, ensure_ascii=False, separators=(",", ":"))
    return Asset("search/names.json", text + "\n")


def opensearch_asset(config: Config, say: Wording) -> Asset | None:
    """Return the description by which browsers add the site as a search engine."""
    return Asset("opensearch.xml", _opensearch(config, say)) if config.site_url else None


def search_document(article: Article) -> SearchDocument:
    """Return an article as search knows it."""
    return SearchDocument(
        id=article.id,
        address=site_address(article_path(article)),
        title=article.title,
        paragraphs=article.paragraphs,
        excerpt=article.summary,
        source=article.source or "",
        section=article.section or "",
        date=article.date.isoformat() if article.date else "",
        people=tuple(tag.name for tag in article.tags if tag.kind == "person"),
        places=tuple(tag.name for tag in article.tags if tag.kind == "place"),
    )


def _opensearch(config: Config, say: Wording) -> str:
    """Return the description by which a browser adds the site as a search engine.

    See https://github.com/dewitt/opensearch; browsers show at most 16 letters of the short name.
    """
    address = urljoin(config.site_url, f"{site_address(SEARCH)}?q={{searchTerms}}")
    description = say.text("search.description", site=config.site_name)
    icon = urljoin(config.site_url, "assets/favicon.svg")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{xml(config.site_name[:16])}</ShortName>\n"
        f"<Description>{xml(description)}</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        "<Language>ar</Language>\n"
        f'<Image width="16" height="16" type="image/svg+xml">{xml(icon)}</Image>\n'
        f'<Url type="text/html" template="{xml(address)}"/>\n'
        "</OpenSearchDescription>\n"
    )
