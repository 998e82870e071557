"""The runs of words in a text, as numbers: by them copies of it are found and told."""

from __future__ import annotations

from itertools import islice
from struct import pack, unpack
from typing import NamedTuple
from zlib import crc32

from mujaz.arabic.normalise import key
from mujaz.model import Article

_SHORT = 25
"""Words: a shorter text is a copy only if all of it is, headline included."""
_ALIKE = 0.55
"""Shared part of all shingles (Jaccard) from which two texts are one."""
_CONTAINED = 0.85
"""Shared part of the shorter text's shingles from which it is a cut of the longer."""
_LONG_CUT = 40
"""Shingles that a cut has at least."""
_KEYS = 12
"""Shingles by which a text is looked up: the smallest, so that texts alike have some in common."""
_SAMPLE = 32
"""One shingle in so many is a key as well, for cuts out of the middle of long texts."""
_END, _END_KEYS = 60, 4
"""Shingles at either end of a text, and how many of them it is looked up by as well: most cuts
keep one end."""


class Shingles(NamedTuple):
    """The runs of three words in an article, as numbers."""

    keys: tuple[int, ...]
    """Those by which it is looked up; the first stands for all of it."""
    all: tuple[int, ...]
    """Each of them once."""


def shingles(article: Article) -> bytes:
    """Return the shingles of an article's body, packed; see `unpacked`."""
    words = key("\n".join(article.paragraphs)).encode().split()
    if len(words) < _SHORT:
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
        *numbers[:_KEYS],
        *(number for number in numbers if number % _SAMPLE == 0),
        *sorted(set(runs[:_END]))[:_END_KEYS],
        *sorted(set(runs[-_END:]))[:_END_KEYS],
    } - {whole}
    return pack(f"<{2 + len(keys) + len(numbers)}I", 1 + len(keys), whole, *sorted(keys), *numbers)


def unpacked(packed: bytes) -> Shingles:
    """Return the shingles that were packed."""
    count, *numbers = unpack(f"<{len(packed) // 4}I", packed)
    return Shingles(tuple(numbers[:count]), tuple(numbers[count:]))


def is_copy(shorter: frozenset[int], longer: tuple[int, ...]) -> bool:
    """Whether a text is another one or a cut of it, by the shingles of both."""
    shared = len(shorter.intersection(longer))
    together = len(shorter) + len(longer) - shared
    return shared >= _ALIKE * together or (
        len(shorter) >= _LONG_CUT and shared >= _CONTAINED * len(shorter)
    )
