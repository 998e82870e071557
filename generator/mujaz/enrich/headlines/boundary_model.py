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
from zlib import crc32

from mujaz.data import content
from mujaz.enrich.headlines.boundary_features import Lexicon, by_affixes, features, stems_around
from mujaz.enrich.headlines.training import BEGINS

_ZIP = b"PK"
"""With this a file begins that has to be unpacked."""


class Boundaries:
    """The model: a CRF, the classes of words, and which stems stand together in running text."""

    def __init__(self, file: bytes) -> None:
        """Take the model file that `training.headlines` writes, or what `prepared` made of it."""
        head, _, rest = (prepared(file) if file.startswith(_ZIP) else file).partition(b"\n")
        told = json.loads(head)
        classes, affixes = told["classes"], told["affixes"]
        self.digest: str = told["digest"]
        self.lexicon = Lexicon(classes, told["affinities"], {(a, z): n for a, z, n in affixes})
        self.lengths: Sequence[float] = told["lengths"]
        self._together = array("I")
        self._together.frombytes(rest[: told["together"]])
        if sys.byteorder == "big":
            self._together.byteswap()
        self._crf = rest[told["together"] :]  # the tagger reads it where it lies
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


def prepared(file: bytes) -> bytes:
    """Return a model file as it is loaded fastest: not compressed, and nothing left to be counted.

    That takes longer than to split a line, and gives three times as much to keep.
    """
    from zipfile import ZipFile  # most runs load what was unpacked before

    with ZipFile(BytesIO(file)) as parts:
        words = (word.split("\t") for word in parts.read("words.tsv").decode().splitlines())
        classes = {word: int(number) for word, number in words}
        together = parts.read("together.bin")
        told = {
            "digest": sha256(file).hexdigest(),
            "classes": classes,
            "affixes": [[*affixes, number] for affixes, number in by_affixes(classes).items()],
            "affinities": parts.read("affinities.txt").decode().splitlines(),
            "lengths": json.loads(parts.read("lengths.json")),
            "together": len(together),
        }
        return json.dumps(told).encode() + b"\n" + together + parts.read("boundaries.crf")


def prior_file() -> bytes:
    """Return the file of the model that comes with the project."""
    return content("headlines.zip")


@cache
def prior_prepared() -> bytes:
    """Return that model as it is loaded fastest."""
    return prepared(prior_file())


@cache
def prior() -> Boundaries:
    """Return the model that comes with the project."""
    return Boundaries(prior_prepared())
