"""How much like Arabic the letters of a text read: what tells one byte's encodings apart."""

from __future__ import annotations

import math
import re
from functools import cache
from itertools import islice
from typing import NamedTuple

from mujaz.data import table

_NOT_ASCII = re.compile("[^\x00-\x7f]+")
_ARABIC = re.compile("[\u0620-\u064a]")
_LETTER = re.compile(r"[^\W\d_]")
_MIXED = re.compile("[A-Za-z][\u0620-\u064a]|[\u0620-\u064a][A-Za-z]")
_MAX_RUNS = 20_000
"""Of characters outside ASCII that are looked at: more would not change the answer."""
_RARE_LETTER = math.log(1e-6)


class LetterStatistics(NamedTuple):
    """What the letters of a text say of its language."""

    likelihood: float
    """Mean natural logarithm of the frequency of its characters outside ASCII."""
    is_arabic: bool
    """Whether these are the letters of Arabic prose."""


@cache
def _frequencies() -> dict[str, float]:
    """Return the natural logarithm of each Arabic character's share of Arabic news."""
    return {letter: math.log(count / 1e6) for letter, count in table("letters").items()}


def likelihood(text: str) -> float:
    """Return the mean logarithm of the frequency of the characters outside ASCII; 0 if none."""
    frequencies = _frequencies()
    values = [frequencies.get(char, _RARE_LETTER) for char in text if char >= "\x80"]
    return sum(values) / len(values) if values else 0.0


def letter_statistics(text: str) -> LetterStatistics:
    """Return what the letters of `text` say.

    Arabic news have likelihoods of -3.7 to -3, Russian that was decoded wrongly -4.4.
    """
    sample = "".join(match[0] for match in islice(_NOT_ASCII.finditer(text), _MAX_RUNS))
    arabic = "".join(_ARABIC.findall(sample))
    others = len(_LETTER.findall(sample)) - len(arabic)
    # Accented Latin letters read as Arabic ones stand inside words of plain Latin letters.
    mixed = len(_MIXED.findall(text[:1_000_000]))
    is_arabic = (
        len(arabic) >= 3
        and others <= 0.15 * (len(arabic) + others)
        and mixed <= 0.1 * len(arabic)
        and likelihood(arabic) >= -4.2
    )
    return LetterStatistics(likelihood(sample), is_arabic)
