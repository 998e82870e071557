"""The library: all that is published, in tables, and the queries that pages ask of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence

from mujaz.arabic.dates.month_names import most_used
from mujaz.delta import Delta
from mujaz.library.groups import (
    ALL,
    DAY_LETTERS,
    FRONT,
    NO_DAY,
    SEPARATOR,
    DependencyKey,
    GroupSummary,
    Member,
    OutsideHeadline,
    Reported,
    Size,
    TagDetails,
    day_key,
    day_of,
    group,
    name_of,
    names_of,
)
from mujaz.library.stories import StoryTables
from mujaz.library.updates import LibraryUpdates
from mujaz.model import Article, Image, MonthNames
from mujaz.state import serialisation

_FRONT_KINDS = ("lead", "off")
MAX_CO_TAGS = 12
"""Tags that are named beside a tag."""


class Library(LibraryUpdates, StoryTables):
    """The published articles, their groups, and the stories they make."""

    def size(self, group_key: str = ALL) -> Size:
        """Return the number of articles in a group."""
        row = self._base.execute(
            "select dated, undated from groups where group_key = ?", (group_key,)
        ).fetchone()
        return Size(*row) if row else Size(0, 0)

    def has_articles(self, group_key: str, at_least: int) -> bool:
        """Return whether a group has so many articles."""
        return self.size(group_key).all >= at_least

    def articles_of(self, group_key: str, limit: int = -1) -> list[Member]:
        """Return the first articles of a group, or all."""
        rows = self._base.execute(
            "select sort_key, article_id from group_members where group_key = ?"
            " order by sort_key limit ?",
            (group_key, limit),
        )
        return [Member(*row) for row in rows]

    def articles_of_day(self, group_key: str, day: str, limit: int) -> list[Member]:
        """Return the first articles that a group has of a day."""
        rows = self._base.execute(
            "select sort_key, article_id from group_members"
            " where group_key = ?1 and sort_key >= ?2 and sort_key < ?2 || '~'"
            " order by sort_key limit ?3",
            (group_key, day_key(dt.date.fromisoformat(day)), limit),
        )
        return [Member(*row) for row in rows]

    def around(self, group_key: str, article_id: str, limit: int) -> tuple[list[str], list[str]]:
        """Return the ids of at most `limit` articles on either side of one in a group, those that
        come before it in lists, which are newer, and those that come after; nearest first."""
        query = "select sort_key from articles where id = ?"
        row = self._base.execute(query, (article_id,)).fetchone() or ("",)
        newer, older = (
            self._base.execute(
                f"select article_id from group_members where group_key = ? and sort_key {side}"
                " limit ?",
                (group_key, *row, limit),
            )
            for side in ("< ? order by sort_key desc", "> ? order by sort_key")
        )
        return [each for (each,) in newer], [each for (each,) in older]

    def articles_on_page(
        self, group_key: str, series: str, number: int, page_size: int
    ) -> list[Member]:
        """Return the articles on a numbered page: pages are filled oldest first, `number` from 1.

        The series is `dated` or `undated`.
        """
        low, high = ("", NO_DAY) if series == "dated" else (NO_DAY, "\x7f")
        rows = self._base.execute(
            "select sort_key, article_id from group_members where group_key = ?"
            " and sort_key >= ? and sort_key < ? order by sort_key desc limit ? offset ?",
            (group_key, low, high, page_size, (number - 1) * page_size),
        )
        return [Member(*row) for row in rows][::-1]

    def page_count(self, group_key: str, series: str, size: int) -> int:
        """Return the number of pages of `size` articles that a series of a group fills."""
        articles: int = getattr(self.size(group_key), series)
        return -(-articles // size)

    def is_last_page(self, group_key: str, series: str, number: int, size: int) -> bool:
        """Return whether no page of a series comes after one."""
        return number >= self.page_count(group_key, series, size)

    def days(self, group_key: str) -> dict[dt.date, int]:
        """Return the number of articles that a group has of each day, newest first."""
        rows = self._base.execute(
            "select substr(sort_key, 1, ?) as day, count(*) from group_members"
            " where group_key = ? and sort_key < ? group by day order by day",
            (DAY_LETTERS, group_key, NO_DAY),
        )
        return {day: count for sort_key, count in rows if (day := day_of(sort_key))}

    def names(self, kind: str) -> list[GroupSummary]:
        """Return the groups of a kind, by name."""
        return self._summaries(kind, "order by group_key")

    def latest(self, kind: str, limit: int) -> list[GroupSummary]:
        """Return the last groups of a kind by name, last first: of days and weeks, the newest."""
        return self._summaries(kind, "order by group_key desc limit ?", limit)

    def most_tagged(
        self, kinds: Sequence[str], limit: int, at_least: int = 1
    ) -> list[GroupSummary]:
        """Return the tags of some kinds with most articles, of equals the first by name.

        Each has `at_least` so many articles.
        """
        chosen = f"and tag_kind in ({', '.join('?' * len(kinds))}) and dated + undated >= ?"
        largest = "order by dated + undated desc, group_key limit ?"
        return self._summaries("tag", f"{chosen} {largest}", *kinds, at_least, limit)

    def _summaries(self, kind: str, clauses: str, *values: object) -> list[GroupSummary]:
        rows = self._base.execute(
            "select group_key, dated + undated, tag_kind, newest from groups"
            f" where group_key >= ? and group_key < ? {clauses}",
            (f"{kind}{SEPARATOR}", f"{kind}\x20", *values),
        )
        return [
            GroupSummary(name_of(group_key), size, tag_kind or None, day_of(newest))
            for group_key, size, tag_kind, newest in rows
        ]

    def count_tags(self, kind: str, at_least: int) -> GroupSummary:
        """Return the number of tags of a kind that have `at_least` so many articles, and the day of
        the newest article with one."""
        size, newest = self._base.execute(
            "select count(*), min(newest) from groups"
            " where group_key >= ? and group_key < ? and tag_kind = ? and dated + undated >= ?",
            (f"tag{SEPARATOR}", "tag\x20", kind, at_least),
        ).fetchone()
        return GroupSummary(kind, size, None, day_of(newest))

    def front(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the ids of what editors have editions begin with, in order, and of what none has.

        What they name that is no article here stands as they name it.
        """
        query = "select name from front where kind = ? order by place"
        leads, off = (
            tuple(name for (name,) in self._base.execute(query, (kind,))) for kind in _FRONT_KINDS
        )
        return leads, off

    def put_front(self, leads: Sequence[str], off: Sequence[str]) -> set[DependencyKey]:
        """Store the same; return the key of it if it is other than it was."""
        if (tuple(leads), tuple(off)) == self.front():
            return set()
        self._base.execute("delete from front")
        for kind, names in zip(_FRONT_KINDS, (leads, off), strict=True):
            rows = ((kind, place, name) for place, name in enumerate(names))
            self._base.executemany("insert into front values (?, ?, ?)", rows)
        return {FRONT}

    def month_names(self) -> MonthNames:
        """Return whose names of months most of the articles use that have dates in their text."""
        counts = {each.name: each.size for each in self._summaries("month-names", "")}
        return most_used(counts) or "levant"

    def days_around(self, day: str) -> tuple[dt.date | None, dt.date | None]:
        """Return the days with articles before and after a day."""
        here, first, last = group("day", day), f"day{SEPARATOR}", "day\x20"
        before, after = self._base.execute(
            "select (select max(group_key) from groups where group_key < ?1 and group_key > ?2),"
            " (select min(group_key) from groups where group_key > ?1 and group_key < ?3)",
            (here, first, last),
        ).fetchone()
        days = (dt.date.fromisoformat(name_of(each)) if each else None for each in (before, after))
        return next(days), next(days)

    def tag_details(self, group_key: str) -> TagDetails | None:
        """Return the kind of a tag, which its newest article says, and its other spellings."""
        rows = self._base.execute(
            "select tag_kind, other_spellings from group_members where group_key = ?"
            " order by sort_key",
            (group_key,),
        ).fetchall()
        if not rows:
            return None
        also = {spelling for _, each in set(rows) for spelling in json.loads(each or "[]")}
        return TagDetails(rows[0][0], tuple(sorted(also)))

    def reported(self, group_key: str) -> list[Reported]:
        """Return what a source reported, by whose texts and by section, most of one kind first."""
        rows = self._base.execute(
            "select reported, count(*) from group_members where group_key = ?"
            " group by reported order by count(*) desc, reported",
            (group_key,),
        )
        kinds = ((*json.loads(reported), count) for reported, count in rows)
        return [Reported(from_agency, section, count) for from_agency, section, count in kinds]

    def outside_headlines(self, limit: int) -> list[OutsideHeadline]:
        """Return the headlines last seen of articles that are not published here, each once."""
        newest: dict[str, OutsideHeadline] = {}
        for folded, headline, article_id in self._base.execute(
            "select headline_key, headline, article_id from outside_headlines"
            " order by sort_key, headline_key"
        ):
            if len(newest) == limit:
                break
            newest.setdefault(folded, OutsideHeadline(headline, article_id))
        return list(newest.values())

    def co_tags(self, tag: str) -> list[GroupSummary]:
        """Return the tags that articles have beside one most often, and how often."""
        rows = self._base.execute(
            "select article_tags.tag, count(*) from group_members"
            " join article_tags using (article_id)"
            " where group_key = ?1 and article_tags.tag <> ?2 group by article_tags.tag"
            " order by count(*) desc, article_tags.tag limit ?3",
            (group("tag", tag), tag, MAX_CO_TAGS),
        )
        return [GroupSummary(name, count, None, None) for name, count in rows]

    def id_of_file(self, file: str) -> str | None:
        """Return the id of the article that was read from a file."""
        row = self._base.execute("select id from articles where file = ?", (file,)).fetchone()
        return row[0] if row else None

    def card_text(self, article_id: str) -> str | None:
        """Return an article's card as it is stored."""
        return self._column("card", article_id)

    def article_text(self, article_id: str) -> str | None:
        """Return an article as it is stored."""
        return self._column("article", article_id)

    def length(self, article_id: str) -> int:
        """Return the number of characters of an article's body."""
        return int(self._column("length", article_id) or 0)

    def _column(self, name: str, article_id: str) -> str | None:
        select = f"select {name} from articles where id = ?"
        row = self._base.execute(select, (article_id,)).fetchone()
        return row[0] if row else None

    def articles(self, ids: Iterable[str]) -> Iterator[Article]:
        """Yield the articles with these ids, those that are there, in their order."""
        for article_id in ids:
            text = self.article_text(article_id)
            if text is not None:
                yield serialisation.article(text)

    def all_articles(self) -> Iterator[Article]:
        """Yield all articles, newest first; undated ones last."""
        return self.articles(article_id for _, article_id in self.articles_of(ALL))

    def delta_of(self, keys: Iterable[DependencyKey]) -> Delta[Article]:
        """Return the articles among what changed: ids of those that are no more, and the others."""
        ids = names_of("article", keys)
        removed = {each for each in ids if self.article_text(each) is None}
        return Delta(removed, self.articles(ids))

    def images(self) -> Iterator[Image]:
        """Yield the images of all articles."""
        for (images,) in self._base.execute(
            "select images from article_images order by article_id"
        ):
            yield from serialisation.images(json.loads(images))
