"""Calibrates the shipped model on a site's own headlines: from which confidence it is reliable.

It is tested on the headlines of the oldest articles, and on twice as many only when there are: so
what is added day by day changes nothing, and it is tested again as a collection doubles.

The model is imported when it is needed, which a run without glued lines to split never does.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from hashlib import blake2b, sha256
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from mujaz.enrich.headlines.headline_index import HeadlineChange, HeadlineIndex
from mujaz.enrich.headlines.segmentation import log_odds, segments
from mujaz.enrich.headlines.splitter import TARGET_PRECISION, BoundaryScorer, CachedScorer

if TYPE_CHECKING:
    from mujaz.enrich.headlines.boundary_model import BoundaryModel

SAMPLE_SIZES = (100, 225, 450, 900, 1_800, 4_000)
"""Headlines that the model is tested on are chosen from so many, as many of these as there are."""
_MIN_TESTED_HEADLINES, _MAX_TESTED_HEADLINES = 100, 400
"""With fewer headlines the model cannot be tested."""
_UNTESTED_THRESHOLD = 0.99
"""Of a site that holds too few headlines to test the model: from this confidence it was right about
papers that it had not seen, see `benchmarks/foreign_sidebars.py`."""
_HEADLINES_PER_LINE = 19
_NEVER = 2.0
"""A threshold that no confidence reaches."""


class ModelSummary(NamedTuple):
    """What splitting a line needs of the model besides its log odds."""

    lengths: Sequence[float]
    """Log probability of each number of words in a headline."""
    threshold: float
    """Confidence from which the model alone is enough."""


class CalibratedModel:
    """The shipped model, and how far it is reliable for this site."""

    def __init__(self, base: sqlite3.Connection, headlines: HeadlineIndex) -> None:
        """Take the database, which the caller commits, and all headlines."""
        self._base = base
        self._headlines = headlines

    @property
    def digest(self) -> str:
        """Return the digest of the shipped model and of the headlines that it was tested on."""
        (digest,) = self._base.execute("select digest from calibration").fetchone()
        return str(digest)

    def clear(self) -> None:
        """Forget the headlines: there are no lines to split."""
        self._base.execute("delete from calibration")
        self.__dict__.pop("summary", None)

    def update(self, change: HeadlineChange) -> bool:
        """Choose the headlines again if the change concerns them; return if they are others."""
        row = self._base.execute("select size, newest, digest from calibration").fetchone()
        size = sample_size(self._headlines.count())
        if row and row[0] == size:
            newest = tuple(json.loads(row[1]) or ())
            if change.oldest is None or not newest or change.oldest > newest:
                return False
        from mujaz.enrich.headlines.boundary_model import shipped_file

        titles, age = self._headlines.oldest(size)
        content = sha256(shipped_file()).hexdigest(), sorted(set(titles))
        digest = blake2b(repr(content).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        if row and row[2] == digest:
            query = "update calibration set size = ?, newest = ?"
            self._base.execute(query, (size, json.dumps(age)))
            return False
        self.clear()
        self._base.execute(
            "insert into calibration values (?, ?, ?, null, null)", (size, json.dumps(age), digest)
        )
        return True

    @cached_property
    def summary(self) -> ModelSummary:
        """The summary, for which the model is tested unless it has been."""
        query = "select size, lengths, threshold from calibration"
        size, lengths, threshold = self._base.execute(query).fetchone()
        if threshold is None:
            titles, _ = self._headlines.oldest(size)
            threshold = calibrated_threshold(titles, self._model)
            lengths = json.dumps([*self._model.lengths])
            self._base.execute(
                "update calibration set lengths = ?, threshold = ?", (lengths, threshold)
            )
        return ModelSummary(json.loads(lengths), threshold)

    @cached_property
    def scorer(self) -> CachedScorer:
        """The model with a cache of what it read last."""
        return CachedScorer(self._model)

    @property
    def _model(self) -> BoundaryModel:
        from mujaz.enrich.headlines.boundary_model import shipped_boundary_model

        return shipped_boundary_model()


def sample_size(count: int) -> int:
    """Return how many of `count` headlines are in the sample; 0 if they are too few."""
    return max((size for size in SAMPLE_SIZES if size <= count), default=0)


def calibrated_threshold(titles: Iterable[str], model: BoundaryScorer) -> float:
    """Return the confidence from which the model is right about this site's own headlines.

    They are glued together, and the model is tested on them, if there are enough. Where it never is
    right often enough, that is more than 1: another source's headlines may be unlike all
    that the model has seen, and then its confidence means nothing. The same titles give the same,
    in whatever order.
    """
    # By a checksum, so that neither the order of inputs nor the day's news decides what is tested.
    ordered = sorted(set(titles), key=lambda title: (crc32(title.encode()), title))
    if len(ordered) < _MIN_TESTED_HEADLINES:
        return _UNTESTED_THRESHOLD
    sample = ordered[:_MAX_TESTED_HEADLINES]
    lines = glue(sample, 1 + _MAX_TESTED_HEADLINES // (1 + len(sample)), random.Random(2))
    return _reliable_from([each for line in lines for each in _test(line, model)])


def glue(titles: Sequence[str], repeats: int, dice: random.Random) -> Iterator[list[str]]:
    """Yield lines of titles, each title `repeats` times among ever new neighbours."""
    for _ in range(repeats):
        shuffled = dice.sample(titles, len(titles))
        for start in range(0, len(shuffled), _HEADLINES_PER_LINE):
            yield shuffled[start : start + _HEADLINES_PER_LINE]


def _test(titles: Sequence[str], model: BoundaryScorer) -> list[tuple[float, bool]]:
    """Return the confidence in each headline that the model finds, and whether it is one."""
    words = [word for title in titles for word in title.split()]
    starts = [0]
    for title in titles:
        starts.append(starts[-1] + len(title.split()))
    real = set(pairwise(starts))
    odds = [log_odds(probability) for probability in model.probabilities(words)]
    return [
        (part.confidence, (part.first, part.last) in real) for part in segments(odds, model.lengths)
    ]


def _reliable_from(tested: Sequence[tuple[float, bool]]) -> float:
    """Return the least confidence from which enough of the tested headlines are right."""
    threshold = _NEVER
    right = 0
    wrong_first = sorted(tested, key=lambda each: (-each[0], each[1]))
    for count, (confidence, is_right) in enumerate(wrong_first, 1):
        right += is_right
        # Two more wrong ones than seen: a few lucky hits are no proof.
        if right >= TARGET_PRECISION * (count + 2):
            threshold = confidence
    return threshold
