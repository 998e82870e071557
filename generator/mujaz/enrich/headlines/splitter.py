"""Splits lines of glued headlines, weighing all that tells where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from mujaz.arabic.normalise import key
from mujaz.enrich.headlines.calibration import PRECISION, Model
from mujaz.enrich.headlines.headline_index import Span
from mujaz.enrich.headlines.overlap import SURE
from mujaz.enrich.headlines.segmentation import log_odds, segments

_WORD = re.compile(r"\S+")
_WIDE = 3
"""White spaces in a row that are a boundary: two are a slip of the hand."""
_BULLET = re.compile(r"[|•●▪■◆★]+")
_SHORTEST = 3
"""Words: what is shorter is as often junk between headlines as a headline."""
_SHOWN = 0.97
"""Confidence from which a headline is shown whose ends are known by more than its words."""


class Part(NamedTuple):
    """One headline of a glued line."""

    text: str
    """Its words as written, one space between."""
    span: Span
    confidence: float
    """Probability that both its ends are right and no boundary lies within."""
    is_held: bool
    """Whether both its ends are known by more than the words around them."""


class Gaps(NamedTuple):
    """The words of a line, between which headlines end and begin."""

    written: list[str]
    spans: list[Span]
    pieces: list[tuple[int, int]]
    """First and last index (that after it) of each run of words without a known boundary."""


def gaps(line: str, known: Sequence[Span] = ()) -> Gaps:
    """Return the words of `line` around the known headlines, which are in order and apart."""
    spans = [match.span() for match in _WORD.finditer(line)]
    return Gaps([line[start:end] for start, end in spans], spans, _pieces(line, spans, known))


def comparable(line: str) -> list[str]:
    """Return what makes the words of a line the same on two pages; of punctuation, itself."""
    return [*map(_comparable, _WORD.findall(line))]


@lru_cache(maxsize=20_000)
def _comparable(word: str) -> str:
    return key(word) or word


class Reader:
    """A model that remembers what it read last: the same words stand beside many articles."""

    def __init__(self, model: Model) -> None:
        """Take the model."""
        self._odds = lru_cache(maxsize=5_000)(
            lambda words: tuple(map(log_odds, model.probabilities(words)))
        )

    def odds(self, found: Gaps) -> list[float]:
        """Return what the words alone tell: the log odds that a headline begins at each.

        Those of words outside all pieces are 0.
        """
        odds = [0.0] * len(found.written)
        for first, last in found.pieces:
            odds[first:last] = self._odds(tuple(found.written[first:last]))
        return odds


def parts(
    found: Gaps, odds: Sequence[float], seen: Sequence[float], lengths: Sequence[float]
) -> list[Part]:
    """Return all that stands in a line between the known headlines, cut into headlines.

    `odds` are what the words alone tell, and `seen` what other lines do.
    """
    cut: list[Part] = []
    for start, end in found.pieces:
        words, spans = found.written[start:end], found.spans[start:end]
        both = [a + b for a, b in zip(odds[start:end], seen[start:end], strict=True)]
        evidence = enumerate(seen[start:end])
        sure = {0, len(words), *(i for i, odds_seen in evidence if odds_seen >= SURE)}
        cut += [
            Part(
                " ".join(words[part.first : part.last]),
                (spans[part.first][0], spans[part.last - 1][1]),
                part.confidence,
                part.first in sure and part.last in sure,
            )
            for part in segments(both, lengths)
        ]
    return cut


def shown(cut: Iterable[Part], trusted: float) -> list[Part]:
    """Return the headlines that are sure enough to show.

    `trusted` is the confidence from which the word of the model is enough.
    """
    return [
        # Of the model's word alone, no more is known than how often it was right.
        part if part.is_held else part._replace(confidence=min(part.confidence, PRECISION))
        for part in cut
        if part.confidence >= (_SHOWN if part.is_held else trusted)
        and len(key(part.text).split()) >= _SHORTEST
    ]


def _pieces(line: str, words: Sequence[Span], known: Sequence[Span]) -> list[tuple[int, int]]:
    """Return the runs of words, as indices, that are neither known nor cut by a wide gap.

    None begins with mere punctuation: that belongs to what is before it.
    """
    runs: list[tuple[int, int]] = []
    first: int | None = None
    remaining = list(known)
    for i, (start, end) in enumerate(words):
        while remaining and remaining[0][1] <= start:
            remaining.pop(0)
        is_free = not (remaining and remaining[0][0] < end)
        is_free = is_free and not _BULLET.fullmatch(line[start:end])
        if first is not None and (not is_free or start - words[i - 1][1] >= _WIDE):
            runs.append((first, i))
            first = None
        if is_free and first is None and key(line[start:end]):
            first = i
    if first is not None:
        runs.append((first, len(words)))
    return runs
