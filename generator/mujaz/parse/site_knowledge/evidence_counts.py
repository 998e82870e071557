"""Counts on how many pages headlines, signatures and short lines stand."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection
from struct import pack, unpack
from typing import NamedTuple
from zlib import crc32

from mujaz.arabic.normalise import key
from mujaz.parse.site_knowledge.page_evidence import PageEvidence, line_pattern, phrase_pattern
from mujaz.parse.vocabulary import places

_MIN_SIGNED_PAGES = 4
"""Pages that a name must sign before it is taken for a source's."""
_MIN_BOILERPLATE_ARTICLES = 4
"""Different articles that a short line must stand on before it is taken for boilerplate; the
index `site_boilerplate` says the same."""
_MIN_BOILERPLATE_SHARE = 0.02
"""The same as a share of all pages, for large collections."""
_THRESHOLD_GROWTH = 5 / 4
"""That number grows in steps, so that what was boilerplate seldom ceases to be as pages come."""
_PAGES_PER_BATCH = 1_000
"""Pages after which counts are written to the database."""


def first_words_hash(first: str, second: str, third: str) -> int:
    """Return a hash of the first three words of a headline, of which each known one has as many.

    By two words, many begin alike: those of one minister, or of the weather.
    """
    return crc32(f"{first} {second} {third}".encode())


def boilerplate_threshold(base: sqlite3.Connection) -> int:
    """Return the number of articles on which a short line must stand to be boilerplate."""
    ((pages,),) = base.execute("select coalesce(max(pages), 0) from site_total")
    threshold = _MIN_BOILERPLATE_ARTICLES
    while threshold * _THRESHOLD_GROWTH <= _MIN_BOILERPLATE_SHARE * pages:
        threshold = int(threshold * _THRESHOLD_GROWTH)
    return threshold


class _Line(NamedTuple):
    articles: int
    key: str | None
    """Its comparison form, if it recurs."""


class CountUpdate:
    """One update of the counts."""

    def __init__(self, base: sqlite3.Connection, configured_sources: Collection[str]) -> None:
        """Take the comparison keys of the sources that need not be learned."""
        self._base = base
        self._configured_sources = configured_sources
        self._old_threshold = boilerplate_threshold(base)
        self._changed: set[bytes] = set()
        self._touched_sources: set[str] = set()
        """Names that sign more or fewer pages than before."""
        self._old_lines: dict[int, _Line] = {}
        """Lines that recurred before the update or do now, as they were."""
        self._start_batch()

    def _start_batch(self) -> None:
        self._page_change = 0
        self._batch_size = 0
        self._headlines: Counter[str] = Counter()
        self._signatures: Counter[tuple[str, str]] = Counter()
        self._line_articles: Counter[tuple[int, int]] = Counter()
        self._line_texts: dict[int, str] = {}

    def remove_page(self, file: str) -> bool:
        """Take a page's evidence out of the counts; return whether there was any."""
        query = """select headline, source_key, source_name, article, lines
            from site_pages where file = ?"""
        row = self._base.execute(query, (file,)).fetchone()
        if row:
            self._base.execute("delete from site_pages where file = ?", (file,))
            headline, source_key, source_name, article, packed = row
            lines = dict.fromkeys(unpack(f"<{len(packed) // 8}q", packed), "")
            self._count(PageEvidence(headline, source_key, source_name, article, lines), by=-1)
        return bool(row)

    def add_page(self, file: str, page: PageEvidence) -> None:
        """Add the evidence of a page that has none in the counts."""
        *evidence, lines = page
        self._base.execute(
            "insert into site_pages values (?, ?, ?, ?, ?, ?)",
            (file, *evidence, pack(f"<{len(lines)}q", *lines)),
        )
        self._line_texts |= page.lines
        self._count(page, by=1)

    def _count(self, page: PageEvidence, by: int) -> None:
        self._page_change += by
        if page.headline:
            self._headlines[page.headline] += by
        if page.source_key:
            self._signatures[page.source_key, page.source_name] += by
        article = page.article
        for line in page.lines:
            self._line_articles[line, article] += by
        self._batch_size += 1
        if self._batch_size >= _PAGES_PER_BATCH:
            self._write_batch()

    def changed_patterns(self) -> set[bytes]:
        """End the update; return the patterns of what became, or ceases to be, recognised."""
        self._write_batch()
        for source_key in self._touched_sources:
            self._update_source(source_key)
        self._compare_lines()
        return self._changed

    def _write_batch(self) -> None:
        self._base.execute(
            """insert into site_total values (0, ?)
            on conflict do update set pages = pages + excluded.pages""",
            (self._page_change,),
        )
        for headline, by in self._headlines.items():
            row_key = (first_words_hash(*headline.split(" ", 3)[:3]), headline)
            before, after = self._add("site_headlines", "first_words = ? and key = ?", row_key, by)
            if (before > 0) != (after > 0):
                self._changed.add(phrase_pattern(headline))
        for signature, by in self._signatures.items():
            self._add("site_signatures", "source_key = ? and source_name = ?", signature, by)
            self._touched_sources.add(signature[0])
        article_changes: Counter[int] = Counter()
        for pair, by in self._line_articles.items():
            before, after = self._add("site_line_articles", "line = ? and article = ?", pair, by)
            article_changes[pair[0]] += (after > 0) - (before > 0)
        for line, by in article_changes.items():
            if by:
                self._add_line(line, by)
        self._start_batch()

    def _add(
        self, table: str, condition: str, row_key: tuple[int | str, int | str], by: int
    ) -> tuple[int, int]:
        """Add to the pages of a row, or delete it with its last page; return the old and new."""
        # Most are new: one statement is enough for those.
        if by > 0 and self._insert(f"{table} values (?, ?, ?)", (*row_key, by)):
            return 0, by
        row = self._base.execute(f"select pages from {table} where {condition}", row_key).fetchone()
        before: int = row[0] if row else 0
        after = before + by
        if before and not after:
            self._base.execute(f"delete from {table} where {condition}", row_key)
        elif by:
            self._base.execute(f"update {table} set pages = ? where {condition}", (after, *row_key))
        return before, after

    def _add_line(self, line: int, by: int) -> None:
        if 0 < by < _MIN_BOILERPLATE_ARTICLES and self._insert(
            "site_lines values (?, ?, null)", (line, by)
        ):
            return
        before = self._line(line)
        articles = before.articles + by
        recurs = articles >= _MIN_BOILERPLATE_ARTICLES
        folded = before.key
        if folded is None and recurs:
            folded = key(self._line_texts[line])
        if folded is not None:
            self._old_lines.setdefault(line, _Line(before.articles, folded))
        if articles:
            self._base.execute(
                "insert or replace into site_lines values (?, ?, ?)",
                (line, articles, folded if recurs else None),
            )
        else:
            self._base.execute("delete from site_lines where line = ?", (line,))

    def _insert(self, into: str, row: tuple[int | str, ...]) -> bool:
        """Insert a row unless its key is there; return whether it was not."""
        return self._base.execute(f"insert or ignore into {into}", row).rowcount == 1

    def _line(self, line: int) -> _Line:
        row = self._base.execute(
            "select articles, key from site_lines where line = ?", (line,)
        ).fetchone()
        return _Line(*row) if row else _Line(0, None)

    def _update_source(self, source_key: str) -> None:
        # A name that signs many pages is a source, unless it is where they were written.
        counts = self._base.execute(
            "select pages, source_name from site_signatures where source_key = ?", (source_key,)
        ).fetchall()
        name = None
        if (
            sum(pages for pages, _ in counts) >= _MIN_SIGNED_PAGES
            and source_key not in self._configured_sources
            and source_key not in places()
        ):
            name = min((-pages, spelling) for pages, spelling in counts)[1]
        row = self._base.execute(
            "select source_name from site_sources where source_key = ?", (source_key,)
        ).fetchone()
        if name == (row[0] if row else None):
            return
        self._changed.add(phrase_pattern(source_key))
        self._base.execute("delete from site_sources where source_key = ?", (source_key,))
        if name is not None:
            self._base.execute("insert into site_sources values (?, ?)", (source_key, name))

    def _compare_lines(self) -> None:
        """Put down the lines that are boilerplate now and were not, or the other way round."""
        old, new = self._old_threshold, boilerplate_threshold(self._base)
        changed = {
            before.key
            for line, before in self._old_lines.items()
            if (before.articles >= old) != (self._line(line).articles >= new)
        }
        between_thresholds = self._base.execute(
            f"""select line, key from site_lines
            where articles >= {_MIN_BOILERPLATE_ARTICLES} and articles >= ? and articles < ?""",
            sorted((old, new)),
        )
        changed |= {folded for line, folded in between_thresholds if line not in self._old_lines}
        self._changed |= {line_pattern(folded) for folded in changed if folded}
