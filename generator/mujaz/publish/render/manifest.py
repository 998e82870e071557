"""What the last build was made of, so that the next one does only what changed.

It speaks of one state of the site's folder, which a token names: a build that is killed leaves a
folder with another token, or none, and the next one makes all of the site.

Each question that a build of a few pages asks is answered by an index: how many pages there are
besides does not matter.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mujaz.publish.render.page import RenderedPage
from mujaz.state.sealed import open_sealed

_SCHEMA = Path(__file__).with_name("manifest.sql")
_VERSION = 4


class Manifest:
    """The manifest of one site."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use a database with the tables of `manifest.sql`."""
        self.connection = connection

    def load(self, name: str) -> Any:
        """Return the setting of this name, or None."""
        query = "select value from settings where name = ?"
        row = self.connection.execute(query, (name,)).fetchone()
        return json.loads(row[0]) if row else None

    def store(self, name: str, value: Any) -> None:
        """Store a setting, to be read by the next build; it lasts from the next `commit`."""
        text = json.dumps(value, ensure_ascii=False)
        self.connection.execute("insert or replace into settings values (?, ?)", (name, text))

    # What the last build left.

    def page_digest(self, path: str) -> bytes | None:
        """Return the digest of a page's source, empty if invalidated; None if there is no page."""
        return self._digest("select source_digest from pages where path = ?", path)

    def file_digest(self, path: str) -> bytes | None:
        """Return the same of a file that is copied."""
        return self._digest("select digest from static_files where path = ?", path)

    def all_paths(self) -> set[str]:
        """Return the paths of all pages and of all files that are copied."""
        return self._paths("select path from pages union all select path from static_files")

    def invalidated_paths(self) -> set[str]:
        """Return the paths of those whose records are invalidated."""
        return self._paths(
            "select path from pages where source_digest = x''"
            " union all select path from static_files where digest = x''"
        )

    def paths_below(self, folder: str) -> set[str]:
        """Return the paths of all that lies in a folder, however deep."""
        return self._paths(
            "select path from pages where path > ?1 and path < ?2"
            " union all select path from static_files where path > ?1 and path < ?2",
            (f"{folder}/", f"{folder}0"),
        )

    def page_count(self) -> int:
        """Return the number of pages."""
        return int(self.connection.execute("select count(*) from pages").fetchone()[0])

    def sitemap_entry(self, path: str) -> tuple[str, str] | None:
        """Return a page's entry in the site map, and its date, if the page is known."""
        query = "select sitemap_entry, date from pages where path = ?"
        row = self.connection.execute(query, (path,)).fetchone()
        return row and (row[0], row[1])

    def sitemap_entries(self) -> dict[str, tuple[str, str]]:
        """Return each page's entry in the site map, and its date, by path."""
        rows = self.connection.execute("select path, sitemap_entry, date from pages")
        return {path: (entry, date) for path, entry, date in rows}

    def mkdocs_pages(self) -> dict[str, RenderedPage]:
        """Return the pages that MkDocs rendered, by path."""
        rows = self.connection.execute(
            "select path, html, source_digest, dependencies, sitemap_entry, date, by_mkdocs"
            " from pages where by_mkdocs"
        )
        return {row[0]: RenderedPage(*row) for row in rows}

    def pages_linking_to(self, target_hashes: Iterable[int]) -> set[str]:
        """Return the paths of the pages that may link to files whose paths have these hashes."""
        numbers = {number for target in target_hashes for number in self._linking_pages(target)}
        query = "select path from pages where number = ?"
        return {path for number in numbers for path in self._paths(query, (number,))}

    # What a build changes.

    def invalidate(self, pages: Iterable[str], files: Iterable[str]) -> None:
        """Invalidate records, new ones too: what is at these paths must be made again."""
        self.connection.executemany(
            "insert into pages (path, source_digest, dependencies, sitemap_entry, date, by_mkdocs,"
            " html) values (?, x'', x'', '', '', 0, x'')"
            " on conflict (path) do update set source_digest = x''",
            ((path,) for path in pages),
        )
        self.connection.executemany(
            "insert or replace into static_files values (?, x'')", ((path,) for path in files)
        )

    def clear(self) -> None:
        """Remove all records."""
        for table in ("pages", "static_files", "reverse_links"):
            self.connection.execute(f"delete from {table}")

    def record_all(self, pages: Iterable[RenderedPage], files: Mapping[str, bytes]) -> None:
        """Record all pages of a new site, and the digests of its files, until `commit`."""
        links: dict[int, array[int]] = defaultdict(lambda: array("I"))

        def rows() -> Iterator[tuple[object, ...]]:
            for number, page in enumerate(pages, 1):
                path, html, digest, dependencies, entry, date, by_mkdocs, _ = page
                for target in memoryview(dependencies).cast("I"):
                    links[target].append(number)
                yield number, path, digest, dependencies, entry, date, by_mkdocs, html

        execute_many = self.connection.executemany
        execute_many("insert into pages values (?, ?, ?, ?, ?, ?, ?, ?)", rows())
        execute_many("insert into reverse_links values (?, ?)", sorted(links.items()))
        execute_many("insert into static_files values (?, ?)", files.items())

    def record(self, pages: Iterable[RenderedPage], files: Mapping[str, bytes]) -> None:
        """Record what was invalidated and is made again; this lasts from the next `commit`."""
        for page in pages:
            number = self._replace_links(page.path, page.dependencies)
            self.connection.execute(
                "update pages set source_digest = ?, dependencies = ?, sitemap_entry = ?, date = ?,"
                " by_mkdocs = ?, html = ? where number = ?",
                (*page[2:7], page.html, number),
            )
        self.connection.executemany(
            "insert or replace into static_files values (?, ?)", files.items()
        )

    def remove(self, pages: Iterable[str], files: Iterable[str]) -> None:
        """Remove records; this lasts from the next `commit`."""
        for path in pages:
            number = self._replace_links(path, b"")
            self.connection.execute("delete from pages where number = ?", (number,))
        self.connection.executemany(
            "delete from static_files where path = ?", ((path,) for path in files)
        )

    def commit(self) -> None:
        """Make what was changed last."""
        self.connection.commit()

    def _digest(self, query: str, path: str) -> bytes | None:
        row = self.connection.execute(query, (path,)).fetchone()
        return row and bytes(row[0])

    def _paths(self, query: str, arguments: tuple[object, ...] = ()) -> set[str]:
        return {path for (path,) in self.connection.execute(query, arguments)}

    def _linking_pages(self, target: int) -> array[int]:
        query = "select pages from reverse_links where target = ?"
        row = self.connection.execute(query, (target,)).fetchone()
        numbers = array("I")
        numbers.frombytes(row[0] if row else b"")
        return numbers

    def _replace_links(self, path: str, dependencies: bytes) -> int:
        """Make the links of a page lead to these `dependencies`; return the page's number."""
        query = "select number, dependencies from pages where path = ?"
        number, before = self.connection.execute(query, (path,)).fetchone()
        old, new = {*memoryview(before).cast("I")}, {*memoryview(dependencies).cast("I")}
        for target in old ^ new:
            pages = self._linking_pages(target)
            if target in new:
                pages.append(number)
            else:
                pages.remove(number)
            self.connection.execute(
                "insert or replace into reverse_links values (?, ?)", (target, pages)
            )
        return int(number)


@contextmanager
def open_manifest(path: Path, anew: bool = False) -> Iterator[Manifest]:
    """Give the manifest in the file `path`; an empty one if it is not as it was left, or `anew`.

    Where none can be written, it is one in memory. Raises `StateError` if another program has
    locked it, the disk is full, or the like.
    """
    with open_sealed(path, anew) as connection:
        if connection.execute("pragma user_version").fetchone()[0] != _VERSION:
            query = "select name from sqlite_master where type = 'table'"
            for (name,) in connection.execute(query).fetchall():
                connection.execute(f"drop table {name}")
            schema = _SCHEMA.read_text("utf-8")
            connection.executescript(f"{schema} pragma user_version = {_VERSION}")
        yield Manifest(connection)
