"""Compares what the words before and after each gap are about: at a boundary the topic changes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate
from operator import add, mul, sub

Vector = Sequence[int]
"""What a word is about: words of the same texts have vectors that point the same way."""

_NEAR, _WIDE = 3, 6
"""Words on either side of a gap that are compared."""
_VALLEY = (-2, -1, 1, 2)
"""Gaps, counted from one, that its similarity is compared with."""


def coherence_features(vectors: Sequence[Vector]) -> list[tuple[str, ...]]:
    """Return the features of each gap between two words, given what each word is about.

    They say how alike both sides are, as tenths of a cosine, and how much less than around the gaps
    nearby. Words of unknown topic have vectors of zeros.
    """
    if len(vectors) < 2:
        return []
    near, wide = similarities(vectors, _NEAR), similarities(vectors, _WIDE)
    features: list[tuple[str, ...]] = []
    for gap, similarity in enumerate(near):
        nearby = [near[gap + step] for step in _VALLEY if 0 <= gap + step < len(near)]
        highest = max((each for each in nearby if each is not None), default=None)
        depth = None if similarity is None or highest is None else similarity - highest
        features.append(
            (
                f"0m{_tenths(similarity, -3, 10)}",
                f"1m{_tenths(wide[gap], -3, 10)}",
                f"2m{_tenths(depth, -6, 3)}",
            )
        )
    return features


def similarities(vectors: Sequence[Vector], width: int) -> list[float | None]:
    """Return the cosine of the sums of `width` vectors before and after each gap between two.

    It is None where all vectors of a side are zeros.
    """
    zeros = [0] * len(vectors[0])
    padded = [*[zeros] * width, *vectors, *[zeros] * width]
    sums = [*accumulate(padded, lambda total, each: [*map(add, total, each)], initial=zeros)]
    windows = [[*map(sub, sums[end], sums[end - width])] for end in range(width, len(sums))]
    lengths = [math.sqrt(sum(map(mul, window, window))) for window in windows]
    cosines: list[float | None] = []
    for before in range(1, len(vectors)):
        after = before + width
        scale = lengths[before] * lengths[after]
        product = sum(map(mul, windows[before], windows[after])) if scale else 0
        cosines.append(product / scale if scale else None)
    return cosines


def _tenths(value: float | None, least: int, most: int) -> str:
    return "" if value is None else str(max(least, min(most, round(10 * value))))
