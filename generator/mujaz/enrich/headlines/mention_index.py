"""Finds the sidebars that may mention a headline, without reading most of them."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence

from mujaz.arabic.phrases import Phrases, split_words
from mujaz.enrich.headlines.encoding import ngram_hashes
from mujaz.enrich.headlines.headline_index import MIN_HEADLINE_WORDS

_ADD_COUNT = (
    "insert into sidebar_ngrams values (?, ?)"
    " on conflict (ngram) do update set occurrences = occurrences + excluded.occurrences"
)
_MAX_SUBSTRING_SEARCHES = 50
"""Headlines that are searched for one by one; more are searched for together."""
_MAX_BUFFERED_NGRAMS = 50_000
"""N-grams that are counted in memory before the table takes them."""


class MentionIndex:
    """The words of all sidebars, and a count of their n-grams that headlines could begin with."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Take the database, which the caller commits."""
        self._base = base
        self._buffer = Counter[int]()

    def put(self, file: str, lines: Iterable[str]) -> None:
        """Replace the lines of an article's sidebar; without any, remove it."""
        row = self._base.execute(
            "select folded_text from sidebar_texts where file = ?", (file,)
        ).fetchone()
        if row:
            self._base.execute("delete from sidebar_texts where file = ?", (file,))
            self._buffer.subtract(_ngrams(row[0]))
        folded = "".join(f" {' '.join(split_words(line).keys)} \n" for line in lines).encode()
        if folded:
            self._base.execute("insert into sidebar_texts values (?, ?)", (file, folded))
            self._buffer.update(_ngrams(folded))
        if len(self._buffer) >= _MAX_BUFFERED_NGRAMS:
            self.flush()

    def files_mentioning(self, keys: Iterable[str]) -> set[str]:
        """Return the files whose sidebars may mention a headline, given by comparison form.

        Those that were put since the last `flush` may be left out.
        """
        ngrams = {
            key: ngram_hashes(key.split()[:MIN_HEADLINE_WORDS], MIN_HEADLINE_WORDS)[0]
            for key in keys
        }
        rows = self._base.execute(
            "select ngram from json_each(?) cross join sidebar_ngrams on ngram = value",
            (json.dumps([*set(ngrams.values())]),),
        )
        present = {ngram for (ngram,) in rows}
        candidates = [key for key, ngram in ngrams.items() if ngram in present]
        return self._files_with(candidates) if candidates else set()

    def flush(self) -> None:
        """Write the counts of what was put to the table."""
        counts = [(ngram, count) for ngram, count in self._buffer.items() if count]
        self._base.executemany(_ADD_COUNT, counts)
        self._base.executemany(
            "delete from sidebar_ngrams where ngram = ? and occurrences <= 0",
            [(ngram,) for ngram, count in counts if count < 0],
        )
        self._buffer.clear()

    def _files_with(self, keys: Sequence[str]) -> set[str]:
        texts = self._base.execute("select file, folded_text from sidebar_texts")
        if len(keys) > _MAX_SUBSTRING_SEARCHES:
            phrases = Phrases(keys)
            return {file for file, text in texts if phrases.find(text.decode().split())}
        patterns = [f" {key} ".encode() for key in keys]
        return {file for file, text in texts if any(pattern in text for pattern in patterns)}


def _ngrams(folded: bytes) -> array[int]:
    ngrams = array("q")
    for line in folded.decode().split("\n"):
        ngrams.extend(ngram_hashes(line.split(), MIN_HEADLINE_WORDS))
    return ngrams
