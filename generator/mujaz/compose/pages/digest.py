"""The digest: the editions of days and of weeks, as they stay, and the way in to all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from mujaz.arabic.calendars import weekday_text
from mujaz.arabic.wording import Wording
from mujaz.compose.edition import (
    Edition,
    edition_of,
    latest_edition,
    sections_of,
)
from mujaz.compose.entries import DigestEntry
from mujaz.compose.html import anchor, element, text
from mujaz.compose.markdown import blocks, link
from mujaz.compose.pages.home import edition_block, edition_note, sections_block, story_lines
from mujaz.compose.pages.listing import counted_link, listing_meta
from mujaz.compose.pages.story_block import story_block
from mujaz.compose.permalinks import (
    ARCHIVE,
    DIGEST,
    HOME,
    UNDATED_ARCHIVE,
    day_archive_path,
    day_path,
    section_path,
    week_path,
)
from mujaz.compose.selection import EditionRules
from mujaz.library.groups import UNDATED, group
from mujaz.library.tracking import TrackedLibrary
from mujaz.site_model import Page

_WEEK_STORIES = 30
"""Stories of a week that its page shows at most."""
_MAX_WEEKS = 10
"""Weeks that the way in leads to; older ones are reached by the archive."""


def day_page(day: dt.date, library: TrackedLibrary, say: Wording, rules: EditionRules) -> Page:
    """Return the edition of a day, with the ways to the days before and after."""
    path, edition = day_path(day), edition_of([day], library, rules)
    before, after = library.days_around(day.isoformat())
    ways = [
        link(say.text("edition.before", day=say.date(before)), day_path(before), path)
        if before
        else "",
        link(say.text("edition.after", day=say.date(after)), day_path(after), path)
        if after
        else "",
        link(say.text("edition.week"), week_path(day), path),
        link(say.text("edition.whole_day"), day_archive_path(day), path),
    ]
    named = say.weekday(day)
    meta = listing_meta(
        say.text("edition.title", time=named),
        say.text("edition.description", time=say.date(day)),
        "digest",
        day,
        _extent(edition, say),
    )
    parts = [
        edition_block(edition, path, library, say),
        sections_block(edition.sections(), path, lambda _: day_archive_path(day), say),
        " ".join(filter(None, ways)),
    ]
    return Page(path, meta, blocks(parts))


def week_page(first: dt.date, library: TrackedLibrary, say: Wording, rules: EditionRules) -> Page:
    """Return the page of the week that begins with `first`: its main stories by section."""
    path = week_path(first)
    days = library.days(group("week", first))
    newest = library.newest_day() or max(days)
    last = min(first + dt.timedelta(6), newest)
    edition = edition_of(sorted(days, reverse=True), library, rules._replace(size=_WEEK_STORIES))
    by_day = "\n".join(
        counted_link(say.weekday(day), day_path(day), path, days[day], say) for day in sorted(days)
    )
    span = say.span(first, last)
    meta = listing_meta(
        say.text("edition.week_title", span=span),
        say.text("edition.week_description", span=span),
        "digest",
        max(days),
        _extent(edition, say),
    )
    parts = [*_week_sections(edition, path, library, say)]
    return Page(path, meta, blocks([*parts, f"## {say.text('edition.by_day')}", by_day]))


def _week_sections(
    edition: Edition, page: str, library: TrackedLibrary, say: Wording
) -> Iterator[str]:
    """Yield each section with its stories of a week, the section of the first story first."""
    for label, entries in sections_of(edition.leading).items():
        name = label or say.text("edition.no_section")
        heading = anchor(text(name), section_path(label), page) if label else text(name)
        stories = (
            story_block(
                entry.story,
                entry.cards,
                page,
                library,
                say,
                tier="line" if place else "full",
                section=False,
            )
            for place, entry in enumerate(entries)
        )
        yield element("section", element("h2", heading), *stories, class_="week-section")


def digest_page(library: TrackedLibrary, say: Wording, rules: EditionRules) -> Page:
    """Return the way in to the editions: the latest one's headlines, then those before it."""
    edition = latest_edition(library, rules)
    parts = [edition_note(edition, say), _contents(edition.leading, say)]
    weeks = library.latest("week", _MAX_WEEKS)
    if weeks:
        items = [_week(dt.date.fromisoformat(week.name), library, say) for week in weeks]
        parts += [f"## {say.text('edition.earlier')}", element("ul", *items, class_="weeks")]
    ways = [link(say.text("edition.archive"), ARCHIVE, DIGEST)]
    undated = library.size(UNDATED).all
    if undated:
        articles = say.counted(undated, "article")
        ways.append(link(say.text("edition.undated", articles=articles), UNDATED_ARCHIVE, DIGEST))
    newest = edition.day
    title = say.text("edition.title", time=say.weekday(newest)) if newest else ""
    meta = listing_meta(
        title or say.text("edition.name"),
        say.text("edition.way_in"),
        "digest",
        newest,
        _extent(edition, say),
    )
    return Page(DIGEST, meta, blocks([*parts, " ".join(ways)]))


def _contents(entries: Sequence[DigestEntry], say: Wording) -> str:
    """Return the headlines of an edition as one line of HTML, and the way to it."""
    if not entries:
        return say.text("edition.none")
    way = element("p", anchor(text(say.text("edition.read")), HOME, DIGEST))
    listed = element("ol", *story_lines(entries, DIGEST, say))
    return element("div", listed, way, class_="contents")


def _week(first: dt.date, library: TrackedLibrary, say: Wording) -> str:
    """Return a week and its days, newest first, as a list item of HTML."""
    days = sorted(library.days(group("week", first)), reverse=True)
    span = say.span(first, min(first + dt.timedelta(6), library.newest_day() or first))
    links = (
        anchor(text(f"{weekday_text(day)} {say.number(day.day)}"), day_path(day), DIGEST)
        for day in days
    )
    return element(
        "li", anchor(text(span), week_path(first), DIGEST), " ", element("span", " ".join(links))
    )


def _extent(edition: Edition, say: Wording) -> str:
    """Return how many stories and articles an edition is chosen from, in words."""
    stories, articles = len(edition.entries), say.counted(edition.articles, "article")
    if not stories:
        return ""
    if len(edition.leading) == stories == edition.articles:
        return articles
    chosen = say.counted(len(edition.leading), "story")
    return say.text("edition.extent", stories=chosen, articles=articles)
