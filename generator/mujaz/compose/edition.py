"""The edition: the news of some days, each story once, the most important first, with an end.

Its first stories are numbered; of what remains, each section has its next headlines. All of it is
decided by what the library says of the articles; no page and no format is known here.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mujaz.compose.entries import DigestEntry, digest_entries, entry_of
from mujaz.compose.order import ordered_sections
from mujaz.compose.selection import EditionRules, chosen_entries
from mujaz.data import table
from mujaz.library.groups import UNDATED, group
from mujaz.library.tracking import TrackedLibrary

_THIN_PART = 2
"""A day is thin if its stories would fill less than this part of the places."""
_MAX_DAYS = 3
"""Days that make an edition where the newest is thin."""
_MAX_UNDATED = 400
"""Undated articles that an edition is chosen from."""
_SECTION_HEADLINES = 3
_MAX_OTHER_SECTIONS = 8
"""Sections that the site has beside those of the table."""


class SectionNews(NamedTuple):
    """What an edition leaves of a section."""

    label: str
    entries: tuple[DigestEntry, ...]
    """Its next stories."""
    articles: int
    """Number of all articles that it has in these days."""


class Edition(NamedTuple):
    """The news of some days."""

    days: tuple[dt.date, ...]
    """Its days, newest first; none if it has undated articles alone."""
    has_undated: bool
    """Whether undated articles are among them."""
    entries: tuple[DigestEntry, ...]
    """All stories, the most important first."""
    numbered: int
    """Number of the stories that make the edition; the others come behind its end."""
    section_order: tuple[str, ...] = ()
    """Sections that an editor puts first."""

    @property
    def day(self) -> dt.date | None:
        """The newest day."""
        return self.days[0] if self.days else None

    @property
    def leading(self) -> tuple[DigestEntry, ...]:
        """The numbered stories."""
        return self.entries[: self.numbered]

    @property
    def articles(self) -> int:
        """The number of articles in these days."""
        return sum(len(entry.cards) for entry in self.entries)

    def sections(self) -> Iterator[SectionNews]:
        """Yield what it leaves of each section, in the order of the table; others by size."""
        counts = Counter(
            card.section for entry in self.entries for card in entry.cards if card.section
        )
        following = sections_of([*self.following])
        for label in _shown_sections(counts, self.section_order):
            entries = following.get(label, [])
            if entries:
                yield SectionNews(label, tuple(entries[:_SECTION_HEADLINES]), counts[label])

    @property
    def following(self) -> Iterator[DigestEntry]:
        """The stories behind the end, without notices."""
        return (each for each in self.entries[self.numbered :] if each.importance.score)


def latest_sections(edition: Edition, library: TrackedLibrary) -> Iterator[SectionNews]:
    """Yield what the latest edition leaves of each section; where that is little, older news too.

    The number of articles is that of all that the section has.
    """
    shown = {card.id for entry in edition.leading for card in entry.cards}
    following = sections_of([*edition.following])
    sizes = {each.name: each.size for each in library.names("section")}
    for label in _shown_sections(sizes, edition.section_order):
        entries = following.get(label, [])[:_SECTION_HEADLINES]
        if len(entries) < _SECTION_HEADLINES:
            seen = shown | {card.id for entry in entries for card in entry.cards}
            entries += _older(label, seen, library)
        if entries:
            yield SectionNews(label, tuple(entries[:_SECTION_HEADLINES]), sizes[label])


def _older(label: str, seen: set[str], library: TrackedLibrary) -> list[DigestEntry]:
    """Return the newest stories of a section without articles that are shown already."""
    entries, listed = list[DigestEntry](), set(seen)
    for card in library.newest(group("section", label), _SECTION_HEADLINES + len(seen)):
        story = library.story_of(card.id)
        ids = set(story.articles) if story else {card.id}
        if listed.isdisjoint(ids):
            listed |= ids
            entries.append(entry_of([card], story, library.length))
    return entries


def _shown_sections(sizes: Mapping[str, int], first: Sequence[str]) -> list[str]:
    """Return the sections of an edition: those put `first` or in the table, and some others."""
    named = {*first, *(section["label"] for section in table("sections").values())}
    return ordered_sections(sizes, first)[: len(named & sizes.keys()) + _MAX_OTHER_SECTIONS]


def sections_of(entries: Sequence[DigestEntry]) -> dict[str | None, list[DigestEntry]]:
    """Return stories by section, in their order: the section of the first one comes first."""
    by_section: dict[str | None, list[DigestEntry]] = defaultdict(list)
    for entry in entries:
        by_section[entry.section].append(entry)
    return by_section


def latest_edition(library: TrackedLibrary, rules: EditionRules) -> Edition:
    """Return the edition of the newest day; where that is thin, of the last three days.

    Where these are thin as well, undated articles are among them.
    """
    days = [dt.date.fromisoformat(day.name) for day in library.latest("day", _MAX_DAYS)]
    edition = edition_of(days[:1], library, rules)
    if _is_thin(edition, rules) and len(days) > 1:
        edition = edition_of(days, library, rules)
    if _is_thin(edition, rules) and library.size(UNDATED).all:
        edition = edition_of(days, library, rules, with_undated=True)
    return edition


def edition_of(
    days: Sequence[dt.date],
    library: TrackedLibrary,
    rules: EditionRules,
    *,
    with_undated: bool = False,
) -> Edition:
    """Return the edition of some days, which come newest first."""
    cards = [card for day in days for card in library.newest(group("day", day))]
    if with_undated:
        cards += library.newest(UNDATED, _MAX_UNDATED)
    entries = digest_entries(cards, library.story_of, library.length, library.topic_of)
    chosen, others = chosen_entries(entries, rules)
    return Edition(tuple(days), with_undated, (*chosen, *others), len(chosen), rules.sections)


def _is_thin(edition: Edition, rules: EditionRules) -> bool:
    news = sum(1 for entry in edition.entries if entry.importance.score)
    return _THIN_PART * news < rules.size
