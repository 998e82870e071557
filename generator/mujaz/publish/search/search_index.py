"""The search index: shards that Pagefind makes of stems, and the list of them.

The database holds which shards there are, and the folder is made to agree: a missing shard is made
again, one that the database does not hold is removed.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from mujaz.arabic.stems import table_text
from mujaz.delta import Delta
from mujaz.publish.search.pagefind import (
    CHUNK_POSITIONS,
    ENTRY_FILE,
    fragment_file,
    fragments_in,
    program_path,
    run_pagefind,
)
from mujaz.publish.search.shard_tables import ShardEntry, ShardTables
from mujaz.publish.search.shards import shards_to_merge, split_into_shards
from mujaz.publish.search.stem_pages import SETTINGS, stem_page
from mujaz.publish.search.suggestions import (
    SuggestionSource,
    facets_json,
    spellings_json,
    suggestion_source,
)
from mujaz.site_model import SearchDocument
from mujaz.state.files import is_plain_folder, remove_file, write_if_changed

FOLDER = "search/index"
"""Where the shards are, below the folder of pages."""
LIST = "search/shards.json"
"""What the search page reads first: the shards, and the dead fragments of each."""
COMPRESSED_STEM_TABLE = "search/stems.json.gz"
"""The table of stems, gzipped: not every server does that."""
SEARCH_FILES = {LIST: FOLDER, COMPRESSED_STEM_TABLE: FOLDER, f"{FOLDER}/": FOLDER}
"""All that is written, by path below the folder of pages, each with what shows that it is ours."""
_SHARD_NAME = re.compile(r"\.?[0-9a-f]{12}")
_FORMER_STATE = "search/.mujaz-shards.json"
"""Where earlier versions stored what each shard was made of."""

DocumentsOf = Callable[[Iterable[str]], Iterator[SearchDocument]]
"""Returns articles as search holds them, by their ids; it leaves out those that were removed."""


class SearchIndex:
    """The index below a folder of pages."""

    def __init__(self, base: sqlite3.Connection, pages: Path, documents_of: DocumentsOf) -> None:
        """Take the database, which the caller commits, the folder, and what loads articles."""
        self._tables = ShardTables(base)
        self._pages = pages
        self._folder = pages / FOLDER
        self._documents_of = documents_of
        self._recipe = ""
        self._written: set[str] = set()
        self.articles_indexed = 0
        """Number of articles that the last `apply` gave to Pagefind, for their shards' sake too."""

    def apply(self, delta: Delta[SearchDocument]) -> Delta[str]:
        """Take a delta of articles, removed ones by id; return that of paths below the pages.

        A path is a file, or a folder for all that is or was in it. Only shards that change are
        made; the other articles that they hold are loaded. The files are changed before the
        database is committed: after a run that was killed between, the next one repairs them.
        Raises `MujazError` if Pagefind is missing or fails.
        """
        displaced, is_sound = self._repair()
        outdated = set(delta.removed)
        with tempfile.TemporaryDirectory(prefix="mujaz-") as scratch:
            loose = _LooseArticles(Path(scratch))
            for document in delta.upserted:
                digest = self._digest(document)
                if self._tables.digest(document.id) != digest:
                    outdated.add(document.id)
                    loose.add(document, digest)
            dead = self._tables.mark_dead(sorted(outdated))
            displaced -= outdated
            for name in shards_to_merge(self._tables.shards(), len(loose) + len(displaced)):
                displaced |= self._tables.remove_shard(name)
            for document in self._documents_of(sorted(displaced)) if displaced else ():
                loose.add(document, self._digest(document))
            for articles in split_into_shards(loose.oldest_first()):
                self._make_shard(articles, Path(scratch))
        self.articles_indexed = len(loose)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._write_list()
        removed = self._remove_dead_files(dead if is_sound else None) | self._remove_other_shards()
        return Delta(removed, self._written)

    def remove(self) -> Delta[str]:
        """Remove the index and all rows of it; return the paths as `apply` does."""
        self._tables.clear()
        if not is_plain_folder(self._pages, FOLDER):
            return Delta()
        self._remove_other_shards()
        if not any(self._folder.iterdir()):
            self._folder.rmdir()
        for name in (LIST, COMPRESSED_STEM_TABLE, _FORMER_STATE):
            remove_file(self._pages / name, self._pages)
        return Delta({FOLDER, LIST, COMPRESSED_STEM_TABLE})

    def _repair(self) -> tuple[set[str], bool]:
        """Remove the shards that are damaged or outdated, and return the ids of their articles.

        The second is whether all files were as the last committed run left them. Only if the list
        is not, a shard can have lost something that the database says it has.
        """
        self._recipe = recipe = self._read_recipe()
        is_outdated = self._tables.state("recipe") != recipe
        try:
            listed = (self._pages / LIST).read_text("utf-8")
        except (OSError, ValueError):
            listed = ""
        is_sound = not is_outdated and self._tables.state("list") == _sha256(listed)
        displaced = set[str]()
        for name, _, _ in self._tables.shards():
            shard = self._folder / name
            if (
                is_outdated
                or not (shard / ENTRY_FILE).is_file()
                or not (is_sound or self._tables.live_fragments(name) <= fragments_in(shard))
            ):
                displaced |= self._tables.remove_shard(name)
        compressed = self._pages / COMPRESSED_STEM_TABLE
        if is_outdated or not compressed.is_file():
            compressed.parent.mkdir(parents=True, exist_ok=True)
            compressed.write_bytes(gzip.compress(table_text().encode(), mtime=0))
            self._written.add(COMPRESSED_STEM_TABLE)
            (self._pages / _FORMER_STATE).unlink(missing_ok=True)
            self._tables.set_state("recipe", recipe)
        return displaced, is_sound

    def _read_recipe(self) -> str:
        """Return a digest of all that shapes an index besides the articles."""
        status = program_path().stat()
        # To ask for the version takes longer than all the rest of a run with nothing to do.
        fingerprint = f"{status.st_size} {status.st_mtime_ns} "
        version = self._tables.state("program")
        if not version.startswith(fingerprint):
            from importlib import metadata

            version = fingerprint + metadata.version("pagefind")
            self._tables.set_state("program", version)
        version = version.removeprefix(fingerprint)
        return _sha256(repr((version, table_text(), SETTINGS, CHUNK_POSITIONS)))

    def _digest(self, document: SearchDocument) -> str:
        # Shards are named after digests, so names of fields and classes are no part of them.
        return _sha256(json.dumps([self._recipe, astuple(document)]))[:16]

    def _make_shard(self, articles: Sequence[_LooseArticle], scratch: Path) -> None:
        digests = {each.id: each.digest for each in articles}
        name = _sha256(json.dumps(digests))[:12]
        # Below a folder with the name of the shard: so no fragment has a name that is that of
        # another one in another shard, where the same article may be dead.
        source = scratch / "made" / name
        source.mkdir(parents=True)
        for number, each in enumerate(articles):
            each.page.rename(source / f"{number:06}.html")
        new = self._folder / f".{name}"
        self._folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(new, ignore_errors=True)
        fragments = run_pagefind(source.parent, new)
        shutil.rmtree(source.parent)
        sources = [each.suggestions for each in articles]
        (new / "words.json").write_text(spellings_json(sources), "utf-8")
        (new / "filters.json").write_text(facets_json(sources), "utf-8")
        shutil.rmtree(self._folder / name, ignore_errors=True)
        new.rename(self._folder / name)
        self._written.add(f"{FOLDER}/{name}")
        entries = (ShardEntry(e.id, e.digest, name, fragments[i]) for i, e in enumerate(articles))
        self._tables.add_shard(name, entries)

    def _write_list(self) -> None:
        """Write the list of shards, the largest first: from there the page takes its program."""
        shards = self._tables.shards()
        rows = [
            {"name": each.name, "dead": self._tables.dead_fragments(each.name)} for each in shards
        ]
        listed = {"articles": sum(each.live for each in shards), "shards": rows}
        text = json.dumps(listed, separators=(",", ":")) + "\n"
        if write_if_changed(self._pages / LIST, text):
            self._written.add(LIST)
        self._tables.set_state("list", _sha256(text))

    def _remove_dead_files(self, dead: Iterable[ShardEntry] | None) -> set[str]:
        """Remove what readers would see of dead entries, None for all; return the files' paths.

        An article that was withdrawn is published nowhere: only stems without an article are left.
        """
        if dead is None:
            names = [each.name for each in self._tables.shards()]
            pairs = [(name, each) for name in names for each in self._tables.dead_fragments(name)]
        else:
            pairs = [(each.shard, each.fragment) for each in dead]
        files = [fragment_file(self._folder / shard, fragment) for shard, fragment in pairs]
        for file in files:
            file.unlink(missing_ok=True)
        return {file.relative_to(self._pages).as_posix() for file in files}

    def _remove_other_shards(self) -> set[str]:
        """Remove the shards that the database does not hold, and return their paths.

        Whatever else lies beside them is not ours.
        """
        names = {each.name for each in self._tables.shards()}
        present = self._folder.iterdir() if self._folder.exists() else ()
        others = [
            path for path in present if path.name not in names and _SHARD_NAME.fullmatch(path.name)
        ]
        for path in others:
            shutil.rmtree(path, ignore_errors=True)
        return {f"{FOLDER}/{path.name}" for path in others}


class _LooseArticle(NamedTuple):
    """An article for which a shard is to be made; these sort from old to new."""

    date: str
    id: str
    digest: str
    page: Path
    """What Pagefind reads of it."""
    suggestions: SuggestionSource


class _LooseArticles:
    """Articles that are to be indexed. The page of each lies in a folder, and not in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._articles: dict[str, _LooseArticle] = {}

    def __len__(self) -> int:
        return len(self._articles)

    def add(self, document: SearchDocument, digest: str) -> None:
        """Add an article, or replace the one with its id."""
        former = self._articles.get(document.id)
        page = former.page if former else self._folder / f"{len(self)}.html"
        page.write_text(stem_page(document), "utf-8")
        self._articles[document.id] = _LooseArticle(
            document.date, document.id, digest, page, suggestion_source(document)
        )

    def oldest_first(self) -> list[_LooseArticle]:
        """Return the articles, the oldest first."""
        return sorted(self._articles.values())


def _sha256(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
