"""Which articles are similar: each is compared with those that it shares rare stems with."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mujaz.enrich.stories.tfidf_vectors import (
    MAX_INDEXED_STEMS,
    NO_VECTOR,
    UNIT,
    Vector,
    cosine,
)

_MIN_SIMILARITY = 0.2
"""Below this similarity a pair is not stored: it makes neither story nor news topic, keeps none
from being one, and is nothing to read next."""
_MAX_GAP_DAYS = 730
"""Days between two articles beyond which they are not compared: fixtures return after a year."""
_MIN_SHARED_INDEXED_STEMS = 2
"""Of the stems by which they are looked up, how many two articles share if they are compared."""
_FIND = f"""
select article, day, stems, weights, rare from tfidf_vectors where article in (
    select article from tfidf_index
    where stem in ({", ".join("?" * MAX_INDEXED_STEMS)})
    and (? is null or day is null or day between ? and ?)
    group by article having count(*) >= {_MIN_SHARED_INDEXED_STEMS}
)
"""


class Neighbour(NamedTuple):
    """An article that is similar to another."""

    article: int
    """Its number."""
    similarity: float
    """Cosine of their vectors, from 0 to 1."""
    shared_rare_stems: int
    """Number of rare stems that both have."""
    gap_days: int | None
    """Days from one to the other, negative if that is older; None if either is not dated."""


class SimilarityGraph:
    """The vectors of articles, by number, and the pairs that are similar, both ways."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base

    def neighbours(self, article: int) -> list[Neighbour]:
        """Return what an article is similar to."""
        query = (
            "select other, similarity, shared_rare_stems, gap_days"
            " from similar_articles where article = ?"
        )
        return [
            Neighbour(other, similarity / UNIT, rare, gap_days)
            for other, similarity, rare, gap_days in self._base.execute(query, (article,))
        ]

    def neighbours_between(
        self, article: int, low: int, high: int, *, or_undated: bool
    ) -> list[Neighbour]:
        """Return what an article is similar to, from `low` to `high` days after it.

        With `or_undated` also what is similar to it if either has no date.
        """
        query = (
            "select other, similarity, shared_rare_stems, gap_days from similar_articles"
            " where article = ? and (gap_days between ? and ? or (? and gap_days is null))"
        )
        return [
            Neighbour(other, similarity / UNIT, rare, gap_days)
            for other, similarity, rare, gap_days in self._base.execute(
                query, (article, low, high, or_undated)
            )
        ]

    def vector(self, article: int) -> Vector:
        """Return what an article is about; nothing, if it is not in the graph."""
        query = "select stems, weights, rare from tfidf_vectors where article = ?"
        row = self._base.execute(query, (article,)).fetchone()
        return _vector(*row) if row else NO_VECTOR

    def remove(self, article: int) -> list[Neighbour]:
        """Take an article out; return what it was similar to."""
        neighbours = self.neighbours(article)
        vector = self.vector(article)
        if vector.stems:
            self._base.execute("delete from tfidf_vectors where article = ?", (article,))
            self._base.executemany(
                "delete from tfidf_index where stem = ? and article = ?",
                [(stem, article) for stem in vector.indexed_stems],
            )
        if neighbours:
            self._base.execute("delete from similar_articles where article = ?", (article,))
            self._base.executemany(
                "delete from similar_articles where article = ? and other = ?",
                [(neighbour.article, article) for neighbour in neighbours],
            )
        return neighbours

    def add(self, article: int, day: int | None, vector: Vector) -> list[Neighbour]:
        """Take an article in; return which of those taken in before are similar to it."""
        neighbours = list(self._similar(day, vector))
        self._base.execute(
            "insert into tfidf_vectors values (?, ?, ?, ?, ?)",
            (article, day, vector.stems.tobytes(), vector.weights.tobytes(), vector.rare),
        )
        self._base.executemany(
            "insert into tfidf_index values (?, ?, ?)",
            [(stem, article, day) for stem in vector.indexed_stems],
        )
        if neighbours:
            self._base.executemany(
                "insert into similar_articles values (?, ?, ?, ?, ?)", _rows(article, neighbours)
            )
        return neighbours

    def _similar(self, day: int | None, vector: Vector) -> Iterator[Neighbour]:
        indexed = vector.indexed_stems
        if len(indexed) < _MIN_SHARED_INDEXED_STEMS:
            return
        stems = [*indexed, *indexed[:1] * (MAX_INDEXED_STEMS - len(indexed))]
        since, until = (None, None) if day is None else (day - _MAX_GAP_DAYS, day + _MAX_GAP_DAYS)
        weights = dict(zip(vector.stems, vector.weights, strict=True))
        rare = {*vector.stems[: vector.rare]}
        rows = self._base.execute(_FIND, (*stems, day, since, until))
        for other, its_day, *packed in rows:
            its = _vector(*packed)
            similarity = cosine(weights, its)
            if similarity >= _MIN_SIMILARITY * UNIT:
                gap_days = None if day is None or its_day is None else its_day - day
                shared = len(rare.intersection(its.stems[: its.rare]))
                yield Neighbour(other, similarity / UNIT, shared, gap_days)


def _vector(stems: bytes, weights: bytes, rare: int) -> Vector:
    return Vector(array("I", stems), array("H", weights), rare)


def _rows(article: int, neighbours: Iterable[Neighbour]) -> Iterator[tuple[int | None, ...]]:
    """Yield each pair both ways."""
    for other, similarity, rare, gap_days in neighbours:
        units = round(similarity * UNIT)
        yield article, other, units, rare, gap_days
        yield other, article, units, rare, None if gap_days is None else -gap_days
