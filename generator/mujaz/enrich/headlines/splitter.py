"""Splits lines of glued headlines, weighing all the evidence of where one ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from mujaz.arabic.normalise import key
from mujaz.enrich.headlines.headline_index import Span
from mujaz.enrich.headlines.overlap import SUFFICIENT_ODDS
from mujaz.enrich.headlines.segmentation import log_odds, segments

TARGET_PRECISION = 0.96
"""Share of right ones among the shown that a model must reach on this site's own headlines, before
it is enough alone; elsewhere it reaches a little less."""
_WORD = re.compile(r"\S+")
_BULLET = re.compile(r"[|•●▪■◆★]+")
_MIN_BOUNDARY_SPACES = 3
"""White spaces in a row that are a boundary: two are a slip of the hand."""
_MIN_SHOWN_WORDS = 3
"""A shorter candidate is as often junk between headlines as a headline."""
_MIN_SHOWN_CONFIDENCE = 0.9
"""Confidence from which a candidate is shown whose ends are confirmed by more than its words."""


class BoundaryScorer(Protocol):
    """A model of where headlines begin in a line."""

    lengths: Sequence[float]
    """Log probability of each number of words in a headline."""

    def probabilities(self, words: Sequence[str]) -> list[float]:
        """Return the probability that a headline begins at each word."""


class HeadlineCandidate(NamedTuple):
    """One probable headline of a glued line."""

    text: str
    """Its words as written, one space between."""
    span: Span
    confidence: float
    """Probability that both its ends are right and no boundary lies within."""
    is_confirmed: bool
    """Whether both its ends have evidence besides the words around them."""


class SplitLine(NamedTuple):
    """The words of a line, between which headlines end and begin."""

    words: list[str]
    spans: list[Span]
    pieces: list[tuple[int, int]]
    """First and last index (that after it) of each run of words without a certain boundary."""


def split_line(line: str, matched: Sequence[Span] = ()) -> SplitLine:
    """Return the words of `line`, cut into pieces around the matched headlines.

    These are in order and do not overlap.
    """
    spans = [match.span() for match in _WORD.finditer(line)]
    return SplitLine([line[a:b] for a, b in spans], spans, _pieces(line, spans, matched))


def comparison_keys(line: str) -> list[str]:
    """Return what makes the words of a line the same on two pages; of punctuation, itself."""
    return [*map(_comparison_key, _WORD.findall(line))]


@lru_cache(maxsize=20_000)
def _comparison_key(word: str) -> str:
    return key(word) or word


class CachedScorer:
    """A model with a cache of what it read last: the same words stand beside many articles."""

    def __init__(self, model: BoundaryScorer) -> None:
        """Take the model."""
        self._log_odds = lru_cache(maxsize=5_000)(
            lambda words: tuple(map(log_odds, model.probabilities(words)))
        )

    def log_odds(self, split: SplitLine) -> list[float]:
        """Return the log odds, by the words alone, that a headline begins at each word.

        Those of words outside all pieces are 0.
        """
        odds = [0.0] * len(split.words)
        for first, last in split.pieces:
            odds[first:last] = self._log_odds(tuple(split.words[first:last]))
        return odds


def candidates(
    split: SplitLine,
    model_odds: Sequence[float],
    overlap_odds: Sequence[float],
    lengths: Sequence[float],
) -> list[HeadlineCandidate]:
    """Return all pieces of a line cut into candidates.

    `model_odds` and `overlap_odds` are the log odds, by the words alone and by other lines, that a
    headline begins at each word; `lengths` are the log probabilities of each number of words.
    """
    cut: list[HeadlineCandidate] = []
    for start, end in split.pieces:
        words, spans = split.words[start:end], split.spans[start:end]
        evidence = overlap_odds[start:end]
        odds = [a + b for a, b in zip(model_odds[start:end], evidence, strict=True)]
        confirmed = {
            i for i, from_overlap in enumerate(evidence) if from_overlap >= SUFFICIENT_ODDS
        }
        confirmed |= {0, len(words)}
        cut += [
            HeadlineCandidate(
                " ".join(words[part.first : part.last]),
                (spans[part.first][0], spans[part.last - 1][1]),
                part.confidence,
                part.first in confirmed and part.last in confirmed,
            )
            for part in segments(odds, lengths)
        ]
    return cut


def reliable(cut: Iterable[HeadlineCandidate], threshold: float) -> list[HeadlineCandidate]:
    """Return the candidates that are reliable enough to show.

    `threshold` is the confidence from which the model alone is enough.
    """
    return [
        # Of the model alone, no more is certain than how often it was right.
        each
        if each.is_confirmed
        else each._replace(confidence=min(each.confidence, TARGET_PRECISION))
        for each in cut
        if each.confidence >= (_MIN_SHOWN_CONFIDENCE if each.is_confirmed else threshold)
        and len(key(each.text).split()) >= _MIN_SHOWN_WORDS
    ]


def _pieces(line: str, words: Sequence[Span], matched: Sequence[Span]) -> list[tuple[int, int]]:
    """Return the runs of words, as indices, that are neither matched nor cut by a wide gap.

    None begins with mere punctuation: that belongs to what is before it.
    """
    pieces: list[tuple[int, int]] = []
    first: int | None = None
    remaining = list(matched)
    for i, (start, end) in enumerate(words):
        while remaining and remaining[0][1] <= start:
            remaining.pop(0)
        is_free = not (remaining and remaining[0][0] < end)
        is_free = is_free and not _BULLET.fullmatch(line[start:end])
        has_wide_gap = start - words[i - 1][1] >= _MIN_BOUNDARY_SPACES
        if first is not None and (not is_free or has_wide_gap):
            pieces.append((first, i))
            first = None
        if is_free and first is None and key(line[start:end]):
            first = i
    if first is not None:
        pieces.append((first, len(words)))
    return pieces
