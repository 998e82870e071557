"""Which articles are like which: each is compared with those that it shares rare stems with."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mujaz.enrich.stories.vectors import INDEXED, NOTHING, UNIT, Vector, likeness

_ALIKE = 0.3
"""Below this likeness, nobody wants to know: it makes no story, keeps none from being one, and is
nothing to read next."""
_APART = 730
"""Days between two articles beyond which they are not compared: fixtures return after a year."""
_SHARED = 2
"""Of the stems by which they are looked up, how many two articles share if they are compared."""
_TABLES = """
create table if not exists threads_vectors (
    article integer primary key, day integer, stems blob, weights blob, rare integer
);
create table if not exists threads_index (
    stem integer, article integer, day integer, primary key (stem, article)
) without rowid;
create table if not exists threads_pairs (
    article integer, other integer, likeness integer, rare integer, gap integer,
    primary key (article, other)
) without rowid;
"""
_FIND = f"""
select article, day, stems, weights, rare from threads_vectors where article in (
    select article from threads_index
    where stem in ({", ".join("?" * INDEXED)})
    and (? is null or day is null or day between ? and ?)
    group by article having count(*) >= {_SHARED}
)
"""


class Alike(NamedTuple):
    """An article found to have something in common with another."""

    article: int
    """Its number."""
    likeness: float
    """From 0 to 1."""
    rare: int
    """Number of rare stems that both have."""
    gap: int | None
    """Days from one to the other, negative if that is older; None if either is not dated."""


class Neighbours:
    """The pairs of articles that are like each other, by number, both ways."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        for statement in _TABLES.split(";"):
            base.execute(statement)

    def of(self, article: int) -> list[Alike]:
        """Return what an article is like."""
        query = "select other, likeness, rare, gap from threads_pairs where article = ?"
        return [
            Alike(other, alike / UNIT, rare, gap)
            for other, alike, rare, gap in self._base.execute(query, (article,))
        ]

    def vector(self, article: int) -> Vector:
        """Return what an article is about; nothing, if it is left out."""
        query = "select stems, weights, rare from threads_vectors where article = ?"
        row = self._base.execute(query, (article,)).fetchone()
        return _vector(*row) if row else NOTHING

    def forget(self, article: int) -> list[Alike]:
        """Leave an article out; return what it was like."""
        found = self.of(article)
        vector = self.vector(article)
        if vector.stems:
            self._base.execute("delete from threads_vectors where article = ?", (article,))
            self._base.executemany(
                "delete from threads_index where stem = ? and article = ?",
                [(stem, article) for stem in vector.names],
            )
        if found:
            self._base.execute("delete from threads_pairs where article = ?", (article,))
            self._base.executemany(
                "delete from threads_pairs where article = ? and other = ?",
                [(each.article, article) for each in found],
            )
        return found

    def compare(self, article: int, day: int | None, vector: Vector) -> list[Alike]:
        """Take an article in; return which of those taken in before are like it."""
        found = list(self._found(day, vector))
        self._base.execute(
            "insert into threads_vectors values (?, ?, ?, ?, ?)",
            (article, day, vector.stems.tobytes(), vector.weights.tobytes(), vector.rare),
        )
        self._base.executemany(
            "insert into threads_index values (?, ?, ?)",
            [(stem, article, day) for stem in vector.names],
        )
        if found:
            self._base.executemany(
                "insert into threads_pairs values (?, ?, ?, ?, ?)", _rows(article, found)
            )
        return found

    def _found(self, day: int | None, vector: Vector) -> Iterator[Alike]:
        names = vector.names
        if len(names) < _SHARED:
            return
        stems = [*names, *names[:1] * (INDEXED - len(names))]
        since, until = (None, None) if day is None else (day - _APART, day + _APART)
        weights = dict(zip(vector.stems, vector.weights, strict=True))
        rare = {*vector.stems[: vector.rare]}
        rows = self._base.execute(_FIND, (*stems, day, since, until))
        for other, its_day, *packed in rows:
            its = _vector(*packed)
            alike = likeness(weights, its)
            if alike >= _ALIKE * UNIT:
                gap = None if day is None or its_day is None else its_day - day
                yield Alike(other, alike / UNIT, len(rare.intersection(its.stems[: its.rare])), gap)


def _vector(stems: bytes, weights: bytes, rare: int) -> Vector:
    return Vector(array("I", stems), array("H", weights), rare)


def _rows(article: int, found: Iterable[Alike]) -> Iterator[tuple[int | None, ...]]:
    for other, alike, rare, gap in found:
        units = round(alike * UNIT)
        yield article, other, units, rare, gap
        yield other, article, units, rare, None if gap is None else -gap
