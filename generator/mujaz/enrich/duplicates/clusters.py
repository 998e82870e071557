"""Clusters of near-duplicate texts: which text represents each, put right by every change."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import islice, takewhile
from operator import attrgetter
from typing import NamedTuple

from mujaz.enrich.duplicates.shingles import Shingles, is_duplicate, shingles, unpacked
from mujaz.model import Article

MAX_REPRESENTATIVES_WITH_KEY = 40
"""A key of more representatives is a turn of phrase to those that are less full."""
_SELECT_TEXT = "select number, file, size, representative from cluster_texts where "
_SELECT_TEXTS_WITH_KEY = """select t.number, t.file, t.size, t.representative
    from shingle_keys k join cluster_texts t using (number)
    where k.key = ? and k.represents = ? and k.size between ? and ? order by k.size desc, t.file"""
_SELECT_SHARED_KEYS = """select value from json_each(?)
    where exists (select * from shingle_keys where key = value)"""
_MAX_SIZE = 1 << 62


class _Text(NamedTuple):
    number: int
    file: str
    size: int
    representative: int | None
    """Number of the text that represents it, maybe itself; None while that is unknown."""

    @property
    def represents(self) -> bool:
        return self.representative == self.number

    @property
    def sort_key(self) -> tuple[int, str]:
        """What texts are in order by, the fullest first."""
        return -self.size, self.file


class Clusters:
    """Keeps which text represents each.

    In their order, the fullest first, a text is represented by the first representative before it
    that shares a key with it which is no turn of phrase, and that it is a duplicate of. If there is
    none, it represents itself.
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        """Use the tables in `base`."""
        self._base = base

    def apply(self, removed: Iterable[str], added: Iterable[Article]) -> list[str]:
        """Remove texts by their files, add others; return what represents changed clusters."""
        update = _ClusterUpdate(self._base)
        for file in removed:
            update.remove(file)
        for article in added:
            update.add(article, shingles(article))
        update.find_representatives()
        numbers = sorted(update.changed_clusters)
        texts = (self._base.execute(_SELECT_TEXT + "number = ?", (n,)).fetchone() for n in numbers)
        return [text.file for text in map(_Text._make, filter(None, texts)) if text.represents]

    def files_with(self, file: str) -> list[str]:
        """Return the files of the cluster that has a file, fullest text first."""
        represented = "representative = (select representative from cluster_texts where file = ?)"
        texts = self._base.execute(
            f"{_SELECT_TEXT} representative <> number and {represented} union all "
            "select * from cluster_texts where number = "
            "(select representative from cluster_texts where file = ?)",
            (file, file),
        )
        return [text.file for text in sorted(map(_Text._make, texts), key=_sort_key)]

    def count_duplicates(self) -> int:
        """Return the number of texts that another represents."""
        counted = "select count(*) from cluster_texts where representative <> number"
        return int(self._base.execute(counted).fetchone()[0])


_sort_key = attrgetter("sort_key")


class _ClusterUpdate:
    """One update: each text that others may represent now is looked at, in the texts' order.

    What a text becomes only bears on those after it, so each is looked at once.
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        self.changed_clusters: set[int] = set()
        """Numbers of representatives that won or lost a text, or may have."""
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
        self._doubt(_Text(number or 0, article.file, size, None))

    def find_representatives(self) -> None:
        """Find what represents each doubtful text."""
        while self._waiting:
            number = heappop(self._waiting)[1]
            self._doubtful.discard(number)
            text = self._text("number = ?", number)
            if text:
                self._place(text)

    def _place(self, text: _Text) -> None:
        """Find what represents a text, now that this is settled for all before it."""
        keys, shingle_numbers = self._shingles(text.number)
        representatives = self._representatives(keys, text.number)
        representative = self._representative(
            text, frozenset(shingle_numbers), representatives.values()
        )
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
            self._represents(now, shingle_numbers, representatives)
        elif text.represents:
            self._represents_no_more(text, representatives)

    def _representative(
        self, text: _Text, words: frozenset[int], representatives: Iterable[Sequence[_Text]]
    ) -> int:
        """Return the number of the first text that may represent this one, else its own."""
        before = (
            list(takewhile(lambda each: each.sort_key < text.sort_key, texts))
            for texts in representatives
        )
        candidates = {
            each for texts in before if len(texts) <= MAX_REPRESENTATIVES_WITH_KEY for each in texts
        }
        for candidate in sorted(candidates, key=_sort_key):
            if is_duplicate(words, self._shingles(candidate.number).all):
                return candidate.number
        return text.number

    def _represents(
        self,
        text: _Text,
        shingle_numbers: tuple[int, ...],
        representatives: Mapping[int, Sequence[_Text]],
    ) -> None:
        """Doubt what a new representative may represent, or keeps from being represented."""
        maybe: dict[int, _Text] = {}
        for key, texts in representatives.items():
            later = self._bears_on(key, text, texts)
            maybe |= {each.number: each for each in later if each.number not in self._doubtful}
        for each in maybe.values():
            representative = (
                None if each.represents else self._text("number = ?", each.representative)
            )
            if (representative is None or text.sort_key < representative.sort_key) and is_duplicate(
                frozenset(self._shingles(each.number).all), shingle_numbers
            ):
                self._doubt(each)

    def _represents_no_more(
        self, text: _Text, representatives: Mapping[int, Sequence[_Text]]
    ) -> None:
        """Doubt what was represented by a text, and what others may represent now."""
        represented = self._base.execute(
            _SELECT_TEXT + "representative = ? and representative <> number", (text.number,)
        ).fetchall()
        for each in represented:
            self._doubt(_Text(*each))
        for key, texts in representatives.items():
            self._bears_on(key, text, texts)

    def _bears_on(self, key: int, text: _Text, representatives: Sequence[_Text]) -> list[_Text]:
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

    def _doubt(self, text: _Text) -> None:
        if text.number not in self._doubtful:
            self._doubtful.add(text.number)
            heappush(self._waiting, (text.sort_key, text.number))

    def _representatives(self, keys: Sequence[int], excluded: int) -> dict[int, list[_Text]]:
        """Return by key the fullest representatives with it, `excluded` left out.

        There is one more of them than a key may have that is no turn of phrase.

        Keys that no text has are left out: most keys of most texts, so that is asked at once.
        """
        shared = self._base.execute(_SELECT_SHARED_KEYS, (json.dumps(keys),)).fetchall()
        return {key: self._fullest(key, excluded) for (key,) in shared}

    def _fullest(self, key: int, excluded: int) -> list[_Text]:
        texts = (each for each in self._texts_with_key(key, True) if each.number != excluded)
        return list(islice(texts, MAX_REPRESENTATIVES_WITH_KEY + 1))

    def _texts_with_key(
        self, key: int, represents: bool, min_size: int = 0, max_size: int = _MAX_SIZE
    ) -> Iterator[_Text]:
        bounds = (key, represents, min_size, max_size)
        return map(_Text._make, self._base.execute(_SELECT_TEXTS_WITH_KEY, bounds))

    def _text(self, where: str, value: object) -> _Text | None:
        row = self._base.execute(_SELECT_TEXT + where, (value,)).fetchone()
        return _Text(*row) if row else None

    def _unlist(self, text: _Text, keys: Iterable[int]) -> None:
        self._base.executemany(
            "delete from shingle_keys where key = ? and represents = ? and size = ? and number = ?",
            ((key, text.represents, text.size, text.number) for key in keys),
        )

    def _shingles(self, number: int) -> Shingles:
        query = "select packed from text_shingles where number = ?"
        return unpacked(self._base.execute(query, (number,)).fetchone()[0])
