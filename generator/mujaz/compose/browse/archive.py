"""The archive: a calendar of all days with articles, and what was published on one of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from mujaz.arabic.numerals import ARTICLE, MONTH
from mujaz.arabic.wording import Wording
from mujaz.compose.browse.calendar import month_tables
from mujaz.compose.browse.sections import sections_with_articles
from mujaz.compose.markdown import blocks, escape, link
from mujaz.compose.order import interleaved
from mujaz.compose.pages.cards import line_items
from mujaz.compose.pages.listing import (
    Listing,
    front_page,
    listing_meta,
    named_list,
    newest_rows,
    older_links,
)
from mujaz.compose.permalinks import (
    ARCHIVE,
    UNDATED_ARCHIVE,
    day_archive_path,
    day_path,
    month_path,
    section_path,
)
from mujaz.library.groups import ALL, UNDATED, group, name_of
from mujaz.library.tracking import TrackedLibrary
from mujaz.site_model import Card, Page

_MAX_CALENDARS = 12
"""Months that the archive shows as calendars; to older ones it leads by name."""
_MAX_OF_SECTION = 6
"""Headlines of each section on the page of a day that has more articles than a page."""


def archive_page(library: TrackedLibrary, say: Wording) -> Page:
    """Return the calendar of all months with articles, the latest first, undated ones apart."""
    days = library.days(ALL)
    months = sorted({day.replace(day=1) for day in days}, reverse=True)
    parts = [month_tables(months[:_MAX_CALENDARS], days, ARCHIVE, say)] if months else []
    years: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    for month in months[_MAX_CALENDARS:]:
        articles = sum(n for day, n in days.items() if day.replace(day=1) == month)
        years[month.year].append((say.month(month), month_path(month), articles))
    for year, named in years.items():
        parts += [f"## {say.number(year)}", named_list(named, ARCHIVE, say)]
    undated = library.size(UNDATED).all
    if undated:
        counted = say.counted(undated, ARTICLE)
        text = say.text("archive.undated_count", articles=counted)
        parts.append(link(text, UNDATED_ARCHIVE, ARCHIVE))
    meta = listing_meta(
        say.text("archive.title"),
        say.text("archive.description"),
        "archive-list",
        library.newest_day(),
        say.counted(len(months), MONTH) if months else "",
    )
    return Page(ARCHIVE, meta, blocks(parts or [say.text("archive.none")]))


def month_front(listing: Listing, page_size: int, library: TrackedLibrary, say: Wording) -> Page:
    """Return the page of a month: its calendar, then its newest articles."""
    month = dt.date.fromisoformat(name_of(listing.group))
    calendar = month_tables([month], library.days(listing.group), listing.path, say)
    return front_page(listing, page_size, library, say, above=[calendar])


def day_front(listing: Listing, page_size: int, library: TrackedLibrary, say: Wording) -> Page:
    """Return the page of a day: its headlines by section, and the ways on."""
    day, path = dt.date.fromisoformat(name_of(listing.group)), listing.path
    size = library.size(listing.group).all
    parts = [link(say.text("day.edition"), day_path(day), path)]
    rows: Iterator[tuple[str, Sequence[Card]]]
    if size <= page_size:
        rows = _by_section(newest_rows(listing.group, page_size, library), library)
    else:
        rows = _newest_by_section(day, library)
    for section, cards in rows:
        heading = link(section, section_path(section), path) if section else ""
        parts.append(f"## {heading or escape(say.text('day.other'))}")
        parts.append(line_items(cards, path, say))
    parts += older_links(listing, page_size, library, say, older="day.all")
    parts.append(_neighbours(day, path, library, say))
    meta = listing_meta(listing.title, listing.description, "day", day, say.counted(size, ARTICLE))
    return Page(path, meta, blocks(parts))


def _newest_by_section(
    day: dt.date, library: TrackedLibrary
) -> Iterator[tuple[str, Sequence[Card]]]:
    for section in sections_with_articles(library):
        pool = library.newest_of_day(group("section", section), day, 2 * _MAX_OF_SECTION)
        if pool:
            yield section, interleaved(pool)[:_MAX_OF_SECTION]


def _by_section(
    cards: Sequence[Card], library: TrackedLibrary
) -> Iterator[tuple[str, Sequence[Card]]]:
    """Yield the cards of each section that has any; those without one come last."""
    sections: dict[str, list[Card]] = {section: [] for section in sections_with_articles(library)}
    for card in cards:
        sections.setdefault(card.section or "", []).append(card)
    without = sections.pop("", [])
    yield from ((section, of_it) for section, of_it in sections.items() if of_it)
    if without:
        yield "", without


def _neighbours(day: dt.date, path: str, library: TrackedLibrary, say: Wording) -> str:
    before, after = library.days_around(day.isoformat())
    ways = []
    if before:
        text = say.text("day.before", day=say.date(before))
        ways.append(link(text, day_archive_path(before), path))
    if after:
        ways.append(link(say.text("day.after", day=say.date(after)), day_archive_path(after), path))
    return " ".join(ways)
