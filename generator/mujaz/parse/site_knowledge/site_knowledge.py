"""What the whole collection teaches about each single page, kept in tables."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from mujaz.arabic.normalise import key
from mujaz.arabic.phrases import Match, Phrases
from mujaz.parse.anatomy import SHORTEST_KNOWN
from mujaz.parse.lines import Draft
from mujaz.parse.site_knowledge.evidence_counts import Tally, create, enough, start
from mujaz.parse.site_knowledge.knowledge import Known, places
from mujaz.parse.site_knowledge.page_evidence import asked, lesson

_FEW = 20
"""Phrases that are looked for one by one."""
_TABLE = (
    "create table if not exists lessons_asked (file text primary key, asked blob) without rowid"
)


class Lessons:
    """Keeps what each page teaches, and what the parsing of each asked about.

    Headlines of all pages are known on each, names that sign many pages are papers, and short lines
    that recur on pages whose texts differ are boilerplate.
    """

    def __init__(self, base: sqlite3.Connection, sources: Iterable[str]) -> None:
        """Take the papers that are known beforehand, always the same with the same tables."""
        create(base)
        base.execute(_TABLE)
        self._base = base
        self._sources = {key(name): name for name in sources}

    def update(self, gone: Iterable[str], come: Iterable[Draft]) -> set[str]:
        """Unlearn pages and learn from others, of which none is kept; one that changed is in both.

        Return the files of other pages, to be parsed again: something that their parsing asked
        about came or went.
        """
        tally = Tally(self._base, self._sources)
        for file in gone:
            tally.unlearn(file)
            self._base.execute("delete from lessons_asked where file = ?", (file,))
        for draft in come:
            tally.learn(draft.document.file, lesson(draft))
        return set(self._asking(tally.settle()))

    def known(self) -> Known:
        """Return what is known until the next update; most of it stays in the tables."""
        papers = dict(self._base.execute("select paper, name from lessons_papers"))
        return Known(
            _Headlines(self._base),
            {**papers, **self._sources},
            places(),
            _Boilerplate(self._base, enough(self._base)),
        )

    def asked(self, file: str, page: Draft) -> None:
        """Remember what a page asked about that was just parsed."""
        self._base.execute(
            "insert or replace into lessons_asked values (?, ?)", (file, asked(page))
        )

    def _asking(self, phrases: Collection[bytes]) -> Iterator[str]:
        """Yield the files of the pages that asked about one of the phrases."""
        if len(phrases) <= _FEW:
            for phrase in phrases:
                found = "select file from lessons_asked where instr(asked, ?)"
                yield from (file for (file,) in self._base.execute(found, (phrase,)))
            return
        lengths = {len(phrase) for phrase in phrases}
        for file, words in self._base.execute("select file, asked from lessons_asked"):
            if any(
                words[at : at + length] in phrases
                for length in lengths
                for at in range(0, len(words) - length + 1, 2)
            ):
                yield file


@dataclass(frozen=True, slots=True)
class _Headlines:
    """Finds the headlines in the tables."""

    base: sqlite3.Connection

    def find(self, keys: Sequence[str]) -> list[Match]:
        """Return the headlines in `keys`, in order, the longest at each place."""
        if len(keys) < SHORTEST_KNOWN:
            return []
        starts = json.dumps(list(map(start, keys, keys[1:], keys[2:])))
        found = self.base.execute(
            """select key from lessons_headlines
            where start in (select value from json_each(?))""",
            (starts,),
        ).fetchall()
        return Phrases(key for (key,) in found).find(keys) if found else []


@dataclass(frozen=True, slots=True)
class _Boilerplate(Container[str]):
    """Finds the lines that recur in the tables."""

    base: sqlite3.Connection
    enough: int
    """Articles that they stand on."""

    def __contains__(self, line: object) -> bool:
        return (
            line != ""
            and self.base.execute(
                "select 1 from lessons_lines where key = ? and articles >= ?", (line, self.enough)
            ).fetchone()
            is not None
        )


def learn(drafts: Iterable[Draft], sources: Iterable[str]) -> Known:
    """Return what the pages teach, and the papers of `sources` with those that sign many pages.

    Each draft is looked at once, and none is kept.
    """
    lessons = Lessons(sqlite3.connect(":memory:"), sources)
    lessons.update((), drafts)
    return lessons.known()
