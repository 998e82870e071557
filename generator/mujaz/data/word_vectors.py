"""Vectors of words: those of words that stand among the same words are alike.

They say of a word that no list has, and that no labelled text has, what it is like. The file holds
no words, only their checksums in order and a row of small whole numbers for each, so that what is
made of them by sums and products is the same on every machine.
"""

from __future__ import annotations

import mmap
import os
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from struct import Struct
from typing import Any
from zlib import crc32

from mujaz.data import HERE
from mujaz.data.lookup import mapped

VECTOR_UNIT = 1 / 32
"""What one stands for in a vector; a vector is 10 long."""
_HEAD = Struct("<II")
"""How many words there are, and how many numbers a vector has."""
_DIGIT = re.compile("[0-9]")


class WordVectors:
    """Vectors of the words that are common in print."""

    def __init__(self, content: bytes | mmap.mmap) -> None:
        """Take what `packed_vectors` made."""
        np = numpy_library()
        count, self.dimensions = _HEAD.unpack_from(content)
        checksums = np.frombuffer(content, "<u4", count, _HEAD.size)
        self._checksums: Sequence[int] = memoryview(checksums.astype("=u4").tobytes()).cast("I")
        numbers = np.frombuffer(content, np.int8, offset=_HEAD.size + 4 * count)
        self.rows = numbers.reshape(count, self.dimensions)
        """A row of whole numbers for each word, in units of `VECTOR_UNIT`."""

    def row(self, word: str) -> int | None:
        """Return the number of the row of `word`, a comparison key, or None if it has none."""
        checksum = word_checksum(word)
        row = bisect_left(self._checksums, checksum)
        return row if row < len(self._checksums) and self._checksums[row] == checksum else None

    def vector(self, word: str) -> Any:
        """Return the vector of `word`, a comparison key, 1 long, or None if it has none."""
        row = self.row(word)
        if row is None:
            return None
        vector = self.rows[row].astype(float)
        return vector / numpy_library().sqrt(vector @ vector)


def word_checksum(word: str) -> int:
    """Return the number by which a comparison key is found; all digits are one."""
    folded = _DIGIT.sub("0", word) if word[:1].isascii() else word
    return crc32(folded.encode("utf-8", "surrogatepass"))


def packed_vectors(vectors: Mapping[str, Any]) -> bytes:
    """Return vectors, each 1 long, as the bytes of a file; the commoner words come first.

    Of two words with one checksum the commoner one is there.
    """
    np = numpy_library()
    by_checksum: dict[int, Any] = {}
    for word, vector in vectors.items():
        by_checksum.setdefault(word_checksum(word), vector)
    checksums = sorted(by_checksum)
    table = np.array([by_checksum[checksum] for checksum in checksums])
    rows = np.clip(np.rint(table * (10 / VECTOR_UNIT)), -127, 127).astype(np.int8)
    head = _HEAD.pack(len(rows), rows.shape[1])
    return b"".join([head, np.array(checksums, "<u4").tobytes(), rows.tobytes()])


@cache
def numpy_library() -> Any:
    """Return numpy, loaded only now: that takes longer than an article, and not every run needs it.

    It is to use one thread: for arrays of this size several take many times as long, the more so as
    articles are shared among processes already.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import numpy

    return numpy


@cache
def shipped_vectors() -> WordVectors:
    """Return the vectors of common words of the news."""
    return WordVectors(mapped(HERE / "word_vectors.bin"))
