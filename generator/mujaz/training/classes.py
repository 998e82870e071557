"""Sorts words into classes by the words that stand beside them in running text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

Array = Any
_RARE = 3
"""Occurrences below which a word gets no class of its own."""
_ROUNDS = 8
"""Times that each word is put where it fits best."""


def word_classes(runs: Iterable[Sequence[str]], count: int) -> dict[str, int]:
    """Return the class, from 0 to `count` - 1, of each word that is not rare.

    Words are exchanged between classes, the commonest first, as long as the classes of neighbours
    tell more of each other (Martin, Liermann, Ney 1998, "Algorithms for bigram and trigram word
    clustering"). `runs` are words that follow each other in running text.
    """
    runs = list(runs)
    counts = Counter(word for run in runs for word in run)
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    words = [word for word in ranked if counts[word] >= _RARE]
    after, before = _neighbours(runs, {word: i for i, word in enumerate(words)})
    # The last two classes are fixed: the edge of a run, and all rare words.
    size = count + 2
    classes = np.array([i % count for i in range(len(words))] + [count, count + 1])
    table = np.zeros((size, size))
    for word, (others, times) in after.items():
        np.add.at(table, (classes[word], classes[others]), times)
    for _ in range(_ROUNDS):
        moved = sum(_place(word, classes, table, after, before) for word in range(len(words)))
        if moved < len(words) / 100:
            break
    return {word: int(classes[i]) for i, word in enumerate(words)}


def _neighbours(
    runs: Sequence[Sequence[str]], numbers: Mapping[str, int]
) -> tuple[dict[int, tuple[Array, Array]], dict[int, tuple[Array, Array]]]:
    """Return, for each word's number, its neighbours' numbers and how often they stand there."""
    edge, rare = len(numbers), len(numbers) + 1
    after: dict[int, Counter[int]] = defaultdict(Counter)
    before: dict[int, Counter[int]] = defaultdict(Counter)
    for run in runs:
        last = edge
        for number in [*(numbers.get(word, rare) for word in run), edge]:
            after[last][number] += 1
            before[number][last] += 1
            last = number
    return _arrays(after), _arrays(before)


def _arrays(counts: Mapping[int, Counter[int]]) -> dict[int, tuple[Array, Array]]:
    return {
        number: (np.array(list(neighbours)), np.array(list(neighbours.values()), float))
        for number, neighbours in counts.items()
    }


def _place(
    word: int,
    classes: Array,
    table: Array,
    after: Mapping[int, tuple[Array, Array]],
    before: Mapping[int, tuple[Array, Array]],
) -> bool:
    """Move a word into the class where it tells most; say whether that is another one."""
    size = len(table)
    old = classes[word]
    right, left, itself = _by_class(word, classes, after[word], before[word], size)
    table[old, :] -= right
    table[:, old] -= left
    table[old, old] -= itself
    rights, lefts = np.nonzero(right)[0], np.nonzero(left)[0]
    free = table[: size - 2]
    columns = table[lefts][:, : size - 2]
    gain = _gain(free[:, rights], right[rights]).sum(1)
    gain += _gain(columns, left[lefts][:, None]).sum(0)
    gain -= _gain(table.sum(1)[: size - 2], right.sum() + itself)
    gain -= _gain(table.sum(0)[: size - 2], left.sum() + itself)
    best = int(np.argmax(gain))
    new = best if gain[best] > gain[old] + 1e-9 else old
    classes[word] = new
    table[new, :] += right
    table[:, new] += left
    table[new, new] += itself
    return bool(new != old)


def _by_class(
    word: int,
    classes: Array,
    after: tuple[Array, Array],
    before: tuple[Array, Array],
    size: int,
) -> tuple[Array, Array, float]:
    """Return how often each class follows the word, precedes it, and the word follows itself."""
    others, times = after
    apart = others != word
    right = np.bincount(classes[others[apart]], times[apart], size)
    itself = float(times[~apart].sum())
    others, times = before
    apart = others != word
    return right, np.bincount(classes[others[apart]], times[apart], size), itself


def _gain(counts: Array, more: Array | float) -> Array:
    """Return what x·log(x) grows by where `more` is added to `counts`."""
    return _entropy(counts + more) - _entropy(counts)


def _entropy(counts: Array) -> Array:
    return np.where(counts > 0, counts * np.log(np.maximum(counts, 1e-12)), 0)
