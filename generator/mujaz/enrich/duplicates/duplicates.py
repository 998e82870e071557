"""Keeps which article represents each text, whoever printed it, and however often."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from mujaz.delta import Delta
from mujaz.enrich.duplicates.article_ids import ArticleIds
from mujaz.enrich.duplicates.clusters import Clusters
from mujaz.enrich.duplicates.revisions import united
from mujaz.model import Article


class _Representative(NamedTuple):
    """The article that represents a text."""

    file: str
    plain_id: str
    day: str | None
    """ISO day of its publication."""


class Duplicates:
    """Keeps which articles represent a text, and which are duplicates of those.

    The fullest text represents its cluster, unless the same source corrected its own story.
    """

    def __init__(self, base: sqlite3.Connection, article_of: Callable[[str], Article]) -> None:
        """Take what loads an article by its file, those of the coming deltas included."""
        self._base = base
        self._article_of = article_of
        self._clusters = Clusters(base)
        self._ids = ArticleIds(base)
        self._successors: dict[str, str] = {}
        """File of each article that represented a text before the last delta, and does no more ->
        file of the one that represents it now."""

    def apply(self, delta: Delta[str]) -> Delta[str]:
        """Take files of articles in; return the delta of files that represent a text.

        A file is upserted as well if its article is complete in another way than before: with an id
        of its own, what it corrects, the duplicates of it, what contains it or is contained in it.
        """
        upserted = sorted(delta.upserted)
        self._successors.clear()
        before = {file: self._remove(file) for file in {*delta.removed, *upserted}}
        added = (self._add(self._article_of(file)) for file in upserted)
        # What represented a text does so no longer, unless it is chosen again.
        represents = {file: False for file, former in before.items() if former == file}
        moved = {
            file
            for file in self._clusters.apply(before.keys(), added)
            if self._choose_representative(file, before, represents)
        }
        represents |= {partner: True for file in moved for partner in self._partners(file)}
        represents |= dict.fromkeys(self._ids.assign(self._united), True)
        return Delta(
            {file for file, still in represents.items() if not still},
            [file for file, still in sorted(represents.items()) if still],
        )

    def count(self) -> int:
        """Return the number of articles that are duplicates."""
        return self._clusters.count_duplicates()

    def representative_of(self, file: str) -> str | None:
        """Return the file of the article that represents another, or itself."""
        query = "select representative from deduplicated where file = ?"
        row: tuple[str | None] = self._base.execute(query, (file,)).fetchone() or (None,)
        return row[0]

    def successor_of(self, file: str) -> str | None:
        """Return the file of the article that represents the text of another since the last delta.

        None if the other one did not represent that text before.
        """
        return self._successors.get(file)

    def article(self, file: str) -> Article:
        """Return an article that represents a text, complete."""
        return replace(
            self._united(file),
            id=self._ids.of(file),
            also_told_in=self._representing(self._clusters.containers_of(file)),
            also_tells=self._representing(self._clusters.contained_in(file)),
        )

    def _representing(self, files: Iterable[str]) -> tuple[str, ...]:
        """Return the files of the articles that represent others."""
        return tuple(sorted(filter(None, map(self.representative_of, files))))

    def _partners(self, file: str) -> tuple[str, ...]:
        """Return the files of the articles that contain one, and of those that it contains."""
        clusters = self._clusters
        return self._representing([*clusters.containers_of(file), *clusters.contained_in(file)])

    def _remove(self, file: str) -> str | None:
        """Remove an article; return the file of the one that represented it."""
        representative = self.representative_of(file)
        self._base.execute("delete from deduplicated where file = ?", (file,))
        self._ids.remove(file)
        return representative

    def _add(self, article: Article) -> Article:
        day = article.date.isoformat() if article.date else None
        row = (article.file, article.id, day)
        self._base.execute("insert into deduplicated values (?, ?, ?, null)", row)
        return article

    def _choose_representative(
        self, file: str, before: Mapping[str, str | None], represents: dict[str, bool]
    ) -> bool:
        """Choose what represents the cluster of a file; note in `represents` what that changes.

        Return whether another article represents some of it than before.
        """
        files, has_moved = self._clusters.files_with(file), False
        chosen = self._representative(files)
        for each in files:
            former = self.representative_of(each) or before.get(each)
            has_moved |= former != chosen.file
            if each == chosen.file:
                represents[each] = True
                if former is not None and former != each:
                    self._successors[former] = min(each, self._successors.get(former, each))
            elif former == each:
                represents[each] = False
                self._ids.remove(each)
        self._base.executemany(
            "update deduplicated set representative = ? where file = ?",
            ((chosen.file, each) for each in files),
        )
        self._ids.put(*chosen)
        return has_moved

    def _representative(self, files: list[str]) -> _Representative:
        if len(files) > 1:
            article = united([self._article_of(file) for file in files])
            day = article.date.isoformat() if article.date else None
            return _Representative(article.file, article.id, day)
        query = "select file, plain_id, day from deduplicated where file = ?"
        return _Representative(*self._base.execute(query, files).fetchone())

    def _united(self, file: str) -> Article:
        """Return an article that represents a text, with its plain id."""
        return united([self._article_of(each) for each in self._clusters.files_with(file)])
