"""Compares the sidebars of all pages: where their common runs of words end, headlines end.

A sidebar shifts as news comes in, so a headline stands beside other ones on other pages. Where the
same words go on in different ways, or begin or end a sidebar, there is a boundary.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from zlib import crc32

from mujaz.enrich.headlines.word_runs import runs

_CONTEXT = 6
"""Words that make two places the same: fewer are met in different headlines by chance."""
_START, _END = "^", "$"
_BRANCH = 4.0
"""Log odds of a boundary where the words on one side differ from page to page. The next headlines
may begin with the same word, so one side alone is no proof."""
_EDGE = 8.0
"""Log odds where a sidebar begins or ends here on another page."""
SURE = 8.0
"""Log odds from which the evidence is enough by itself: an edge, or both sides differ."""
_ODDS = (0.0, _BRANCH, _EDGE)
_SINGLE, _DIFFERENT, _AT_EDGE = range(3)
"""What stands on one side of a run of words: the same on all pages, or not."""
_NOTHING = 0
"""Stands for the beginning or the end of a line, among the numbers of words."""
_AT_ONCE = 100
"""Lines whose runs are in memory at once."""

_TABLE = (
    "create table if not exists sidebars_edges (run integer, beside integer, count integer,"
    " primary key (run, beside)) without rowid"
)
_ADD = (
    "insert into sidebars_edges values (?, ?, ?)"
    " on conflict (run, beside) do update set count = count + excluded.count"
)
_SIDES = (
    "select run, count(*), min(beside) from json_each(?) cross join sidebars_edges on run = value"
    " group by run"
)


class Overlap:
    """What stands before and after each run of words, over all sidebars.

    Two numbers stand for a run: an even one for what follows it, and the next for what precedes it.
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        """Take the database, of which a caller commits what is done here."""
        self._base = base
        base.execute(_TABLE)

    def change(
        self, gone: Iterable[Sequence[str]], come: Iterable[Sequence[str]], *, tells: bool = True
    ) -> set[int]:
        """Take out lines and put in others, as comparison forms of their words.

        If this `tells`, return the runs that say something else than before, as even numbers.
        """
        changed: set[int] = set()
        for sign, lines in ((-1, gone), (1, come)):
            rest = iter(lines)
            while some := list(islice(rest, _AT_ONCE)):
                edges = Counter(edge for words in some for edge in _edges(words))
                before = self._sides(run for run, _ in edges) if tells else {}
                self._base.executemany(
                    _ADD, ((run, beside, sign * count) for (run, beside), count in edges.items())
                )
                if sign < 0:
                    self._base.executemany(
                        "delete from sidebars_edges where run = ? and beside = ? and count <= 0",
                        edges,
                    )
                after = self._sides(run for run, _ in edges) if tells else {}
                changed.update(
                    run & ~1
                    for run in before.keys() | after.keys()
                    if before.get(run, _SINGLE) != after.get(run, _SINGLE)
                )
        return changed

    def log_odds(self, runs: array[int]) -> list[float]:
        """Return the evidence that a headline begins at each word of a line, 0 where there is none.

        The line must be one of those that were put in: it is also evidence itself.
        """
        sides = self._sides(run | side for run in runs for side in (0, 1))
        return [
            _ODDS[sides.get(before, _SINGLE)] + _ODDS[sides.get(after | 1, _SINGLE)]
            for before, after in zip(runs, runs[_CONTEXT:-1], strict=False)
        ]

    def _sides(self, runs: Iterable[int]) -> dict[int, int]:
        """Return what stands on one side of each run; those with the same everywhere may lack."""
        rows = self._base.execute(_SIDES, (json.dumps(list(set(runs))),))
        return {
            run: _AT_EDGE if least == _NOTHING else _DIFFERENT
            for run, count, least in rows
            if count > 1
        }


def runs_of(words: Sequence[str]) -> array[int]:
    """Return the even numbers of all runs of a line, from the one before it to the one after."""
    padded = [*[_START] * _CONTEXT, *words, *[_END] * _CONTEXT]
    return array("q", (run & ~1 for run in runs(padded, _CONTEXT)))


def _edges(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield each run of a line with what stands beside it, on either side."""
    beside = [_NOTHING, *map(_number, words), _NOTHING]
    runs = runs_of(words)
    for i in range(len(words) + 1):
        # Before the gap is the run `i`, after it the run that begins there. How lines begin and end
        # is left out: that any line does tells nothing.
        if i:
            yield runs[i], beside[i + 1]
        if i < len(words):
            yield runs[i + _CONTEXT] | 1, beside[i]


def _number(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass")) + 1
