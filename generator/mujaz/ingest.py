"""Reads and parses the inputs that changed: each is an article, or a problem that says why not."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from mujaz.config import Config, known_sources
from mujaz.delta import Delta
from mujaz.editorial import ArticleCorrections
from mujaz.model import Article, Document, Held, Problem
from mujaz.parse import (
    SiteKnowledge,
    SiteVocabulary,
    draft,
    own_rules,
    parse_article,
    unread_fields,
)
from mujaz.progress import Progress, silent
from mujaz.read import printable, read_paths, with_sidecars
from mujaz.read.left_entries import LeftEntries
from mujaz.state import serialisation
from mujaz.state.good_documents import GoodDocuments
from mujaz.state.spool import Spool

_MISSING_IMAGE = ""
"""Stands for images that an article's page shows and that are not there, or not fit."""


class Inputs:
    """The inputs of one folder, and what each was parsed as.

    In the place of an input with a fault stands its last good version, if there is one: what a run
    leaves is what a run from nothing would leave of these.
    """

    def __init__(
        self,
        base: sqlite3.Connection,
        config: Config,
        corrections: ArticleCorrections,
        progress: Progress = silent,
    ) -> None:
        """Keep in `base` what the files in the folder `config.seeds` were parsed as."""
        self._base = base
        self._config = config
        self._corrections = corrections
        self._progress = progress
        rules = own_rules(config.editorial)
        self._site_knowledge = SiteKnowledge(base, known_sources(config), config.agencies, rules)
        self._good_documents = GoodDocuments(base)
        self.left_entries = None if config.replace_snapshots else LeftEntries(config.left_entries)
        self._unreadable_folders: tuple[str, ...] = ()

    def apply(self, changed: set[str] | None, present: Collection[str]) -> Delta[str]:
        """Read and parse the files at paths that `changed`; return the delta of articles, by file.

        `present` are the paths of all files that are there; None stands for all of them, and for
        all that were. What a page is parsed as may depend on what other pages show of the site:
        where that changes, these are parsed again as well.
        """
        removed, upserted = set[str](), set[str]()
        corrected = self._corrections.changed_files()
        self._unreadable_folders = tuple(path for path in present if path.endswith("/"))
        if changed is None:
            paths = {*present} | self.paths() | self._good_documents.paths()
        else:
            paths = with_sidecars(changed, present)
        paths = {path.rstrip("/") or "." for path in paths}
        if self._config.images:
            paths |= self._with_images(paths)
        waiting = paths
        while waiting:
            affected = self._parse(waiting, removed, upserted) - upserted
            waiting = self._paths_of(affected) - paths
            paths |= waiting
        if changed is not None:
            self._correct_again(corrected, paths, removed, upserted)
        return Delta(removed, upserted)

    def _correct_again(
        self, files: set[str], read: set[str], removed: set[str], upserted: set[str]
    ) -> None:
        """Correct inputs anew of which editors say something else, but for those just `read`.

        Nothing else of them changed: an export of thousands of articles need not be read for one.
        """
        vocabulary = self._site_knowledge.vocabulary()
        query = "select path, article from inputs where file = ?"
        for file in sorted(files):
            row = self._base.execute(query, (file,)).fetchone()
            document = self._good_documents.document(file)
            if row is None or document is None or row[0] in read:
                continue
            document = self._with_notes(document)
            result = parse_article(draft(document), vocabulary, self._config.languages)
            result = self._corrected(document, result, vocabulary)
            if self._put(row[0], result, row[1]):
                _note(file, isinstance(result, Article), removed, upserted)

    def _with_images(self, paths: set[str]) -> set[str]:
        """Return the paths of articles with images, if one of `paths` may be an image."""
        query = "select 1 from inputs where path = ? and article is not null"
        if all(self._base.execute(query, (path,)).fetchone() for path in paths):
            return set()
        rows = self._base.execute("select distinct file from input_images")
        return self._paths_of({file for (file,) in rows})

    def _paths_of(self, files: set[str]) -> set[str]:
        query = "select path from inputs where file = ?"
        rows = (self._base.execute(query, (file,)).fetchone() for file in files)
        return {row[0] for row in rows if row}

    def _parse(self, paths: set[str], removed: set[str], upserted: set[str]) -> set[str]:
        """Parse what is in the files at `paths`; return other inputs that this affects."""
        before = {
            file: packed
            for path in sorted(paths)
            for file, packed in self._base.execute(
                "select file, article from inputs where path = ?", (printable(path),)
            )
        }
        missing = {*before}
        """Files whose pages are no more, once all that are there were read."""
        for table in ("input_images", "input_unread_fields"):
            self._base.executemany(
                f"delete from {table} where file = ?", ((file,) for file in before)
            )

        def put(path: str, result: Article | Problem) -> None:
            if self._put(path, result, before.pop(result.file, None)):
                _note(result.file, isinstance(result, Article), removed, upserted)

        def documents() -> Iterator[tuple[str, Document]]:
            ordered = self._progress("reading", sorted(paths, key=os.fsencode), len(paths))
            for path, result in self._read(ordered):
                if isinstance(result, Problem):
                    put(path, result)
                else:
                    missing.discard(result.file)
                    yield path, self._with_notes(result)

        with Spool[tuple[str, Document]]() as spool:
            drafts = (draft(document) for _, document in spool.passing(documents()))
            affected = {*self._site_knowledge.apply(Delta(missing, drafts)).upserted}
            vocabulary = self._site_knowledge.vocabulary()
            for path, document in spool:
                page = draft(document)
                result = parse_article(page, vocabulary, self._config.languages)
                self._site_knowledge.index_mentions(page)
                put(path, self._corrected(page.document, result, vocabulary))
        self._corrections.forget(before)
        for file, packed in before.items():  # what was in these files, and is no more
            self._base.execute("delete from inputs where file = ?", (file,))
            if packed is not None:
                _note(file, False, removed, upserted)
        return affected

    def _corrected(
        self, document: Document, result: Article | Problem, vocabulary: SiteVocabulary
    ) -> Article | Problem:
        """Return what an input is parsed as once it is corrected as editors say."""
        names = self._corrections.note(document, result)
        corrected = self._corrections.corrected(document, names)
        if corrected is document:
            return result
        if isinstance(corrected, Held):
            return corrected
        return parse_article(draft(corrected), vocabulary, self._config.languages)

    def _read(self, paths: Iterable[str]) -> Iterator[tuple[str, Document | Problem]]:
        """Yield the inputs in the files at `paths`, each with the printable form of its path."""
        paths = [*paths]
        removed = {*map(printable, paths)}
        read = read_paths(self._config.seeds, paths)
        for path, results in groupby(read, lambda each: printable(each[0])):
            removed.discard(path)
            inputs: Iterator[Document | Problem] = (result for _, result in results)
            if self.left_entries:
                inputs = self.left_entries.added_to(path, inputs, self._good_documents.of_path)
            for result in self._good_documents.in_place_of_faults(path, inputs):
                yield path, result
        for path in removed:
            self._good_documents.remove_others(path, ())

    def _with_notes(self, document: Document) -> Document:
        """Return a document with its images; note these, and which of its fields nobody reads."""
        if self._config.images:
            from mujaz.read.images import with_images  # most sites show no images

            document = with_images(document, self._config.seeds)
        unread = [(each.reason, each.hint) for each in unread_fields(document)]
        if unread:
            row = (document.file, json.dumps(unread))
            self._base.execute("insert or replace into input_unread_fields values (?, ?)", row)
        images = {image.file for image in document.images if image.file}
        if document.faults:
            images.add(_MISSING_IMAGE)
        self._base.executemany(
            "insert or replace into input_images values (?, ?)",
            ((image, document.file) for image in images),
        )
        return document

    def _put(self, path: str, result: Article | Problem, before: str | None) -> bool:
        """Keep what an input is; return whether its article is another one than before."""
        packed = None if isinstance(result, Problem) else serialisation.packed(result)
        fault = result if isinstance(result, Problem) else self._fault(path, result.file)
        reason, hint = (fault.reason, fault.hint) if fault else (None, None)
        row = (result.file, path, packed, reason, hint, isinstance(result, Held))
        self._base.execute("insert or replace into inputs values (?, ?, ?, ?, ?, ?)", row)
        return packed != before

    def _fault(self, path: str, file: str) -> Problem | None:
        """Return why an article is the last good version of its input, if it is."""
        fault = self._good_documents.faults.get(file)
        if fault is None or path.startswith(self._unreadable_folders):  # said once, of the folder
            return None
        return replace(fault, hint=f"{fault.hint}; until then its last good version stays")

    # What is there.

    def article(self, file: str) -> Article:
        """Return the article that an input is."""
        query = "select article from inputs where file = ?"
        return serialisation.article(self._base.execute(query, (file,)).fetchone()[0])

    def paths(self) -> set[str]:
        """Return the files that inputs were read from."""
        return {path for (path,) in self._base.execute("select distinct path from inputs")}

    def problems(self) -> Iterator[Problem]:
        """Yield why inputs were rejected, by file."""
        return self._with_reasons(
            "article is null and not held and file not in (select image from input_images)"
        )

    def held(self) -> Iterator[Problem]:
        """Yield why inputs wait for publication, by file."""
        return self._with_reasons("held")

    def doubts(self) -> Iterator[Problem]:
        """Yield the faults of inputs of which the last good version is published, by file."""
        yield from self._with_reasons("article is not null")
        yield from self._images_as_they_are()
        yield from self._corrections.problems()

    def _images_as_they_are(self) -> Iterator[Problem]:
        """Yield that pictures are published as they are, if some are and there is no Pillow."""
        if not self._config.images:
            return
        from mujaz.read.image_decoding import can_decode

        query = "select 1 from input_images where image <> ? limit 1"
        if not can_decode() and self._base.execute(query, (_MISSING_IMAGE,)).fetchone():
            reason = "pictures are published as they are, large and with what cameras note in them"
            hint = "to make them small, install Pillow: pip install 'mujaz[images]'"
            yield Problem(self._config.file.name, reason, hint)

    def _with_reasons(self, condition: str) -> Iterator[Problem]:
        query = f"select file, reason, hint from inputs where reason is not null and {condition}"
        for file, reason, hint in self._base.execute(f"{query} order by file"):
            yield Problem(file, reason, hint)

    def unread_fields(self) -> Iterator[Problem]:
        """Yield which fields of inputs nobody reads, by file."""
        query = "select file, fields from input_unread_fields order by file"
        for file, fields in self._base.execute(query):
            for reason, hint in json.loads(fields):
                yield Problem(file, reason, hint)


def _note(file: str, is_article: bool, removed: set[str], upserted: set[str]) -> None:
    """Note in a delta that an input is another article now, or none."""
    (upserted if is_article else removed).add(file)
    (removed if is_article else upserted).discard(file)
