"""Compares the sidebars of all pages: where their common runs of words end, headlines end.

A sidebar shifts as news comes in, so a headline stands beside other ones on other pages. Where the
same words go on in different ways, or begin or end a sidebar, there is a boundary.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

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


class Overlap:
    """What stands before and after each run of words, over all sidebars."""

    def __init__(self, sidebars: Iterable[Sequence[str]]) -> None:
        """Take the words of each glued line as comparison forms; the same line counts once."""
        self._following: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._preceding: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for words in set(map(tuple, sidebars)):
            for before, after in _contexts(words):
                self._following[before].add(after[0])
                self._preceding[after].add(before[-1])

    def log_odds(self, words: Sequence[str]) -> list[float]:
        """Return the evidence that a headline begins at each word, 0 where there is none."""
        found: list[float] = []
        for before, after in _contexts(words)[:-1]:
            right = self._following.get(before, set()) | {after[0]}
            left = self._preceding.get(after, set()) | {before[-1]}
            found.append(_evidence(right, _END) + _evidence(left, _START))
        return found


def _contexts(words: Sequence[str]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the words before and after each gap, that before the first and after the last too."""
    padded = (*[_START] * _CONTEXT, *words, *[_END] * _CONTEXT)
    return [
        (padded[i : i + _CONTEXT], padded[i + _CONTEXT : i + 2 * _CONTEXT])
        for i in range(len(words) + 1)
    ]


def _evidence(neighbours: set[str], edge: str) -> float:
    if len(neighbours) < 2:
        return 0.0
    return _EDGE if edge in neighbours else _BRANCH
