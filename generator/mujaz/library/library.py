"""What is published, in tables: articles, what they are grouped by, and the stories they make.

Whatever changes names the *facts* that changed, such as an article or a group. What asks the
collection says which fact each of its answers comes from (`compose.reading`), so that a page is
made again only if an answer that it was made of is another one now.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import chain

from mujaz.library.groups import (
    ALL,
    DAY_LETTERS,
    NO_DAY,
    SEPARATOR,
    UNDATED,
    Entry,
    Member,
    Size,
    TagFacts,
    day_of,
    fact,
    group,
    kind_of,
    monday,
    name_of,
    place,
)
from mujaz.model import Article, Image, Story
from mujaz.state import serialisation as packing

_TABLES = """
create table if not exists articles (
  id text primary key, at text, card text, told text, tags text, length int
) without rowid;
create table if not exists members (
  grouped text, at text, id text, kind text, also text, primary key (grouped, at)
) without rowid;
create table if not exists groups (
  grouped text primary key, dated int, undated int, kind text, newest text
) without rowid;
create table if not exists tagged (id text, tag text, primary key (id, tag)) without rowid;
create table if not exists stories (
  id text primary key, last text, size int, told text
) without rowid;
create index if not exists stories_by_day on stories (last desc, id);
create table if not exists storied (id text primary key, story text) without rowid;
create table if not exists illustrated (id text primary key, images text) without rowid;
create table if not exists related (id text primary key, others text) without rowid;
"""


class Collection:
    """The tables, in a database that is open."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Use `base`; tables that are missing are made."""
        self._base = base
        if not base.execute("select 1 from sqlite_master where name = 'storied'").fetchone():
            for statement in filter(str.strip, _TABLES.split(";")):
                base.execute(statement)

    # What changes.

    def update(self, gone: Iterable[str], come: Iterable[Article]) -> set[str]:
        """Take articles out by their ids, put others in or in place; return the changed facts."""
        facts, retagged = set[str](), set[str]()
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        news: Iterator[tuple[str, _Row | None]] = chain(
            ((found.id, self._row(found)) for found in come), ((own, None) for own in gone)
        )
        for own, new in news:
            old: _Row | None = self._base.execute(
                "select at, card, told, tags, length from articles where id = ?", (own,)
            ).fetchone()
            if new != old:
                facts.add(fact("article", own))
                retagged |= self._change(own, old, new, counts)
        facts |= self._count(counts)
        return facts | {fact("beside", tag) for tag in retagged}

    def _row(self, found: Article) -> _Row:
        self._base.execute("delete from illustrated where id = ?", (found.id,))
        if found.images:
            row = (found.id, packing.packed(found.images))
            self._base.execute("insert into illustrated values (?, ?)", row)
        return _row(found)

    def _change(
        self, own: str, old: _Row | None, new: _Row | None, counts: Mapping[str, list[int]]
    ) -> set[str]:
        """Change an article's rows and count what changed in groups; return tags won or lost.

        Two articles may change places: what is deleted must still be one's own.
        """
        base = self._base
        before, after = _groups(old), _groups(new)
        for grouped, (at, *_) in before.items() - after.items():
            base.execute(
                "delete from members where grouped = ? and at = ? and id = ?", (grouped, at, own)
            )
            counts[grouped][at[0] == NO_DAY] -= 1
        for grouped, (at, kind, also) in after.items() - before.items():
            base.execute(
                "insert or replace into members values (?, ?, ?, ?, ?)",
                (grouped, at, own, kind, also),
            )
            counts[grouped][at[0] == NO_DAY] += 1
        lost, won = (
            {name_of(each) for each in one.keys() - other.keys() if kind_of(each) == "tag"}
            for one, other in ((before, after), (after, before))
        )
        base.executemany(
            "delete from tagged where id = ? and tag = ?", ((own, tag) for tag in lost)
        )
        base.executemany("insert into tagged values (?, ?)", ((own, tag) for tag in won))
        if new:
            base.execute("insert or replace into articles values (?, ?, ?, ?, ?, ?)", (own, *new))
        else:
            base.execute("delete from articles where id = ?", (own,))
            base.execute("delete from illustrated where id = ?", (own,))
        if not lost and not won:
            return set()
        return {name_of(g) for g in {*before, *after} if kind_of(g) == "tag"}

    def _count(self, counts: Mapping[str, list[int]]) -> set[str]:
        """Add to the sizes of groups; return the facts that this changes."""
        base, facts = self._base, set[str]()
        for grouped, (dated, undated) in counts.items():
            facts |= {fact("group", grouped), fact("names", kind_of(grouped))}
            base.execute(
                "insert into groups values (?1, ?2, ?3, '', null) on conflict (grouped)"
                " do update set dated = dated + ?2, undated = undated + ?3",
                (grouped, dated, undated),
            )
            if kind_of(grouped) == "tag":
                base.execute(
                    "update groups set (kind, newest) = (select coalesce(max(kind), ''), at from"
                    " (select kind, at from members where grouped = ?1 order by at limit 1))"
                    " where grouped = ?1",
                    (grouped,),
                )
        base.executemany(
            "delete from groups where grouped = ? and dated = 0 and undated = 0",
            ((grouped,) for grouped in counts),
        )
        return facts

    def tell(
        self,
        stories: Mapping[str, Story | None],
        members: Mapping[str, str | None],
        related: Mapping[str, tuple[str, ...]],
    ) -> set[str]:
        """Make these the stories, whom they tell of, and what to read next; return changed facts.

        `members` are ids of stories by those of articles.
        """
        base = self._base
        facts = {fact("stories")} if stories else set()
        for own, story in stories.items():
            facts.add(fact("story", own))
            base.execute("delete from stories where id = ?", (own,))
            if story:
                last = story.last.isoformat() if story.last else ""
                row = (own, last, len(story.articles), packing.packed(story))
                base.execute("insert into stories values (?, ?, ?, ?)", row)
        for own, member in members.items():
            facts.add(fact("member", own))
            base.execute("delete from storied where id = ?", (own,))
            if member:
                base.execute("insert into storied values (?, ?)", (own, member))
        for own, others in related.items():
            facts.add(fact("related", own))
            base.execute("delete from related where id = ?", (own,))
            if others:
                base.execute("insert into related values (?, ?)", (own, " ".join(others)))
        return facts

    def facts(self) -> set[str]:
        """Return all facts that have pages of their own."""
        return {
            fact(kind, own)
            for kind, column, table in (
                ("article", "id", "articles"),
                ("group", "grouped", "groups"),
                ("story", "id", "stories"),
            )
            for (own,) in self._base.execute(f"select {column} from {table}")
        }

    # What is there.

    def size(self, grouped: str = ALL) -> Size:
        """Return how many articles a group has."""
        found = self._base.execute(
            "select dated, undated from groups where grouped = ?", (grouped,)
        ).fetchone()
        return Size(*found) if found else Size(0, 0)

    def members(self, grouped: str, most: int = -1) -> list[Member]:
        """Return the first members of a group, or all."""
        rows = self._base.execute(
            "select at, id from members where grouped = ? order by at limit ?", (grouped, most)
        )
        return [Member(*row) for row in rows]

    def chunk(self, grouped: str, series: str, number: int, size: int) -> list[Member]:
        """Return the members on a numbered page: pages are filled oldest first, `number` from 1.

        The series is `dated` or `undated`.
        """
        low, high = ("", NO_DAY) if series == "dated" else (NO_DAY, "\x7f")
        rows = self._base.execute(
            "select at, id from members where grouped = ? and at >= ? and at < ?"
            " order by at desc limit ? offset ?",
            (grouped, low, high, size, (number - 1) * size),
        )
        return [Member(*row) for row in rows][::-1]

    def days(self, grouped: str) -> dict[dt.date, int]:
        """Return how many articles a group has of each day, newest first."""
        rows = self._base.execute(
            "select substr(at, 1, ?) as day, count(*) from members"
            " where grouped = ? and at < ? group by day order by day",
            (DAY_LETTERS, grouped, NO_DAY),
        )
        return {day: count for at, count in rows if (day := day_of(at))}

    def names(self, kind: str) -> list[Entry]:
        """Return the groups of a kind, by name."""
        rows = self._base.execute(
            "select grouped, dated + undated, kind, newest from groups"
            " where grouped >= ? and grouped < ? order by grouped",
            (f"{kind}{SEPARATOR}", f"{kind}\x20"),
        )
        return [Entry(name_of(g), size, known or None, day_of(at)) for g, size, known, at in rows]

    def most_tagged(self, kinds: Sequence[str], most: int) -> list[Entry]:
        """Return the tags of some kinds with most articles, of equals the first by name."""
        rows = self._base.execute(
            "select grouped, dated + undated as size, kind, newest from groups"
            f" where grouped >= ? and grouped < ? and kind in ({', '.join('?' * len(kinds))})"
            " order by size desc, grouped limit ?",
            (f"tag{SEPARATOR}", "tag\x20", *kinds, most),
        )
        return [Entry(name_of(g), size, kind, day_of(at)) for g, size, kind, at in rows]

    def count_tags(self, kind: str) -> Entry:
        """Return how many tags of a kind there are, and the day of the newest article with one."""
        size, newest = self._base.execute(
            "select count(*), min(newest) from groups"
            " where grouped >= ? and grouped < ? and kind = ?",
            (f"tag{SEPARATOR}", "tag\x20", kind),
        ).fetchone()
        return Entry(kind, size, None, day_of(newest))

    def latest(self, kind: str, most: int) -> list[Entry]:
        """Return the last groups of a kind by name, last first: of days and weeks, the newest."""
        rows = self._base.execute(
            "select grouped, dated + undated from groups where grouped >= ? and grouped < ?"
            " order by grouped desc limit ?",
            (f"{kind}{SEPARATOR}", f"{kind}\x20", most),
        )
        return [Entry(name_of(grouped), size, None, None) for grouped, size in rows]

    def days_around(self, day: dt.date) -> tuple[dt.date | None, dt.date | None]:
        """Return the days with articles before and after a day."""
        here, first, last = group("day", day), f"day{SEPARATOR}", "day\x20"
        before, after = self._base.execute(
            "select (select max(grouped) from groups where grouped < ?1 and grouped > ?2),"
            " (select min(grouped) from groups where grouped > ?1 and grouped < ?3)",
            (here, first, last),
        ).fetchone()
        found = (dt.date.fromisoformat(name_of(each)) if each else None for each in (before, after))
        return next(found), next(found)

    def tag_facts(self, tag: str) -> TagFacts | None:
        """Return the kind of a tag, which its newest article says, and its other spellings."""
        rows = self._base.execute(
            "select kind, also from members where grouped = ? order by at", (group("tag", tag),)
        ).fetchall()
        if not rows:
            return None
        also = {spelling for _, each in set(rows) for spelling in json.loads(each or "[]")}
        return TagFacts(rows[0][0], tuple(sorted(also)))

    def beside(self, tag: str, most: int) -> list[tuple[str, int]]:
        """Return the tags that stand beside one most often, and how often."""
        rows = self._base.execute(
            "select tagged.tag, count(*) from members join tagged on tagged.id = members.id"
            " where members.grouped = ?1 and tagged.tag <> ?2 group by tagged.tag"
            " order by count(*) desc, tagged.tag limit ?3",
            (group("tag", tag), tag, most),
        )
        return [(name, count) for name, count in rows]

    def card_text(self, own: str) -> str | None:
        """Return an article's card as it is kept."""
        row = self._base.execute("select card from articles where id = ?", (own,)).fetchone()
        return row[0] if row else None

    def length(self, own: str) -> int:
        """Return the number of characters of an article's body."""
        row = self._base.execute("select length from articles where id = ?", (own,)).fetchone()
        return row[0] if row else 0

    def article_text(self, own: str) -> str | None:
        """Return an article as it is kept."""
        row = self._base.execute("select told from articles where id = ?", (own,)).fetchone()
        return row[0] if row else None

    def articles(self, ids: Iterable[str]) -> Iterator[Article]:
        """Yield the articles with these ids, those that are there, in their order."""
        for own in ids:
            text = self.article_text(own)
            if text is not None:
                yield packing.article(text)

    def images(self) -> Iterator[Image]:
        """Yield the pictures of all articles."""
        for (told,) in self._base.execute("select images from illustrated order by id"):
            yield from packing.images(json.loads(told))

    def story_text(self, own: str) -> str | None:
        """Return a story as it is kept."""
        row = self._base.execute("select told from stories where id = ?", (own,)).fetchone()
        return row[0] if row else None

    def story_of(self, own: str) -> str | None:
        """Return the id of the story that an article is part of."""
        row = self._base.execute("select story from storied where id = ?", (own,)).fetchone()
        return row[0] if row else None

    def related(self, own: str) -> list[str]:
        """Return the ids of what to read after an article."""
        row = self._base.execute("select others from related where id = ?", (own,)).fetchone()
        return row[0].split(" ") if row else []

    def latest_stories(self, most: int, fewest: int = 2) -> list[str]:
        """Return the stories of at least `fewest` articles that were last reported on."""
        rows = self._base.execute(
            "select id from stories where size >= ? order by last desc, id limit ?", (fewest, most)
        )
        return [own for (own,) in rows]

    def count_stories(self) -> int:
        """Return how many stories there are."""
        return int(self._base.execute("select count(*) from stories").fetchone()[0])

    def newest_story_day(self) -> dt.date | None:
        """Return the latest day that a story tells of."""
        row = self._base.execute("select last from stories order by last desc limit 1").fetchone()
        return dt.date.fromisoformat(row[0]) if row and row[0] else None


def digest(text: str) -> int:
    """Return 60 bits that stand for a text."""
    found = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(found, "big") >> 4


_Row = tuple[str, str, str, str, int]
"""An article as it is kept: its place in groups, its card, all of it, its tags, its length."""


def _row(found: Article) -> _Row:
    tags = packing.packed([[tag.name, tag.kind, sorted(tag.also)] for tag in found.tags])
    length = sum(map(len, found.paragraphs))
    card = packing.packed(packing.card_of(found))
    return place(found), card, packing.packed(found), tags, length


def _groups(row: _Row | None) -> dict[str, tuple[str, str, str]]:
    """Return the groups of an article: its place in each, and for tags, kind and spellings."""
    if row is None:
        return {}
    at, card_text, _, tags, _ = row
    card, day = packing.card(card_text), day_of(at)
    groups = [ALL]
    if day:
        groups += [
            group("day", day),
            group("week", monday(day)),
            group("month", day.replace(day=1)),
        ]
    else:
        groups.append(UNDATED)
    if card.category:
        groups.append(group("section", card.category))
    groups += [group("source", name) for name in (card.source, *card.also_in) if name]
    found = dict.fromkeys(groups, (at, "", ""))
    for name, kind, also in json.loads(tags):
        found[group("tag", name)] = (at, kind, packing.packed(also) if also else "")
    return found
