"""What the model of names has learnt of features, summed where they never change.

A word has some sixty features wherever it stands, and says as many of its neighbours. To hand the
model all of them for each word of a text took more time than all else that is done with it. But
what speaks for a label is the sum of its features' weights: so a word's are summed when it is first
met, and the model proper, which knows how labels follow each other, is handed one number a label.
"""

from __future__ import annotations

import mmap
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import count
from struct import Struct
from typing import TYPE_CHECKING, Any

from mujaz.data import HERE
from mujaz.data.lookup import mapped

if TYPE_CHECKING:
    import pycrfsuite

LABELS = ("O", "B-PERS", "I-PERS", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
"""What a word may be: no part of a name, the first of one, or another word of it."""
_ROW, _END = Struct(f"<{len(LABELS)}d"), b"\n\n"
Vector = int
"""How much speaks for each of `LABELS`: a number of 64 bits each, in one that is as long as all of
them. To add two is one step, where seven would be seven."""
_LANE, _LANES = 64, Struct(f"<{len(LABELS)}Q")
_UNIT = 2.0**40
"""What a number of a vector is for a weight of one: finer than weights are known."""
_HALF = 1 << (_LANE - 1)
_HALVES = sum(_HALF << (_LANE * lane) for lane in range(len(LABELS)))
"""Added to a vector, no number of it is negative."""


def vector(weights: Sequence[float]) -> Vector:
    """Return weights of `LABELS` as a vector."""
    return sum(round(each * _UNIT) << (_LANE * lane) for lane, each in enumerate(weights))


def weights_in(told: Vector) -> tuple[float, ...]:
    """Return the weights in a vector, in the order of `LABELS`."""
    lanes = _LANES.unpack((told + _HALVES).to_bytes(_LANES.size, "little"))
    return tuple([(lane - _HALF) / _UNIT for lane in lanes])


class Weights:
    """The weights of features."""

    def __init__(self, packed: bytes | mmap.mmap) -> None:
        """Take what `packed_weights` made."""
        self._packed = packed
        end = packed.find(_END)
        self._start = end + len(_END) - _ROW.size
        ordered = packed[:end].decode().split("\n")
        # By name the place of its weights, from 1, which cannot be summed; once it is met, these.
        self._found: dict[str, Any] = dict(zip(ordered, zip(count(1)), strict=False))
        self._get = self._found.get
        first, last = bisect_left(ordered, "-w"), bisect_left(ordered, "-x")
        self.leads = frozenset([name[4:].partition("|")[0] for name in ordered[first:last]])
        """Words of which the model knows how the next one goes on: `-we=…|`, `-wr=…|`, `-ws=…|`."""

    def summed(self, names: Sequence[str], *parts: Vector) -> Vector:
        """Return what features together say, beside parts that are summed already.

        Features that the model never met say nothing.
        """
        try:
            found: Vector = sum(filter(None, map(self._get, names)), sum(parts))
        except TypeError:  # some of them is met for the first time
            for name in names:
                self._read(name)
            return self.summed(names, *parts)
        return found

    def _read(self, name: str) -> None:
        place = self._found.get(name)
        if isinstance(place, tuple):
            at = self._start + place[0] * _ROW.size
            self._found[name] = vector(_ROW.unpack_from(self._packed, at))


class Model:
    """The trained model of names: weights of features, and how labels follow each other."""

    def __init__(self, weights: Weights, chain: pycrfsuite.Tagger) -> None:
        """Take a model of features that are `LABELS` themselves, each with a weight of one."""
        self.weights = weights
        self.chain = chain

    def label(self, words: Sequence[Vector]) -> list[str]:
        """Return the best labels of a sentence's words, given what speaks for each.

        Until the next sentence is labelled, `chain` tells how likely others are.
        """
        # Spelled out, as for each word of each text there is one.
        none, person, persons, place, places, organisation, organisations = LABELS
        items = [
            {none: a, person: b, persons: c, place: d, places: e, organisation: f, organisations: g}
            for a, b, c, d, e, f, g in map(weights_in, words)
        ]
        labels: list[str] = self.chain.tag(items)
        return labels


def packed_weights(weights: Mapping[str, Sequence[float]]) -> bytes:
    """Return the weights of features, in the order of `LABELS`, as the bytes of a file."""
    rows = [_ROW.pack(*weights[name]) for name in sorted(weights)]
    return b"".join(["\n".join(sorted(weights)).encode(), _END, *rows])


@cache
def shipped_model() -> Model:
    """Return the trained model; its library is loaded only now, as not every run needs it."""
    import pycrfsuite

    chain = pycrfsuite.Tagger()
    chain.open(str(HERE / "entities.crfsuite"))
    return Model(Weights(mapped(HERE / "entities.bin")), chain)
