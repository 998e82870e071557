"""The order of articles in lists: newest first, and no source has more rows in a run than others.

A source that publishes everything within minutes would fill the first pages alone. Rows are pure
decisions about the cards of one page, so that the same page always has the same order.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from mujaz.arabic.press.agencies import same_agency
from mujaz.compose.importance import importance_of
from mujaz.data import table
from mujaz.site_model import Card, Story

_ROWS_APART = 4
"""Rows between two of one source, where there are enough of others."""
_MINUTES_APART = 60
"""By which a card may be older than one that it stands above, so that sources alternate."""
_ROWS_LOOKED_AT, _MAX_OF_ONE_SOURCE = 19, 7
"""Rows above one, and how many of them may be of its source: then it is no more than two fifths of
twenty."""


def interleaved(cards: Sequence[Card]) -> list[Card]:
    """Return all cards, day by day as they come, those of a day by time with sources alternating.

    Cards without a time keep their places among the others, as far as sources let them; stubs come
    after all others of their day.
    """
    rows: list[Card] = []
    for _, of_day in groupby(cards, key=lambda card: card.date):
        day = list(of_day)
        waiting = _by_time([card for card in day if not card.is_stub])
        while waiting:
            rows.append(waiting.pop(_next(waiting, rows)))
        rows += [card for card in day if card.is_stub]
    return rows


def _next(waiting: Sequence[Card], rows: Sequence[Card]) -> int:
    """Return the place of the card that comes after `rows`.

    Of those that are hardly older than the newest, it is the first whose source is as far above as
    that of any. Only where a source has its share of the last rows, one of any time comes first.
    """
    newest = next((_minute(card) for card in waiting if card.time), 0)
    counts = Counter(row.source for row in rows[-_ROWS_LOOKED_AT:])
    open_places = [
        place for place, card in enumerate(waiting) if counts[card.source] < _MAX_OF_ONE_SOURCE
    ] or [*range(len(waiting))]
    near = [
        place
        for place in open_places
        if not waiting[place].time or newest - _minute(waiting[place]) <= _MINUTES_APART
    ]
    for apart in range(_ROWS_APART, 0, -1):
        recent = {row.source for row in rows[-apart:]}
        for place in near:
            if waiting[place].source not in recent:
                return place
    return (near or open_places)[0]


def _minute(card: Card) -> int:
    return card.time.hour * 60 + card.time.minute if card.time else 0


def each_report_once(cards: Sequence[Card], story_of: Callable[[str], Story | None]) -> list[Card]:
    """Return cards without those that repeat the report of an agency on a story shown above."""
    shown, rows = set[tuple[str, str]](), list[Card]()
    for card in cards:
        agency = same_agency(card.agency)
        story = story_of(card.id) if agency else None
        report = (agency, story.id) if agency and story else ("", card.id)
        if report not in shown:
            shown.add(report)
            rows.append(card)
    return rows


def stories_once(cards: Sequence[Card], story_of: Callable[[str], Story | None]) -> list[Card]:
    """Return cards without those whose story one above tells already."""
    shown, rows = set[str](), list[Card]()
    for card in cards:
        if card.id not in shown:
            story = story_of(card.id)
            shown |= {*story.articles} if story else {card.id}
            rows.append(card)
    return rows


def most_important_first(
    cards: Sequence[Card], story_of: Callable[[str], Story | None]
) -> list[Card]:
    """Return one card of each story, the most important story first; of equals, as they come.

    It is the card whose headline is the story's, if it is among them, else the first.
    """
    by_story: dict[str, list[Card]] = defaultdict(list)
    central = dict[str, str]()
    for card in cards:
        story = story_of(card.id)
        cluster = story.id if story else card.id
        by_story[cluster].append(card)
        central[cluster] = story.central if story else card.id
    stories = sorted(by_story, key=lambda cluster: -importance_of(by_story[cluster]).score)
    return [
        next((card for card in by_story[each] if card.id == central[each]), by_story[each][0])
        for each in stories
    ]


def ordered_sections(sizes: Mapping[str, int], first: Sequence[str] = ()) -> list[str]:
    """Return sections: those that an editor puts `first`, those of the table, others by size.

    `sizes` are numbers of articles by the labels of sections.
    """
    of_table = (section["label"] for section in table("sections").values())
    labels = dict.fromkeys([*first, *of_table])
    others = sorted(sizes.keys() - {*labels}, key=lambda label: (-sizes[label], label))
    return [*(label for label in labels if label in sizes), *others]


def main_section(cards: Sequence[Card]) -> str | None:
    """Return the section that most of a story's articles are in, of equals the first one's."""
    counts = Counter(card.section for card in cards if card.section)
    return max(counts, key=lambda label: counts[label], default=None)


def _by_time(cards: list[Card]) -> list[Card]:
    """Return the cards of a day, those with a time newest first in the places that they have."""
    timed = sorted(
        (card for card in cards if card.time),
        key=lambda card: (card.time or dt.time.min).replace(tzinfo=None),
        reverse=True,
    )
    following = iter(timed)
    return [next(following) if card.time else card for card in cards]
