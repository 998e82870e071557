"""The way each name is spelled: the way that most articles spell it, unless one has authority."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence

from mujaz.arabic.normalise import key
from mujaz.delta import Delta
from mujaz.enrich.entities.tagger import EditorTable, renamed
from mujaz.model import Article, Tag

_AUTHORITATIVE_RULES = ("editor", "stated", "gazetteer")
"""Rules whose spellings are not up for choice."""
_Counts = Counter[tuple[str, str, bool]]
"""Mentions by comparison key, spelling, and whether that has authority."""


class Spellings:
    """The spellings of all names in a collection, in tables."""

    def __init__(self, base: sqlite3.Connection, editor: EditorTable) -> None:
        """Use `base`; the names of the editor's table stand whatever articles say."""
        self._base = base
        self._by_editor = {key(name): name for name in sorted(editor.names, reverse=True)}
        self._cache: dict[str, str] = {}

    def apply(self, delta: Delta[Article]) -> Delta[str]:
        """Take articles with their tags in, by file; return the files whose names are spelled
        otherwise now, as upserted: those of the delta may be among them."""
        base = self._base
        counts: _Counts = Counter()
        for file in delta.removed:
            self._remove(file, counts)
        for article in delta.upserted:
            self._remove(article.file, counts)
            spellings: dict[str, list[str]] = defaultdict(list)
            for tag in article.tags:
                is_authoritative, folded = tag.rule in _AUTHORITATIVE_RULES, key(tag.name)
                counts[folded, tag.name, is_authoritative] += 1
                spellings[folded].append(f"{'!' if is_authoritative else '?'}{tag.name}")
            base.executemany(
                "insert into article_names values (?, ?, ?)",
                ((folded, article.file, "\0".join(each)) for folded, each in spellings.items()),
            )
        return Delta(upserted=self._count(counts))

    def _remove(self, file: str, counts: _Counts) -> None:
        """Remove the names of an article, and take them off the counts."""
        rows = self._base.execute(
            "select key, spellings from article_names where file = ?", (file,)
        )
        for folded, spellings in rows.fetchall():
            for spelling in spellings.split("\0"):
                counts[folded, spelling[1:], spelling[0] == "!"] -= 1
        self._base.execute("delete from article_names where file = ?", (file,))

    def _count(self, counts: _Counts) -> set[str]:
        """Add to the counts; return the files whose names are spelled otherwise then."""
        changed = {entry: mentions for entry, mentions in counts.items() if mentions}
        before = {folded: self.usual(folded) for folded, _, _ in changed}
        self._base.executemany(
            "insert into name_spellings values (?1, ?2, ?3, ?4) on conflict (key, spelling)"
            " do update set mentions = mentions + ?3, authoritative = authoritative + ?4",
            (
                (folded, spelling, mentions, mentions if is_authoritative else 0)
                for (folded, spelling, is_authoritative), mentions in changed.items()
            ),
        )
        self._base.executemany(
            "delete from name_spellings where key = ? and mentions = 0", ((f,) for f in before)
        )
        self._cache.clear()
        query = "select file from article_names where key = ?"
        return {
            file
            for folded, usual in before.items()
            if self.usual(folded) != usual
            for (file,) in self._base.execute(query, (folded,))
        }

    def usual(self, folded: str) -> str | None:
        """Return the spelling to show for a comparison key, if anybody uses it.

        Those with authority win, of several the first in the alphabet; else the most frequent one.
        """
        if folded in self._by_editor:
            return self._by_editor[folded]
        spelling = self._cache.get(folded)
        if spelling is None:
            row = self._base.execute(
                "select spelling from name_spellings where key = ? order by authoritative > 0 desc,"
                " case when authoritative > 0 then 0 else mentions end desc, spelling limit 1",
                (folded,),
            ).fetchone()
            if row is None:
                return None
            spelling = self._cache[folded] = row[0]
        return spelling

    def spelled(self, tags: Sequence[Tag]) -> tuple[Tag, ...]:
        """Return tags with their usual names."""
        return tuple(renamed(tag, self.usual(key(tag.name)) or tag.name) for tag in tags)
