"""Learns from whole headlines how they begin and end."""

from __future__ import annotations

import math
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

Example = tuple[list[list[str]], list[str]]
"""The features of each word's gap in a line of glued headlines, and each word's label."""

BEGINS = "B"
"""Label of a headline's first word."""
_IN_SIDEBAR = 19
"""Headlines that are glued together."""


def labels(title: str) -> list[str]:
    """Return the labels of a headline's words: first, second, inner, last but one, last."""
    count = len(title.split())
    short = {0: [], 1: [BEGINS], 2: [BEGINS, "E"], 3: [BEGINS, "C", "E"]}
    found = short.get(count)
    return [BEGINS, "C", *("I" * (count - 4)), "D", "E"] if found is None else found


def glue(titles: Sequence[str], copies: int, dice: random.Random) -> Iterator[list[str]]:
    """Yield the titles, each `copies` times, in ever new company."""
    for _ in range(copies):
        shuffled = dice.sample(titles, len(titles))
        for start in range(0, len(shuffled), _IN_SIDEBAR):
            yield shuffled[start : start + _IN_SIDEBAR]


def learn(examples: Iterable[Example], settings: Mapping[str, float | bool]) -> bytes:
    """Return a CRF trained on the examples; the same ones in the same order give the same."""
    from pycrfsuite import Trainer  # a site without glued headlines never loads it

    trainer = Trainer(algorithm="lbfgs", verbose=False, params=dict(settings))
    for rows, wanted in examples:
        trainer.append(rows, wanted)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crf"
        trainer.train(str(path))
        return path.read_bytes()


def length_prior(titles: Sequence[str]) -> list[float]:
    """Return the log probability of each number of words, smoothed over its neighbours."""
    counts = Counter(len(title.split()) for title in titles)
    longest = max(24, *counts)
    smooth = [
        sum(times * math.exp(-abs(n - length) / 1.5) for length, times in counts.items())
        + 0.001 * len(titles)
        for n in range(longest + 1)
    ]
    total = sum(smooth[1:])
    return [-99.0, *(round(math.log(value / total), 3) for value in smooth[1:])]
