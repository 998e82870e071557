"""Finds beside which articles a headline may stand, without a look at what stands beside most."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence

from mujaz.arabic.phrases import Phrases, split_words
from mujaz.enrich.headlines.headline_index import FEWEST
from mujaz.enrich.headlines.word_runs import runs

_TABLES = (
    # The words beside an article as comparison forms, with a space around each.
    "create table if not exists sidebars_texts (file text primary key, folded blob)",
    # How often each run of as many words as a headline has at least stands beside articles.
    "create table if not exists sidebars_starts (run integer primary key, count integer)",
)
_ADD = (
    "insert into sidebars_starts values (?, ?)"
    " on conflict (run) do update set count = count + excluded.count"
)
_FEW = 50
"""Headlines that are looked for one by one."""
_AT_ONCE = 50_000
"""Runs that are counted in memory."""


class Naming:
    """The words beside all articles."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Take the database, of which a caller commits what is done here."""
        self._base = base
        for table in _TABLES:
            base.execute(table)
        self._counts = Counter[int]()

    def put(self, file: str, lines: Iterable[str]) -> None:
        """Say which lines stand beside an article; none takes it out."""
        row = self._base.execute(
            "select folded from sidebars_texts where file = ?", (file,)
        ).fetchone()
        if row:
            self._base.execute("delete from sidebars_texts where file = ?", (file,))
            self._counts.subtract(_starts(row[0]))
        folded = "".join(f" {' '.join(split_words(line).keys)} \n" for line in lines).encode()
        if folded:
            self._base.execute("insert into sidebars_texts values (?, ?)", (file, folded))
            self._counts.update(_starts(folded))
        if len(self._counts) >= _AT_ONCE:
            self.settle()

    def files(self, keys: Iterable[str]) -> set[str]:
        """Return the files beside which one of the headlines may stand.

        Those that were put since `settle` may be left out.
        """
        first = {key: runs(key.split()[:FEWEST], FEWEST)[0] for key in keys}
        asked = json.dumps([*set(first.values())])
        rows = self._base.execute(
            "select run from json_each(?) cross join sidebars_starts on run = value", (asked,)
        )
        there = {run for (run,) in rows}
        sought = [key for key, run in first.items() if run in there]
        return self._holding(sought) if sought else set()

    def settle(self) -> None:
        """Count what was put."""
        counts = [(run, count) for run, count in self._counts.items() if count]
        self._base.executemany(_ADD, counts)
        self._base.executemany(
            "delete from sidebars_starts where run = ? and count <= 0",
            [(run,) for run, count in counts if count < 0],
        )
        self._counts.clear()

    def _holding(self, keys: Sequence[str]) -> set[str]:
        texts = self._base.execute("select file, folded from sidebars_texts")
        if len(keys) > _FEW:
            phrases = Phrases(keys)
            return {file for file, text in texts if phrases.find(text.decode().split())}
        sought = [f" {key} ".encode() for key in keys]
        return {file for file, text in texts if any(each in text for each in sought)}


def _starts(folded: bytes) -> array[int]:
    found = array("q")
    for line in folded.decode().split("\n"):
        found.extend(runs(line.split(), FEWEST))
    return found
