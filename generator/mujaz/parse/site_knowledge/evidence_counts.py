"""Counts on how many pages headlines, signatures and short lines stand."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable
from struct import pack, unpack
from typing import NamedTuple
from zlib import crc32

from mujaz.arabic.normalise import key
from mujaz.parse.site_knowledge.knowledge import places
from mujaz.parse.site_knowledge.page_evidence import Lesson, phrase, whole_line

_SIGNS_MANY = 4
"""Articles that a name must sign before it is taken for a paper's."""
_RECURS = 4
"""Different articles that a short line must stand on before it is taken for boilerplate."""
_RECURRING_SHARE = 0.02
"""The same as a share of all pages, for large collections."""
_STEP = 5 / 4
"""That number grows in steps, so that what was boilerplate seldom ceases to be as pages come."""
_BATCH = 1_000
"""Pages after which counts are put into the tables."""
_TABLES = (
    """create table if not exists lessons_pages (
        file text primary key, headline text, paper text, spelled text, opening integer,
        lines blob)""",
    """create table if not exists lessons_headlines (
        start integer, key text, pages integer, primary key (start, key)) without rowid""",
    """create table if not exists lessons_signed (
        paper text, spelled text, pages integer, primary key (paper, spelled)) without rowid""",
    "create table if not exists lessons_papers (paper text primary key, name text) without rowid",
    """create table if not exists lessons_openings (
        line integer, opening integer, pages integer, primary key (line, opening)) without rowid""",
    """create table if not exists lessons_lines (
        line integer primary key, articles integer, key text)""",
    f"""create index if not exists lessons_recurring on lessons_lines (articles, key)
        where articles >= {_RECURS}""",
    """create index if not exists lessons_lines_key on lessons_lines (key, articles)
        where key is not null""",
    "create table if not exists lessons_total (pages integer)",
)


def start(first: str, second: str, third: str) -> int:
    """Return a number for the three words that a headline begins with: each known one has them.

    By two words, many begin alike: those of one minister, or of the weather.
    """
    return crc32(f"{first} {second} {third}".encode())


def create(base: sqlite3.Connection) -> None:
    """Make the tables, unless they are there."""
    for table in _TABLES:
        base.execute(table)
    base.execute(
        "insert into lessons_total select 0 where not exists (select * from lessons_total)"
    )


def enough(base: sqlite3.Connection) -> int:
    """Return on how many articles a short line must stand to be boilerplate."""
    ((pages,),) = base.execute("select pages from lessons_total")
    found = _RECURS
    while found * _STEP <= _RECURRING_SHARE * pages:
        found = int(found * _STEP)
    return found


class _Line(NamedTuple):
    articles: int
    key: str | None
    """Its comparison form, if it recurs."""


class Tally:
    """One update of the counts."""

    def __init__(self, base: sqlite3.Connection, sources: Collection[str]) -> None:
        """Take the keys of papers that need not be learned."""
        self._base = base
        self._sources = sources
        self._enough = enough(base)
        self._changed: set[bytes] = set()
        self._papers: set[str] = set()
        """Names that sign more or fewer pages than before."""
        self._were: dict[int, _Line] = {}
        """Lines that recurred before the update or do now, as they were."""
        self._clear()

    def _clear(self) -> None:
        self._pages = 0
        self._waiting = 0
        self._headlines: Counter[str] = Counter()
        self._signed: Counter[tuple[str, str]] = Counter()
        self._openings: Counter[tuple[int, int]] = Counter()
        self._texts: dict[int, str] = {}

    def unlearn(self, file: str) -> None:
        """Take away what a page taught, if it did."""
        row = self._base.execute(
            "select headline, paper, spelled, opening, lines from lessons_pages where file = ?",
            (file,),
        ).fetchone()
        if row:
            headline, paper, spelled, opening, packed = row
            self._base.execute("delete from lessons_pages where file = ?", (file,))
            lines = unpack(f"<{len(packed) // 8}q", packed)
            self._count(headline, paper, spelled, opening, lines, by=-1)

    def learn(self, file: str, page: Lesson) -> None:
        """Add what a page teaches."""
        headline, paper, spelled, opening, lines = page
        self._base.execute(
            "insert or replace into lessons_pages values (?, ?, ?, ?, ?, ?)",
            (file, headline, paper, spelled, opening, pack(f"<{len(lines)}q", *lines)),
        )
        self._texts |= lines
        self._count(headline, paper, spelled, opening, lines, by=1)

    def _count(
        self,
        headline: str,
        paper: str,
        spelled: str,
        opening: int,
        lines: Iterable[int],
        by: int,
    ) -> None:
        self._pages += by
        if headline:
            self._headlines[headline] += by
        if paper:
            self._signed[paper, spelled] += by
        for line in lines:
            self._openings[line, opening] += by
        self._waiting += 1
        if self._waiting >= _BATCH:
            self._put()

    def settle(self) -> set[bytes]:
        """Return what came or went: headlines, papers, and boilerplate, packed as in pages."""
        self._put()
        for paper in self._papers:
            self._settle_paper(paper)
        self._settle_lines()
        return self._changed

    def _put(self) -> None:
        """Put what waits into the tables."""
        self._base.execute("update lessons_total set pages = pages + ?", (self._pages,))
        for headline, by in self._headlines.items():
            where = (start(*headline.split(" ", 3)[:3]), headline)
            before, after = self._add("lessons_headlines", "start = ? and key = ?", where, by)
            if (before > 0) != (after > 0):
                self._changed.add(phrase(headline))
        for signed, by in self._signed.items():
            self._add("lessons_signed", "paper = ? and spelled = ?", signed, by)
            self._papers.add(signed[0])
        lines: Counter[int] = Counter()
        for pair, by in self._openings.items():
            before, after = self._add("lessons_openings", "line = ? and opening = ?", pair, by)
            lines[pair[0]] += (after > 0) - (before > 0)
        for line, by in lines.items():
            if by:
                self._add_line(line, by)
        self._clear()

    def _add(
        self, table: str, at: str, where: tuple[int | str, int | str], by: int
    ) -> tuple[int, int]:
        """Add to the pages of a row; return how many it had and has. One without any goes."""
        # Most are new: one statement is enough for those.
        if by > 0 and self._new(f"insert or ignore into {table} values (?, ?, ?)", (*where, by)):
            return 0, by
        found = self._base.execute(f"select pages from {table} where {at}", where).fetchone()
        before: int = found[0] if found else 0
        after = before + by
        if before and not after:
            self._base.execute(f"delete from {table} where {at}", where)
        elif by:
            self._base.execute(f"update {table} set pages = ? where {at}", (after, *where))
        return before, after

    def _add_line(self, line: int, by: int) -> None:
        if 0 < by < _RECURS and self._new(
            "insert or ignore into lessons_lines values (?, ?, null)", (line, by)
        ):
            return
        before = self._line(line)
        articles = before.articles + by
        folded = before.key
        if folded is None and articles >= _RECURS:
            folded = key(self._texts[line])
        if folded is not None:
            self._were.setdefault(line, _Line(before.articles, folded))
        if articles:
            self._base.execute(
                "insert or replace into lessons_lines values (?, ?, ?)",
                (line, articles, folded if articles >= _RECURS else None),
            )
        else:
            self._base.execute("delete from lessons_lines where line = ?", (line,))

    def _new(self, insertion: str, row: tuple[int | str, ...]) -> bool:
        return self._base.execute(insertion, row).rowcount == 1

    def _line(self, line: int) -> _Line:
        row = self._base.execute(
            "select articles, key from lessons_lines where line = ?", (line,)
        ).fetchone()
        return _Line(*row) if row else _Line(0, None)

    def _settle_paper(self, paper: str) -> None:
        # A name that signs many articles is a paper, unless it is where they were written.
        counts = self._base.execute(
            "select pages, spelled from lessons_signed where paper = ?", (paper,)
        ).fetchall()
        known = sum(pages for pages, _ in counts) >= _SIGNS_MANY
        name = None
        if known and paper not in self._sources and paper not in places():
            name = min((-pages, spelled) for pages, spelled in counts)[1]
        found = self._base.execute("select name from lessons_papers where paper = ?", (paper,))
        before = next((name for (name,) in found.fetchall()), None)
        if name != before:
            self._changed.add(phrase(paper))
            self._base.execute("delete from lessons_papers where paper = ?", (paper,))
        if name is not None and name != before:
            self._base.execute("insert into lessons_papers values (?, ?)", (paper, name))

    def _settle_lines(self) -> None:
        now = enough(self._base)
        changed = {
            was.key
            for line, was in self._were.items()
            if (was.articles >= self._enough) != (self._line(line).articles >= now)
        }
        others = self._base.execute(
            f"""select line, key from lessons_lines
            where articles >= {_RECURS} and articles >= ? and articles < ?""",
            sorted((self._enough, now)),
        )
        changed |= {folded for line, folded in others if line not in self._were}
        self._changed |= {whole_line(folded) for folded in changed if folded}
