"""Numbers that stand for runs of words: the same for the same words, anywhere and at any time."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

_FACTOR = 0x5851F42D4C957F2D
_BITS = (1 << 63) - 1
"""What SQLite can hold, and no sign."""


def runs(words: Iterable[str], length: int) -> array[int]:
    """Return the number of each run of `length` words, in order.

    It is a polynomial of those of the words, so that each costs no more than a word.
    """
    numbers = [*map(_number, words)]
    leaving = pow(_FACTOR, length - 1, _BITS + 1)
    value = 0
    found = array("q")
    for i, number in enumerate(numbers):
        if i >= length:
            value -= numbers[i - length] * leaving
        value = (value * _FACTOR + number) & _BITS
        if i >= length - 1:
            found.append(value)
    return found


@lru_cache(maxsize=20_000)
def _number(word: str) -> int:
    told = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(told, "little")
