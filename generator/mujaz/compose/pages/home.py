"""The home page: the latest day's digest, stories that go on, and each section."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from mujaz.arabic.numerals import ARTICLE
from mujaz.arabic.wording import Wording
from mujaz.compose.markdown import blocks, link
from mujaz.compose.pages.cards import card
from mujaz.compose.pages.digest import Entry, entries
from mujaz.compose.pages.story import newest_of, story_card
from mujaz.compose.permalinks import (
    ARCHIVE,
    HEADLINES,
    HOME,
    day_path,
    section_path,
    week_path,
)
from mujaz.data import table
from mujaz.library.groups import UNDATED, group, monday
from mujaz.library.tracking import TrackedLibrary
from mujaz.model import Card, Page

_LATEST = 6
_IN_SECTION = 3
_STORIES = 3
_LONG_STORY = 3
"""Articles from which a story is shown as one that goes on."""


def home_page(site_name: str, description: str, library: TrackedLibrary, say: Wording) -> Page:
    """Return the home page. "Today" is the newest article's day, so no clock is asked."""
    newest = library.newest_day()
    meta: dict[str, Any] = {
        "template": "home.html",
        "title": site_name,
        "description": description or site_name,
        "mujaz": {"kind": "home"},
    }
    if newest:
        meta["mujaz"] |= {
            "date_text": say.weekday(newest),
            "hijri_text": say.hijri(newest),
            "date_iso": newest.isoformat(),
        }
    return Page(HOME, meta, blocks(_parts(newest, library, say)))


def _parts(newest: dt.date | None, library: TrackedLibrary, say: Wording) -> list[str]:
    found = _latest(library)
    if not found:
        return ["لا أخبار بعد: ضع مقالات في مجلد المصادر ثم أعد البناء."]
    lead, *latest = found
    parts = [lead.card(HOME, say, level=2), _digests(newest, library, say)]
    if latest:
        parts += ["## أحدث الأخبار", "\n".join(entry.card(HOME, say) for entry in latest)]
    going_on = library.latest_stories(_STORIES, _LONG_STORY)
    if going_on:
        told = (story_card(story, newest_of(story, library), HOME, say) for story in going_on)
        parts += ["## قصص متتابعة", "\n".join(told)]
    shown = {member.id for entry in found for member in entry.members}
    shown |= {member for story in going_on for member in story.articles}
    for section, more in _sections(shown, library):
        cards = (card(article, HOME, say, kicker=False) for article in more)
        parts += [f"## {link(section, section_path(section), HOME)}", "\n".join(cards)]
    return [*parts, f"{link('كل العناوين', HEADLINES, HOME)} {link('الأرشيف', ARCHIVE, HOME)}"]


def _latest(library: TrackedLibrary) -> list[Entry]:
    """Return the lead story and the latest: the newest day's digest, then that of the day before.

    A story stands once, on its latest day.
    """
    days = [group("day", name) for name, *_ in library.latest("day", _LATEST + 1)]
    found: list[Entry] = []
    told: set[str] = set()
    for grouped in (*days, UNDATED):
        fresh = [each for each in library.newest(grouped, -1) if each.id not in told]
        for entry in entries(fresh, library.story_of, library.length):
            found.append(entry)
            told |= set(entry.story.articles) if entry.story else {entry.leader.id}
        if len(found) > _LATEST:
            break
    return found[: _LATEST + 1]


def _sections(shown: set[str], library: TrackedLibrary) -> Iterator[tuple[str, list[Card]]]:
    """Yield each section with its newest articles that are not shown above, a story's one once."""
    for section in (entry["label"] for entry in table("categories").values()):
        told, more = set(shown), list[Card]()
        for article in _newest_first(group("section", section), library):
            if article.id not in told:
                more.append(article)
                story = library.story_of(article.id)
                told |= set(story.articles) if story else {article.id}
            if len(more) == _IN_SECTION:
                break
        if more:
            yield section, more


def _newest_first(grouped: str, library: TrackedLibrary) -> Iterator[Card]:
    """Yield the articles of a group, of which few are asked for."""
    seen, most = 0, 4 * _IN_SECTION
    while True:
        found = library.newest(grouped, most)
        yield from found[seen:]
        if len(found) < most:
            return
        seen, most = most, 4 * most


def _digests(day: dt.date | None, library: TrackedLibrary, say: Wording) -> str:
    """Return the ways to the digests of the newest day and its week, with how much is in them."""
    if day is None:
        return ""
    today = library.size(group("day", day)).all
    same_week = library.size(group("week", monday(day))).all
    return " ".join(
        (
            link(f"موجز اليوم: {say.counted(today, ARTICLE)}", day_path(day), HOME),
            link(f"موجز الأسبوع: {say.counted(same_week, ARTICLE)}", week_path(day), HOME),
        )
    )
