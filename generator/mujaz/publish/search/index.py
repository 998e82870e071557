"""The search index: shards that Pagefind makes of stems, and the list of them.

What shards there are is remembered, and what the folder holds is held to it: a shard that is
missing is made again, one that nobody remembers goes.
"""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from mujaz.arabic.stems import table_text
from mujaz.model import Finding
from mujaz.publish.search.pagefind import (
    CHUNK,
    ENTRY,
    fragment_file,
    fragments_in,
    program,
    run_pagefind,
)
from mujaz.publish.search.shard_tables import Member, Members
from mujaz.publish.search.shards import cut, dissolved
from mujaz.publish.search.stem_pages import SETTINGS, shadow
from mujaz.publish.search.suggestions import Offer, filters_offered, offer, words_offered
from mujaz.state.files import write_if_changed

FOLDER = "search/index"
"""Where the shards are, below the folder of pages."""
LIST = "search/shards.json"
"""What the search page reads first: the shards, and what is dead in each."""
PACKED_TABLE = "search/stems.json.gz"
"""The table of stems, gzipped: not every server does that."""
_FORMER = "search/.mujaz-shards.json"
"""Where earlier versions remembered what each shard was made of."""

FindingOf = Callable[[Iterable[str]], Iterator[Finding]]
"""Gives articles as search knows them, by their ids; those that are no more it leaves out."""


class SearchIndex:
    """The index below a folder of pages."""

    def __init__(self, base: sqlite3.Connection, pages: Path) -> None:
        """Take the database that remembers what the folder holds."""
        self._members = Members(base)
        self._pages = pages
        self._folder = pages / FOLDER
        self._recipe = ""
        self.touched: set[str] = set()
        """Files, and folders for all that is or was in them, that were changed below the pages."""

    def update(self, gone: Iterable[str], come: Iterable[Finding], finding_of: FindingOf) -> int:
        """Take out the articles that are `gone`, by id, put in those that `come`, and return how
        many were read.

        A changed article is in both, or in `come` alone. Only shards that change are made; for them
        `finding_of` loads the other articles that they hold. The files are changed before the
        database is committed: after a run that was killed between, the next one mends them. Raises
        `MujazError` if Pagefind is missing or fails.
        """
        others, is_sound = self._mend()
        left = set(gone)
        with tempfile.TemporaryDirectory(prefix="mujaz-") as scratch:
            loose = _Loose(Path(scratch))
            for finding in come:
                digest = self._digest(finding)
                if self._members.digest(finding.id) == digest:
                    left.discard(finding.id)
                else:
                    left.add(finding.id)
                    loose.add(finding, digest)
            killed = self._members.kill(sorted(left))
            others -= left
            for name in dissolved(self._members.shards(), len(loose) + len(others)):
                others |= self._members.dissolve(name)
            for finding in finding_of(sorted(others)) if others else ():
                loose.add(finding, self._digest(finding))
            for articles in cut(loose.in_order()):
                self._make(articles, Path(scratch))
        self._write_list()
        self._remove_dead(killed if is_sound else None)
        gone = _remove_others(self._folder, {each.name for each in self._members.shards()})
        self.touched |= {f"{FOLDER}/{name}" for name in gone}
        return len(loose)

    def remove(self) -> None:
        """Remove the index and all that is remembered of it."""
        self._members.clear()
        if (self._pages / LIST).exists() or self._folder.exists():
            self.touched |= {FOLDER, LIST, PACKED_TABLE}
        remove_index(self._pages)

    def _mend(self) -> tuple[set[str], bool]:
        """Return the ids of articles whose shards are not as they should be, and forget those.

        The second is whether all files were as the last run that was committed left them. Only if
        the list is not, a shard can have lost something that the database says it has.
        """
        self._recipe = recipe = self._read_recipe()
        is_anew = self._members.state("recipe") != recipe
        try:
            listed = (self._pages / LIST).read_text("utf-8")
        except (OSError, ValueError):
            listed = ""
        is_sound = not is_anew and self._members.state("list") == _digest_of(listed)
        lost = set[str]()
        for name, _, _ in self._members.shards():
            shard = self._folder / name
            if (
                is_anew
                or not (shard / ENTRY).is_file()
                or not (is_sound or self._members.alive(name) <= fragments_in(shard))
            ):
                lost |= self._members.dissolve(name)
        packed = self._pages / PACKED_TABLE
        if is_anew or not packed.is_file():
            packed.parent.mkdir(parents=True, exist_ok=True)
            packed.write_bytes(gzip.compress(table_text().encode(), mtime=0))
            self.touched.add(PACKED_TABLE)
            (self._pages / _FORMER).unlink(missing_ok=True)
            self._members.say("recipe", recipe)
        return lost, is_sound

    def _read_recipe(self) -> str:
        """Return a digest of all that decides what an index says of an article."""
        status = program().stat()
        # To ask for the version takes longer than all the rest of a run with nothing to do.
        seen = f"{status.st_size} {status.st_mtime_ns} "
        version = self._members.state("program")
        if not version.startswith(seen):
            from importlib import metadata

            version = seen + metadata.version("pagefind")
            self._members.say("program", version)
        return _digest_of(repr((version.removeprefix(seen), table_text(), SETTINGS, CHUNK)))

    def _digest(self, finding: Finding) -> str:
        return _digest_of(f"{self._recipe}{finding!r}")[:16]

    def _make(self, articles: Sequence[_Article], scratch: Path) -> None:
        """Make a shard of articles."""
        members = {each.id: each.digest for each in articles}
        name = _digest_of(json.dumps(members))[:12]
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
        (new / "words.json").write_text(words_offered(each.offer for each in articles), "utf-8")
        (new / "filters.json").write_text(filters_offered(each.offer for each in articles), "utf-8")
        shutil.rmtree(self._folder / name, ignore_errors=True)
        new.rename(self._folder / name)
        self.touched.add(f"{FOLDER}/{name}")
        made = (Member(e.id, e.digest, name, fragments[i]) for i, e in enumerate(articles))
        self._members.add(name, made)

    def _write_list(self) -> None:
        """Write the list of shards, the largest first: from there the page takes its program."""
        shards = self._members.shards()
        told = [{"name": each.name, "dead": self._members.dead(each.name)} for each in shards]
        listed = {"articles": sum(each.alive for each in shards), "shards": told}
        text = json.dumps(listed, separators=(",", ":")) + "\n"
        if write_if_changed(self._pages / LIST, text):
            self.touched.add(LIST)
        self._members.say("list", _digest_of(text))

    def _remove_dead(self, killed: Iterable[Member] | None) -> None:
        """Remove what readers would see of articles that were killed; None stands for all dead.

        What was taken back is not published either: only stems without an article are left.
        """
        if killed is None:
            names = [each.name for each in self._members.shards()]
            dead = [(name, fragment) for name in names for fragment in self._members.dead(name)]
        else:
            dead = [(each.shard, each.fragment) for each in killed]
        for name, fragment in dead:
            file = fragment_file(self._folder / name, fragment)
            file.unlink(missing_ok=True)
            self.touched.add(file.relative_to(self._pages).as_posix())


def remove_index(pages: Path) -> None:
    """Remove the index below `pages`."""
    shutil.rmtree(pages / FOLDER, ignore_errors=True)
    for name in (LIST, PACKED_TABLE, _FORMER):
        (pages / name).unlink(missing_ok=True)
    if (pages / LIST).parent.is_dir() and not any((pages / LIST).parent.iterdir()):
        (pages / LIST).parent.rmdir()


class _Article(NamedTuple):
    """What is held of an article while a shard is made; articles sort from old to new."""

    date: str
    id: str
    digest: str
    page: Path
    """What Pagefind reads of it."""
    offer: Offer


class _Loose:
    """Articles that are to be indexed. The page of each lies in a folder, and not in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._articles: dict[str, _Article] = {}

    def __len__(self) -> int:
        return len(self._articles)

    def add(self, finding: Finding, digest: str) -> None:
        """Add an article."""
        known = self._articles.get(finding.id)
        page = known.page if known else self._folder / f"{len(self)}.html"
        page.write_text(shadow(finding), "utf-8")
        self._articles[finding.id] = _Article(
            finding.date, finding.id, digest, page, offer(finding)
        )

    def in_order(self) -> list[_Article]:
        """Return the articles, the oldest first."""
        return sorted(self._articles.values())


def _digest_of(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _remove_others(folder: Path, names: set[str]) -> list[str]:
    """Remove the shards with other names, and return what those are called."""
    others = (
        [path for path in folder.iterdir() if path.name not in names] if folder.exists() else []
    )
    for path in others:
        shutil.rmtree(path, ignore_errors=True)
    return [path.name for path in others]
