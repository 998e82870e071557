"""What the trainers of both networks share: dilated layers, dropout, and steps down the slopes.

Numbers of a batch are in arrays of three dimensions: by text, by word, by what stands for the word.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

Array = Any
_MOMENTUM, _SPREAD = 0.9, 0.98
"""Shares of what was learned before, in the mean of slopes and of their squares."""


def around(state: Array, distance: int) -> Array:
    """Return for each word the numbers of those so far before it, its own, and those behind it."""
    padded = np.pad(state, ((0, 0), (distance, distance), (0, 0)))
    return np.concatenate([padded[:, : -2 * distance], state, padded[:, 2 * distance :]], 2)


def slopes_of_words(slopes: Array, distance: int) -> Array:
    """Return the slopes of words, given those of what `around` made of them."""
    before, here, after = np.split(slopes, 3, -1)
    result = here.copy()
    result[:, :-distance] += before[:, distance:]
    result[:, distance:] += after[:, :-distance]
    return result


def product(left: Array, right: Array) -> Array:
    """Return the sum over all words of the products of each two numbers."""
    return left.reshape(-1, left.shape[-1]).T @ right.reshape(-1, right.shape[-1])


def dropout_mask(count: int, width: int, dropped: float, chance: np.random.Generator) -> Array:
    """Return factors for so many texts: 0 for the share `dropped`, the others make up for it."""
    mask = chance.random((count, 1, width)) >= dropped
    return mask.astype(np.float32) / np.float32(1 - dropped)


class Descent:
    """Steps of a network towards fewer errors (Kingma and Ba 2014, "Adam"), with weight decay."""

    def __init__(self, weights: dict[str, Array], rate: float, warm_up: int, decay: float) -> None:
        """Take the arrays, which each step changes; the rate rises for `warm_up` steps, and then
        falls."""
        self._weights, self._rate, self._warm_up, self._decay = weights, rate, warm_up, decay
        self._momentum = {name: np.zeros_like(array) for name, array in weights.items()}
        self._spread = {name: np.zeros_like(array) for name, array in weights.items()}

    def step(self, number: int, steps: int, slopes: Mapping[str, Array]) -> None:
        """Take step `number`, from 1 on, of so many."""
        rate = self._rate * min(1.0, number / self._warm_up) * (1 - (number - 1) / steps) ** 0.7
        for name, slope in slopes.items():
            momentum, spread = self._momentum[name], self._spread[name]
            momentum += 0.1 * (slope - momentum)
            spread += 0.02 * (slope * slope - spread)
            change = momentum / (1 - _MOMENTUM**number)
            change /= np.sqrt(spread / (1 - _SPREAD**number)) + 1e-8
            self._weights[name] *= 1 - rate * self._decay
            self._weights[name] -= rate * change
