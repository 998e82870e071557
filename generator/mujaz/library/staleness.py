"""Which pages are made again: those that would be told something else than when they were made.

Each page's questions are kept, with a mark of each answer. When facts of the collection change,
only what was asked of these is asked again; pages whose answers are all as they were stay.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from mujaz.library.groups import SEPARATOR, fact
from mujaz.library.tracking import ASKED, Reading
from mujaz.model import Asset, Page

_TABLES = (
    "create table if not exists pages_units (unit text primary key, fact text, path text)"
    " without rowid",
    "create index if not exists pages_by_fact on pages_units (fact)",
    "create index if not exists pages_by_path on pages_units (path)",
    "create table if not exists pages_asked (question text, unit text,"
    " primary key (question, unit)) without rowid",
    "create index if not exists pages_asking on pages_asked (unit)",
    "create table if not exists pages_answers (question text primary key, mark int) without rowid",
)
_STEADY = fact("steady")


@dataclass(slots=True)
class Renewed:
    """What becomes of pages, known once all new ones were taken."""

    gone: set[str] = field(default_factory=set)
    """Paths of those that are no more."""
    made: set[str] = field(default_factory=set)
    """Paths of those made again, or for the first time."""
    new: set[str] = field(default_factory=set)
    """Paths of those that are there for the first time."""


class Composer(Protocol):
    """Makes the pages of a site, each by itself."""

    read: Reading
    """What the pages are made of, which notes each answer."""

    def steady_units(self) -> list[str]:
        """Return the units that are there whatever is published."""

    def units_of(self, changed: str) -> list[str]:
        """Return the units that come and go with a fact."""

    def compose(self, unit: str) -> Page | Asset | None:
        """Return a unit's page; None if it has none any more."""


class Renewal:
    """Renews the pages of one site."""

    def __init__(self, base: sqlite3.Connection, composer: Composer) -> None:
        """Keep in `base` what pages asked."""
        self._base = base
        self._composer = composer
        for statement in _TABLES:
            base.execute(statement)

    def clear(self) -> set[str]:
        """Forget all pages, so that each is made again; return the paths that there were."""
        paths = self.paths()
        for table in ("pages_units", "pages_asked", "pages_answers"):
            self._base.execute(f"delete from {table}")
        return paths

    def paths(self) -> set[str]:
        """Return the paths of all pages."""
        rows = self._base.execute("select path from pages_units where path <> ''")
        return {path for (path,) in rows}

    def renew(
        self, facts: Iterable[str], spoilt: Iterable[str], renewed: Renewed
    ) -> Iterator[Page | Asset]:
        """Yield the pages that change with `facts`, and those whose paths are `spoilt`.

        What becomes of all of them is put down in `renewed`.
        """
        units = self._came_and_went([_STEADY, *sorted(facts)], renewed)
        for changed in facts:
            units |= self._asking_otherwise(changed)
        for path in spoilt:
            rows = self._base.execute("select unit from pages_units where path = ?", (path,))
            units |= {unit for (unit,) in rows}
        for unit in sorted(units):
            page = self._made(unit, renewed)
            if page is not None:
                yield page
        renewed.gone -= renewed.made

    def _came_and_went(self, facts: Iterable[str], renewed: Renewed) -> set[str]:
        """Return the units that came with `facts`; forget those that went."""
        base, came = self._base, set[str]()
        for changed in facts:
            steady = changed == _STEADY
            wanted = self._composer.steady_units() if steady else self._composer.units_of(changed)
            rows = base.execute("select unit, path from pages_units where fact = ?", (changed,))
            there = dict(rows.fetchall())
            for unit in there.keys() - set(wanted):
                base.execute("delete from pages_units where unit = ?", (unit,))
                base.execute("delete from pages_asked where unit = ?", (unit,))
                renewed.gone |= {there[unit]} - {""}
            new = set(wanted) - there.keys()
            base.executemany(
                "insert into pages_units values (?, ?, '')", ((unit, changed) for unit in new)
            )
            came |= new
        return came

    def _asking_otherwise(self, changed: str) -> set[str]:
        """Return the units that asked something of a fact to which the answer is another now."""
        base, units = self._base, set[str]()
        rows = base.execute(
            "select question, mark from pages_answers where question >= ? and question < ?",
            (changed + ASKED, changed + SEPARATOR),
        ).fetchall()
        for question, mark in rows:
            if self._composer.read.mark(question) == mark:
                continue
            asking = base.execute("select unit from pages_asked where question = ?", (question,))
            found = {unit for (unit,) in asking}
            units |= found
            if not found:
                base.execute("delete from pages_answers where question = ?", (question,))
        return units

    def _made(self, unit: str, renewed: Renewed) -> Page | Asset | None:
        """Compose a unit's page, and put down what it asked."""
        base, read = self._base, self._composer.read
        read.asked.clear()
        page = self._composer.compose(unit)
        path = page.path if page else ""
        row = base.execute("select path from pages_units where unit = ?", (unit,)).fetchone()
        if row and row[0]:
            base.execute("delete from pages_asked where unit = ?", (unit,))
            renewed.gone |= {row[0]} - {path}
        if not row or row[0] != path:
            renewed.new.add(path)
        base.execute("update pages_units set path = ? where unit = ?", (path, unit))
        asked = sorted(read.asked)
        base.executemany("insert into pages_asked values (?, ?)", ((q, unit) for q in asked))
        base.executemany(
            "insert or replace into pages_answers values (?, ?)", ((q, read.mark(q)) for q in asked)
        )
        if path:
            renewed.made.add(path)
        return page
