"""Tells how likely each word of a line begins a headline, by a model trained beforehand."""

from __future__ import annotations

import json
import sys
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile
from zlib import crc32

from generator.data import content
from generator.enrich.gaps import Lexicon, features, stems_around
from generator.enrich.learning import BEGINS


class Boundaries:
    """The model: a CRF, the classes of words, and which stems stand together in running text."""

    def __init__(self, file: bytes) -> None:
        """Take the model file that `training.headlines` writes."""
        self.digest = sha256(file).hexdigest()
        with ZipFile(BytesIO(file)) as parts:
            words = parts.read("words.tsv").decode().splitlines()
            classes = {word: int(number) for word, number in (w.split("\t") for w in words)}
            self.lexicon = Lexicon(classes, parts.read("affinities.txt").decode().splitlines())
            self.lengths: Sequence[float] = json.loads(parts.read("lengths.json"))
            self._together = array("I")
            self._together.frombytes(parts.read("together.bin"))
            if sys.byteorder == "big":
                self._together.byteswap()
            self._crf = parts.read("boundaries.crf")  # the tagger reads it where it lies
        self._tagger = tagger(self._crf)

    def probabilities(self, written: Sequence[str]) -> list[float]:
        """Return the probability that a headline begins at each word, punctuation included."""
        return self.probabilities_of(self.features(written))

    def features(self, written: Sequence[str]) -> list[list[str]]:
        """Return what tells of the gap before each word."""
        pairs = stems_around(written, self.lexicon)
        return features(written, [self._stand_together(p) for p in pairs], self.lexicon)

    def probabilities_of(self, rows: Sequence[Sequence[str]]) -> list[float]:
        """Return the same as `probabilities`, given the features."""
        return probabilities(self._tagger, rows)

    def _stand_together(self, pair: tuple[str, str]) -> bool:
        number = pair_number(pair)
        at = bisect_left(self._together, number)
        return at < len(self._together) and self._together[at] == number


def tagger(crf: bytes) -> Any:
    """Return the tagger of a trained CRF, which must outlive it."""
    from pycrfsuite import Tagger  # a site without glued headlines never loads it

    made = Tagger()
    made.open_inmemory(crf)
    return made


def probabilities(tagger: Any, rows: Sequence[Sequence[str]]) -> list[float]:
    """Return the probability that a headline begins at each word of a line, given its features."""
    tagger.set(rows)
    return [tagger.marginal(BEGINS, i) for i in range(len(rows))]


def pair_number(pair: tuple[str, str]) -> int:
    """Return the number that stands for two stems in the model file: 32 bits, the same anywhere."""
    return crc32(" ".join(pair).encode())


@cache
def prior() -> Boundaries:
    """Return the model that comes with the project."""
    return Boundaries(content("headlines.zip"))
