"""Cuts running text into units that are glued as headlines are: each a sentence, or a part of one.

Where one ends and another begins, a headline might, so that the network learns from far more words
than there are headlines. Where a unit begins within a sentence nothing is learned, as no headline
would begin so.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mujaz.arabic.normalise import clean, key

_MIN_WORDS, _MAX_WORDS = 3, 14
_CLAUSE_END = re.compile('([.!؟?…\n:؛"«»()،,]+)')
_SENTENCE_END = frozenset(".!؟?…\n")
_CONJUNCTION = "و"
_OTHERS = 0.5
"""Units that begin within a sentence, for each one that begins a sentence."""


class Clause(NamedTuple):
    """Words between punctuation, as comparison forms."""

    words: tuple[str, ...]
    ends_sentence: bool


class Unit(NamedTuple):
    """Words that stand together."""

    words: tuple[str, ...]
    begins_sentence: bool


def clauses(text: str) -> list[Clause]:
    """Return the clauses of a text that have words."""
    parts = _CLAUSE_END.split(clean(text))
    marked = zip(parts[::2], [*parts[1::2], "\n"], strict=True)
    return [
        Clause(words, mark[0] in _SENTENCE_END)
        for part, mark in marked
        if (words := tuple(map(sys.intern, key(part).split())))
    ]


def units(texts: Iterable[Sequence[Clause]], dice: random.Random) -> list[Unit]:
    """Return the units of texts: of those within sentences, half as many as begin one."""
    beginning: list[Unit] = []
    within: list[Unit] = []
    for text in texts:
        for unit in _units_of(text):
            (beginning if unit.begins_sentence else within).append(unit)
    count = min(len(within), int(_OTHERS * len(beginning)))
    return [*beginning, *dice.sample(within, count)]


def _units_of(text: Sequence[Clause]) -> Iterator[Unit]:
    begins, next_clause = True, 0
    while next_clause < len(text):
        clause = text[next_clause]
        words, ends = clause
        if begins and not _follows_on(words[0]):
            while not ends and next_clause + 1 < len(text):
                longer = words + text[next_clause + 1].words
                if len(longer) >= _MAX_WORDS:
                    break
                next_clause += 1
                words, ends = longer, text[next_clause].ends_sentence
            if _MIN_WORDS <= len(words) <= _MAX_WORDS:
                yield Unit(words, begins_sentence=True)
        elif _MIN_WORDS < len(words) <= _MAX_WORDS:
            yield Unit(words, begins_sentence=False)
        begins = ends
        next_clause += 1


def _follows_on(word: str) -> bool:
    """Return whether a word continues what was said before, as no headline begins."""
    return word.startswith(_CONJUNCTION) and len(word) > len("واو")
