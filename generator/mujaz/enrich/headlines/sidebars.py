"""Keeps the headlines seen beside each article true while articles come, change and go.

An article's headlines depend on its own lines; on which headlines of the collection stand in them;
and, of a line of glued ones, on the other glued lines that share words with it, and on a model that
learns from some of the collection's headlines. Whatever changes, only what depends on it is done
again; what comes of it all is the same in whatever order articles came.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from mujaz.arabic.phrases import split_words
from mujaz.enrich.headlines.glued_lines import GluedLines
from mujaz.enrich.headlines.headline_index import Title, Titles, title_of
from mujaz.enrich.headlines.mention_index import Naming
from mujaz.enrich.headlines.packing import headlines_in, packed, packed_headlines, unpacked
from mujaz.enrich.headlines.sidebar_lines import Links, glued_lines, headlines_beside, lines_of
from mujaz.model import Article, Headline

_TABLE = (
    # What stands beside an article, packed; its lines that are links; the headlines found in it.
    "create table if not exists sidebars_pages"
    " (file text primary key, raw blob, links text, headlines blob)"
)


class Sidebars:
    """The headlines seen beside each article."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Take the database, of which a caller commits what is done here.

        It holds what this version of the code and its models found, and nothing else.
        """
        self._base = base
        base.execute(_TABLE)
        self._titles = Titles(base)
        self._naming = Naming(base)
        self._glued = GluedLines(base, self._titles)

    def update(self, gone: Iterable[str], come: Iterable[Article]) -> set[str]:
        """Take out files, put in articles, and return the files of others whose headlines changed.

        Articles come with their final ids; a changed one may be in both.
        """
        titles: list[Title] = []
        renewed: set[str] = set()
        left = set(gone)
        for article in come:
            titles.append(title_of(article))
            left.discard(article.file)
            if self._put(article.file, article.sidebar_raw, article.linked):
                renewed.add(article.file)
        for file in sorted(left):
            self._put(file, "", None)
        named = self._titles.change(left, titles)
        naming = self._naming.files(named.keys) - renewed
        self._naming.settle()
        concerned = renewed | naming | self._glued.renew(naming, named)
        changed = {file for file in sorted(concerned) if self._read_again(file)}
        return changed.difference(title.file for title in titles)

    def headlines(self, file: str) -> tuple[Headline, ...]:
        """Return the headlines beside an article that are sure enough to show, in their order."""
        row = self._base.execute(
            "select headlines from sidebars_pages where file = ?", (file,)
        ).fetchone()
        return tuple(headlines_in(row[0])) if row else ()

    def _put(self, file: str, raw: str, links: Links) -> bool:
        """Remember what stands beside an article, if anything; return whether it is to be read."""
        row = self._base.execute(
            "select raw, links from sidebars_pages where file = ?", (file,)
        ).fetchone()
        packed_raw = packed(raw)
        told = None if links is None else json.dumps(links)
        if row == (packed_raw, told) or (not row and not raw):
            return False
        self._base.execute("delete from sidebars_pages where file = ?", (file,))
        self._naming.put(file, lines_of(raw))
        self._glued.put(file, glued_lines(raw, links))
        if not raw:
            return False
        self._base.execute(
            "insert into sidebars_pages values (?, ?, ?, ?)",
            (file, packed_raw, told, packed_headlines(())),
        )
        return True

    def _read_again(self, file: str) -> bool:
        """Find the headlines beside an article, and return whether they are others than before."""
        raw, told, before = self._base.execute(
            "select raw, links, headlines from sidebars_pages where file = ?", (file,)
        ).fetchone()
        links = None if told is None else tuple(json.loads(told))
        found = headlines_beside(unpacked(raw), links, self._known, self._glued.headlines)
        after = packed_headlines(found)
        if after == before:
            return False
        self._base.execute("update sidebars_pages set headlines = ? where file = ?", (after, file))
        return True

    def _known(self, line: str) -> list[Headline]:
        return [found.headline for found in self._titles.known(split_words(line))]
