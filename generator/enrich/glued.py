"""Splits lines of glued headlines, weighing all that tells where one ends and the next begins."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from generator.arabic.normalise import key
from generator.enrich.boundaries import Boundaries
from generator.enrich.kept import Remember, make
from generator.enrich.learning import glue
from generator.enrich.overlap import SURE, Overlap
from generator.enrich.own import Model, adapt
from generator.enrich.segments import Segment, log_odds, segments

Span = tuple[int, int]
"""Start and end in characters of a line."""

_WORD = re.compile(r"\S+")
_WIDE = 3
"""White spaces in a row that are a boundary: two are a slip of the hand."""
_BULLET = re.compile(r"[|•●▪■◆★]+")
_SHORTEST = 3
"""Words: what is shorter is as often junk between headlines as a headline."""
_SHOWN = 0.97
"""Confidence from which a headline is shown whose ends are known by more than its words."""
_PRECISION = 0.96
"""Share of right ones among the shown that the model must reach on this site's own headlines,
before its word alone is taken; elsewhere it reaches a little less."""
_FEWEST, _MOST = 100, 400
"""Own headlines that the model is tried on: with fewer it proves nothing."""
_TRIED = 4
"""One own headline in so many is kept from the learning, to try what was learned."""


class Part(NamedTuple):
    """One headline of a glued line."""

    text: str
    """Its words as written, one space between."""
    span: Span
    confidence: float
    """Probability that both its ends are right and no boundary lies within."""
    is_held: bool
    """Whether both its ends are known by more than the words around them."""


class GluedLines:
    """The glued lines of all pages, each of which helps to split the others."""

    def __init__(
        self,
        lines: Iterable[str],
        titles: Iterable[str],
        prior: Boundaries,
        remember: Remember = make,
    ) -> None:
        """Take the lines, this site's own headlines, the shipped model, and a memory."""
        self._prior = prior
        self._remember = remember
        self._overlap = Overlap(_folded(_WORD.findall(line)) for line in set(lines))
        # By a digest, so that neither the order of inputs nor the day's news decides what is tried.
        self._titles = sorted(set(titles), key=lambda title: (crc32(title.encode()), title))
        self._odds: dict[tuple[str, ...], list[float]] = {}

    @cached_property
    def _model(self) -> Model:
        learned = [title for i, title in enumerate(self._titles) if i % _TRIED]
        trial = _trial_lines(self._titles[::_TRIED])
        return adapt(learned, trial, self._prior, self._remember)

    @cached_property
    def _trusted(self) -> float:
        """From which confidence the model is trusted: tried on what it has not learned."""
        unseen = self._titles if self._model is self._prior else self._titles[::_TRIED]
        return trusted_from(unseen, self._model)

    def shown(self, line: str, known: Sequence[Span] = ()) -> list[Part]:
        """Return the headlines of `line` between the known ones that are sure enough to show."""
        return [
            # Of the model's word alone, no more is known than how often it was right.
            part if part.is_held else part._replace(confidence=min(part.confidence, _PRECISION))
            for part in self.parts(line, known)
            if part.confidence >= (_SHOWN if part.is_held else self._trusted)
            and len(key(part.text).split()) >= _SHORTEST
        ]

    def parts(self, line: str, known: Sequence[Span] = ()) -> list[Part]:
        """Return all that stands in `line` between the known headlines, cut into headlines.

        `known` are in order, and none overlap.
        """
        words = [match.span() for match in _WORD.finditer(line)]
        written = [line[start:end] for start, end in words]
        overlap = self._overlap.log_odds(_folded(written))
        found: list[Part] = []
        for first, last in _pieces(line, words, known):
            found += self._split(written, words, overlap, first, last)
        return found

    def _split(
        self,
        written: Sequence[str],
        words: Sequence[Span],
        overlap: Sequence[float],
        first: int,
        last: int,
    ) -> list[Part]:
        """Cut the words from `first` to before `last`, both of which are boundaries."""
        piece = tuple(written[first:last])
        odds = self._odds.get(piece)
        if odds is None:
            odds = [log_odds(p) for p in self._model.probabilities(piece)]
            self._odds[piece] = odds
        seen = overlap[first:last]
        both = [a + b for a, b in zip(odds, seen, strict=True)]
        sure = {0, len(piece), *(i for i, evidence in enumerate(seen) if evidence >= SURE)}
        return [
            Part(
                " ".join(piece[part.first : part.last]),
                (words[first + part.first][0], words[first + part.last - 1][1]),
                part.confidence,
                part.first in sure and part.last in sure,
            )
            for part in segments(both, self._model.lengths)
        ]


def trusted_from(titles: Sequence[str], model: Model) -> float:
    """Return the confidence from which the model is right about this site's own headlines.

    They are glued together, and the model is tried on them. Where it never is right often enough,
    or there are too few to tell, that is more than 1: another paper's headlines may be unlike all
    that the model has seen, and then its confidence means nothing.
    """
    if len(titles) < _FEWEST:
        return 2.0
    lines = _trial_lines(titles)
    return _least_confidence([found for line in lines for found in _trial(line, model)])


def _trial_lines(titles: Sequence[str]) -> list[list[str]]:
    """Return the titles glued together, few ones in more than one company."""
    some = titles[:_MOST]
    return list(glue(some, 1 + _MOST // (1 + len(some)), random.Random(2)))


def _trial(titles: Sequence[str], model: Model) -> list[tuple[float, bool]]:
    """Return the confidence in each headline that the model finds, and whether it is one."""
    written = [word for title in titles for word in title.split()]
    starts = [0]
    for title in titles:
        starts.append(starts[-1] + len(title.split()))
    real = set(pairwise(starts))
    odds = [log_odds(p) for p in model.probabilities(written)]
    found: list[Segment] = segments(odds, model.lengths)
    return [(part.confidence, (part.first, part.last) in real) for part in found]


def _least_confidence(tried: Sequence[tuple[float, bool]]) -> float:
    """Return the least confidence from which enough of the tried are right."""
    least = 2.0
    right = 0
    wrong_first = sorted(tried, key=lambda each: (-each[0], each[1]))
    for count, (confidence, is_right) in enumerate(wrong_first, 1):
        right += is_right
        # Two more wrong ones than seen: a few lucky hits are no proof.
        if right >= _PRECISION * (count + 2):
            least = confidence
    return least


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


def _folded(written: Sequence[str]) -> list[str]:
    return [_word_key(word) for word in written]


@lru_cache(maxsize=100_000)
def _word_key(word: str) -> str:
    """Return what makes a word the same on two pages; of punctuation, itself."""
    return key(word) or word
