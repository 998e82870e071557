"""Counts how words are used in running text, for the model that splits glued headlines."""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, diags
from scipy.sparse.linalg import svds

from mujaz.arabic.normalise import clean, key
from mujaz.enrich.headlines.boundary_features import light_stem
from mujaz.enrich.headlines.word_usage import place_letter

_MIN_OCCURRENCES = 12
"""Of a word whose places in clauses are told."""
_PRIOR_OCCURRENCES = 15
"""By so many a word is taken to be like all others."""
_STEMS = 20_000
_DIMENSIONS = 16
_MAX_WEIGHT = 6.0
"""Of a stem's topic in the sum of several, by how few texts have it."""
_CLAUSE_END = re.compile('([.!؟?…\n:؛"«»()،,]+)')
_SENTENCE_END = frozenset(".!؟?…\n")


class Clause(NamedTuple):
    """Words between punctuation, as comparison forms."""

    words: tuple[str, ...]
    opens_sentence: bool


def clauses(text: str) -> list[Clause]:
    """Return the clauses of a text that have words."""
    parts = _CLAUSE_END.split(clean(text))
    opens = True
    of_text: list[Clause] = []
    for written, mark in zip(parts[::2], [*parts[1::2], "\n"], strict=True):
        words = tuple(map(sys.intern, key(written).split()))
        if words:
            of_text.append(Clause(words, opens))
            opens = False
        opens = opens or mark[0] in _SENTENCE_END
    return of_text


class RunningText:
    """Counts of the words and stems of texts."""

    def __init__(self, texts: Iterable[Sequence[Clause]]) -> None:
        """Count texts, each given as its clauses."""
        self._words = Counter[str]()
        self._ends, self._begins, self._opens = Counter[str](), Counter[str](), Counter[str]()
        self.stem_pairs = Counter[tuple[str, str]]()
        """How often one stem follows another within a clause."""
        self._stems_of_texts: list[frozenset[str]] = []
        for text in texts:
            self._count(text)

    def _count(self, text: Sequence[Clause]) -> None:
        stems_of_text: set[str] = set()
        for words, opens_sentence in text:
            self._words.update(words)
            self._begins[words[0]] += 1
            self._opens[words[0]] += opens_sentence
            self._ends[words[-1]] += 1
            stems = [light_stem(word) for word in words]
            stems_of_text.update(stems)
            self.stem_pairs.update(pairwise(stems))
        self._stems_of_texts.append(frozenset(stems_of_text))

    def places(self) -> dict[str, str]:
        """Return the letters of each word that is not rare, as `WordUsage` takes them."""
        total = self._words.total()
        tables = [(counts, counts.total() / total) for counts in self._tables()]
        return {
            word: "".join(
                place_letter(2 * _log_ratio(counts[word], count, share)) for counts, share in tables
            )
            for word, count in self._words.items()
            if count >= _MIN_OCCURRENCES
        }

    def _tables(self) -> tuple[Counter[str], Counter[str], Counter[str]]:
        return self._ends, self._begins, self._opens

    def stem_frequencies(self) -> dict[str, int]:
        """Return the commonest stems, sorted, with frequencies as `WordUsage` takes them."""
        counts = Counter[str]()
        for word, count in self._words.items():
            counts[light_stem(word)] += count
        half_total = math.log(counts.total()) / 2
        ranked = sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:_STEMS]
        return {stem: round(2 * (math.log(count) - half_total)) for stem, count in sorted(ranked)}

    def topics(self, stems: Iterable[str]) -> bytes:
        """Return what each stem is about: directions in which the stems of texts differ most."""
        return _topics(self._stems_of_texts, {stem: i for i, stem in enumerate(stems)})


def _log_ratio(count: int, occurrences: int, share: float) -> float:
    """Return the logarithm of how much oftener a word is counted than its share would be."""
    smoothed = (count + _PRIOR_OCCURRENCES * share) / (occurrences + _PRIOR_OCCURRENCES)
    return math.log(smoothed / share)


def _topics(texts: Sequence[frozenset[str]], numbers: Mapping[str, int]) -> bytes:
    columns = [sorted(numbers[stem] for stem in text if stem in numbers) for text in texts]
    starts = np.cumsum([0, *map(len, columns)])
    flat = np.fromiter(_flattened(columns), np.int32, starts[-1])
    table = csr_matrix((np.ones(len(flat)), flat, starts), (len(texts), len(numbers)))
    rarity = np.log(len(texts) / (1 + np.asarray(table.sum(0)).ravel()))
    table = table @ diags(rarity)
    sizes = np.sqrt(np.asarray(table.multiply(table).sum(1)).ravel())
    table = (diags(1 / np.maximum(sizes, 1e-9)) @ table).tocsr()
    # The first direction is how common a stem is, which says nothing of topics.
    wanted = min(_DIMENSIONS + 1, min(table.shape) - 1)
    _, strengths, directions = svds(table, wanted, v0=np.ones(min(table.shape)))
    ranked = np.argsort(-strengths)[1:]
    vectors = directions[ranked].T * np.sqrt(strengths[ranked])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    weights = np.clip(rarity - 1.5, 0, _MAX_WEIGHT) / _MAX_WEIGHT
    scaled = np.round(127 * vectors * weights[:, None]).astype(np.int8)
    return bytes(scaled.tobytes())


def _flattened(rows: Iterable[Iterable[int]]) -> Iterator[int]:
    for row in rows:
        yield from row
