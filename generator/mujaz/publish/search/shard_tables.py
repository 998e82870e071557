"""Remembers which articles each shard of a search index holds, and which are dead in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from mujaz.publish.search.shards import Shard

_TABLES = (
    # An article, and where it is alive.
    "create table if not exists search_articles"
    " (id text primary key, digest text, shard text, fragment text) without rowid",
    "create index if not exists search_articles_by_shard on search_articles (shard)",
    "create table if not exists search_shards"
    " (name text primary key, size integer, alive integer) without rowid",
    "create table if not exists search_dead"
    " (shard text, fragment text, primary key (shard, fragment)) without rowid",
    "create table if not exists search_state (name text primary key, value text) without rowid",
)


class Member(NamedTuple):
    """An article in a shard."""

    id: str
    digest: str
    """Of all that an index says of it."""
    shard: str
    fragment: str
    """Its name there."""


class Members:
    """The tables: shards, the articles that are alive in them, and the fragments that are not."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Take the database, of which a caller commits what is done here."""
        self._base = base
        for table in _TABLES:
            base.execute(table)

    def shards(self) -> list[Shard]:
        """Return all shards, the largest first."""
        rows = self._base.execute(
            "select name, size, alive from search_shards order by size desc, name"
        )
        return [Shard(*row) for row in rows]

    def digest(self, article: str) -> str | None:
        """Return the digest of an article that is alive."""
        rows = self._base.execute("select digest from search_articles where id = ?", (article,))
        found: tuple[str] | None = rows.fetchone()
        return found and found[0]

    def alive(self, shard: str) -> set[str]:
        """Return the fragments that are alive in a shard."""
        rows = self._base.execute("select fragment from search_articles where shard = ?", (shard,))
        return {fragment for (fragment,) in rows}

    def dead(self, shard: str) -> list[str]:
        """Return the fragments that are dead in a shard, in the order of their names."""
        rows = self._base.execute(
            "select fragment from search_dead where shard = ? order by fragment", (shard,)
        )
        return [fragment for (fragment,) in rows]

    def kill(self, articles: Iterable[str]) -> list[Member]:
        """Say that articles are no more what shards hold of them; return what shards held."""
        killed = []
        for article in articles:
            row = self._base.execute(
                "select id, digest, shard, fragment from search_articles where id = ?", (article,)
            ).fetchone()
            if row:
                killed.append(Member(*row))
        self._base.executemany(
            "delete from search_articles where id = ?", [(each.id,) for each in killed]
        )
        self._base.executemany(
            "insert or ignore into search_dead values (?, ?)",
            [(each.shard, each.fragment) for each in killed],
        )
        self._base.executemany(
            "update search_shards set alive = alive - 1 where name = ?",
            [(each.shard,) for each in killed],
        )
        return killed

    def add(self, shard: str, members: Iterable[Member]) -> None:
        """Add a shard, all of whose articles are alive."""
        there = self._base.executemany("insert into search_articles values (?, ?, ?, ?)", members)
        size = there.rowcount
        self._base.execute("insert into search_shards values (?, ?, ?)", (shard, size, size))

    def dissolve(self, shard: str) -> set[str]:
        """Forget a shard, and return the ids of the articles that were alive in it."""
        rows = self._base.execute("select id from search_articles where shard = ?", (shard,))
        found = {article for (article,) in rows}
        self._base.execute("delete from search_articles where shard = ?", (shard,))
        self._base.execute("delete from search_dead where shard = ?", (shard,))
        self._base.execute("delete from search_shards where name = ?", (shard,))
        return found

    def state(self, name: str) -> str:
        """Return what was last said of `name`; empty if nothing was."""
        rows = self._base.execute("select value from search_state where name = ?", (name,))
        found: tuple[str] | None = rows.fetchone()
        return found[0] if found else ""

    def say(self, name: str, value: str) -> None:
        """Remember a value, unless it is as it was."""
        if self.state(name) != value:
            self._base.execute("insert or replace into search_state values (?, ?)", (name, value))

    def clear(self) -> None:
        """Forget everything."""
        for table in ("articles", "shards", "dead", "state"):
            self._base.execute(f"delete from search_{table}")
