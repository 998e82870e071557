"""Sections: the list of all with their newest headlines, and each with what leads it."""

from __future__ import annotations

from collections.abc import Sequence

from mujaz.arabic.numerals import ARTICLE, SECTION
from mujaz.arabic.wording import Wording
from mujaz.compose.markdown import blocks, link
from mujaz.compose.order import interleaved, stories_once
from mujaz.compose.pages.cards import card_item, line_items
from mujaz.compose.pages.listing import (
    Listing,
    by_day,
    front_meta,
    listing_meta,
    newest_rows,
    older_links,
    whole_story,
)
from mujaz.compose.permalinks import SECTIONS, section_path
from mujaz.data import table
from mujaz.library.groups import group
from mujaz.library.tracking import TrackedLibrary
from mujaz.site_model import Card, Page

_MAX_SUMMARIES = 6
"""Articles that a section shows with their summary: the first, which leads it, and five more."""
_MAX_HEADLINES = 2
"""Of each section in the list of all."""


def section_labels(library: TrackedLibrary) -> list[str]:
    """Return the sections with articles in the order of the table; the site's own follow."""
    sizes = {each.name: each.size for each in library.names("section")}
    labels = [entry["label"] for entry in table("sections").values()]
    others = sorted(sizes.keys() - {*labels}, key=lambda name: (-sizes[name], name))
    return [*(label for label in labels if label in sizes), *others]


def sections_page(library: TrackedLibrary, say: Wording) -> Page:
    """Return the list of sections, each with its newest headlines."""
    sections, parts, shown = section_labels(library), list[str](), set[str]()
    for section in sections:
        rows = newest_rows(group("section", section), 4 * _MAX_HEADLINES, library)
        rows = [card for card in stories_once(rows, library.story_of) if card.id not in shown]
        shown |= {card.id for card in rows[:_MAX_HEADLINES]}
        parts.append(f"## {link(section, section_path(section), SECTIONS)}")
        parts.append(line_items(rows[:_MAX_HEADLINES], SECTIONS, say))
    meta = listing_meta(
        say.text("sections.title"),
        say.text("sections.description"),
        "sections",
        library.newest_day(),
        say.counted(len(sections), SECTION) if sections else "",
    )
    return Page(SECTIONS, meta, blocks(parts or [say.text("sections.none")]))


def section_front(listing: Listing, page_size: int, library: TrackedLibrary, say: Wording) -> Page:
    """Return a section: its lead, five with summaries, and the rest as lines, each story once."""
    path, size = listing.path, library.size(listing.group).all
    rows = stories_once(newest_rows(listing.group, page_size, library), library.story_of)
    first = _with_summaries(rows)
    shown = {card.id for card in first}
    rest = interleaved([card for card in rows if card.id not in shown])
    items = [
        card_item(
            card,
            path,
            say,
            kicker=False,
            level=3 if place else 2,
            below=whole_story(card, path, library, say),
        )
        for place, card in enumerate(first)
    ]
    parts = ["\n".join(items)] if items else []
    if rest:
        parts.append(by_day(rest, path, say))
    parts += older_links(listing, page_size, library, say)
    meta = front_meta(listing, library, say.counted(size, ARTICLE))
    return Page(path, meta, blocks(parts or [say.text("lists.none")]))


def _with_summaries(rows: Sequence[Card]) -> list[Card]:
    """Return the first articles that have a summary; of a short list, no more than half."""
    few = max(1, min(_MAX_SUMMARIES, len(rows) // 2))
    return [card for card in rows if card.summary][:few]
