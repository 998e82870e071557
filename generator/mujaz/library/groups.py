"""What articles are grouped by, the facts that change, and the order in a group: by their names.

Groups hold articles newest first, undated ones last: those of a day, week or month, of a section, a
paper or a tag, and all of them. A fact is what may change: an article, a group, a story.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from mujaz.model import Article, TagKind

SEPARATOR = "\x1f"
"""Between the parts of a name, none of which has it: controls are cleaned away."""
ALL, UNDATED = f"all{SEPARATOR}", f"undated{SEPARATOR}"
"""The groups of all articles and of those without a date."""
NO_DAY = "~"
"""Stands for the day of undated articles: it sorts behind all days."""
_LAST_DAY = dt.date.max.toordinal()
DAY_LETTERS = 7


def group(kind: str, name: str | dt.date) -> str:
    """Return the name of a group: its kind is day, week, month, section, source or tag."""
    return f"{kind}{SEPARATOR}{str(name).replace(SEPARATOR, ' ')}"


def name_of(grouped: str) -> str:
    """Return what a group is called."""
    return grouped.partition(SEPARATOR)[2]


def kind_of(grouped: str) -> str:
    """Return the kind of a group."""
    return grouped.partition(SEPARATOR)[0]


def fact(*parts: str) -> str:
    """Return the name of a fact: a kind, and what of that kind."""
    return SEPARATOR.join(parts)


def monday(day: dt.date) -> dt.date:
    """Return the first day of the week of `day`."""
    return day - dt.timedelta(day.weekday())


class Size(NamedTuple):
    """How many articles a group has."""

    dated: int
    undated: int

    @property
    def all(self) -> int:
        """Both."""
        return self.dated + self.undated


class Member(NamedTuple):
    """An article's place in a group."""

    at: str
    id: str

    @property
    def day(self) -> dt.date | None:
        """Its day."""
        return day_of(self.at)


class TagFacts(NamedTuple):
    """What is known of a tag beside its articles."""

    kind: TagKind
    also: tuple[str, ...]


class Entry(NamedTuple):
    """A group in a list of groups."""

    name: str
    size: int
    kind: TagKind | None
    newest: dt.date | None
    """The day of its newest article, where that is known: of tags."""


def place(found: Article) -> str:
    """Return what sorts articles newest first, undated ones last, those of a day by file."""
    if found.date is None:
        return f"{NO_DAY}{found.file}"
    return f"{_LAST_DAY - found.date.toordinal():0{DAY_LETTERS}}{found.file}"


def day_of(at: str | None) -> dt.date | None:
    """Return the day of what sorts so, if it has one."""
    if at is None or at[0] == NO_DAY:
        return None
    return dt.date.fromordinal(_LAST_DAY - int(at[:DAY_LETTERS]))
