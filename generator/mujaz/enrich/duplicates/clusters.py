"""Clusters of near-duplicate texts: which text represents each, put right by every change."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from operator import attrgetter

from mujaz.enrich.duplicates.cluster_update import SELECT_TEXT, ClusterUpdate, Text
from mujaz.enrich.duplicates.shingles import shingles
from mujaz.model import Article


class Clusters:
    """Keeps which text represents each, and which longer ones contain those that represent.

    In their order, the fullest first, a text is represented by the first representative before it
    that shares a key with it which is no turn of phrase, and that it is a duplicate of. If there is
    none, it represents itself, and those that it is contained in are looked for in the same way.
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        """Use the tables in `base`."""
        self._base = base

    def apply(self, removed: Iterable[str], added: Iterable[Article]) -> list[str]:
        """Remove texts by their files, add others; return what represents changed clusters.

        A cluster has changed as well if what contains it has, or what it contains.
        """
        update = ClusterUpdate(self._base)
        for file in removed:
            update.remove(file)
        for article in added:
            update.add(article, shingles(article))
        update.find_representatives()
        numbers = sorted(update.changed_clusters)
        texts = (self._base.execute(SELECT_TEXT + "number = ?", (n,)).fetchone() for n in numbers)
        return [text.file for text in map(Text._make, filter(None, texts)) if text.represents]

    def files_with(self, file: str) -> list[str]:
        """Return the files of the cluster that has a file, fullest text first."""
        represented = "representative = (select representative from cluster_texts where file = ?)"
        texts = self._base.execute(
            f"{SELECT_TEXT} representative <> number and {represented} union all "
            "select * from cluster_texts where number = "
            "(select representative from cluster_texts where file = ?)",
            (file, file),
        )
        return [text.file for text in sorted(map(Text._make, texts), key=attrgetter("sort_key"))]

    def containers_of(self, file: str) -> list[str]:
        """Return the files of the texts that contain the one that represents a file."""
        return self._related(file, "number", "container")

    def contained_in(self, file: str) -> list[str]:
        """Return the files of the texts that the one that represents a file contains."""
        return self._related(file, "container", "number")

    def _related(self, file: str, given: str, wanted: str) -> list[str]:
        rows = self._base.execute(
            f"select t.file from contained_texts c join cluster_texts t on t.number = c.{wanted}"
            f" where c.{given} = (select representative from cluster_texts where file = ?)",
            (file,),
        )
        return [each for (each,) in rows]

    def count_duplicates(self) -> int:
        """Return the number of texts that another represents."""
        counted = "select count(*) from cluster_texts where representative <> number"
        return int(self._base.execute(counted).fetchone()[0])
