"""Ids of their own for articles that share source and headline."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from mujaz.arabic.normalise import key
from mujaz.arabic.slugs import digest
from mujaz.model import Article

_UNDATED = "~"
"""Sorts behind every day."""
_TABLES = (
    """create table if not exists copies_ids (
        file text primary key, plain text, day text, id text) without rowid""",
    "create index if not exists copies_ids_plain on copies_ids (plain, day, file, id)",
)


class OwnIds:
    """Keeps the id of each article that stands for a text.

    Columns return under one headline (the weather, the market). The oldest keeps the plain id, so
    that a new one changes no address; the others' also stand for their day and text.
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        for table in _TABLES:
            base.execute(table)
        self._base = base
        self._shared: set[str] = set()
        """Plain ids of what came or went since ids were last settled."""

    def put(self, file: str, plain: str, day: str | None) -> None:
        """Take in an article, or what is now true of it."""
        told = (plain, day or _UNDATED)
        before = self._base.execute(
            "select plain, day from copies_ids where file = ?", (file,)
        ).fetchone()
        if before != told:
            self.remove(file)
            self._base.execute("insert into copies_ids values (?, ?, ?, null)", (file, *told))
            self._shared.add(plain)

    def remove(self, file: str) -> None:
        """Forget an article."""
        found = self._base.execute("select plain from copies_ids where file = ?", (file,))
        for (plain,) in found.fetchall():
            self._shared.add(plain)
            self._base.execute("delete from copies_ids where file = ?", (file,))

    def settle(self, article_of: Callable[[str], Article]) -> list[str]:
        """Return the files whose ids are new; `article_of` gives an article with its plain id."""
        shared, self._shared = self._shared, set()
        changed: dict[str, str] = {}
        for plain in sorted(shared):
            first = True
            for file, own in self._base.execute(
                "select file, id from copies_ids where plain = ? order by day, file", (plain,)
            ):
                if first and own != plain:
                    changed[file] = plain
                elif not first and own in (None, plain):
                    changed[file] = _own(article_of(file), plain)
                first = False
        self._base.executemany(
            "update copies_ids set id = ? where file = ?",
            ((own, file) for file, own in changed.items()),
        )
        return list(changed)

    def of(self, file: str) -> str:
        """Return the id of an article."""
        found = self._base.execute("select id from copies_ids where file = ?", (file,)).fetchone()
        return str(found[0])


def _own(article: Article, plain: str) -> str:
    day = article.date.isoformat() if article.date else ""
    return digest(plain, key(article.title), day, key(" ".join(article.paragraphs)))
