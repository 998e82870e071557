"""Which articles are like which, the stories they make, what to read next: kept up to date.

A change reaches no further than the words it changes: to the articles that are like one that
changed, and to the stories that these could be in.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from mujaz.enrich.stories.clustering import known, may_fit, story, threaded
from mujaz.enrich.stories.components import groups
from mujaz.enrich.stories.document_frequencies import Frequencies
from mujaz.enrich.stories.related import related
from mujaz.enrich.stories.similarity_graph import Alike, Neighbours
from mujaz.enrich.stories.story_tables import (
    Counted,
    Row,
    Rows,
    Words,
    month_of,
    told,
)
from mujaz.enrich.stories.vectors import NOTHING, count, is_column, weigh
from mujaz.model import Article, Story

_FEW = 8
"""Changes that are always looked at one by one."""
_PART = 4
"""More than one in so many articles changed: all are weighed again, which is faster."""


class Threaded(NamedTuple):
    """What an update changed; articles that left are not named."""

    stories: dict[str, Story | None]
    """By id; None for those that are no more."""
    members: dict[str, str | None]
    """Article id -> id of its story."""
    related: dict[str, tuple[str, ...]]
    """Article id -> ids of what to read next."""


class Threads:
    """Stories and what to read next, a function of the set of articles."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._rows = Rows(base)
        self._frequencies = Frequencies(base)
        self._neighbours = Neighbours(base)

    def update(self, gone: Iterable[str], come: Iterable[Article]) -> Threaded:
        """Take in what came or changed, leave out what is gone; return what that changed.

        An id in `gone` that is also that of an article in `come` is of one that changed.
        """
        return _Update(self._rows, self._frequencies, self._neighbours).run(gone, come)

    def story(self, story_id: str) -> Story | None:
        """Return a story by id."""
        return self._rows.story(story_id)

    def story_of(self, article_id: str) -> str | None:
        """Return the id of an article's story, if it is in one."""
        row = self._row(article_id)
        return row.story if row else None

    def related(self, article_id: str) -> tuple[str, ...]:
        """Return the ids of up to four articles to read next."""
        row = self._row(article_id)
        return row.related if row else ()

    def stories(self) -> list[tuple[str, dt.date | None, int]]:
        """Return id, last day and number of articles of each story, the last reported on first."""
        return [*self._rows.stories()]

    def _row(self, article_id: str) -> Row | None:
        number = self._rows.number(article_id)
        found = None if number is None else self._rows.row(number)
        self._rows.forget_known()
        return found


class _Update:
    """One update: what it has touched so far."""

    def __init__(self, rows: Rows, frequencies: Frequencies, neighbours: Neighbours) -> None:
        self._rows = rows
        self._frequencies = frequencies
        self._neighbours = neighbours
        self._to_weigh: set[int] = set()
        self._moved: set[int] = set()  # to another day, which vectors do not tell
        self._near: set[int] = set()  # their pairs have changed
        self._unsettled: set[int] = set()  # they may be in another story, or tell it otherwise
        self._old_stories: set[str] = set()

    def run(self, gone: Iterable[str], come: Iterable[Article]) -> Threaded:
        leaving = set(gone)
        few = max(_FEW, self._frequencies.articles() // _PART)
        for number, article in enumerate(come, 1):
            leaving.discard(article.id)
            self._take_in(article)
            if number == few:
                self._frequencies.forget_changes()
        if len(leaving) > few:
            self._frequencies.forget_changes()
        for own in leaving:
            self._leave_out(own)
        self._compare()
        self._learn_known()
        members, stories = self._thread()
        found = Threaded(stories, members, self._relate())
        self._rows.forget_known()
        return found

    def _take_in(self, article: Article) -> None:
        """Keep an article's words and count them."""
        new = told(article)
        number = self._rows.number(article.id)
        old = None if number is None else self._rows.words(number)
        same_title = old and old.told.title == article.title
        column = old.is_column if old and same_title else is_column(article.title)
        words = Words(new, column, count(article))
        if old is None or number is None:
            number = self._rows.put(None, words)
        elif words == old:
            return
        else:
            self._rows.put(number, words)
            self._unsettled.add(number)
            if new.day != old.told.day:
                self._moved.add(number)
        self._to_weigh.add(number)
        self._count(number, old, words)

    def _leave_out(self, own: str) -> None:
        number = self._rows.number(own)
        if number is None:
            return
        row = self._rows.row(number)
        if row and row.story:
            self._old_stories.add(row.story)
        self._count(number, self._rows.words(number), None)
        self._part(self._neighbours.forget(number))
        self._rows.remove(number)

    def _count(self, number: int, old: Words | None, new: Words | None) -> None:
        """Count the stems that an article has and had not, and the other way round."""
        had, has = _stems(old), _stems(new)
        was, now = (month_of(words.told.day) if words else None for words in (old, new))
        kept = had & has if was == now else set()
        if was is not None:
            self._frequencies.number(was, -1)
            self._frequencies.remove(number, was, had - kept)
        if now is not None:
            self._frequencies.number(now, 1)
            self._frequencies.add(number, now, has - kept)

    def _compare(self) -> None:
        """Compare those again whose weights have changed."""
        shift = self._frequencies.settle()
        rest = self._to_weigh | shift.articles
        for month in sorted(shift.months):
            share_of = self._frequencies.shares(month).all().get
            for each in self._rows.of_month(month):
                self._compare_one(each, share_of)
        shares = cache(self._frequencies.shares)
        for number in sorted(rest):
            each = self._rows.counted(number)
            month = month_of(each.day)
            if month not in shift.months:
                self._compare_one(each, shares(month).of)

    def _compare_one(self, own: Counted, share_of: Callable[[int], int | None]) -> None:
        number = own.article
        vector = weigh(own.counts, share_of) if own.counts else NOTHING
        old = self._neighbours.vector(number)
        if vector == old and number not in self._moved:
            return
        before = self._neighbours.forget(number) if old.stems else []
        after = self._neighbours.compare(number, own.day, vector) if vector.stems else []
        if before or after:
            self._near.add(number)
            self._unsettled.add(number)
            self._part(before)
            self._part(after)

    def _part(self, alike: Iterable[Alike]) -> None:
        """Note those that an article is or was like."""
        for each in alike:
            self._near.add(each.article)
            if may_fit(each):
                self._unsettled.add(each.article)

    def _learn_known(self) -> None:
        """Find out how like articles are to what was printed long before."""
        for number in self._near:
            row = self._rows.row(number)
            if row is None:
                continue
            alike = self._neighbours.of(number)
            found = known(alike)
            if found != row.known:
                self._rows.set(row._replace(known=found))
                self._unsettled.add(number)
                self._unsettled.update(each.article for each in alike if may_fit(each))

    def _thread(self) -> tuple[dict[str, str | None], dict[str, Story | None]]:
        """Thread anew whatever could hang together with what has changed."""
        members: dict[str, str | None] = {}
        stories: dict[str, list[int]] = {}
        for articles, fitting in groups(self._unsettled, self._rows, self._neighbours):
            for thread in threaded(articles, fitting, self._neighbours.vector):
                own = self._id(thread[0]) if len(thread) > 1 else None
                if own:
                    stories[own] = thread
                for number in thread:
                    members.update(self._join(number, own))
        return members, dict(self._told(stories))

    def _told(self, stories: Mapping[str, list[int]]) -> Iterator[tuple[str, Story | None]]:
        """Keep the stories; yield by id those that changed."""
        for own in self._old_stories - stories.keys():
            self._rows.remove_story(own)
            yield own, None
        for own, articles in stories.items():
            old = self._rows.story(own)
            new = story([self._rows.told(each) for each in articles])
            if old is None or old.articles != new.articles:
                self._near.update(articles)
            if old != new:
                self._rows.put_story(new)
                yield own, new

    def _join(self, number: int, own: str | None) -> Iterator[tuple[str, str | None]]:
        """Put an article into a story, or none; yield its id and the story's if that is new."""
        row = self._rows.row(number)
        assert row is not None
        if row.story:
            self._old_stories.add(row.story)
        if row.story != own:
            self._near.add(number)
            self._rows.set(row._replace(story=own))
            yield row.id, own

    def _relate(self) -> dict[str, tuple[str, ...]]:
        """Find what to read next where that may have changed."""
        changed: dict[str, tuple[str, ...]] = {}
        for number in self._near:
            row = self._rows.row(number)
            if row is None:
                continue
            alike = {self._id(each.article): each for each in self._neighbours.of(number)}
            own = self._rows.story(row.story) if row.story else None
            found = related(row.id, row.day, alike, own.articles if own else ())
            if found != row.related:
                self._rows.set(row._replace(related=found))
                changed[row.id] = found
        return changed

    def _id(self, number: int) -> str:
        row = self._rows.row(number)
        assert row is not None
        return row.id


def _stems(words: Words | None) -> set[int]:
    return {*words.counts.stems} if words else set()
