"""Assigns ids of their own to articles that share source and headline."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from mujaz.arabic.normalise import key
from mujaz.arabic.slugs import digest
from mujaz.model import Article

_UNDATED = "~"
"""Sorts behind every day."""


class ArticleIds:
    """Keeps the id of each article that represents a text.

    Columns return under one headline (the weather, the market). The oldest keeps the plain id, so
    that a new one changes no address; the ids of the others stand for their day and text as well.
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        """Use the tables in `base`."""
        self._base = base
        self._changed_plain_ids: set[str] = set()
        """Plain ids of articles that were put or removed since ids were last assigned."""

    def put(self, file: str, plain_id: str, day: str | None) -> None:
        """Put an article with its plain id and its ISO day, in place of what was said of it."""
        row = (plain_id, day or _UNDATED)
        query = "select plain_id, day from assigned_ids where file = ?"
        if self._base.execute(query, (file,)).fetchone() != row:
            self.remove(file)
            self._base.execute("insert into assigned_ids values (?, ?, ?, null)", (file, *row))
            self._changed_plain_ids.add(plain_id)

    def remove(self, file: str) -> None:
        """Remove an article."""
        rows = self._base.execute("select plain_id from assigned_ids where file = ?", (file,))
        for (plain_id,) in rows.fetchall():
            self._changed_plain_ids.add(plain_id)
            self._base.execute("delete from assigned_ids where file = ?", (file,))

    def assign(self, article_of: Callable[[str], Article]) -> list[str]:
        """Assign ids; return the files whose ids are new.

        `article_of` gives an article with its plain id.
        """
        new_ids: dict[str, str] = {}
        for plain_id in sorted(self._changed_plain_ids):
            rows = self._base.execute(
                "select file, id from assigned_ids where plain_id = ? order by day, file",
                (plain_id,),
            )
            for number, (file, assigned) in enumerate(rows):
                if number == 0 and assigned != plain_id:
                    new_ids[file] = plain_id
                elif number and assigned in (None, plain_id):
                    new_ids[file] = _longer_id(article_of(file), plain_id)
        self._changed_plain_ids.clear()
        self._base.executemany(
            "update assigned_ids set id = ? where file = ?",
            ((new_id, file) for file, new_id in new_ids.items()),
        )
        return list(new_ids)

    def of(self, file: str) -> str:
        """Return the id of an article."""
        row = self._base.execute("select id from assigned_ids where file = ?", (file,)).fetchone()
        return str(row[0])


def _longer_id(article: Article, plain_id: str) -> str:
    day = article.date.isoformat() if article.date else ""
    return digest(plain_id, key(article.title), day, key(" ".join(article.paragraphs)))
