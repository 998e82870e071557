"""The digest: what happened on a day or in a week, each story once, the most covered first."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from mujaz.arabic.numerals import ARTICLE, STORY
from mujaz.arabic.wording import Wording
from mujaz.compose.markdown import blocks, link
from mujaz.compose.pages.cards import card_item, headline_items
from mujaz.compose.pages.listing import UNDATED_HEADING, counted_link, listing_meta
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
from mujaz.site_model import Card, Page, Story

_MAX_DAYS = 14
"""Days that the digest's front page leads to; older ones are reached by the archive."""
_MAX_WEEKS = 7
"""Weeks that it leads to."""
_MAX_SUMMARIES = 30
"""Entries of a page that show their summary; the others only their headline."""
_MAX_UNDATED = 10
"""Undated articles on the digest's front page."""


class DigestEntry(NamedTuple):
    """One story in a day's or a week's news."""

    fullest: Card
    """The article that says most."""
    cards: tuple[Card, ...]
    """Its articles of that time, newest first."""
    story: Story | None

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that reported it, in the order of its articles."""
        names = (name for each in self.cards for name in (each.source, *each.also_in))
        return tuple(dict.fromkeys(filter(None, names)))

    def item(self, page: str, say: Wording, *, level: int = 3) -> str:
        """Return it as a list item for `page`."""
        whole = ""
        if self.story and len(self.story.articles) > 1:
            text = f"القصة كاملة: {say.counted(len(self.story.articles), ARTICLE)}"
            whole = link(text, story_path(self.story), page)
        return card_item(self.fullest, page, say, level=level, sources=self.sources, below=whole)


def digest_entries(
    cards: Sequence[Card],
    story_of: Callable[[str], Story | None],
    length_of: Callable[[str], int],
) -> list[DigestEntry]:
    """Return the stories of articles, which come newest first.

    `story_of` gives an article's story by its id, `length_of` the number of characters of its body.

    Those that more sources reported come first, then those with more articles, then the newest.
    """
    clusters: dict[str, list[Card]] = defaultdict(list)
    stories: dict[str, Story] = {}
    for card in cards:
        story = story_of(card.id)
        cluster = f"story {story.id}" if story else card.id
        clusters[cluster].append(card)
        if story:
            stories[cluster] = story
    entries = [
        DigestEntry(_fullest(each, length_of), tuple(each), stories.get(cluster))
        for cluster, each in clusters.items()
    ]
    # Sorting is stable: what is equal stays newest first.
    return sorted(entries, key=lambda entry: (-len(entry.sources), -len(entry.cards)))


def _fullest(cards: Sequence[Card], length_of: Callable[[str], int]) -> Card:
    return max(cards, key=lambda each: length_of(each.id)) if len(cards) > 1 else cards[0]


def _entries_of(group_key: str, library: TrackedLibrary) -> list[DigestEntry]:
    return digest_entries(library.newest(group_key), library.story_of, library.length)


def day_page(day: dt.date, library: TrackedLibrary, say: Wording) -> Page:
    """Return the page of a day."""
    path = day_path(day)
    entries = _entries_of(group("day", day), library)
    before, after = library.days_around(day.isoformat())
    links = [link("موجز الأسبوع", week_path(day), path)]
    if before:
        links.insert(0, link(f"قبله: {say.date(before)}", day_path(before), path))
    if after:
        links.append(link(f"بعده: {say.date(after)}", day_path(after), path))
    title, description = f"موجز {say.date(day)}", f"أخبار {say.date(day)} في صفحة واحدة"
    meta = listing_meta(title, description, "digest", day, _extent(entries, say))
    return Page(path, meta, blocks([*_entry_lists(entries, path, say), " · ".join(links)]))


def week_page(first: dt.date, library: TrackedLibrary, say: Wording) -> Page:
    """Return the page of the week that begins with `first`."""
    path, group_key = week_path(first), group("week", first)
    entries = _entries_of(group_key, library)
    span = say.span(first, first + dt.timedelta(6))
    days = library.days(group_key)
    by_day = "\n".join(
        counted_link(say.date(day), day_path(day), path, days[day], say) for day in sorted(days)
    )
    title, description = f"موجز الأسبوع {span}", f"أخبار الأسبوع {span}"
    meta = listing_meta(title, description, "digest", max(days), _extent(entries, say))
    parts = [*_entry_lists(entries[:_MAX_SUMMARIES], path, say), "## يوماً بيوم", by_day]
    return Page(path, meta, blocks(parts))


def digest_page(library: TrackedLibrary, say: Wording) -> Page:
    """Return the digest's front page: the latest day, and the ways to those before it."""
    parts: list[str] = []
    entries: list[DigestEntry] = []
    days = [(dt.date.fromisoformat(d.name), d.size) for d in library.latest("day", _MAX_DAYS)]
    if days:
        entries = _entries_of(group("day", days[0][0]), library)
        parts += _entry_lists(entries, DIGEST, say)
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


def _entry_lists(entries: Sequence[DigestEntry], page: str, say: Wording) -> list[str]:
    """Return the first entries with their summary, the others only with their headline."""
    shown = "\n".join(entry.item(page, say) for entry in entries[:_MAX_SUMMARIES])
    parts = ["## أبرز الأخبار", shown]
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
