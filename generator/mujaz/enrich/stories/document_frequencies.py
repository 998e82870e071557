"""How frequent each stem was here, month by month, and what articles a change weighs anew."""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from mujaz.enrich.stories.vectors import is_plain, steady, taken

UNDATED = 1_000_000
"""The month of articles without a date: after all others."""
_TABLES = """
create table if not exists threads_having (
    stem integer, month integer, articles blob, primary key (stem, month)
) without rowid;
create table if not exists threads_months (
    month integer primary key, articles integer, stems blob, shares blob
);
"""
_MANY = 60_000
"""Pairs of stem and article that are kept back, to be written at once."""
_ENTRY = array("I").itemsize
Months = dict[int, int]
"""By month, a number of articles."""


class Shift(NamedTuple):
    """Whose weights may have changed, though their words have not."""

    months: frozenset[int]
    """All articles of these."""
    articles: frozenset[int]
    """And these."""


class Shares(NamedTuple):
    """In how many thousandths of articles stems stand."""

    stems: array[int]
    """In order."""
    shares: array[int]

    def of(self, stem: int) -> int | None:
        """Return the share of a stem, if it is one of these: for some of them the fastest way."""
        place = bisect_left(self.stems, stem)
        found = place < len(self.stems) and self.stems[place] == stem
        return self.shares[place] if found else None

    def all(self) -> dict[int, int]:
        """Return all by stem."""
        return dict(zip(*self, strict=True))


class Frequencies:
    """Which articles have each stem, by the month of their publication.

    An article is weighed by what was printed up to the end of its month, so that news of today
    never changes what those of last month are compared by.
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        for statement in _TABLES.split(";"):
            base.execute(statement)
        self._waiting: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._kept_back = 0
        self._more: dict[int, Months] | None = defaultdict(lambda: defaultdict(int))
        self._articles: Months = defaultdict(int)

    def articles(self) -> int:
        """Return how many articles there are, those of the last update not among them."""
        return int(
            self._base.execute("select sum(articles) from threads_months").fetchone()[0] or 0
        )

    def add(self, article: int, month: int, stems: Collection[int]) -> None:
        """Say that an article of a month has stems."""
        waiting = self._waiting
        for stem in stems:
            waiting[stem, month].append(article)
        self._kept_back += len(stems)
        self._note(stems, month, 1)
        if self._kept_back > _MANY:
            self._write()

    def remove(self, article: int, month: int, stems: Collection[int]) -> None:
        """Say that an article of a month no longer has stems."""
        self._write()
        self._note(stems, month, -1)
        for stem in stems:
            found = self._having(stem, month)
            found.remove(article)
            if found:
                self._base.execute(
                    "update threads_having set articles = ? where stem = ? and month = ?",
                    (found.tobytes(), stem, month),
                )
            else:
                self._base.execute(
                    "delete from threads_having where stem = ? and month = ?", (stem, month)
                )

    def number(self, month: int, more: int) -> None:
        """Say that a month has more articles, or fewer."""
        self._articles[month] += more

    def forget_changes(self) -> None:
        """Weigh everything anew: after many changes that costs less than to find out what."""
        self._more = None

    def settle(self) -> Shift:
        """Bring shares up to date with what was added and removed."""
        self._write()
        before = self._totals()
        self._base.executemany(
            "insert into threads_months values (?, ?, x'', x'') "
            "on conflict (month) do update set articles = articles + excluded.articles",
            self._articles.items(),
        )
        self._base.execute("delete from threads_months where articles = 0")
        after = self._totals()
        stale = frozenset(month for month, total in after.items() if before.get(month) != total)
        old = stale & before.keys()
        if self._more is None:
            self._count_all(after)
            shift = Shift(frozenset(after), frozenset())
        else:
            shift = Shift(old, frozenset(self._shifted(before, after)))
            if old:
                self._count_all(after)
        self._more, self._articles = defaultdict(lambda: defaultdict(int)), defaultdict(int)
        return shift

    def shares(self, month: int) -> Shares:
        """Return the shares that a month is weighed by, of stems more frequent than elsewhere."""
        row = self._base.execute(
            "select stems, shares from threads_months where month = ?", (month,)
        ).fetchone()
        return Shares(array("I", row[0]), array("H", row[1]))

    def _note(self, stems: Iterable[int], month: int, more: int) -> None:
        if self._more is not None:
            for stem in stems:
                self._more[stem][month] += more

    def _write(self) -> None:
        """Write what was kept back, in the order of the table."""
        packed = (
            (stem, month, array("I", self._waiting[stem, month]).tobytes())
            for stem, month in sorted(self._waiting)
        )
        self._base.executemany(
            "insert into threads_having values (?, ?, ?) on conflict (stem, month) "
            "do update set articles = cast(articles || excluded.articles as blob)",
            packed,
        )
        self._waiting.clear()
        self._kept_back = 0

    def _having(self, stem: int, month: int) -> array[int]:
        query = "select articles from threads_having where stem = ? and month = ?"
        row = self._base.execute(query, (stem, month)).fetchone()
        return array("I", row[0] if row else b"")

    def _totals(self) -> Months:
        """Return about how many articles there are up to the end of each month."""
        found, total = {}, 0
        query = "select month, articles from threads_months order by month"
        for month, articles in self._base.execute(query):
            total += articles
            found[month] = steady(total)
        return found

    def _shifted(self, before: Months, after: Months) -> Iterator[int]:
        """Yield the articles that have a stem whose share has changed; write the shares."""
        changed: dict[int, dict[int, int]] = defaultdict(dict)
        for stem, more in (self._more or {}).items():
            if not any(more.values()):
                continue
            now = self._counted(stem)
            then = 0
            for month in sorted(after.keys() & {*now, *more}):
                then += now.get(month, 0)
                was = then - sum(more[each] for each in more if each <= month)
                share = taken(stem, then, after[month])
                if month not in now:
                    changed[month][stem] = 0
                elif month not in before or share != taken(stem, was, before[month]):
                    changed[month][stem] = share
                    yield from self._having(stem, month)
                elif month in more:
                    changed[month][stem] = share
        for month, shares in changed.items():
            self._patch(month, shares)

    def _counted(self, stem: int) -> Months:
        query = "select month, length(articles) from threads_having where stem = ?"
        return {month: size // _ENTRY for month, size in self._base.execute(query, (stem,))}

    def _patch(self, month: int, shares: Mapping[int, int]) -> None:
        found = self.shares(month)
        changed = False
        for stem, share in shares.items():
            new = share if share and not is_plain(stem, share) else None
            place = bisect_left(found.stems, stem)
            old = found.of(stem)
            if old == new:
                continue
            changed = True
            if old is not None:
                del found.stems[place], found.shares[place]
            if new is not None:
                found.stems.insert(place, stem)
                found.shares.insert(place, new)
        if changed:
            self._put(month, found)

    def _put(self, month: int, shares: Shares) -> None:
        stems, found = (each.tobytes() for each in shares)
        self._base.execute(
            "update threads_months set stems = ?, shares = ? where month = ?", (stems, found, month)
        )

    def _count_all(self, totals: Months) -> None:
        found = {month: Shares(array("I"), array("H")) for month in totals}
        rows = self._base.execute(
            "select stem, month, length(articles) from threads_having order by stem, month"
        )
        for stem, of_stem in groupby(rows, key=lambda row: row[0]):
            having = 0
            for _, month, size in of_stem:
                having += size // _ENTRY
                share = taken(stem, having, totals[month])
                if not is_plain(stem, share):
                    found[month].stems.append(stem)
                    found[month].shares.append(share)
        for month, shares in found.items():
            self._put(month, shares)
