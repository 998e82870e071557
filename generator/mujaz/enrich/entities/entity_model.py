"""The trained model of entities: weights of features, summed where they never change, and a CRF.

A word has some sixty features wherever it stands, and says as many of its neighbours. To hand the
CRF all of them for each word of a text took more time than all else that is done with it. But what
speaks for a label is the sum of its features' weights: so a word's are summed when it is first met,
and the CRF, which knows how labels follow each other, is handed one number a label.
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
LabelScores = int
"""How much speaks for each of `LABELS`: a number of 64 bits each, in one that is as long as all of
them. To add two is one step, where seven would be seven."""
_LANE_BITS, _LANES = 64, Struct(f"<{len(LABELS)}Q")
_UNIT = 2.0**40
"""What a number of the scores is for a weight of one: finer than weights are known."""
_HALF = 1 << (_LANE_BITS - 1)
_HALVES = sum(_HALF << (_LANE_BITS * lane) for lane in range(len(LABELS)))
"""Added to scores, no number of them is negative."""


def packed_scores(weights: Sequence[float]) -> LabelScores:
    """Return weights of `LABELS` as one number."""
    return sum(round(each * _UNIT) << (_LANE_BITS * lane) for lane, each in enumerate(weights))


def unpacked_scores(scores: LabelScores) -> tuple[float, ...]:
    """Return the weights in one number, in the order of `LABELS`."""
    lanes = _LANES.unpack((scores + _HALVES).to_bytes(_LANES.size, "little"))
    return tuple([(lane - _HALF) / _UNIT for lane in lanes])


class FeatureWeights:
    """The weights of features."""

    def __init__(self, packed: bytes | mmap.mmap) -> None:
        """Take what `packed_weights` made."""
        self._packed = packed
        end = packed.find(_END)
        self._start = end + len(_END) - _ROW.size
        names = packed[:end].decode().split("\n")
        # By name the number of its row, from 1, as a tuple, which cannot be summed; once the
        # feature is met, its scores.
        self._by_name: dict[str, Any] = dict(zip(names, zip(count(1)), strict=False))
        self._get = self._by_name.get
        first, last = bisect_left(names, "-w"), bisect_left(names, "-x")
        self.predictive_words = frozenset(
            [name[4:].partition("|")[0] for name in names[first:last]]
        )
        """Words of which the model knows how the next one goes on: `-we=…|`, `-wr=…|`, `-ws=…|`."""

    def summed(self, names: Sequence[str], *groups: LabelScores) -> LabelScores:
        """Return what features together say, beside groups that are summed already.

        Features that the model never met say nothing.
        """
        try:
            scores: LabelScores = sum(filter(None, map(self._get, names)), sum(groups))
        except TypeError:  # some of them is met for the first time
            for name in names:
                self._read(name)
            return self.summed(names, *groups)
        return scores

    def _read(self, name: str) -> None:
        row = self._by_name.get(name)
        if isinstance(row, tuple):
            offset = self._start + row[0] * _ROW.size
            self._by_name[name] = packed_scores(_ROW.unpack_from(self._packed, offset))


class EntityModel:
    """The trained model of entities: weights of features, and how labels follow each other."""

    def __init__(self, weights: FeatureWeights, crf: pycrfsuite.Tagger) -> None:
        """Take a CRF whose features are `LABELS` themselves, each with a weight of one."""
        self.weights = weights
        self.crf = crf

    def label(self, words: Sequence[LabelScores]) -> list[str]:
        """Return the best labels of a sentence's words, given what speaks for each.

        Until the next sentence is labelled, `crf` tells how likely others are.
        """
        # Spelled out, as for each word of each text there is one.
        none, person, persons, place, places, organisation, organisations = LABELS
        items = [
            {none: a, person: b, persons: c, place: d, places: e, organisation: f, organisations: g}
            for a, b, c, d, e, f, g in map(unpacked_scores, words)
        ]
        labels: list[str] = self.crf.tag(items)
        return labels


def packed_weights(weights: Mapping[str, Sequence[float]]) -> bytes:
    """Return the weights of features, in the order of `LABELS`, as the bytes of a file."""
    rows = [_ROW.pack(*weights[name]) for name in sorted(weights)]
    return b"".join(["\n".join(sorted(weights)).encode(), _END, *rows])


@cache
def shipped_entity_model() -> EntityModel:
    """Return the trained model; its library is loaded only now, as not every run needs it."""
    import pycrfsuite

    crf = pycrfsuite.Tagger()
    crf.open(str(HERE / "entities.crfsuite"))
    return EntityModel(FeatureWeights(mapped(HERE / "entities.bin")), crf)
