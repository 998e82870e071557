"""How much of a text's words belong to each section, by a table of what newsrooms write where."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from mujaz.arabic.normalise import key
from mujaz.data import table
from mujaz.enrich.news_features import OPENING_WORDS, Stems, feature_stem

_TITLE, _OPENING, _BODY = 3.0, 2.0, 1.0
"""What an occurrence counts, by where it stands."""
_PAIR = 1.5
"""What a pair of words counts against one word: it is less often something else."""
_MAX_BODY_WORDS = 300
_DOUBT = 6.0
"""Added to the sum of all: two words of one section are no proof."""


def word_shares(text: Stems) -> dict[str, float]:
    """Return the share of each section in the section words of a text; below 1 in all."""
    sections_of, weights = _sections_by_stem(), defaultdict[str, float](float)
    body = text.body[:_MAX_BODY_WORDS]
    row = (*text.title, *body)
    place = [_TITLE] * len(text.title) + [_OPENING] * min(len(body), OPENING_WORDS)
    place += [_BODY] * (len(row) - len(place))
    for stem, weight in zip(row, place, strict=True):
        if stem in sections_of:
            weights[stem] += weight
    for (first, second), weight in zip(pairwise(row), place, strict=False):
        if first in _first_stems() and (pair := f"{first} {second}") in sections_of:
            weights[pair] += _PAIR * weight
    totals = defaultdict[str, float](float)
    for stem, weight in weights.items():
        for section in sections_of[stem]:
            totals[section] += math.sqrt(weight) / len(sections_of[stem])
    whole = sum(totals.values()) + _DOUBT
    return {section: total / whole for section, total in totals.items()}


@cache
def _sections_by_stem() -> Mapping[str, Sequence[str]]:
    """Return the sections of each stem and each pair of stems, with a blank between."""
    sections = defaultdict[str, list[str]](list)
    for section, words in table("section_words").items():
        for name in sorted({" ".join(map(feature_stem, key(w).split())) for w in words.split("،")}):
            sections[name].append(section)
    return dict(sections)


@cache
def _first_stems() -> frozenset[str]:
    return frozenset(name.split()[0] for name in _sections_by_stem() if " " in name)
