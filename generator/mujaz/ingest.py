"""What each input was understood to be: an article, or why it is none. Read again if it changed."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mujaz.config import Config, known_sources
from mujaz.delta import Delta
from mujaz.model import Article, Document, Problem
from mujaz.parse import Draft, SiteKnowledge, article, draft, unread_fields
from mujaz.progress import Progress, silent
from mujaz.read import read_paths
from mujaz.state import serialisation as packing
from mujaz.state.spool import Spool

_TABLES = (
    "create table if not exists inputs (file text primary key, path text, told text,"
    " reason text, hint text) without rowid",
    "create index if not exists inputs_rejected on inputs (file) where told is null",
    "create index if not exists inputs_by_path on inputs (path)",
    "create table if not exists inputs_pictures (picture text, file text,"
    " primary key (picture, file)) without rowid",
    "create index if not exists inputs_illustrated on inputs_pictures (file)",
    "create table if not exists inputs_unread (file text primary key, told text) without rowid",
)
_MISSING = ""
"""Stands for pictures that an article's page shows and that are not there, or not fit."""


class Understood(NamedTuple):
    """What changed among the articles that inputs were understood to be, by file."""

    gone: set[str]
    """Those that left or are others now."""
    come: set[str]
    """Those that are new, or others now."""


class Inputs:
    """The inputs of one folder."""

    def __init__(
        self, base: sqlite3.Connection, config: Config, progress: Progress = silent
    ) -> None:
        """Keep in `base` what was understood."""
        self._base = base
        self._progress = progress
        self._config = config
        for statement in _TABLES:
            base.execute(statement)
        self._site_knowledge = SiteKnowledge(base, known_sources(config))

    def update(self, changed: Iterable[str]) -> Understood:
        """Read those files again that `changed`; names are paths below the folder.

        What a page is understood to be may depend on others: those that are concerned are read
        again as well.
        """
        understood = Understood(set(), set())
        paths = {path.rstrip("/") or "." for path in changed}
        if self._config.images:
            paths |= self._illustrated(paths)
        concerned = self._read(paths, understood)
        while concerned:
            seen = self._paths_of(concerned) - paths
            paths |= seen
            concerned = self._read(seen, understood) if seen else set()
        return understood

    def _illustrated(self, paths: set[str]) -> set[str]:
        """Return the files of articles with pictures, if one of `paths` may be a picture."""
        known = "select 1 from inputs where path = ? and told is not null"
        if all(self._base.execute(known, (path,)).fetchone() for path in paths):
            return set()
        rows = self._base.execute("select distinct file from inputs_pictures")
        return self._paths_of({file for (file,) in rows})

    def _paths_of(self, files: set[str]) -> set[str]:
        rows = (
            self._base.execute("select path from inputs where file = ?", (file,)).fetchone()
            for file in files
        )
        return {row[0] for row in rows if row}

    def _read(self, paths: set[str], understood: Understood) -> set[str]:
        """Read the files at `paths`, and return other inputs that this concerns."""
        before = {
            file: told
            for path in sorted(paths)
            for file, told in self._base.execute(
                "select file, told from inputs where path = ?", (path,)
            )
        }
        for file in before:
            self._base.execute("delete from inputs_pictures where file = ?", (file,))
            self._base.execute("delete from inputs_unread where file = ?", (file,))
        with Spool[tuple[str, Document]]() as waiting:
            removed = {*before}
            documents = waiting.passing(self._documents(paths, before, understood))
            drafts = _drafts(documents, removed)
            concerned = {*self._site_knowledge.apply(Delta(removed, drafts)).upserted}
            vocabulary = self._site_knowledge.vocabulary()
            for path, document in waiting:
                page = draft(document)
                found = article(page, vocabulary)
                self._site_knowledge.index_mentions(page)
                self._keep(path, found, before.pop(document.file, None), understood)
        for file, told in before.items():  # what was in these files, and is no more
            self._base.execute("delete from inputs where file = ?", (file,))
            if told is not None:
                understood.gone.add(file)
        return concerned - understood.come

    def _documents(
        self, paths: set[str], before: dict[str, str | None], understood: Understood
    ) -> Iterator[tuple[str, Document]]:
        """Yield what is in the files, and keep why there is nothing in them."""
        ordered = self._progress("reading", sorted(paths, key=os.fsencode), len(paths))
        for path, found in read_paths(self._config.seeds, ordered):
            if isinstance(found, Problem):
                self._keep(path, found, before.pop(found.file, None), understood)
            else:
                shown = self._illustrated_by_files(found) if self._config.images else found
                self._note(shown)
                yield path, shown

    def _illustrated_by_files(self, document: Document) -> Document:
        from mujaz.read.images import with_images  # most sites show no pictures

        return with_images(document, self._config.seeds)

    def _note(self, document: Document) -> None:
        """Note what of a document is left out, and its pictures."""
        told = json.dumps([(each.reason, each.hint) for each in unread_fields(document)])
        if told != "[]":
            row = (document.file, told)
            self._base.execute("insert or replace into inputs_unread values (?, ?)", row)
        pictures = {image.file for image in document.images if image.file}
        if document.faults:
            pictures.add(_MISSING)
        self._base.executemany(
            "insert or replace into inputs_pictures values (?, ?)",
            ((picture, document.file) for picture in pictures),
        )

    def _keep(
        self, path: str, found: Article | Problem, before: str | None, understood: Understood
    ) -> None:
        """Keep what an input is; put down whether that is something else than before."""
        fault = found if isinstance(found, Problem) else None
        told = None if isinstance(found, Problem) else packing.packed(found)
        row = (found.file, path, told, fault and fault.reason, fault and fault.hint)
        if told != before:
            if before is not None:
                understood.gone.add(found.file)
            if told is not None:
                understood.come.add(found.file)
        self._base.execute("insert or replace into inputs values (?, ?, ?, ?, ?)", row)

    # What is there.

    def article(self, file: str) -> Article:
        """Return the article that an input is."""
        row = self._base.execute("select told from inputs where file = ?", (file,)).fetchone()
        return packing.article(row[0])

    def paths(self) -> set[str]:
        """Return the files that inputs were read from."""
        return {path for (path,) in self._base.execute("select distinct path from inputs")}

    def problems(self) -> Iterator[Problem]:
        """Yield why inputs are no articles, by file."""
        rows = self._base.execute(
            "select file, reason, hint from inputs where told is null and file not in"
            " (select picture from inputs_pictures) order by file"
        )
        for file, reason, hint in rows:
            yield Problem(file, reason, hint)

    def unread(self) -> Iterator[Problem]:
        """Yield what is left out of documents, by file."""
        for file, told in self._base.execute("select file, told from inputs_unread order by file"):
            for reason, hint in json.loads(told):
                yield Problem(file, reason, hint)


def _drafts(documents: Iterable[tuple[str, Document]], removed: set[str]) -> Iterator[Draft]:
    """Yield the drafts of documents, and take these out of the files that count as removed."""
    for _, document in documents:
        removed.discard(document.file)
        yield draft(document)
