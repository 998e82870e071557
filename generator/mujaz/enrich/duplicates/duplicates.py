"""Finds copies: the same text under other names, and agency text that papers retouched."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import NamedTuple

from mujaz.enrich.duplicates.article_ids import OwnIds
from mujaz.enrich.duplicates.clusters import Leading
from mujaz.enrich.duplicates.revisions import united
from mujaz.enrich.duplicates.shingles import shingles
from mujaz.model import Article

_TABLE = """create table if not exists copies_articles (
    file text primary key, id text, day text, stands text) without rowid"""
"""`stands` is the file of the article that stands for it, maybe its own."""


class Merged(NamedTuple):
    """What an update changed."""

    leaders: Mapping[str, Article | None]
    """By file, the articles that stand for a text and came or changed, complete: with ids of their
    own, what they correct, and the papers that printed copies. None: stands for nothing any more.

    Each is made when it is asked for, which must be before the next update."""
    duplicates: Mapping[str, str | None]
    """File of a copy -> file of the article that stands for it; None: no copy any more."""


class Copies:
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

    def update(self, gone: Iterable[str], come: Iterable[Article]) -> Merged:
        """Take out the articles of files, take in others; one that changed is in both."""
        # What stood for a text no longer does unless it is found to again.
        left = {file: self._removed(file) for file in gone}
        groups = self._leading.update(left, map(self._entered, come))
        stands = {file: False for file, stood in left.items() if stood == file}
        duplicates: dict[str, str | None] = {}
        duplicates |= {file: None for file, stood in left.items() if stood and stood != file}
        for leader in groups:
            self._settle(leader, left, stands, duplicates)
        stands |= dict.fromkeys(self._ids.settle(self._united), True)
        return Merged(_Leaders(stands, self.leader), duplicates)

    def duplicates(self) -> int:
        """Return how many articles are copies."""
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

    def leader(self, file: str) -> Article:
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
        left: Mapping[str, str | None],
        stands: dict[str, bool],
        duplicates: dict[str, str | None],
    ) -> None:
        """Find what stands for a group of copies, and note whatever that changes."""
        files = self._leading.group(leader)
        latest, plain, day = self._latest(files)
        for file in files:
            stood = self.leader_of(file) or left.get(file)
            if file == latest:
                stands[file] = True
            elif stood == file:
                stands[file] = False
                self._ids.remove(file)
            duplicates.pop(file, None)
            if stood != latest and (file != latest or stood):
                duplicates[file] = None if file == latest else latest
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


class _Leaders(Mapping[str, Article | None]):
    """Makes each leader when it is asked for."""

    def __init__(self, stands: Mapping[str, bool], leader: Callable[[str], Article]) -> None:
        self._stands = stands
        self._leader = leader

    def __getitem__(self, file: str) -> Article | None:
        return self._leader(file) if self._stands[file] else None

    def __iter__(self) -> Iterator[str]:
        return iter(self._stands)

    def __len__(self) -> int:
        return len(self._stands)


def merge(articles: Iterable[Article]) -> tuple[list[Article], dict[str, str]]:
    """Return one article for each text, and file of each copy -> file of what stands for it."""
    by_file = {article.file: article for article in articles}
    with closing(sqlite3.connect(":memory:")) as base:
        merged = Copies(base, by_file.__getitem__).update((), by_file.values())
        leaders = [leader for leader in merged.leaders.values() if leader]
    return leaders, {file: stands for file, stands in merged.duplicates.items() if stands}
