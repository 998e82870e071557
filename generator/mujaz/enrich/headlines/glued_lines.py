"""Remembers the glued lines of all pages, each of which helps to split the others."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

from mujaz.arabic.phrases import split_words
from mujaz.enrich.headlines.headline_index import Change, Found, Titles
from mujaz.enrich.headlines.overlap import Overlap, runs_of
from mujaz.enrich.headlines.packing import headlines_in, packed, packed_headlines, unpacked
from mujaz.enrich.headlines.splitter import (
    Gaps,
    Reader,
    comparable,
    gaps,
    parts,
    shown,
)
from mujaz.enrich.headlines.training_sample import Sample
from mujaz.model import Headline

_TABLES = (
    # A line with its runs of words; which model read which pieces of it, and what that made of its
    # words; what other lines tell of them; the parts that came of both, and the headlines.
    "create table if not exists sidebars_lines (id integer primary key, runs blob, name blob"
    " unique, line blob, read text, odds blob, seen blob, parts text, headlines blob)",
    "create table if not exists sidebars_beside (line integer, file text,"
    " primary key (line, file)) without rowid",
    "create index if not exists sidebars_beside_by_file on sidebars_beside (file, line)",
)


class _Line(NamedTuple):
    """What is remembered of a line."""

    line: bytes
    runs: bytes
    read: str | None
    odds: bytes | None
    seen: bytes | None
    parts: str | None
    headlines: bytes


class GluedLines:
    """The glued lines of all pages, and the headlines in each."""

    def __init__(self, base: sqlite3.Connection, titles: Titles) -> None:
        """Take the database, of which a caller commits what is done here, and the headlines."""
        self._base = base
        for table in _TABLES:
            base.execute(table)
        self._titles = titles
        self._overlap = Overlap(base)
        self._sample = Sample(base, titles)
        self._readers: dict[str, Reader] = {}
        self._new: set[int] = set()
        self._left: set[int] = set()

    def put(self, file: str, lines: Iterable[str]) -> None:
        """Say which glued lines stand beside an article, before `renew` looks at them."""
        rows = self._base.execute("select line from sidebars_beside where file = ?", (file,))
        before = {line for (line,) in rows}
        after = {self._number(line) for line in lines}
        self._left |= before - after
        self._base.executemany(
            "delete from sidebars_beside where line = ? and file = ?",
            [(line, file) for line in before - after],
        )
        self._base.executemany(
            "insert into sidebars_beside values (?, ?)", [(line, file) for line in after - before]
        )

    def renew(self, naming: Iterable[str], named: Change) -> set[str]:
        """Find the headlines of all lines that what changed concerns.

        That is what was put, the headlines that changed, and the files beside which those may
        stand. Returns the files beside which the headlines of a line are others than before.
        """
        concerned = self._settle()
        if not self._base.execute("select 1 from sidebars_lines limit 1").fetchone():
            self._sample.forget()
            return set()
        if self._sample.choose(named):
            concerned = {each for (each,) in self._base.execute("select id from sidebars_lines")}
        for file in naming:
            rows = self._base.execute("select line from sidebars_beside where file = ?", (file,))
            concerned |= {line for (line,) in rows}
        changed = [line for line in sorted(concerned) if self._read_again(line)]
        found: set[str] = set()
        for line in changed:
            rows = self._base.execute("select file from sidebars_beside where line = ?", (line,))
            found |= {file for (file,) in rows}
        return found

    def headlines(self, line: str) -> list[Headline]:
        """Return the headlines of a line that are sure enough to show, in their order."""
        (told,) = self._base.execute(
            "select headlines from sidebars_lines where name = ?", (_name(line),)
        ).fetchone()
        return headlines_in(told)

    def _number(self, line: str) -> int:
        """Return the number of a line, which gets one if it is new."""
        name = _name(line)
        row = self._base.execute("select id from sidebars_lines where name = ?", (name,)).fetchone()
        if row:
            return int(row[0])
        runs = runs_of(comparable(line)).tobytes()
        made = self._base.execute(
            "insert into sidebars_lines (runs, name, line, headlines) values (?, ?, ?, ?)",
            (runs, name, packed(line), packed_headlines(())),
        ).lastrowid
        assert made is not None
        self._new.add(made)
        return made

    def _settle(self) -> set[int]:
        """Let the overlap know which lines came and went, and return those that it tells anew."""
        orphans = {
            each
            for each in self._left
            if not self._base.execute(
                "select 1 from sidebars_beside where line = ? limit 1", (each,)
            ).fetchone()
        }
        new, self._new, self._left = self._new - orphans, set(), set()
        seen = orphans - new
        (first,) = self._base.execute("select min(id) from sidebars_lines").fetchone()
        has_others = first is not None and first not in new
        changed = self._overlap.change(self._words(seen), self._words(new), tells=has_others)
        self._base.executemany(
            "delete from sidebars_lines where id = ?", [(each,) for each in orphans]
        )
        if not changed:
            return new
        rows = self._base.execute("select id, runs from sidebars_lines")
        return new | {each for each, runs in rows if not changed.isdisjoint(_numbers(runs))}

    def _words(self, lines: Iterable[int]) -> Iterator[Sequence[str]]:
        for each in lines:
            (line,) = self._base.execute(
                "select line from sidebars_lines where id = ?", (each,)
            ).fetchone()
            yield comparable(unpacked(line))

    def _read_again(self, number: int) -> bool:
        """Find the headlines of a line, and return whether they are others than before."""
        row = _Line(
            *self._base.execute(
                "select line, runs, read, odds, seen, parts, headlines from sidebars_lines"
                " where id = ?",
                (number,),
            ).fetchone()
        )
        line = unpacked(row.line)
        known = self._titles.known(split_words(line))
        found = gaps(line, [each.span for each in known])
        seen = self._overlap.log_odds(_numbers(row.runs))
        read = _digest(self._sample.name, found.pieces)
        told, odds, cut = bytes(map(int, seen)), row.odds, row.parts
        if odds is None or read != row.read:
            odds, cut = array("f", self._reader.odds(found)).tobytes(), None
        if cut is None or told != row.seen:
            cut = self._cut(found, odds, seen)
        headlines = _together(line, known, cut)
        if (read, told, headlines) != (row.read, row.seen, row.headlines):
            self._base.execute(
                "update sidebars_lines set read = ?, odds = ?, seen = ?, parts = ?, headlines = ?"
                " where id = ?",
                (read, odds, told, cut, headlines, number),
            )
        return headlines != row.headlines

    @property
    def _reader(self) -> Reader:
        """The model, once loaded."""
        name = self._sample.name
        if name not in self._readers:
            self._readers = {name: Reader(self._sample.own.model)}
        return self._readers[name]

    def _cut(self, found: Gaps, odds: bytes, seen: Sequence[float]) -> str:
        """Return the parts that are sure enough to show: both ends and confidence of each."""
        facts = self._sample.facts
        cut = parts(found, array("f", odds), seen, facts.lengths)
        sure = shown(cut, facts.trusted)
        told = [(*part.span, round(min(part.confidence, 0.99), 2)) for part in sure]
        return json.dumps(told)


def _together(line: str, known: Iterable[Found], cut: str) -> bytes:
    """Return the headlines of a line in their order: those that are held, and other ones."""
    found = {each.span: each.headline for each in known}
    for start, end, confidence in json.loads(cut):
        found[start, end] = Headline(" ".join(line[start:end].split()), confidence)
    return packed_headlines(found[span] for span in sorted(found))


def _numbers(packed: bytes) -> array[int]:
    found = array("q")
    found.frombytes(packed)
    return found


def _name(line: str) -> bytes:
    return blake2b(line.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _digest(model: str, pieces: Sequence[tuple[int, int]]) -> str:
    return f"{model} {blake2b(repr(pieces).encode(), digest_size=8).hexdigest()}"
