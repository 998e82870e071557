"""Groups of articles, their names and order, and the keys of all that pages may depend on.

Groups hold articles newest first, undated ones last: those of a day, week or month, of a section, a
source or a tag, and all of them. A dependency key names what may change: an article, a group, a
story.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple, NewType

from mujaz.model import Article, TagKind

DependencyKey = NewType("DependencyKey", str)
"""Names something in the library that may change: a kind, and what of that kind."""
Target = NewType("Target", str)
"""Names what one page is made of: a kind, and what of that kind."""
SEPARATOR = "\x1f"
"""Between the parts of a name, none of which has it: controls are cleaned away."""
ALL, UNDATED = f"all{SEPARATOR}", f"undated{SEPARATOR}"
"""The groups of all articles and of those without a date."""
NO_DAY = "~"
"""Stands for the day of undated articles: it sorts behind all days."""
_LAST_DAY = dt.date.max.toordinal()
DAY_LETTERS = 7
_HALF_HOURS = 48
"""In a day."""


def group(kind: str, name: str | dt.date) -> str:
    """Return the name of a group: its kind is day, week, month, section, source or tag.

    Or `month-names`: the articles whose dates have names of months of one part of the world.
    """
    return f"{kind}{SEPARATOR}{str(name).replace(SEPARATOR, ' ')}"


def name_of(key: str) -> str:
    """Return the second part of the key of a group, or of a dependency key: its name."""
    return key.partition(SEPARATOR)[2]


def kind_of(key: str) -> str:
    """Return the first part of the key of a group, or of a dependency key: its kind."""
    return key.partition(SEPARATOR)[0]


def dependency_key(*parts: str) -> DependencyKey:
    """Return the key of a kind, and what of that kind."""
    return DependencyKey(SEPARATOR.join(parts))


OUTSIDE_HEADLINES = dependency_key("outside-headlines")
FRONT = dependency_key("front")
"""The key of all headlines of articles that are not published here."""


def names_of(kind: str, keys: Iterable[DependencyKey]) -> list[str]:
    """Return the names of those of the keys that are of a kind, in order."""
    return sorted(name_of(key) for key in keys if kind_of(key) == kind)


def target(*parts: str) -> Target:
    """Return the target of a kind, and what of that kind."""
    return Target(SEPARATOR.join(parts))


def monday(day: dt.date) -> dt.date:
    """Return the first day of the week of `day`."""
    return day - dt.timedelta(day.weekday())


class Size(NamedTuple):
    """The number of articles in a group."""

    dated: int
    undated: int

    @property
    def all(self) -> int:
        """Both."""
        return self.dated + self.undated


class Member(NamedTuple):
    """An article in a group."""

    sort_key: str
    id: str

    @property
    def day(self) -> dt.date | None:
        """Its day."""
        return day_of(self.sort_key)


class TagDetails(NamedTuple):
    """What the articles with a tag say of it."""

    kind: TagKind
    also: tuple[str, ...]
    """Other spellings of its name."""


class Reported(NamedTuple):
    """How much a source reported of one kind."""

    from_agency: bool
    """Whether the texts are an agency's."""
    section: str
    """Empty if they have none."""
    articles: int


class OutsideHeadline(NamedTuple):
    """A headline of an article that is not published here."""

    text: str
    """As written."""
    article_id: str
    """Of the newest article that it was seen beside."""


class GroupSummary(NamedTuple):
    """A group in a list of groups."""

    name: str
    size: int
    kind: TagKind | None
    newest: dt.date | None
    """The day of its newest article, if this is a tag."""


def sort_key_of(article: Article) -> str:
    """Return what sorts articles newest first, undated ones last, those of a day by half-hours.

    Sources publish in bursts: within a half-hour a digest of their ids has them alternate, and
    where no time is stated it also says which half-hour an article stands in. So an article keeps
    its place whatever else is published.
    """
    mark = blake2b(article.id.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    if article.date is None:
        return f"{NO_DAY}{mark.hex()}{article.id}"
    time = article.time
    half_hour = time.hour * 2 + time.minute // 30 if time else mark[0] % _HALF_HOURS
    return f"{day_key(article.date)}{_HALF_HOURS - half_hour:02}{mark.hex()}{article.id}"


def day_key(day: dt.date) -> str:
    """Return what the sort keys of a day's articles begin with."""
    return f"{_LAST_DAY - day.toordinal():0{DAY_LETTERS}}"


def day_of(sort_key: str | None) -> dt.date | None:
    """Return the day of an article by its sort key, if it has one."""
    if sort_key is None or sort_key[0] == NO_DAY:
        return None
    return dt.date.fromordinal(_LAST_DAY - int(sort_key[:DAY_LETTERS]))
