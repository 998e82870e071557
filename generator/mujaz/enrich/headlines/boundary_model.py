"""A CRF that predicts how likely each word of a line begins a headline."""

from __future__ import annotations

import json
import sys
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from itertools import accumulate
from typing import Any
from zlib import crc32

from mujaz.data import content
from mujaz.enrich.headlines.boundary_features import (
    WordClasses,
    classes_by_affixes,
    gap_features,
    stems_around_gaps,
)
from mujaz.enrich.headlines.word_usage import WordUsage

_ZIP_MAGIC = b"PK"
_TEXTS = ("affinities.txt", "lengths.json", "stems.txt")
_LOADED = ("together.bin", "frequencies.bin", "topics.bin", "boundaries.crf")
"""Parts of the model file: those that are read, and those that stay as they are."""

BEGINS = "B"
"""Label of a headline's first word."""


class BoundaryModel:
    """A CRF, the classes of words, and which stems are collocations in running text."""

    def __init__(self, file: bytes) -> None:
        """Take the model file that `training.headlines` writes, or what `prepare` made of it."""
        head, _, rest = (prepare(file) if file.startswith(_ZIP_MAGIC) else file).partition(b"\n")
        header = json.loads(head)
        parts: dict[str, bytes] = {}
        start = 0
        for name, size in header["parts"]:
            parts[name] = rest[start : start + size]
            start += size
        affixes = {(first, last): number for first, last, number in header["affixes"]}
        usage = WordUsage(
            header["places"], header["stems"], parts["frequencies.bin"], parts["topics.bin"]
        )
        self.word_classes = WordClasses(header["classes"], header["affinities"], affixes, usage)
        self.lengths: Sequence[float] = header["lengths"]
        self._collocations = array("I")
        self._collocations.frombytes(parts["together.bin"])
        if sys.byteorder == "big":
            self._collocations.byteswap()
        self._crf = parts["boundaries.crf"]  # the tagger reads it where it lies
        self.tagger = open_tagger(self._crf)

    def probabilities(self, words: Sequence[str]) -> list[float]:
        """Return the probability that a headline begins at each word, punctuation included."""
        return boundary_probabilities(self.tagger, self.gap_features(words))

    def gap_features(self, words: Sequence[str]) -> list[list[str]]:
        """Return the features of the gap before each word."""
        pairs = stems_around_gaps(words, self.word_classes)
        return gap_features(
            words, [self._is_collocation(pair) for pair in pairs], self.word_classes
        )

    def _is_collocation(self, stems: tuple[str, str]) -> bool:
        pair = stem_pair_hash(stems)
        i = bisect_left(self._collocations, pair)
        return i < len(self._collocations) and self._collocations[i] == pair


def open_tagger(crf: bytes) -> Any:
    """Return the tagger of a trained CRF, which must outlive it."""
    from pycrfsuite import Tagger  # a site without glued headlines never loads it

    tagger = Tagger()
    tagger.open_inmemory(crf)
    return tagger


def boundary_probabilities(tagger: Any, rows: Sequence[Sequence[str]]) -> list[float]:
    """Return the probability that a headline begins at each word of a line, given its features."""
    tagger.set(rows)
    return [tagger.marginal(BEGINS, i) for i in range(len(rows))]


def stem_pair_hash(stems: tuple[str, str]) -> int:
    """Return the hash of two stems in the model file: 32 bits, the same on any machine."""
    return crc32(" ".join(stems).encode())


def prepare(file: bytes) -> bytes:
    """Return a model file as it is loaded fastest: decompressed, with all counts made.

    That takes longer than to split a line, and gives three times as many bytes.
    """
    from zipfile import ZipFile  # most runs load what was prepared before

    with ZipFile(BytesIO(file)) as parts:
        rows = [word.split("\t") for word in parts.read("words.tsv").decode().splitlines()]
        classes = {word: int(number) for word, number, _ in rows if number}
        texts = {name: parts.read(name).decode() for name in _TEXTS}
        by_affixes = classes_by_affixes(classes)
        loaded = {name: parts.read(name) for name in _LOADED}
    loaded["together.bin"] = _running_sums(loaded["together.bin"])
    header = {
        "classes": classes,
        "affixes": [[*affixes, number] for affixes, number in by_affixes.items()],
        "affinities": texts["affinities.txt"].splitlines(),
        "lengths": json.loads(texts["lengths.json"]),
        "places": {word: places for word, _, places in rows if places},
        "stems": texts["stems.txt"].splitlines(),
        "parts": [(name, len(part)) for name, part in loaded.items()],
    }
    return json.dumps(header).encode() + b"\n" + b"".join(loaded.values())


def _running_sums(differences: bytes) -> bytes:
    """Return 32-bit numbers, low byte first, whose differences are given alike."""
    numbers = array("I")
    numbers.frombytes(differences)
    if sys.byteorder == "big":
        numbers.byteswap()
    numbers = array("I", accumulate(numbers))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def shipped_file() -> bytes:
    """Return the file of the model that is shipped with the project."""
    return content("headlines.zip")


@cache
def shipped_prepared() -> bytes:
    """Return the shipped model as it is loaded fastest."""
    return prepare(shipped_file())
