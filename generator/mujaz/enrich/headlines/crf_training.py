"""Trains a CRF on whole headlines, glued together, to tell how they begin and end."""

from __future__ import annotations

import math
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

TrainingLine = tuple[list[list[str]], list[str]]
"""The features of the gap before each word in a line of glued headlines, and each word's label."""

BEGINS = "B"
"""Label of a headline's first word."""
_HEADLINES_PER_LINE = 19
_MIN_LENGTH_PRIOR = 24
"""Words of the longest headline that the length prior covers at least."""
_SHORT_LABELS: Sequence[list[str]] = ([], [BEGINS], [BEGINS, "E"], [BEGINS, "C", "E"])
"""Labels of headlines of less than four words, by their number."""


def labels(title: str) -> list[str]:
    """Return the labels of a headline's words: first, second, inner, last but one, last."""
    count = len(title.split())
    if count < len(_SHORT_LABELS):
        return _SHORT_LABELS[count]
    return [BEGINS, "C", *("I" * (count - 4)), "D", "E"]


def glue(titles: Sequence[str], repeats: int, dice: random.Random) -> Iterator[list[str]]:
    """Yield lines of titles, each title `repeats` times among ever new neighbours."""
    for _ in range(repeats):
        shuffled = dice.sample(titles, len(titles))
        for start in range(0, len(shuffled), _HEADLINES_PER_LINE):
            yield shuffled[start : start + _HEADLINES_PER_LINE]


def train_crf(lines: Iterable[TrainingLine], settings: Mapping[str, float | bool]) -> bytes:
    """Return a CRF trained on the lines; the same ones in the same order give the same bytes."""
    from pycrfsuite import Trainer  # a site without glued headlines never loads it

    trainer = Trainer(algorithm="lbfgs", verbose=False, params=dict(settings))
    for rows, wanted in lines:
        trainer.append(rows, wanted)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crf"
        trainer.train(str(path))
        return path.read_bytes()


def length_prior(titles: Sequence[str]) -> list[float]:
    """Return the log probability of each number of words, smoothed over its neighbours."""
    counts = Counter(len(title.split()) for title in titles)
    longest = max(_MIN_LENGTH_PRIOR, *counts)
    smooth = [
        sum(times * math.exp(-abs(n - length) / 1.5) for length, times in counts.items())
        + 0.001 * len(titles)
        for n in range(longest + 1)
    ]
    total = sum(smooth[1:])
    return [-99.0, *(round(math.log(value / total), 3) for value in smooth[1:])]
