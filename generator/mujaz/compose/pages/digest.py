"""The digest: what happened on a day or in a week, each story once, the most important first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from mujaz.arabic.numerals import ARTICLE, STORY
from mujaz.arabic.wording import Wording
from mujaz.compose.edition import DigestEntry, edition_of
from mujaz.compose.markdown import blocks, link
from mujaz.compose.pages.cards import headline_items
from mujaz.compose.pages.listing import UNDATED_HEADING, counted_link, listing_meta
from mujaz.compose.pages.story_block import story_block
from mujaz.compose.permalinks import (
    ARCHIVE,
    DIGEST,
    HEADLINES,
    UNDATED_ARCHIVE,
    day_path,
    week_path,
)
from mujaz.library.groups import UNDATED, group
from mujaz.library.tracking import TrackedLibrary
from mujaz.site_model import Page

_MAX_DAYS = 14
"""Days that the digest's front page leads to; older ones are reached by the archive."""
_MAX_WEEKS = 7
"""Weeks that it leads to."""
_MAX_SUMMARIES = 30
"""Entries of a page that show their summary; the others only their headline."""
_MAX_UNDATED = 10
"""Undated articles on the digest's front page."""


def day_page(day: dt.date, library: TrackedLibrary, say: Wording) -> Page:
    """Return the page of a day."""
    path = day_path(day)
    entries = edition_of(group("day", day), library)
    before, after = library.days_around(day.isoformat())
    links = [link("موجز الأسبوع", week_path(day), path)]
    if before:
        links.insert(0, link(f"قبله: {say.date(before)}", day_path(before), path))
    if after:
        links.append(link(f"بعده: {say.date(after)}", day_path(after), path))
    title, description = f"موجز {say.date(day)}", f"أخبار {say.date(day)} في صفحة واحدة"
    meta = listing_meta(title, description, "digest", day, _extent(entries, say))
    return Page(path, meta, blocks([*_entry_lists(entries, path, library, say), " · ".join(links)]))


def week_page(first: dt.date, library: TrackedLibrary, say: Wording) -> Page:
    """Return the page of the week that begins with `first`."""
    path, group_key = week_path(first), group("week", first)
    entries = edition_of(group_key, library)
    span = say.span(first, first + dt.timedelta(6))
    days = library.days(group_key)
    by_day = "\n".join(
        counted_link(say.date(day), day_path(day), path, days[day], say) for day in sorted(days)
    )
    title, description = f"موجز الأسبوع {span}", f"أخبار الأسبوع {span}"
    meta = listing_meta(title, description, "digest", max(days), _extent(entries, say))
    parts = [*_entry_lists(entries[:_MAX_SUMMARIES], path, library, say), "## يوماً بيوم", by_day]
    return Page(path, meta, blocks(parts))


def digest_page(library: TrackedLibrary, say: Wording) -> Page:
    """Return the digest's front page: the latest day, and the ways to those before it."""
    parts: list[str] = []
    entries: list[DigestEntry] = []
    days = [(dt.date.fromisoformat(d.name), d.size) for d in library.latest("day", _MAX_DAYS)]
    if days:
        entries = edition_of(group("day", days[0][0]), library)
        parts += _entry_lists(entries, DIGEST, library, say)
        listed = "\n".join(
            counted_link(say.date(day), day_path(day), DIGEST, size, say) for day, size in days
        )
        parts += ["## الأيام", listed, "## الأسابيع", _weeks(library, say)]
    if library.size(UNDATED).all:
        undated = library.newest(UNDATED, _MAX_UNDATED)
        parts += [f"## {UNDATED_HEADING}", headline_items(undated, DIGEST)]
        if library.size(UNDATED).all > _MAX_UNDATED:
            parts.append(link("كل ما لا تاريخ له", UNDATED_ARCHIVE, DIGEST))
    parts.append(f"{link('الأرشيف', ARCHIVE, DIGEST)} · {link('كل العناوين', HEADLINES, DIGEST)}")
    newest = days[0][0] if days else None
    title = f"موجز {say.date(newest)}" if newest else "موجز"
    description = "أخبار أحدث يوم في صفحة واحدة"
    meta = listing_meta(title, description, "digest", newest, _extent(entries, say))
    return Page(DIGEST, meta, blocks(parts))


def _weeks(library: TrackedLibrary, say: Wording) -> str:
    """Return the ways to the latest weeks."""
    items = []
    for week in library.latest("week", _MAX_WEEKS):
        first = dt.date.fromisoformat(week.name)
        span = say.span(first, first + dt.timedelta(6))
        items.append(counted_link(span, week_path(first), DIGEST, week.size, say))
    return "\n".join(items)


def _entry_lists(
    entries: Sequence[DigestEntry], page: str, library: TrackedLibrary, say: Wording
) -> list[str]:
    """Return the first entries with their summary, the others only with their headline."""
    shown = (
        story_block(each.story, each.cards, page, library, say) for each in entries[:_MAX_SUMMARIES]
    )
    parts = ["## أبرز الأخبار", *shown]
    if len(entries) > _MAX_SUMMARIES:
        rest = (entry.fullest for entry in entries[_MAX_SUMMARIES:])
        parts += ["## وأيضاً", headline_items(rest, page)]
    return parts


def _extent(entries: Sequence[DigestEntry], say: Wording) -> str:
    """Return how many stories and articles there are, in words."""
    articles = sum(len(entry.cards) for entry in entries)
    if articles == len(entries):
        return say.counted(articles, ARTICLE)
    return f"{say.counted(len(entries), STORY)} في {say.counted(articles, ARTICLE)}"
