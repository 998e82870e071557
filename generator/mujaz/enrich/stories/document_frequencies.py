"""How frequent each stem was here, month by month, and what articles a change weighs anew."""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from mujaz.enrich.stories.tfidf_vectors import assumed_share, is_listed_share, steady_article_count

UNDATED = 1_000_000
"""The month of articles without a date: after all others."""
_MAX_UNWRITTEN_PAIRS = 60_000
"""Pairs of stem and article that are written at once."""
_ARTICLE_BYTES = array("I").itemsize
Months = dict[int, int]
"""By month, a number of articles."""


class WeightShift(NamedTuple):
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
        is_there = place < len(self.stems) and self.stems[place] == stem
        return self.shares[place] if is_there else None

    def all(self) -> dict[int, int]:
        """Return all by stem."""
        return dict(zip(*self, strict=True))


class DocumentFrequencies:
    """Which articles have each stem, by the month of their publication.

    An article is weighed by what was printed up to the end of its month, so that news of today
    never changes what those of last month are compared by.
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._unwritten: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._unwritten_pairs = 0
        self._changes: dict[int, Months] | None = defaultdict(lambda: defaultdict(int))
        self._articles: Months = defaultdict(int)

    def article_count(self) -> int:
        """Return the number of articles, those of the last update not among them."""
        return int(self._base.execute("select sum(articles) from month_stems").fetchone()[0] or 0)

    def add(self, article: int, month: int, stems: Collection[int]) -> None:
        """Say that an article of a month has stems."""
        unwritten = self._unwritten
        for stem in stems:
            unwritten[stem, month].append(article)
        self._unwritten_pairs += len(stems)
        self._note(stems, month, 1)
        if self._unwritten_pairs > _MAX_UNWRITTEN_PAIRS:
            self._write()

    def remove(self, article: int, month: int, stems: Collection[int]) -> None:
        """Say that an article of a month no longer has stems."""
        self._write()
        self._note(stems, month, -1)
        for stem in stems:
            articles = self._articles_with(stem, month)
            articles.remove(article)
            if articles:
                self._base.execute(
                    "update stem_articles set articles = ? where stem = ? and month = ?",
                    (articles.tobytes(), stem, month),
                )
            else:
                self._base.execute(
                    "delete from stem_articles where stem = ? and month = ?", (stem, month)
                )

    def add_articles(self, month: int, count: int) -> None:
        """Say that a month has so many more articles, or fewer."""
        self._articles[month] += count

    def expect_all_changed(self) -> None:
        """Expect that all weights change: after many changes that costs less than to find out."""
        self._changes = None

    def update_shares(self) -> WeightShift:
        """Bring shares up to date with what was added and removed."""
        self._write()
        before = self._totals()
        self._base.executemany(
            "insert into month_stems values (?, ?, x'', x'') "
            "on conflict (month) do update set articles = articles + excluded.articles",
            self._articles.items(),
        )
        self._base.execute("delete from month_stems where articles = 0")
        after = self._totals()
        stale = frozenset(month for month, total in after.items() if before.get(month) != total)
        old = stale & before.keys()
        if self._changes is None:
            self._recount(after)
            shift = WeightShift(frozenset(after), frozenset())
        else:
            shift = WeightShift(old, frozenset(self._shifted(before, after)))
            if old:
                self._recount(after)
        self._changes, self._articles = defaultdict(lambda: defaultdict(int)), defaultdict(int)
        return shift

    def shares(self, month: int) -> Shares:
        """Return the shares that a month is weighed by, of stems more frequent than elsewhere."""
        row = self._base.execute(
            "select stems, shares from month_stems where month = ?", (month,)
        ).fetchone()
        return Shares(array("I", row[0]), array("H", row[1]))

    def _note(self, stems: Iterable[int], month: int, change: int) -> None:
        if self._changes is not None:
            for stem in stems:
                self._changes[stem][month] += change

    def _write(self) -> None:
        """Write the pairs that are not written yet, in the order of the table."""
        packed = (
            (stem, month, array("I", self._unwritten[stem, month]).tobytes())
            for stem, month in sorted(self._unwritten)
        )
        self._base.executemany(
            "insert into stem_articles values (?, ?, ?) on conflict (stem, month) "
            "do update set articles = cast(articles || excluded.articles as blob)",
            packed,
        )
        self._unwritten.clear()
        self._unwritten_pairs = 0

    def _articles_with(self, stem: int, month: int) -> array[int]:
        query = "select articles from stem_articles where stem = ? and month = ?"
        row = self._base.execute(query, (stem, month)).fetchone()
        return array("I", row[0] if row else b"")

    def _totals(self) -> Months:
        """Return about how many articles there are up to the end of each month."""
        totals, total = {}, 0
        query = "select month, articles from month_stems order by month"
        for month, articles in self._base.execute(query):
            total += articles
            totals[month] = steady_article_count(total)
        return totals

    def _shifted(self, before: Months, after: Months) -> Iterator[int]:
        """Yield the articles that have a stem whose share has changed; write the shares."""
        changed: dict[int, dict[int, int]] = defaultdict(dict)
        for stem, change in (self._changes or {}).items():
            if not any(change.values()):
                continue
            now = self._counted(stem)
            until_then = 0
            for month in sorted(after.keys() & {*now, *change}):
                until_then += now.get(month, 0)
                was = until_then - sum(change[each] for each in change if each <= month)
                share = assumed_share(stem, until_then, after[month])
                if month not in now:
                    changed[month][stem] = 0
                elif month not in before or share != assumed_share(stem, was, before[month]):
                    changed[month][stem] = share
                    yield from self._articles_with(stem, month)
                elif month in change:
                    changed[month][stem] = share
        for month, new_shares in changed.items():
            self._patch(month, new_shares)

    def _counted(self, stem: int) -> Months:
        query = "select month, length(articles) from stem_articles where stem = ?"
        return {month: size // _ARTICLE_BYTES for month, size in self._base.execute(query, (stem,))}

    def _patch(self, month: int, new_shares: Mapping[int, int]) -> None:
        shares = self.shares(month)
        changed = False
        for stem, share in new_shares.items():
            new = share if share and not is_listed_share(stem, share) else None
            place = bisect_left(shares.stems, stem)
            old = shares.of(stem)
            if old == new:
                continue
            changed = True
            if old is not None:
                del shares.stems[place], shares.shares[place]
            if new is not None:
                shares.stems.insert(place, stem)
                shares.shares.insert(place, new)
        if changed:
            self._put(month, shares)

    def _put(self, month: int, shares: Shares) -> None:
        stems, numbers = (each.tobytes() for each in shares)
        self._base.execute(
            "update month_stems set stems = ?, shares = ? where month = ?", (stems, numbers, month)
        )

    def _recount(self, totals: Months) -> None:
        by_month = {month: Shares(array("I"), array("H")) for month in totals}
        rows = self._base.execute(
            "select stem, month, length(articles) from stem_articles order by stem, month"
        )
        for stem, of_stem in groupby(rows, key=lambda row: row[0]):
            with_stem = 0
            for _, month, size in of_stem:
                with_stem += size // _ARTICLE_BYTES
                share = assumed_share(stem, with_stem, totals[month])
                if not is_listed_share(stem, share):
                    by_month[month].stems.append(stem)
                    by_month[month].shares.append(share)
        for month, shares in by_month.items():
            self._put(month, shares)
