"""Sections: the list of all with their newest headlines, and each with what leads it."""

from __future__ import annotations

from mujaz.arabic.numerals import ARTICLE, SECTION
from mujaz.arabic.wording import Wording
from mujaz.compose.markdown import blocks, link
from mujaz.compose.order import (
    interleaved,
    most_important_first,
    ordered_sections,
    stories_once,
)
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
from mujaz.library.groups import group
from mujaz.library.tracking import TrackedLibrary
from mujaz.site_model import Card, Page

_MAX_SUMMARIES = 6
"""Articles that a section shows with their summary: the first, which leads it, and five more."""
_MAX_HEADLINES = 2
"""Of each section in the list of all."""
_MAX_OF_DAY, _MAX_OF_MANY = 240, 60
"""Articles of a section's newest day of which the leading ones are chosen, on its own page and in
the list of all, which looks at every section."""


def sections_with_articles(library: TrackedLibrary) -> list[str]:
    """Return the sections that have articles, in the order of lists."""
    return ordered_sections(
        {each.name: each.size for each in library.names("section")}, library.section_order
    )


def sections_page(library: TrackedLibrary, say: Wording) -> Page:
    """Return the list of sections, each with its newest headlines."""
    sections, parts, shown = sections_with_articles(library), list[str](), set[str]()
    for section in sections:
        group_key = group("section", section)
        rows = [card for card in _leading(group_key, _MAX_OF_MANY, library) if card.id not in shown]
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
    rows = newest_rows(listing.group, page_size, library)
    few = max(1, min(_MAX_SUMMARIES, len(rows) // 2))
    leading = [*_leading(listing.group, _MAX_OF_DAY, library), *rows]
    first = stories_once([card for card in leading if card.summary], library.story_of)[:few]
    rest = stories_once([*first, *rows], library.story_of)[len(first) :]
    items = [_card(card, path, not place, library, say) for place, card in enumerate(first)]
    parts = ["\n".join(items)] if items else []
    if rest:
        parts.append(by_day(rest, path, say))
    parts += older_links(listing, page_size, library, say)
    meta = front_meta(listing, library, say.counted(size, ARTICLE))
    return Page(path, meta, blocks(parts or [say.text("lists.none")]))


def _leading(group_key: str, most: int, library: TrackedLibrary) -> list[Card]:
    """Return articles of a section's newest day, each story once, the most important first."""
    day = library.newest_day(group_key)
    if day is None:
        return newest_rows(group_key, most, library)
    cards = library.newest_of_day(group_key, day, most)
    return most_important_first(interleaved(cards), library.story_of)


def _card(card: Card, page: str, leads: bool, library: TrackedLibrary, say: Wording) -> str:
    story = library.story_of(card.id)
    return card_item(
        card,
        page,
        say,
        kicker=False,
        level=2 if leads else 3,
        sources=story.sources if story else (),
        today=library.newest_day(group("section", card.section or "")),
        below=whole_story(card, page, library, say),
    )
