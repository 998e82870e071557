"""What the last build left on disk, so that the next one does only what changed.

The manifest is never ahead of the disk. Before a file of the site is touched, its page's record is
struck out (`begin`); it is written again only after the site is as it should be (`end`). A build
that is killed leaves records struck out, and the next one renders those pages again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, cast

from generator.publish.skeleton import Hole, Question, Shapes, Skeleton
from generator.publish.stamp import Key, Rendered

_FILE = "site.sqlite"
_TABLES = """
create table if not exists about (name text primary key, value text) without rowid;
create table if not exists pages (
  path text primary key, source blob, asked blob, item text, date text,
  by_mkdocs int, html text
) without rowid;
create table if not exists shapes (key text, answers text, skeleton text);
"""


class Manifest:
    """The records of one project's site."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Use `base`, which has our tables."""
        self._base = base

    def about(self, name: str) -> Any:
        """Return what was noted under `name`, or None."""
        row = self._base.execute("select value from about where name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    def note(self, name: str, value: Any) -> None:
        """Note `value` under `name`; it lasts from the next `commit`."""
        text = json.dumps(value, ensure_ascii=False)
        self._base.execute("insert or replace into about values (?, ?)", (name, text))

    def sources(self) -> dict[str, bytes]:
        """Return the digests of all pages' sources; those struck out have none."""
        return dict(self._base.execute("select path, source from pages"))

    def asked(self) -> Iterator[tuple[str, bytes]]:
        """Yield each page with the marks of what it depends on."""
        yield from self._base.execute("select path, asked from pages")

    def by_mkdocs(self) -> dict[str, Rendered]:
        """Return the pages that are not stamped, as MkDocs rendered them."""
        rows = self._base.execute(
            "select path, html, source, asked, item, date, by_mkdocs from pages where by_mkdocs"
        )
        return {row[0]: Rendered(*row) for row in rows}

    def item(self, path: str) -> tuple[str, str] | None:
        """Return a page's entry in the site map, and its date, if the page is known."""
        row = self._base.execute("select item, date from pages where path = ?", (path,)).fetchone()
        return cast("tuple[str, str] | None", row)

    def items(self) -> dict[str, tuple[str, str]]:
        """Return each page's entry in the site map, and its date."""
        rows = self._base.execute("select path, item, date from pages")
        return {path: (item, date) for path, item, date in rows}

    def strike(self, paths: Iterable[str]) -> None:
        """Strike out the records of `paths`, and say so on disk."""
        self._base.executemany(
            "insert into pages values (?, x'', x'', '', '', 0, '')"
            " on conflict (path) do update set source = x''",
            ((path,) for path in paths),
        )
        self._base.commit()

    def strike_all(self) -> None:
        """Forget all pages, and say so on disk."""
        self._base.execute("delete from pages")
        self._base.execute("delete from about where name = 'site'")
        self._base.commit()

    def record(self, pages: Iterable[Rendered]) -> None:
        """Record finished pages; this lasts from the next `commit`."""
        self._base.executemany(
            "insert or replace into pages values (?, ?, ?, ?, ?, ?, ?)",
            ((p.path, p.source, p.asked, p.item, p.date, p.by_mkdocs, p.html) for p in pages),
        )

    def remove(self, paths: Iterable[str]) -> None:
        """Remove the records of `paths`; this lasts from the next `commit`."""
        self._base.executemany("delete from pages where path = ?", ((path,) for path in paths))

    def shapes(self) -> dict[Key, Shapes]:
        """Return the skeletons that earlier builds made."""
        found: dict[Key, Shapes] = {}
        for key, answers, skeleton in self._base.execute("select * from shapes order by rowid"):
            template, begin, depth = json.loads(key)
            shapes = found.setdefault((template, begin, depth), Shapes())
            shapes.add(
                [(_question(question), given) for question, given in json.loads(answers)],
                _skeleton(json.loads(skeleton)),
            )
        return found

    def keep_shapes(self, shapes: dict[Key, Shapes]) -> None:
        """Keep skeletons for later builds; this lasts from the next `commit`."""
        self._base.execute("delete from shapes")
        self._base.executemany(
            "insert into shapes values (?, ?, ?)",
            (
                (json.dumps(key), json.dumps(list(answers)), json.dumps(_fields(skeleton)))
                for key, each in shapes.items()
                for answers, skeleton in each.told
            ),
        )

    def commit(self) -> None:
        """Make what was said so far last."""
        self._base.commit()


def _fields(skeleton: Skeleton | None) -> Any:
    return skeleton and (skeleton.texts, skeleton.holes, skeleton.order)


def _question(fields: Any) -> Question:
    path, kind, argument = fields
    return Question(tuple(path), kind, argument)


def _skeleton(fields: Any) -> Skeleton | None:
    if fields is None:
        return None
    texts, holes, order = fields
    made = (Hole(tuple(path), tuple(map(tuple, changes))) for path, changes in holes)
    return Skeleton(tuple(texts), tuple(made), tuple(order))


@contextmanager
def manifest(folder: Path) -> Iterator[Manifest]:
    """Give the manifest in `folder`; one that cannot be read is begun anew."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _FILE
    try:
        base = _open(path)
    except sqlite3.Error:
        with suppress(OSError):
            path.unlink()
        base = _open(path)
    with closing(base):
        yield Manifest(base)


def _open(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path)
    try:
        base.executescript(_TABLES)
        base.execute("select path, source, asked, item, date, by_mkdocs, html from pages limit 1")
        base.execute("select key, answers, skeleton from shapes limit 1")
    except sqlite3.Error:
        base.close()
        raise
    return base
