"""The home page: the latest day's digest, stories that go on, and each section."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from mujaz.arabic.numerals import ARTICLE
from mujaz.arabic.wording import Wording
from mujaz.compose.edition import DigestEntry, digest_entries
from mujaz.compose.markdown import blocks, link
from mujaz.compose.pages.cards import card_item
from mujaz.compose.pages.story import newest_of, story_item
from mujaz.compose.pages.story_block import story_block
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
from mujaz.site_model import Card, Page

_MAX_ENTRIES = 7
"""Stories of the latest days: the first, which leads the page, and those below it."""
_MAX_SECTION_ARTICLES = 3
_MAX_OTHER_SECTIONS = 8
"""Sections that the site has beside those of the table."""
_MAX_LONG_STORIES = 3
_MIN_LONG_STORY_ARTICLES = 3
"""Articles from which a story is shown as one that goes on."""


def home_page(site_name: str, description: str, library: TrackedLibrary, say: Wording) -> Page:
    """Return the home page. "Today" is the newest article's day, so no clock is read."""
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
    entries = _latest_entries(library)
    if not entries:
        return ["لا أخبار بعد: ضع مقالات في مجلد المصادر ثم أعد البناء."]
    first, *others = entries
    parts = [
        story_block(first.story, first.cards, HOME, library, say, tier="lead", level=2),
        _digest_links(newest, library, say),
    ]
    if others:
        parts += [
            "## أحدث الأخبار",
            *(story_block(e.story, e.cards, HOME, library, say) for e in others),
        ]
    stories = library.latest_stories(_MAX_LONG_STORIES, _MIN_LONG_STORY_ARTICLES)
    if stories:
        items = (story_item(story, newest_of(story, library), HOME, say) for story in stories)
        parts += ["## قصص متتابعة", "\n".join(items)]
    shown = {card.id for entry in entries for card in entry.cards}
    shown |= {article_id for story in stories for article_id in story.articles}
    for section, cards in _sections(shown, library):
        items = (card_item(card, HOME, say, kicker=False) for card in cards)
        parts += [f"## {link(section, section_path(section), HOME)}", "\n".join(items)]
    return [*parts, f"{link('كل العناوين', HEADLINES, HOME)} {link('الأرشيف', ARCHIVE, HOME)}"]


def _latest_entries(library: TrackedLibrary) -> list[DigestEntry]:
    """Return the newest day's digest, then that of the day before, as far as there is room.

    A story stands once, on its latest day.
    """
    days = [group("day", day.name) for day in library.latest("day", _MAX_ENTRIES)]
    entries: list[DigestEntry] = []
    shown: set[str] = set()
    for group_key in (*days, UNDATED):
        cards = [card for card in library.newest(group_key) if card.id not in shown]
        for entry in digest_entries(cards, library.story_of, library.length):
            entries.append(entry)
            shown |= set(entry.story.articles) if entry.story else {entry.fullest.id}
        if len(entries) >= _MAX_ENTRIES:
            break
    return entries[:_MAX_ENTRIES]


def _sections(shown_above: set[str], library: TrackedLibrary) -> Iterator[tuple[str, list[Card]]]:
    """Yield each section with its newest articles that are not shown above, a story's one once."""
    for section in _section_labels(library):
        shown, cards = set(shown_above), list[Card]()
        for card in _newest_first(group("section", section), library):
            if card.id not in shown:
                cards.append(card)
                story = library.story_of(card.id)
                shown |= set(story.articles) if story else {card.id}
            if len(cards) == _MAX_SECTION_ARTICLES:
                break
        if cards:
            yield section, cards


def _section_labels(library: TrackedLibrary) -> list[str]:
    """Return the sections in the order of the table; the largest of the site's own follow."""
    labels = [entry["label"] for entry in table("sections").values()]
    others = [each for each in library.names("section") if each.name not in labels]
    others.sort(key=lambda each: (-each.size, each.name))
    return [*labels, *(each.name for each in others[:_MAX_OTHER_SECTIONS])]


def _newest_first(group_key: str, library: TrackedLibrary) -> Iterator[Card]:
    """Yield the articles of a group, of which the caller takes few."""
    seen, limit = 0, 4 * _MAX_SECTION_ARTICLES
    while True:
        cards = library.newest(group_key, limit)
        yield from cards[seen:]
        if len(cards) < limit:
            return
        seen, limit = limit, 4 * limit


def _digest_links(day: dt.date | None, library: TrackedLibrary, say: Wording) -> str:
    """Return the ways to the digests of the newest day and its week, with how much is in them."""
    if day is None:
        return ""
    in_day = say.counted(library.size(group("day", day)).all, ARTICLE)
    in_week = say.counted(library.size(group("week", monday(day))).all, ARTICLE)
    of_day = link(f"موجز اليوم: {in_day}", day_path(day), HOME)
    return f"{of_day} {link(f'موجز الأسبوع: {in_week}', week_path(day), HOME)}"
