"""Finds copies: the same text under other names, and agency text that papers retouched."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from mujaz.delta import Delta
from mujaz.enrich.duplicates.article_ids import OwnIds
from mujaz.enrich.duplicates.clusters import Leading
from mujaz.enrich.duplicates.revisions import united
from mujaz.enrich.duplicates.shingles import shingles
from mujaz.model import Article

_TABLE = """create table if not exists copies_articles (
    file text primary key, id text, day text, stands text) without rowid"""
"""`stands` is the file of the article that stands for it, maybe its own."""


class Duplicates:
    """Keeps which articles stand for a text, and which are copies of those.

    The fullest text leads, but a paper's correction of its own story takes its place.
    """

    def __init__(
        self,
        base: sqlite3.Connection,
        article_of: Callable[[str], Article],
        shingles_of: Callable[[Article], bytes] = shingles,
    ) -> None:
        """Take what loads an article by its file, those that an update brings included.

        `shingles_of` may hand over what `shingles` returned elsewhere.
        """
        base.execute(_TABLE)
        self._base = base
        self._article_of = article_of
        self._leading = Leading(base, shingles_of)
        self._ids = OwnIds(base)

    def apply(self, delta: Delta[str]) -> Delta[str]:
        """Take files of articles in; return the delta of files that represent a text.

        A file is upserted as well if its article is complete in another way than before: with an id
        of its own, what it corrects, or the sources that printed duplicates.
        """
        upserted = sorted(delta.upserted)
        # What represented a text no longer does unless it is found to again.
        before = {file: self._removed(file) for file in {*delta.removed, *upserted}}
        entered = (self._entered(self._article_of(file)) for file in upserted)
        representatives = self._leading.update(before, entered)
        represents = {file: False for file, stood in before.items() if stood == file}
        for file in representatives:
            self._settle(file, before, represents)
        represents |= dict.fromkeys(self._ids.settle(self._united), True)
        return Delta(
            {file for file, still in represents.items() if not still},
            [file for file, still in sorted(represents.items()) if still],
        )

    def count(self) -> int:
        """Return the number of articles that are duplicates."""
        return self._leading.followers()

    def all(self) -> dict[str, str]:
        """Return the file of each copy with that of the article that stands for it."""
        rows = self._base.execute("select file, stands from copies_articles where file <> stands")
        return dict(rows.fetchall())

    def leader_of(self, file: str) -> str | None:
        """Return the file of the article that stands for another, or for itself."""
        found = self._base.execute("select stands from copies_articles where file = ?", (file,))
        row: tuple[str | None] = found.fetchone() or (None,)
        return row[0]

    def article(self, file: str) -> Article:
        """Return an article that stands for a text, complete."""
        return replace(self._united(file), id=self._ids.of(file))

    def _removed(self, file: str) -> str | None:
        """Forget an article; return the file of the one that stood for it."""
        stood = self.leader_of(file)
        self._base.execute("delete from copies_articles where file = ?", (file,))
        self._ids.remove(file)
        return stood

    def _entered(self, article: Article) -> Article:
        day = article.date.isoformat() if article.date else None
        self._base.execute(
            "insert into copies_articles values (?, ?, ?, null)", (article.file, article.id, day)
        )
        return article

    def _settle(
        self,
        leader: str,
        before: Mapping[str, str | None],
        represents: dict[str, bool],
    ) -> None:
        """Find what stands for a group of copies, and note whatever that changes."""
        files = self._leading.group(leader)
        latest, plain, day = self._latest(files)
        for file in files:
            stood = self.leader_of(file) or before.get(file)
            if file == latest:
                represents[file] = True
            elif stood == file:
                represents[file] = False
                self._ids.remove(file)
        self._base.executemany(
            "update copies_articles set stands = ? where file = ?",
            ((latest, file) for file in files),
        )
        self._ids.put(latest, plain, day)

    def _latest(self, files: Sequence[str]) -> tuple[str, str, str | None]:
        """Return which of the copies of a text stands, and its id and day."""
        if len(files) > 1:
            found = united([self._article_of(file) for file in files])
            return found.file, found.id, found.date.isoformat() if found.date else None
        row: tuple[str, str, str | None] = self._base.execute(
            "select file, id, day from copies_articles where file = ?", files
        ).fetchone()
        return row

    def _united(self, file: str) -> Article:
        """Return an article that stands for a text, with its plain id."""
        return united([self._article_of(each) for each in self._leading.group(file)])
