"""Compares the glued lines of all sidebars: where their shared words end, headlines end.

A sidebar shifts as news arrives, so a headline has different neighbours on different pages. Where
the same words continue in different ways, or begin or end a sidebar, there is a boundary.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from zlib import crc32

from mujaz.enrich.headlines.encoding import ngram_hashes

_CONTEXT_WORDS = 6
"""Words that make two places the same: fewer are met in different headlines by chance."""
_LINE_START, _LINE_END = "^", "$"
_BRANCH_ODDS = 4.0
"""Log odds of a boundary where the words on one side differ from page to page. The next headlines
may begin with the same word, so one side alone is no proof."""
_EDGE_ODDS = 8.0
"""Log odds where a sidebar begins or ends here on another page."""
SUFFICIENT_ODDS = 8.0
"""Log odds from which the evidence is enough by itself: an edge, or both sides differ."""
_SIDE_ODDS = (0.0, _BRANCH_ODDS, _EDGE_ODDS)
_CONSTANT, _VARYING, _AT_EDGE = range(3)
"""The words on one side of a context: the same on all pages, different, or sometimes none."""
_NO_WORD = 0
"""The hash of the beginning or the end of a line, among the hashes of words."""
_LINES_PER_BATCH = 100

_ADD_COUNT = (
    "insert into line_contexts values (?, ?, ?) on conflict (context, neighbour)"
    " do update set occurrences = occurrences + excluded.occurrences"
)
_NEIGHBOURS = (
    "select context, count(*), min(neighbour) from json_each(?)"
    " cross join line_contexts on context = value group by context"
)


class SidebarOverlap:
    """The neighbours of each context, over all glued lines.

    A context is an n-gram of words with a side: an even hash stands for what follows it, and the
    next odd one for what precedes it.
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        """Take the database, which the caller commits."""
        self._base = base

    def replace(
        self,
        removed: Iterable[Sequence[str]],
        added: Iterable[Sequence[str]],
        *,
        reports_changes: bool = True,
    ) -> set[int]:
        """Remove lines and add others, given as the comparison forms of their words.

        If `reports_changes`, return the contexts that are other evidence now, as even hashes.
        """
        changed: set[int] = set()
        for sign, lines in ((-1, removed), (1, added)):
            remaining = iter(lines)
            while batch := list(islice(remaining, _LINES_PER_BATCH)):
                edges = Counter(edge for words in batch for edge in _edges(words))
                before = self._sides(each for each, _ in edges) if reports_changes else {}
                self._base.executemany(
                    _ADD_COUNT,
                    ((*edge, sign * occurrences) for edge, occurrences in edges.items()),
                )
                if sign < 0:
                    self._base.executemany(
                        "delete from line_contexts"
                        " where context = ? and neighbour = ? and occurrences <= 0",
                        edges,
                    )
                after = self._sides(each for each, _ in edges) if reports_changes else {}
                changed.update(
                    context & ~1
                    for context in before.keys() | after.keys()
                    if before.get(context, _CONSTANT) != after.get(context, _CONSTANT)
                )
        return changed

    def log_odds(self, contexts: array[int]) -> list[float]:
        """Return the evidence that a headline begins at each word of a line, 0 where there is none.

        The line must be one of those that were added: it is also evidence itself.
        """
        sides = self._sides(context | side for context in contexts for side in (0, 1))
        return [
            _SIDE_ODDS[sides.get(before, _CONSTANT)] + _SIDE_ODDS[sides.get(after | 1, _CONSTANT)]
            for before, after in zip(contexts, contexts[_CONTEXT_WORDS:-1], strict=False)
        ]

    def _sides(self, contexts: Iterable[int]) -> dict[int, int]:
        """Return the kind of side that each context has; constant ones may be left out."""
        rows = self._base.execute(_NEIGHBOURS, (json.dumps(list(set(contexts))),))
        return {
            context: _AT_EDGE if least == _NO_WORD else _VARYING
            for context, count, least in rows
            if count > 1
        }


def context_hashes(words: Sequence[str]) -> array[int]:
    """Return the even hashes of all contexts of a line, from that before it to that after it."""
    padded = [*[_LINE_START] * _CONTEXT_WORDS, *words, *[_LINE_END] * _CONTEXT_WORDS]
    return array("q", (ngram & ~1 for ngram in ngram_hashes(padded, _CONTEXT_WORDS)))


def _edges(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield each context of a line with the hash of its neighbour, on either side."""
    neighbours = [_NO_WORD, *map(_word_hash, words), _NO_WORD]
    contexts = context_hashes(words)
    for i in range(len(words) + 1):
        # Before the gap is the context `i`, after it the one that begins there. How lines begin
        # and end is left out: that any line does is no evidence.
        if i:
            yield contexts[i], neighbours[i + 1]
        if i < len(words):
            yield contexts[i + _CONTEXT_WORDS] | 1, neighbours[i]


def _word_hash(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass")) + 1
