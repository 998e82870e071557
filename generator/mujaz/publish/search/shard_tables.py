"""Stores which articles each shard of a search index holds, and which are dead in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from mujaz.publish.search.shards import Shard


class ShardEntry(NamedTuple):
    """An article in a shard."""

    id: str
    digest: str
    """Of all that the index holds of it."""
    shard: str
    fragment: str
    """Its name there."""


class ShardTables:
    """The tables: shards, the articles that are live in them, and the fragments that are dead."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Take the database, which the caller commits."""
        self._base = base

    def shards(self) -> list[Shard]:
        """Return all shards, the largest first."""
        rows = self._base.execute(
            "select name, size, live from search_shards order by size desc, name"
        )
        return [Shard(*row) for row in rows]

    def digest(self, article: str) -> str | None:
        """Return the digest of a live article, given by id, or None."""
        row: tuple[str] | None = self._base.execute(
            "select digest from indexed_articles where id = ?", (article,)
        ).fetchone()
        return row and row[0]

    def live_fragments(self, shard: str) -> set[str]:
        """Return the names of the live fragments of a shard."""
        rows = self._base.execute("select fragment from indexed_articles where shard = ?", (shard,))
        return {fragment for (fragment,) in rows}

    def dead_fragments(self, shard: str) -> list[str]:
        """Return the names of the dead fragments of a shard, sorted."""
        rows = self._base.execute(
            "select fragment from dead_fragments where shard = ? order by fragment", (shard,)
        )
        return [fragment for (fragment,) in rows]

    def mark_dead(self, articles: Iterable[str]) -> list[ShardEntry]:
        """Mark the entries of articles, given by id, as dead, and return those entries."""
        entries = []
        for article in articles:
            row = self._base.execute(
                "select id, digest, shard, fragment from indexed_articles where id = ?", (article,)
            ).fetchone()
            if row:
                entries.append(ShardEntry(*row))
        self._base.executemany(
            "delete from indexed_articles where id = ?", [(each.id,) for each in entries]
        )
        self._base.executemany(
            "insert or ignore into dead_fragments values (?, ?)",
            [(each.shard, each.fragment) for each in entries],
        )
        self._base.executemany(
            "update search_shards set live = live - 1 where name = ?",
            [(each.shard,) for each in entries],
        )
        return entries

    def add_shard(self, shard: str, entries: Iterable[ShardEntry]) -> None:
        """Add a shard with its articles, all of which are live."""
        inserted = self._base.executemany(
            "insert into indexed_articles values (?, ?, ?, ?)", entries
        )
        size = inserted.rowcount
        self._base.execute("insert into search_shards values (?, ?, ?)", (shard, size, size))

    def remove_shard(self, shard: str) -> set[str]:
        """Remove a shard, and return the ids of the articles that were live in it."""
        rows = self._base.execute("select id from indexed_articles where shard = ?", (shard,))
        articles = {article for (article,) in rows}
        self._base.execute("delete from indexed_articles where shard = ?", (shard,))
        self._base.execute("delete from dead_fragments where shard = ?", (shard,))
        self._base.execute("delete from search_shards where name = ?", (shard,))
        return articles

    def state(self, name: str) -> str:
        """Return the value that was last set under `name`, or an empty one."""
        row: tuple[str] | None = self._base.execute(
            "select value from search_state where name = ?", (name,)
        ).fetchone()
        return row[0] if row else ""

    def set_state(self, name: str, value: str) -> None:
        """Set a value, unless it is the same as before."""
        if self.state(name) != value:
            self._base.execute("insert or replace into search_state values (?, ?)", (name, value))

    def clear(self) -> None:
        """Remove all rows."""
        for table in ("indexed_articles", "search_shards", "dead_fragments", "search_state"):
            self._base.execute(f"delete from {table}")
