"""Which texts lead, and which are copies of those: kept in tables, and put right by each change."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import islice, takewhile
from typing import NamedTuple

from mujaz.enrich.duplicates.shingles import Shingles, is_copy, unpacked
from mujaz.model import Article

_COMMON = 40
"""A key in more leading texts than this is a turn of phrase to those that are less full."""
_TABLES = (
    """create table if not exists copies_texts (
        number integer primary key autoincrement, file text unique, size integer,
        leader integer)""",
    """create index if not exists copies_followers on copies_texts (leader)
        where leader <> number""",
    "create table if not exists copies_shingles (number integer primary key, packed blob)",
    """create table if not exists copies_keys (
        key integer, leads integer, size integer, number integer,
        primary key (key, leads, size desc, number)) without rowid""",
)
_TEXT = "select number, file, size, leader from copies_texts where "
_HOLDERS = """select t.number, t.file, t.size, t.leader
    from copies_keys k join copies_texts t using (number)
    where k.key = ? and k.leads = ? and k.size between ? and ? order by k.size desc, t.file"""
_SHARED = """select value from json_each(?)
    where exists (select * from copies_keys where key = value)"""
_LONGEST = 1 << 62


class _Text(NamedTuple):
    number: int
    file: str
    size: int
    leader: int | None
    """Number of the text that leads it, maybe itself; None while that is unknown."""

    @property
    def leads(self) -> bool:
        return self.leader == self.number

    @property
    def order(self) -> tuple[int, str]:
        """Where it stands among all: the fullest first."""
        return -self.size, self.file


class Leading:
    """Keeps which text leads each.

    In their order, the fullest first, a text is led by the first of those that lead before it, that
    share a key with it which is no turn of phrase, and that it is a copy of. Else it leads.
    """

    def __init__(self, base: sqlite3.Connection, shingles_of: Callable[[Article], bytes]) -> None:
        for table in _TABLES:
            base.execute(table)
        self._base = base
        self._shingles_of = shingles_of

    def update(self, gone: Iterable[str], come: Iterable[Article]) -> list[str]:
        """Take out the articles of files, take in others; return the leaders of changed groups."""
        change = _Change(self._base)
        for file in gone:
            change.remove(file)
        for article in come:
            change.enter(article, self._shingles_of(article))
        change.settle()
        numbers = sorted(change.groups)
        texts = (self._base.execute(_TEXT + "number = ?", (n,)).fetchone() for n in numbers)
        return [text.file for text in map(_Text._make, filter(None, texts)) if text.leads]

    def group(self, file: str) -> list[str]:
        """Return the files of all that one leader leads, a given one among them, fullest first."""
        led = "leader = (select leader from copies_texts where file = ?)"
        found = self._base.execute(
            f"{_TEXT} leader <> number and {led} union all "
            "select * from copies_texts where number = "
            "(select leader from copies_texts where file = ?)",
            (file, file),
        )
        return [text.file for text in sorted(map(_Text._make, found), key=_order)]

    def followers(self) -> int:
        """Return how many texts do not lead."""
        counted = "select count(*) from copies_texts where leader <> number"
        return int(self._base.execute(counted).fetchone()[0])


def _order(text: _Text) -> tuple[int, str]:
    return text.order


class _Change:
    """One update: whatever may be led otherwise than before is looked at, in the texts' order.

    What a text becomes only bears on those after it, so each is looked at once.
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        self.groups: set[int] = set()
        """Leaders that won or lost a text, or may have."""
        self._base = base
        self._waiting: list[tuple[tuple[int, str], int]] = []
        self._doubtful: set[int] = set()

    def remove(self, file: str) -> None:
        """Forget a text."""
        text = self._one("file = ?", file)
        if text is None:
            return
        self.groups.add(text.leader or text.number)
        keys = self._shingles(text.number).keys
        self._unlist(text, keys)
        self._base.execute("delete from copies_texts where number = ?", (text.number,))
        self._base.execute("delete from copies_shingles where number = ?", (text.number,))
        if text.leads:
            self._leads_no_more(text, self._leaders(keys, text.number))

    def enter(self, article: Article, packed: bytes) -> None:
        """Take in a text; what leads it is settled later."""
        size = sum(map(len, article.paragraphs))
        number = self._base.execute(
            "insert into copies_texts (file, size) values (?, ?)", (article.file, size)
        ).lastrowid
        self._base.execute("insert into copies_shingles values (?, ?)", (number, packed))
        self._doubt(_Text(number or 0, article.file, size, None))

    def settle(self) -> None:
        """Find what leads each doubtful text."""
        while self._waiting:
            number = heappop(self._waiting)[1]
            self._doubtful.discard(number)
            text = self._one("number = ?", number)
            if text:
                self._place(text)

    def _place(self, text: _Text) -> None:
        """Find what leads a text, now that this is settled for all before it."""
        keys, own = self._shingles(text.number)
        leaders = self._leaders(keys, text.number)
        leader = self._leader(text, frozenset(own), leaders.values())
        if leader == text.leader:
            return
        now = text._replace(leader=leader)
        self.groups |= {leader, text.leader or leader}
        self._base.execute(
            "update copies_texts set leader = ? where number = ?", (leader, text.number)
        )
        if text.leader is None or now.leads != text.leads:
            if text.leader is not None:
                self._unlist(text, keys)
            self._base.executemany(
                "insert into copies_keys values (?, ?, ?, ?)",
                ((key, now.leads, text.size, text.number) for key in keys),
            )
        if now.leads:
            self._leads(now, own, leaders)
        elif text.leads:
            self._leads_no_more(text, leaders)

    def _leader(
        self, text: _Text, words: frozenset[int], leaders: Iterable[Sequence[_Text]]
    ) -> int:
        """Return the number of the first text before this one that leads it, else its own."""
        before = (list(takewhile(lambda each: each.order < text.order, found)) for found in leaders)
        rivals = {each for found in before if len(found) <= _COMMON for each in found}
        for rival in sorted(rivals, key=_order):
            if is_copy(words, self._shingles(rival.number).all):
                return rival.number
        return text.number

    def _leads(
        self, text: _Text, own: tuple[int, ...], leaders: Mapping[int, Sequence[_Text]]
    ) -> None:
        """Doubt what a new leader may lead, or keeps from being led."""
        maybe: dict[int, _Text] = {}
        for key, found in leaders.items():
            later = self._bears_on(key, text, found)
            maybe |= {each.number: each for each in later if each.number not in self._doubtful}
        for each in maybe.values():
            leader = None if each.leads else self._one("number = ?", each.leader)
            if (leader is None or text.order < leader.order) and is_copy(
                frozenset(self._shingles(each.number).all), own
            ):
                self._doubt(each)

    def _leads_no_more(self, text: _Text, leaders: Mapping[int, Sequence[_Text]]) -> None:
        """Doubt what was led by a text, and what others may lead now."""
        led = self._base.execute(
            _TEXT + "leader = ? and leader <> number", (text.number,)
        ).fetchall()
        for each in led:
            self._doubt(_Text(*each))
        for key, found in leaders.items():
            self._bears_on(key, text, found)

    def _bears_on(self, key: int, text: _Text, leaders: Sequence[_Text]) -> list[_Text]:
        """Return those with a key which, behind `text`, may be led by others that have it.

        `leaders` are the other ones with that key. Whether it is a turn of phrase changes, with
        `text` among them or not, for what comes behind the last that is none: doubt that.
        """
        before = sum(each.order < text.order for each in leaders)
        if before > _COMMON:
            return []
        last = leaders[_COMMON] if len(leaders) > _COMMON else None
        found = [
            each
            for each in self._holders(key, False, last.size if last else 0, text.size)
            if text.order < each.order and (last is None or each.order < last.order)
        ]
        if len(leaders) >= _COMMON:
            edge = max(text.order, leaders[_COMMON - 1].order)
            for each in [*found, *filter(None, [last])]:
                if edge < each.order:
                    self._doubt(each)
        return [*leaders[before:_COMMON], *found]

    def _doubt(self, text: _Text) -> None:
        if text.number not in self._doubtful:
            self._doubtful.add(text.number)
            heappush(self._waiting, (text.order, text.number))

    def _leaders(self, keys: Sequence[int], but: int) -> dict[int, list[_Text]]:
        """Return by key the fullest that lead and have it, but for one; one more than is common.

        Keys that no text has are left out: most keys of most texts, so that is asked at once.
        """
        shared = self._base.execute(_SHARED, (json.dumps(keys),)).fetchall()
        return {key: self._first(key, but) for (key,) in shared}

    def _first(self, key: int, but: int) -> list[_Text]:
        found = (each for each in self._holders(key, True) if each.number != but)
        return list(islice(found, _COMMON + 1))

    def _holders(
        self, key: int, leads: bool, least: int = 0, most: int = _LONGEST
    ) -> Iterator[_Text]:
        return map(_Text._make, self._base.execute(_HOLDERS, (key, leads, least, most)))

    def _one(self, where: str, value: object) -> _Text | None:
        found = self._base.execute(_TEXT + where, (value,)).fetchone()
        return _Text(*found) if found else None

    def _unlist(self, text: _Text, keys: Iterable[int]) -> None:
        self._base.executemany(
            "delete from copies_keys where key = ? and leads = ? and size = ? and number = ?",
            ((key, text.leads, text.size, text.number) for key in keys),
        )

    def _shingles(self, number: int) -> Shingles:
        found = self._base.execute("select packed from copies_shingles where number = ?", (number,))
        return unpacked(found.fetchone()[0])
