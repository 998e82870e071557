"""The indexes of articles: all headlines, each section, source, day, month and tag."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from mujaz.arabic.wording import Wording
from mujaz.compose import html
from mujaz.compose.browse.archive import day_front, month_front
from mujaz.compose.browse.sections import section_front
from mujaz.compose.browse.sources import source_front
from mujaz.compose.browse.tag_front import tag_front
from mujaz.compose.markdown import escape, link
from mujaz.compose.pages.listing import Listing, front_page
from mujaz.compose.pages.tags import TagLinks
from mujaz.compose.permalinks import (
    HEADLINES,
    UNDATED_ARCHIVE,
    article_path,
    day_archive_path,
    day_path,
    month_path,
    section_path,
    source_path,
    tag_path,
)
from mujaz.library.groups import ALL, UNDATED, kind_of, name_of
from mujaz.library.tracking import TrackedLibrary
from mujaz.site_model import Page

_MAX_OUTSIDE_HEADLINES = 30
"""Headlines of articles that are not published here, on the page of headlines."""


def _linked_day(day: dt.date, page: str, say: Wording) -> str:
    return link(say.date(day), day_path(day), page)


def listing_of(group: str, say: Wording) -> Listing | None:
    """Return the index of a group, if groups of its kind have one."""
    name, kind = name_of(group), kind_of(group)
    if group == ALL:
        return Listing(ALL, HEADLINES, *_words("headlines", say), "headlines")
    if group == UNDATED:
        return Listing(UNDATED, UNDATED_ARCHIVE, *_words("undated", say), "archive")
    match kind:
        case "section":
            description = say.text("section.description", name=name)
            kicker = say.text("section.kicker")
            return Listing(group, section_path(name), name, description, kind, kicker)
        case "source":
            description = say.text("source.description", name=name)
            kicker, path = say.text("source.kicker"), source_path(name)
            return Listing(group, path, name, description, kind, kicker, source=False)
        case "month":
            day = dt.date.fromisoformat(name)
            month = say.month(day)
            description = say.text("archive.month", month=month)
            return Listing(
                group, month_path(day), month, description, "archive", heading=_linked_day
            )
        case "day":
            day = dt.date.fromisoformat(name)
            title = say.text("day.title", day=say.date(day))
            description = say.text("day.description", day=say.date(day))
            return Listing(group, day_archive_path(day), title, description, kind)
        case "tag":
            return Listing(
                group, tag_path(name), name, say.text("tag.description", name=name), kind
            )
    return None


def _words(page: str, say: Wording) -> tuple[str, str]:
    return say.text(f"{page}.title"), say.text(f"{page}.description")


def index_front(
    listing: Listing, page_size: int, links: TagLinks, library: TrackedLibrary, say: Wording
) -> Page:
    """Return the front page of an index, with what its kind has around the list."""
    match kind_of(listing.group):
        case "tag":
            return tag_front(listing, page_size, links, library, say)
        case "source":
            return source_front(listing, page_size, library, say)
        case "section":
            return section_front(listing, page_size, library, say)
        case "month":
            return month_front(listing, page_size, library, say)
        case "day":
            return day_front(listing, page_size, library, say)
    outside = [*_outside(listing.path, library, say)] if listing.group == ALL else []
    return front_page(listing, page_size, library, say, below=outside)


def _outside(page: str, library: TrackedLibrary, say: Wording) -> Iterator[str]:
    """Yield the headlines seen beside articles that belong to none here, by these articles."""
    headlines = library.outside_headlines(_MAX_OUTSIDE_HEADLINES)
    if headlines:
        yield f"## {escape(say.text('headlines.outside'))}"
        yield escape(say.text("headlines.outside_note"))
    for article_id, seen in groupby(headlines, key=lambda each: each.article_id):
        card = library.card(article_id)
        if card:
            day = say.date(card.date) if card.date else ""
            where = html.element("small", html.text(say.joined(card.source, day)))
            way = link(card.title, article_path(card), page, card.language)
            yield f"{escape(say.text('headlines.seen_with'))} {way} {where}"
        yield "\n".join(f"- {escape(each.text)}" for each in seen)
