"""The home page: the latest edition with its end, then the next headlines of each section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from mujaz.arabic.wording import Wording
from mujaz.compose.edition import Edition, SectionNews, latest_edition, latest_sections
from mujaz.compose.entries import DigestEntry
from mujaz.compose.html import anchor, element, text
from mujaz.compose.markdown import blocks, escape
from mujaz.compose.pages.story_block import Tier, language_attributes, story_block
from mujaz.compose.permalinks import ARCHIVE, HEADLINES, HOME, SECTIONS, section_path
from mujaz.compose.selection import EditionRules
from mujaz.library.tracking import TrackedLibrary
from mujaz.site_model import Page

_FULL_STORIES = 4
"""Stories that are shown with sentences: the lead, and those below it."""


def home_page(
    site_name: str, description: str, library: TrackedLibrary, say: Wording, rules: EditionRules
) -> Page:
    """Return the home page. "Today" is the newest article's day, so no clock is read."""
    edition = latest_edition(library, rules)
    meta: dict[str, Any] = {
        "template": "home.html",
        "title": site_name,
        "description": description or site_name,
        "mujaz": {"kind": "home"},
    }
    newest = edition.day
    if newest:
        meta["mujaz"] |= {
            "date_text": say.weekday(newest),
            "hijri_text": say.hijri(newest),
            "date_iso": newest.isoformat(),
        }
    parts = [
        edition_note(edition, say),
        edition_block(edition, HOME, library, say),
        sections_block(latest_sections(edition, library), HOME, section_path, say),
    ]
    return Page(HOME, meta, blocks(parts))


def edition_note(edition: Edition, say: Wording) -> str:
    """Return what the edition is of, where that is not one day, as Markdown."""
    notes = []
    if len(edition.days) > 1:
        notes.append(say.text("edition.of_days", span=say.span(edition.days[-1], edition.days[0])))
    if edition.has_undated and edition.days:
        notes.append(say.text("edition.with_undated"))
    return escape(" ".join(notes))


def edition_block(edition: Edition, page: str, library: TrackedLibrary, say: Wording) -> str:
    """Return the numbered stories of an edition, and its end, as one line of HTML."""
    if not edition.leading:
        return escape(say.text("edition.none"))
    stories = (
        story_block(
            entry.story,
            entry.cards,
            page,
            library,
            say,
            tier=_tier(number),
            level=2 if number == 1 else 3,
            number=number if len(edition.leading) > 1 else 0,
        )
        for number, entry in enumerate(edition.leading, 1)
    )
    end = element(
        "p",
        element("b", text(say.text("edition.end"))),
        " ",
        anchor(text(say.text("edition.sections")), SECTIONS, page),
        " ",
        anchor(text(say.text("edition.headlines")), HEADLINES, page),
        " ",
        anchor(text(say.text("edition.archive")), ARCHIVE, page),
        class_="issue-end",
    )
    return element("div", *stories, end, class_="issue")


def _tier(number: int) -> Tier:
    if number == 1:
        return "lead"
    return "full" if number <= _FULL_STORIES else "line"


def sections_block(
    sections: Iterable[SectionNews], page: str, path_of: Callable[[str], str], say: Wording
) -> str:
    """Return the next headlines of each section as one line of HTML.

    `path_of` gives the path of the page with all articles of a section by its label.
    """
    parts = [_section(each, page, path_of(each.label), say) for each in sections]
    return element("div", *parts, class_="sections") if parts else ""


def _section(section: SectionNews, page: str, path: str, say: Wording) -> str:
    articles = say.counted(section.articles, "article")
    whole = say.text("edition.whole_section", articles=articles)
    return element(
        "section",
        element("h2", anchor(text(section.label), path, page)),
        element("ul", *story_lines(section.entries, page, say)),
        element("p", anchor(text(whole), path, page)),
    )


def story_lines(entries: Iterable[DigestEntry], page: str, say: Wording) -> Iterator[str]:
    """Yield a list item of HTML for each story: its title, and who reported it."""
    for entry in entries:
        sources = element("small", text(say.listed(entry.sources))) if entry.sources else ""
        way = anchor(text(entry.title), entry.path, page, **language_attributes(entry.titled))
        yield element("li", way, " ", sources)
