"""The digest: what happened on a day or in a week, each story once, the most covered first."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from mujaz.arabic.numerals import ARTICLE, STORY
from mujaz.arabic.wording import Wording
from mujaz.compose.markdown import blocks, link
from mujaz.compose.pages.cards import card, lines
from mujaz.compose.pages.listing import UNDATED as WITHOUT_DATE
from mujaz.compose.pages.listing import listing_meta
from mujaz.compose.permalinks import (
    ARCHIVE,
    DIGEST,
    HEADLINES,
    UNDATED_ARCHIVE,
    day_path,
    story_path,
    week_path,
)
from mujaz.library.groups import UNDATED, group
from mujaz.library.tracking import TrackedLibrary
from mujaz.model import Card, Page, Story

_DAYS = 14
"""Days that the digest's front page leads to; older ones are reached by the archive."""
_IN_FULL = 30
"""Entries of a page that show their summary; the others only their headline."""
_UNDATED_SHOWN = 10


class Entry(NamedTuple):
    """One story in a day's or a week's news."""

    leader: Card
    """The member that says most."""
    members: tuple[Card, ...]
    """Its articles of that time, newest first."""
    story: Story | None

    @property
    def sources(self) -> tuple[str, ...]:
        """The papers that reported it, in the order of its members."""
        names = (name for each in self.members for name in (each.source, *each.also_in))
        return tuple(dict.fromkeys(filter(None, names)))

    def card(self, page: str, say: Wording, *, level: int = 3) -> str:
        """Return it as a list item for `page`."""
        whole = ""
        if self.story and len(self.story.articles) > 1:
            told = f"القصة كاملة: {say.counted(len(self.story.articles), ARTICLE)}"
            whole = link(told, story_path(self.story), page)
        return card(self.leader, page, say, level=level, sources=self.sources, below=whole)


def entries(
    articles: Sequence[Card],
    story_of: Callable[[str], Story | None],
    length_of: Callable[[str], int],
) -> list[Entry]:
    """Return the stories of `articles`, which come newest first.

    `story_of` gives an article's story by its id, `length_of` the number of characters of its body.

    Those that more papers reported come first, then those with more articles, then the newest.
    """
    groups: dict[str, list[Card]] = defaultdict(list)
    stories: dict[str, Story] = {}
    for article in articles:
        story = story_of(article.id)
        own = f"story {story.id}" if story else article.id
        groups[own].append(article)
        if story:
            stories[own] = story
    found = [
        Entry(_fullest(members, length_of), tuple(members), stories.get(own))
        for own, members in groups.items()
    ]
    # Sorting is stable: what is equal stays newest first.
    return sorted(found, key=lambda entry: (-len(entry.sources), -len(entry.members)))


def _fullest(members: Sequence[Card], length_of: Callable[[str], int]) -> Card:
    return max(members, key=lambda each: length_of(each.id)) if len(members) > 1 else members[0]


def day_page(day: dt.date, library: TrackedLibrary, say: Wording) -> Page:
    """Return the page of a day."""
    path = day_path(day)
    found = entries(library.newest(group("day", day), -1), library.story_of, library.length)
    before, after = library.around(day)
    ways = [link("موجز الأسبوع", week_path(day), path)]
    if before:
        ways.insert(0, link(f"قبله: {say.date(before)}", day_path(before), path))
    if after:
        ways.append(link(f"بعده: {say.date(after)}", day_path(after), path))
    title, description = f"موجز {say.date(day)}", f"أخبار {say.date(day)} في صفحة واحدة"
    meta = listing_meta(title, description, "digest", day, _told(found, say))
    return Page(path, meta, blocks([*_entry_lists(found, path, say), " · ".join(ways)]))


def week_page(first: dt.date, library: TrackedLibrary, say: Wording) -> Page:
    """Return the page of the week that begins with `first`."""
    path, grouped = week_path(first), group("week", first)
    found = entries(library.newest(grouped, -1), library.story_of, library.length)
    span = say.span(first, first + dt.timedelta(6))
    days = library.days(grouped)
    by_day = "\n".join(
        f"- {link(say.date(day), day_path(day), path)} {say.counted(days[day], ARTICLE)}"
        for day in sorted(days)
    )
    title, description = f"موجز الأسبوع {span}", f"أخبار الأسبوع {span}"
    meta = listing_meta(title, description, "digest", max(days), _told(found, say))
    parts = [*_entry_lists(found[:_IN_FULL], path, say), "## يوماً بيوم", by_day]
    return Page(path, meta, blocks(parts))


def digest_page(library: TrackedLibrary, say: Wording) -> Page:
    """Return the digest's front page: the latest day, and the ways to those before it."""
    parts: list[str] = []
    latest: list[Entry] = []
    days = [(dt.date.fromisoformat(name), size) for name, size, *_ in library.latest("day", _DAYS)]
    if days:
        latest = entries(
            library.newest(group("day", days[0][0]), -1), library.story_of, library.length
        )
        parts += _entry_lists(latest, DIGEST, say)
        told = (
            f"- {link(say.date(day), day_path(day), DIGEST)} {say.counted(size, ARTICLE)}"
            for day, size in days
        )
        parts += ["## الأيام", "\n".join(told), "## الأسابيع", _weeks(library, say)]
    if library.size(UNDATED).all:
        undated = library.newest(UNDATED, _UNDATED_SHOWN)
        parts += [f"## {WITHOUT_DATE}", lines(undated, DIGEST)]
        if library.size(UNDATED).all > _UNDATED_SHOWN:
            parts.append(link("كل ما لا تاريخ له", UNDATED_ARCHIVE, DIGEST))
    parts.append(f"{link('الأرشيف', ARCHIVE, DIGEST)} · {link('كل العناوين', HEADLINES, DIGEST)}")
    newest = days[0][0] if days else None
    title = f"موجز {say.date(newest)}" if newest else "موجز"
    told_of = _told(latest, say)
    meta = listing_meta(title, "أخبار أحدث يوم في صفحة واحدة", "digest", newest, told_of)
    return Page(DIGEST, meta, blocks(parts))


def _weeks(library: TrackedLibrary, say: Wording) -> str:
    """Return the ways to the latest weeks."""
    told = []
    for name, size, *_ in library.latest("week", _DAYS // 2):
        first = dt.date.fromisoformat(name)
        span = say.span(first, first + dt.timedelta(6))
        told.append(f"- {link(span, week_path(first), DIGEST)} {say.counted(size, ARTICLE)}")
    return "\n".join(told)


def _entry_lists(found: Sequence[Entry], page: str, say: Wording) -> list[str]:
    shown = "\n".join(entry.card(page, say) for entry in found[:_IN_FULL])
    parts = ["## أبرز الأخبار", shown]
    if len(found) > _IN_FULL:
        parts += ["## وأيضاً", lines((entry.leader for entry in found[_IN_FULL:]), page)]
    return parts


def _told(found: Sequence[Entry], say: Wording) -> str:
    number = sum(len(entry.members) for entry in found)
    if number == len(found):
        return say.counted(number, ARTICLE)
    return f"{say.counted(len(found), STORY)} في {say.counted(number, ARTICLE)}"
