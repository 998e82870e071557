"""What the last build left on disk, so that the next one does only what changed.

The manifest is never ahead of the disk. Before a file of the site is touched, the record of its
source is struck out (`strike`); it is written again only after the site is as it should be
(`record`). A build that is killed leaves records struck out, and the next one makes those files
again.

Each question that a build of a few pages asks is answered by an index: how many pages there are
besides does not matter.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from mujaz.publish.render.page import Rendered

_VERSION = 3
_TABLES = """
create table about (name text primary key, value text) without rowid;
create table pages (
  number integer primary key, path text unique, source blob, asked blob, item text, date text,
  by_mkdocs int, html blob
);
create index by_mkdocs on pages (path) where by_mkdocs;
create index struck_pages on pages (path) where source = x'';
create table statics (path text primary key, source blob) without rowid;
create index struck_statics on statics (path) where source = x'';
create table by_hand (path text primary key, sign text) without rowid;
create table links (target integer primary key, pages blob);
create table shapes (key text, answers text, skeleton text);
"""


class Records:
    """The records of one project's site."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Use `base`, which has our tables."""
        self.base = base

    # What was noted.

    def about(self, name: str) -> Any:
        """Return what was noted under `name`, or None."""
        row = self.base.execute("select value from about where name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    def note(self, name: str, value: Any) -> None:
        """Note `value` under `name`; it lasts from the next `commit`."""
        text = json.dumps(value, ensure_ascii=False)
        self.base.execute("insert or replace into about values (?, ?)", (name, text))

    def signs(self) -> dict[str, str]:
        """Return the files that nobody told us of, and what the system said of each."""
        return dict(self.base.execute("select path, sign from by_hand"))

    def keep_signs(self, signs: Mapping[str, str]) -> None:
        """Keep the same for the next build."""
        self.base.execute("delete from by_hand")
        self.base.executemany("insert into by_hand values (?, ?)", signs.items())

    # What is there.

    def page(self, path: str) -> bytes | None:
        """Return the digest of a page's source, empty if struck out; None if there is none."""
        return self._one("select source from pages where path = ?", path)

    def static(self, path: str) -> bytes | None:
        """Return the same of a file that is copied."""
        return self._one("select source from statics where path = ?", path)

    def all(self) -> set[str]:
        """Return the paths of all pages and of all files that are copied."""
        rows = self.base.execute("select path from pages union all select path from statics")
        return {path for (path,) in rows}

    def struck(self) -> set[str]:
        """Return those of which the records are struck out."""
        rows = self.base.execute(
            "select path from pages where source = x''"
            " union all select path from statics where source = x''"
        )
        return {path for (path,) in rows}

    def below(self, folder: str) -> list[str]:
        """Return the paths of all that lies in a folder, however deep."""
        span = (f"{folder}/", f"{folder}0") * 2
        rows = self.base.execute(
            "select path from pages where path > ? and path < ?"
            " union all select path from statics where path > ? and path < ?",
            span,
        )
        return [path for (path,) in rows]

    def count(self) -> int:
        """Return how many pages there are."""
        return int(self.base.execute("select count(*) from pages").fetchone()[0])

    def item(self, path: str) -> tuple[str, str] | None:
        """Return a page's entry in the site map, and its date, if the page is known."""
        row = self.base.execute("select item, date from pages where path = ?", (path,)).fetchone()
        return row and (row[0], row[1])

    def items(self) -> dict[str, tuple[str, str]]:
        """Return each page's entry in the site map, and its date."""
        rows = self.base.execute("select path, item, date from pages")
        return {path: (item, date) for path, item, date in rows}

    def by_mkdocs(self) -> dict[str, Rendered]:
        """Return the pages that are not stamped, as MkDocs rendered them."""
        rows = self.base.execute(
            "select path, html, source, asked, item, date, by_mkdocs from pages where by_mkdocs"
        )
        return {row[0]: Rendered(*row) for row in rows}

    def leading_to(self, targets: Iterable[int]) -> set[str]:
        """Return the pages that may have links to files with these marks."""
        found: set[str] = set()
        for target in targets:
            for number in self._linked(target):
                row = self.base.execute("select path from pages where number = ?", (number,))
                found.update(path for (path,) in row)
        return found

    # What changes.

    def strike(self, pages: Iterable[str], statics: Iterable[str]) -> None:
        """Strike out records, and say so on disk."""
        self.base.executemany(
            "insert into pages (path, source, asked, item, date, by_mkdocs, html)"
            " values (?, x'', x'', '', '', 0, x'')"
            " on conflict (path) do update set source = x''",
            ((path,) for path in pages),
        )
        self.base.executemany(
            "insert or replace into statics values (?, x'')", ((path,) for path in statics)
        )
        self.base.commit()

    def begin(self) -> None:
        """Forget all pages, and say so on disk."""
        for table in ("pages", "statics", "links", "by_hand"):
            self.base.execute(f"delete from {table}")
        self.base.execute("delete from about where name = 'site'")
        self.base.commit()

    def record_all(self, pages: Iterable[Rendered], statics: Mapping[str, bytes]) -> None:
        """Record all of a new site; this lasts from the next `commit`."""
        links: dict[int, array[int]] = defaultdict(lambda: array("I"))

        def rows() -> Iterator[tuple[object, ...]]:
            for number, page in enumerate(pages, 1):
                path, html, source, asked, item, date, by_mkdocs = page
                for target in memoryview(asked).cast("I"):
                    links[target].append(number)
                yield number, path, source, asked, item, date, by_mkdocs, html

        self.base.executemany("insert into pages values (?, ?, ?, ?, ?, ?, ?, ?)", rows())
        self.base.executemany("insert into links values (?, ?)", sorted(links.items()))
        self.base.executemany("insert into statics values (?, ?)", statics.items())

    def record(self, pages: Iterable[Rendered], statics: Mapping[str, bytes]) -> None:
        """Record what was struck out and is made again; this lasts from the next `commit`."""
        for page in pages:
            number, before = self._links(page.path)
            self._relink(number, before, page.asked)
            self.base.execute(
                "update pages set source = ?, asked = ?, item = ?, date = ?, by_mkdocs = ?,"
                " html = ? where number = ?",
                (page.source, page.asked, page.item, page.date, page.by_mkdocs, page.html, number),
            )
        self.base.executemany("insert or replace into statics values (?, ?)", statics.items())

    def remove(self, pages: Iterable[str], statics: Iterable[str]) -> None:
        """Remove records; this lasts from the next `commit`."""
        for path in pages:
            number, before = self._links(path)
            self._relink(number, before, b"")
            self.base.execute("delete from pages where number = ?", (number,))
        self.base.executemany("delete from statics where path = ?", ((path,) for path in statics))

    def commit(self) -> None:
        """Make what was said so far last."""
        self.base.commit()

    def _one(self, query: str, path: str) -> bytes | None:
        row = self.base.execute(query, (path,)).fetchone()
        return row and bytes(row[0])

    def _links(self, path: str) -> tuple[int, bytes]:
        query = "select number, asked from pages where path = ?"
        number, asked = self.base.execute(query, (path,)).fetchone()
        return number, asked

    def _linked(self, target: int) -> array[int]:
        row = self.base.execute("select pages from links where target = ?", (target,)).fetchone()
        found = array("I")
        found.frombytes(row[0] if row else b"")
        return found

    def _relink(self, number: int, before: bytes, after: bytes) -> None:
        """Note that a page's links are these `after`."""
        old, new = {*memoryview(before).cast("I")}, {*memoryview(after).cast("I")}
        for target in old ^ new:
            there = self._linked(target)
            if target in new:
                there.append(number)
            else:
                there.remove(number)
            self.base.execute("insert or replace into links values (?, ?)", (target, there))


@contextmanager
def records(path: Path) -> Iterator[Records]:
    """Give the records in the file `path`; what cannot be read is begun anew."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        base = _open(path)
    except sqlite3.Error:
        with suppress(OSError):
            path.unlink()
        base = _open(path)
    with closing(base):
        yield Records(base)


def _open(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path)
    try:
        if base.execute("pragma user_version").fetchone()[0] != _VERSION:
            old = base.execute("select name from sqlite_master where type = 'table'").fetchall()
            for (name,) in old:
                base.execute(f"drop table {name}")
            base.executescript(f"{_TABLES} pragma user_version = {_VERSION}")
    except BaseException:
        base.close()
        raise
    return base
