"""The runs of words in a text, as numbers: near-duplicates share many of them."""

from __future__ import annotations

from itertools import islice
from struct import pack, unpack
from typing import Literal, NamedTuple
from zlib import crc32

from mujaz.arabic.normalise import key
from mujaz.model import Article

_MIN_SHINGLED_WORDS = 25
"""A shorter text is a duplicate only if all of it is, headline included."""
_MIN_JACCARD = 0.55
"""Share of all shingles that both have, from which two texts are one."""
_MIN_CONTAINED_SHARE = 0.85
"""Shared part of the shorter text's shingles from which the longer one holds it."""
_MIN_LENGTH_RATIO = 0.45
"""Of the lengths of a cut and of the longer text."""
_MIN_CUT_SHINGLES = 40
"""Shingles that a text has at least which is a cut, or which another one holds."""
_SMALLEST_KEYS = 12
"""Shingles by which a text is looked up: the smallest, so that texts alike have some in common."""
_KEY_MODULUS = 32
"""One shingle in so many is a key as well, for cuts out of the middle of long texts."""
_END_SHINGLES, _END_KEYS = 60, 4
"""Shingles at either end of a text, and how many of them it is looked up by as well: most cuts
keep one end."""


Relation = Literal["duplicate", "contained"]


class Shingles(NamedTuple):
    """The runs of three words in an article, as numbers."""

    keys: tuple[int, ...]
    """Those by which it is looked up; the first stands for all of it."""
    all: tuple[int, ...]
    """Each of them once."""


def shingles(article: Article) -> bytes:
    """Return the shingles of an article's body, packed; see `unpacked`."""
    words = key("\n".join(article.paragraphs)).encode().split()
    if len(words) < _MIN_SHINGLED_WORDS:
        # As one shingle, it is alike only to itself.
        runs = [crc32(b" ".join((key(article.title).encode(), *words)))]
    else:
        # crc32 and not hash(): the same number in every process. It goes on from word to word.
        ones = map(crc32, words)
        twos = map(crc32, islice(words, 1, None), ones)
        runs = list(map(crc32, islice(words, 2, None), twos))
    numbers = sorted(set(runs))
    whole = crc32(pack(f"<{len(numbers)}I", *numbers))
    keys = {
        *numbers[:_SMALLEST_KEYS],
        *(number for number in numbers if number % _KEY_MODULUS == 0),
        *sorted(set(runs[:_END_SHINGLES]))[:_END_KEYS],
        *sorted(set(runs[-_END_SHINGLES:]))[:_END_KEYS],
    } - {whole}
    return pack(f"<{2 + len(keys) + len(numbers)}I", 1 + len(keys), whole, *sorted(keys), *numbers)


def unpacked(packed: bytes) -> Shingles:
    """Return the shingles that were packed."""
    count, *numbers = unpack(f"<{len(packed) // 4}I", packed)
    return Shingles(tuple(numbers[:count]), tuple(numbers[count:]))


def relation(shorter: frozenset[int], longer: tuple[int, ...]) -> Relation | None:
    """Return what a text is to another one, by the shingles of both; None if it is nothing to it.

    A duplicate has the same text, or a cut of it that is near it in length. What is much shorter
    is contained: a statement that a round-up took in is an article of its own.
    """
    shared = len(shorter.intersection(longer))
    together = len(shorter) + len(longer) - shared
    if shared >= _MIN_JACCARD * together:
        return "duplicate"
    if len(shorter) < _MIN_CUT_SHINGLES or shared < _MIN_CONTAINED_SHARE * len(shorter):
        return None
    return "duplicate" if len(shorter) >= _MIN_LENGTH_RATIO * len(longer) else "contained"
