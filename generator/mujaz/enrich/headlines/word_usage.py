"""How words are used in running text: where they stand in clauses, and what they are about."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

from mujaz.enrich.headlines.coherence import Vector

_UNKNOWN = "   "
_MIN_EXPECTED, _MAX_EXPECTED = -4, 6


class WordUsage:
    """The places of words in clauses, and the frequencies and topics of stems."""

    def __init__(
        self,
        places: Mapping[str, str],
        stems: Sequence[str],
        frequencies: bytes,
        topics: bytes,
    ) -> None:
        """Take three letters for each word, and for each stem its frequency and topic.

        The letters say how much oftener than others a word ends a clause, begins one, and opens a
        sentence: `m` is as often, each letter after it half a logarithm more. A frequency is a
        signed byte: twice the logarithm, counted so that half the sum of two is the logarithm of
        how often the stems would stand together by chance. A topic is as many signed bytes as any.
        """
        self._places = places
        self._numbers = {stem: number for number, stem in enumerate(stems)}
        self._frequencies = array("b", frequencies)
        self._topics = array("b", topics)
        self._dimensions = len(topics) // max(1, len(stems))
        self._no_topic = array("b", bytes(self._dimensions))

    def places(self, first: str, last: str) -> str:
        """Return the letters of a word whose first and last parts are given, spaces if unknown."""
        return self._places.get(last, _UNKNOWN)[0] + self._places.get(first, _UNKNOWN)[1:]

    def topic(self, stem: str) -> Vector:
        """Return what a stem is about, zeros if that is unknown."""
        number = self._numbers.get(stem)
        if number is None:
            return self._no_topic
        return self._topics[number * self._dimensions : (number + 1) * self._dimensions]

    def frequency(self, stem: str) -> int | None:
        """Return the frequency of a stem, if it is known."""
        number = self._numbers.get(stem)
        return None if number is None else self._frequencies[number]


def expected(first: int | None, second: int | None) -> str:
    """Return the logarithm of how often stems of these frequencies meet by chance, rounded."""
    if first is None or second is None:
        return ""
    return str(max(_MIN_EXPECTED, min(_MAX_EXPECTED, (first + second) // 2)))


def place_letter(half_logarithms: float) -> str:
    """Return the letter that stands for how much oftener a word is in a place than others."""
    return chr(ord("m") + max(-12, min(12, round(half_logarithms))))
