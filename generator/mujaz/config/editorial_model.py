"""What editors may say outside the raw articles, as values.

A ref names an article or story by id, file, address or guid.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import unquote

from mujaz.model import MonthNames

DATELINE_PARTS: Mapping[str, str] = {
    "place": "place",
    "المكان": "place",
    "source": "source",
    "الصحيفة": "source",
    "author": "author",
    "الكاتب": "author",
}
"""What may stand in the braces of a shape of a dateline, by all of its names."""
_SHOWN_ID = re.compile(r"(?:articles|stories)/(?:[^/]*-)?([a-z2-7]{10})$")


class Correction(NamedTuple):
    """What an editor says of one article."""

    place: str
    """The file and the line where it stands."""
    ref: str
    """What he calls the article."""
    fields: Mapping[str, Any]
    """Corrected fields by the editor's own names for them, values as written."""
    is_hidden: bool
    """Whether the article is not to be published."""


class OwnSection(NamedTuple):
    """A section as an editor names it."""

    name: str
    colour: str = ""
    """As `#0b5d4e`; empty for the site's accent."""
    also: tuple[str, ...] = ()
    """Other names for it."""


class OwnSource(NamedTuple):
    """What an editor says of one paper."""

    name: str
    also: tuple[str, ...] = ()
    """Other names for it."""
    datelines: tuple[str, ...] = ()
    """Shapes of its dateline, such as `{place} - {source} - {author}:`."""
    markers: tuple[str, ...] = ()
    """Lines after which nothing of an article follows."""
    boilerplate: tuple[str, ...] = ()
    """Lines that are no part of any article."""


class StoryEdit(NamedTuple):
    """What an editor says of one story. A ref names an article or story by id, file, address or
    guid."""

    place: str
    """The file and the line where it stands."""
    refs: tuple[str, ...]
    """Articles that are one story, or articles that leave theirs, or the story with the title."""
    kind: str
    """`join`, `split` or `title`."""
    title: str = ""
    """The title that the story gets; empty for its own."""


@dataclass(frozen=True, slots=True)
class Editorial:
    """All that editors say outside the raw articles."""

    corrections: tuple[Correction, ...] = ()
    """In the order of files and lines: of two that correct one field, the later one counts."""
    pins: Mapping[str, str] = field(default_factory=dict)
    """Refs of what leads editions, the lead first, each with the file and line that names it."""
    off_front: Mapping[str, str] = field(default_factory=dict)
    """Refs of what no edition has, each with the file and line that names it."""
    stories: tuple[StoryEdit, ...] = ()
    tags: Mapping[str, Any] = field(default_factory=dict)
    """As the setting `tags`, and `retype`: kinds of tags by their names."""
    sections: tuple[OwnSection, ...] = ()
    sources: tuple[OwnSource, ...] = ()
    months: MonthNames | None = None
    home: str = ""


def ref_names(ref: str) -> tuple[str, ...]:
    """Return what a ref may stand for: itself, and the id at the end of an address of this site."""
    name = unquote(ref.strip()).rstrip("/")
    shown = _SHOWN_ID.search(name)
    return (name, shown[1]) if shown else (name,)
