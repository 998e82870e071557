"""One update of the clusters: finds again what represents each text, and what contains it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import islice, takewhile
from operator import attrgetter
from typing import NamedTuple

from mujaz.enrich.duplicates.shingles import Shingles, relation, unpacked
from mujaz.model import Article

MAX_REPRESENTATIVES_WITH_KEY = 40
"""A key of more representatives is a turn of phrase to those that are less full."""
SELECT_TEXT = "select number, file, size, representative from cluster_texts where "
_SELECT_TEXTS_WITH_KEY = """select t.number, t.file, t.size, t.representative
    from shingle_keys k join cluster_texts t using (number)
    where k.key = ? and k.represents = ? and k.size between ? and ? order by k.size desc, t.file"""
_SELECT_SHARED_KEYS = """select value from json_each(?)
    where exists (select * from shingle_keys where key = value)"""
_MAX_SIZE = 1 << 62


class Text(NamedTuple):
    """A text among the others."""

    number: int
    file: str
    size: int
    representative: int | None
    """Number of the text that represents it, maybe itself; None while that is unknown."""

    @property
    def represents(self) -> bool:
        """Whether it represents itself."""
        return self.representative == self.number

    @property
    def sort_key(self) -> tuple[int, str]:
        """What texts are in order by, the fullest first."""
        return -self.size, self.file


_sort_key = attrgetter("sort_key")


class ClusterUpdate:
    """One update: each text that others may represent now is looked at, in the texts' order.

    What a text becomes only bears on those after it, so each is looked at once.
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        self.changed_clusters: set[int] = set()
        """Numbers of representatives that won or lost a text, or may have, or a container."""
        self._base = base
        self._waiting: list[tuple[tuple[int, str], int]] = []
        self._doubtful: set[int] = set()

    def remove(self, file: str) -> None:
        """Remove a text."""
        text = self._text("file = ?", file)
        if text is None:
            return
        self.changed_clusters.add(text.representative or text.number)
        keys = self._shingles(text.number).keys
        self._unlist(text, keys)
        self._put_containers(text.number, frozenset())
        self._base.execute("delete from cluster_texts where number = ?", (text.number,))
        self._base.execute("delete from text_shingles where number = ?", (text.number,))
        if text.represents:
            self._represents_no_more(text, self._representatives(keys, text.number))

    def add(self, article: Article, packed: bytes) -> None:
        """Take in a text; what represents it is settled later."""
        size = sum(map(len, article.paragraphs))
        number = self._base.execute(
            "insert into cluster_texts (file, size) values (?, ?)", (article.file, size)
        ).lastrowid
        self._base.execute("insert into text_shingles values (?, ?)", (number, packed))
        self._doubt(Text(number or 0, article.file, size, None))

    def find_representatives(self) -> None:
        """Find what represents each doubtful text."""
        while self._waiting:
            number = heappop(self._waiting)[1]
            self._doubtful.discard(number)
            text = self._text("number = ?", number)
            if text:
                self._place(text)

    def _place(self, text: Text) -> None:
        """Find what represents a text, now that this is settled for all before it."""
        shingles = self._shingles(text.number)
        keys = shingles.keys
        representatives = self._representatives(keys, text.number)
        representative, containers = self._representative(text, shingles, representatives.values())
        self._put_containers(text.number, containers)
        if representative == text.representative:
            return
        now = text._replace(representative=representative)
        self.changed_clusters |= {representative, text.representative or representative}
        self._base.execute(
            "update cluster_texts set representative = ? where number = ?",
            (representative, text.number),
        )
        if text.representative is None or now.represents != text.represents:
            if text.representative is not None:
                self._unlist(text, keys)
            self._base.executemany(
                "insert into shingle_keys values (?, ?, ?, ?)",
                ((key, now.represents, text.size, text.number) for key in keys),
            )
        if now.represents:
            self._represents(now, shingles, representatives)
        elif text.represents:
            self._represents_no_more(text, representatives)

    def _representative(
        self,
        text: Text,
        shingles: Shingles,
        representatives: Iterable[Sequence[Text]],
    ) -> tuple[int, frozenset[int]]:
        """Return the number of the first text that may represent this one, else its own.

        In the second place: the numbers of those that contain it, if it represents itself.
        """
        before = (
            list(takewhile(lambda each: each.sort_key < text.sort_key, texts))
            for texts in representatives
        )
        candidates = {
            each for texts in before if len(texts) <= MAX_REPRESENTATIVES_WITH_KEY for each in texts
        }
        containers = set[int]()
        for candidate in sorted(candidates, key=_sort_key):
            relation_to_it = relation(shingles, self._shingles(candidate.number))
            if relation_to_it == "duplicate":
                return candidate.number, frozenset()
            if relation_to_it:
                containers.add(candidate.number)
        return text.number, frozenset(containers)

    def _put_containers(self, number: int, containers: frozenset[int]) -> None:
        """Store which texts contain one."""
        query = "select container from contained_texts where number = ?"
        before = {container for (container,) in self._base.execute(query, (number,))}
        if before == containers:
            return
        self.changed_clusters |= {number, *(before ^ containers)}
        self._base.execute("delete from contained_texts where number = ?", (number,))
        rows = ((number, container) for container in containers)
        self._base.executemany("insert into contained_texts values (?, ?)", rows)

    def _represents(
        self,
        text: Text,
        shingles: Shingles,
        representatives: Mapping[int, Sequence[Text]],
    ) -> None:
        """Doubt what a new representative may represent or contain."""
        maybe: dict[int, Text] = {}
        for key, texts in representatives.items():
            later = self._bears_on(key, text, texts)
            maybe |= {each.number: each for each in later if each.number not in self._doubtful}
        for each in maybe.values():
            representative = (
                None if each.represents else self._text("number = ?", each.representative)
            )
            if (representative is None or text.sort_key < representative.sort_key) and relation(
                self._shingles(each.number), shingles
            ):
                self._doubt(each)

    def _represents_no_more(
        self, text: Text, representatives: Mapping[int, Sequence[Text]]
    ) -> None:
        """Doubt what a text represented or contained, and what others may represent now."""
        number = (text.number,)
        contained = "number in (select number from contained_texts where container = ?)"
        for where in ("representative = ? and representative <> number", contained):
            for each in self._base.execute(SELECT_TEXT + where, number).fetchall():
                self._doubt(Text(*each))
        for key, texts in representatives.items():
            self._bears_on(key, text, texts)

    def _bears_on(self, key: int, text: Text, representatives: Sequence[Text]) -> list[Text]:
        """Return those with a key which, behind `text`, may be represented by others that have it.

        `representatives` are the other ones with that key. Whether it is a turn of phrase changes,
        with `text` among them or not, for what comes behind the last that is none: doubt that.
        """
        before = sum(each.sort_key < text.sort_key for each in representatives)
        if before > MAX_REPRESENTATIVES_WITH_KEY:
            return []
        last = (
            representatives[MAX_REPRESENTATIVES_WITH_KEY]
            if len(representatives) > MAX_REPRESENTATIVES_WITH_KEY
            else None
        )
        texts = [
            each
            for each in self._texts_with_key(key, False, last.size if last else 0, text.size)
            if text.sort_key < each.sort_key and (last is None or each.sort_key < last.sort_key)
        ]
        if len(representatives) >= MAX_REPRESENTATIVES_WITH_KEY:
            edge = max(text.sort_key, representatives[MAX_REPRESENTATIVES_WITH_KEY - 1].sort_key)
            for each in [*texts, *filter(None, [last])]:
                if edge < each.sort_key:
                    self._doubt(each)
        return [*representatives[before:MAX_REPRESENTATIVES_WITH_KEY], *texts]

    def _doubt(self, text: Text) -> None:
        if text.number not in self._doubtful:
            self._doubtful.add(text.number)
            heappush(self._waiting, (text.sort_key, text.number))

    def _representatives(self, keys: Sequence[int], excluded: int) -> dict[int, list[Text]]:
        """Return by key the fullest representatives with it, `excluded` left out.

        There is one more of them than a key may have that is no turn of phrase.

        Keys that no text has are left out: most keys of most texts, so that is asked at once.
        """
        shared = self._base.execute(_SELECT_SHARED_KEYS, (json.dumps(keys),)).fetchall()
        return {key: self._fullest(key, excluded) for (key,) in shared}

    def _fullest(self, key: int, excluded: int) -> list[Text]:
        texts = (each for each in self._texts_with_key(key, True) if each.number != excluded)
        return list(islice(texts, MAX_REPRESENTATIVES_WITH_KEY + 1))

    def _texts_with_key(
        self, key: int, represents: bool, min_size: int = 0, max_size: int = _MAX_SIZE
    ) -> Iterator[Text]:
        bounds = (key, represents, min_size, max_size)
        return map(Text._make, self._base.execute(_SELECT_TEXTS_WITH_KEY, bounds))

    def _text(self, where: str, value: object) -> Text | None:
        row = self._base.execute(SELECT_TEXT + where, (value,)).fetchone()
        return Text(*row) if row else None

    def _unlist(self, text: Text, keys: Iterable[int]) -> None:
        self._base.executemany(
            "delete from shingle_keys where key = ? and represents = ? and size = ? and number = ?",
            ((key, text.represents, text.size, text.number) for key in keys),
        )

    def _shingles(self, number: int) -> Shingles:
        query = "select packed from text_shingles where number = ?"
        return unpacked(self._base.execute(query, (number,)).fetchone()[0])
