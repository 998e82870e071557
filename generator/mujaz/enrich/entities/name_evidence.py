"""The evidence for a name that a text may be about, as numbers that the calibration weighs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mujaz.enrich.entities.gazetteer.listed_mention import ListedMention
from mujaz.enrich.entities.gazetteer.places import place_sizes
from mujaz.enrich.entities.word_features import FeatureExtractor, WordFeatures
from mujaz.model import TagKind

_OPENING_WORDS = 50
"""Words from the beginning in which a text names what it is about."""
_MAX_PROBABILITY, _MIN_PROBABILITY = 0.995, 0.02
"""Probabilities beyond which more or less sureness counts for nothing."""


class NamedMention(NamedTuple):
    """One mention by the model, under its canonical name."""

    key: str
    spelling: str
    first: int
    last: int
    probability: float
    titled: str
    """A person's name of one word behind a title, both."""


class NamedInText(NamedTuple):
    """All mentions of one name as one kind in a text."""

    kind: TagKind
    key: str
    mentions: Sequence[NamedMention]
    listed: Sequence[ListedMention]


def name_evidence(
    name: NamedInText,
    text: Sequence[WordFeatures],
    extractor: FeatureExtractor,
    occurrences: int,
    together: float,
    rival: float,
) -> Mapping[str, float]:
    """Return what speaks for a name, each by the name that `entity_scales.yml` has for it.

    `occurrences` counts the name in the text, whether taken for a mention or not. `together`
    and `rival` are the probabilities that some mention is one, of this kind and of another.
    """
    kind, folded, mentions, listed = name
    words = [extractor.word(word) for word in folded.split()]
    chances = [each.probability for each in mentions] or [0.0]
    surest, log_count = _log_odds(max(chances)), math.log(len(mentions) or 0.5)
    rules = Counter(each.rule for each in listed)
    first = min([*(each.first for each in mentions), *(each.first for each in listed)])
    before = [text[each.first - 1] for each in mentions if each.first]
    after = [text[each.last] for each in mentions if each.last < len(text)]
    begins_organisation = words[0].announces("organisation")
    size = place_sizes().get(folded) if kind == "place" else None
    return {
        "surest mention": surest,
        "all mentions together": -math.log(1 - min(together, 0.999)),
        "average mention": _log_odds(sum(chances) / len(chances)),
        "mentions": log_count,
        "occurrences": min(occurrences, 4) / 4,
        "occurrences taken for a mention": (
            min(1.0, len(mentions) / occurrences) if occurrences else 1.0
        ),
        "in the lead": first < _OPENING_WORDS,
        "one word": len(words) == 1,
        "two words": len(words) == 2,
        "four words or more": len(words) >= 4,
        "likely of another kind": _log_odds(rival),
        "country by name": math.log1p(rules["country"]),
        "city where places stand": math.log1p(rules["city"]),
        "city by name": math.log1p(rules["bare city"]),
        "country by adjective": math.log1p(rules["nisba"]),
        "in the table of countries": size == "country",
        "in the table of places": size in ("region", "metropolis", "city", "town"),
        "doubtful place": size == "doubtful",
        "first word is a given name": words[0].given >= 2,
        "last word is a family name": words[-1].family >= 2,
        "all words are names": all(word.given or word.family for word in words),
        "holds an unknown word": any(word.rarity == 0 for word in words),
        "begins with a common word": words[0].rarity >= 4,
        "title before it": any(word.is_title for word in before),
        "speech beside it": any(
            word.announces("speech", clitic=True) for word in (*before, *after)
        ),
        "begins like an organisation": begins_organisation,
        "organisation of one word": begins_organisation and len(words) == 1,
        "has an article": folded.startswith("ال"),
        "has a short form": len({each.key for each in mentions}) > 1,
        "surest mention, one word": surest * (len(words) == 1),
        "surest mention, by mentions": surest * log_count,
        "least like a name": min(word.likeness_to(kind) for word in words),
        "known organisation": kind == "organisation" and extractor.lexicon.is_organisation(folded),
    }


def _log_odds(probability: float) -> float:
    return math.log(max(probability, _MIN_PROBABILITY) / (1 - min(probability, _MAX_PROBABILITY)))
