"""The nouns of a site: what pages show of an article, pages, other files, what search knows.

All of it is frozen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


def version_name(name: str, width: int, suffix: str) -> str:
    """Return the name of the smaller version, `width` pixels wide, of the image called `name`."""
    return f"{name[:16]}-{width}{suffix}"


@dataclass(frozen=True, slots=True)
class CardImage:
    """The picture on a card: the first of an article."""

    name: str
    """See `Image.name`."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    alt: str
    """What there is for those who do not see it; maybe empty."""
    widths: tuple[int, ...] = ()
    """See `Image.widths`."""


@dataclass(frozen=True, slots=True)
class Card:
    """What other pages show of an article."""

    file: str
    """See `Article.file`."""
    id: str
    """Its id."""
    slug: str
    """See `Article.slug`."""
    title: str
    """The headline."""
    language: str | None
    """See `Article.language`."""
    date: dt.date | None
    """The day of publication."""
    time: dt.time | None
    """See `Article.time`."""
    section: str | None
    """The section's label."""
    type: str | None
    """See `Article.type`."""
    summary: str
    """The lead."""
    source: str | None
    """The paper or agency."""
    place: str | None
    """Where it was reported from."""
    authors: tuple[str, ...]
    """The byline's names."""
    agency: str | None
    """See `Article.agency`."""
    also_in: tuple[str, ...]
    """Other papers that printed the same text."""
    also_told_in: tuple[str, ...]
    """See `Article.also_told_in`."""
    revised: bool
    """Whether there are earlier versions of it."""
    image: CardImage | None = None
    """Its picture, if the site's editors publish pictures and it has one."""
    is_stub: bool = False
    """Whether nobody would read it by itself: nothing but names below a picture, or one or two
    sentences that a longer article holds."""


@dataclass(frozen=True, slots=True)
class Story:
    """One event, as several articles told it over time and across papers."""

    id: str
    """The id of its first article: newer articles never change it. Should an earlier one turn up,
    the old id is still that of one of `articles`, by which the story can be found."""
    title: str
    """The headline of the most central article of its latest day: it may change while the id
    stays."""
    articles: tuple[str, ...]
    """Ids of two or more, oldest first, undated ones last."""
    first: dt.date | None
    """Day of its first dated article."""
    last: dt.date | None
    """Day of its latest dated article."""
    sources: tuple[str, ...] = ()
    """The papers, in the order in which they first reported."""
    people: tuple[str, ...] = ()
    """Names that at least two of the articles are tagged with, most often named first."""
    places: tuple[str, ...] = ()
    """As `people`."""
    organisations: tuple[str, ...] = ()
    """As `people`."""
    central: str = ""
    """Id of the article whose headline is the title."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """An article as search knows it."""

    id: str
    """Its id."""
    address: str
    """Its page, below the site's root."""
    title: str
    """The headline."""
    paragraphs: tuple[str, ...]
    """The body, of which only stems are kept."""
    excerpt: str
    """What is shown of it: the summary."""
    source: str = ""
    """The paper or agency; empty if unknown, as all that follows."""
    section: str = ""
    """The section."""
    date: str = ""
    """The day of publication, as `2025-07-14`."""
    people: tuple[str, ...] = ()
    """Persons that it is about."""
    places: tuple[str, ...] = ()
    """Places that it is about."""


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown page."""

    path: str
    """Path below the folder of pages, with `/` between its parts."""
    meta: Mapping[str, Any]
    """Front matter: plain scalars, lists and mappings only."""
    body: str
    """Markdown, with all outside text escaped."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that the site publishes as it is, such as a feed."""

    path: str
    """Path below the folder of pages, with `/` between its parts."""
    text: str
