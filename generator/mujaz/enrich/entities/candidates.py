"""Gathers what speaks for each name that a text may be about, from all of its mentions."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from mujaz.arabic.normalise import key as _key
from mujaz.enrich.entities.features import document_hints, features
from mujaz.enrich.entities.introductions import whole_names
from mujaz.enrich.entities.lexicon import Lexicon
from mujaz.enrich.entities.mentions import LABELS, mentions
from mujaz.enrich.entities.model_weights import Model
from mujaz.enrich.entities.names import canonical, join_short
from mujaz.enrich.entities.place_gazetteer import Gazetteer, ListedMention
from mujaz.enrich.entities.word_facts import Facts
from mujaz.model import TagKind

_LEAD = 50
"""Words from the beginning in which a text names what it is about."""
_JOINED = 0.3
"""Probability from which a person's name takes part in joining short forms with long ones."""
_SUREST, _LEAST = 0.995, 0.02
"""Probabilities beyond which more or less sureness counts for nothing."""


key = lru_cache(maxsize=2_000)(_key)  # of names, and one name is met many times


class Candidate(NamedTuple):
    """A name that a text may be about."""

    name: str
    """As it is shown."""
    kind: TagKind
    """What sort of thing it names."""
    listed: tuple[ListedMention, ...]
    """Where the tables have it."""
    named: int
    """How often the model found it."""
    evidence: tuple[float, ...]
    """What speaks for it, in the order of `EVIDENCE`."""


class _Named(NamedTuple):
    """One mention the model found, under its canonical name."""

    folded: str
    spelled: str
    first: int
    last: int
    probability: float


EVIDENCE = (
    "surest mention",
    "all mentions together",
    "average mention",
    "mentions",
    "occurrences",
    "occurrences taken for a mention",
    "in the lead",
    "one word",
    "two words",
    "four words or more",
    "likely of another kind",
    "country by name",
    "city where places stand",
    "city by name",
    "country by adjective",
    "in the table of countries",
    "in the table of places",
    "doubtful place",
    "first word is a given name",
    "last word is a family name",
    "all words are names",
    "holds an unknown word",
    "begins with a common word",
    "title before it",
    "speech beside it",
    "begins like an organisation",
    "organisation of one word",
    "has an article",
    "has a short form",
    "surest mention, one word",
    "surest mention, by mentions",
    "least like a name",
    "known organisation",
)
"""What each number of a candidate's evidence means."""


class Reader:
    """Finds candidates in texts."""

    def __init__(
        self,
        lexicon: Lexicon,
        model: Model,
        gazetteer: Gazetteer,
        aliases: Mapping[str, str] | None = None,
    ) -> None:
        """Take what is known of words, the model of names, and places.

        `aliases` gives, by comparison key, the name that stands for another: an editor's word.
        """
        self._lexicon = lexicon
        self._model = model
        self._gazetteer = gazetteer
        self._aliases = aliases or {}

    def candidates(self, sentences: Sequence[Sequence[str]]) -> list[Candidate]:
        """Return what a text, given as its sentences' tokens, may be about."""
        facts = [[self._lexicon.facts(token) for token in sentence] for sentence in sentences]
        text = [fact for sentence in facts for fact in sentence]
        named = self._named(sentences, facts)
        placed: dict[str, list[ListedMention]] = defaultdict(list)
        for place in self._gazetteer.mentions([fact.key for fact in text]):
            placed[self._alias(place.name)].append(place)
            named[place.kind, key(self._alias(place.name))] += ()
        together = {
            name: 1 - math.prod(1 - min(each.probability, 0.99) for each in found)
            for name, found in named.items()
        }
        occurrences = _Occurrences(text)
        places = {key(name): found for name, found in placed.items()}
        shown = {key(name): name for name in placed}
        candidates = []
        for (kind, folded), found in named.items():
            own = [place for place in places.get(folded, ()) if place.kind == kind]
            rivals = [together.get((other, folded), 0.0) for other in LABELS if other != kind]
            evidence = self._evidence(kind, folded, found, own, text, occurrences(folded))
            evidence[_RIVAL] = _log_odds(max(rivals))
            evidence[_TOGETHER] = -math.log(1 - min(together[kind, folded], 0.999))
            name = shown[folded] if own else self._alias(_spelling(folded, found))
            numbers = tuple(map(float, evidence))
            candidates.append(Candidate(name, kind, tuple(own), len(found), numbers))
        return candidates

    def _alias(self, name: str) -> str:
        return self._aliases.get(key(name), name)

    def _named(
        self, sentences: Sequence[Sequence[str]], facts: Sequence[Sequence[Facts]]
    ) -> dict[tuple[TagKind, str], tuple[_Named, ...]]:
        """Return the model's mentions by kind and name, short forms under the long one."""
        beside = frozenset(fact.key for sentence in facts for fact in sentence)
        hints = document_hints(facts, self._lexicon)
        found: list[tuple[TagKind, _Named]] = []
        start = 0
        for sentence, known in zip(sentences, facts, strict=True):
            found_here = mentions(features(known, self._lexicon, hints), self._model)
            for mention in whole_names(found_here, known, hints):
                words = sentence[mention.first : mention.last]
                if mention.kind == "person" and self._lexicon.place_size(key(" ".join(words))):
                    continue  # a town, such as those named after a saint
                name = canonical(words, mention.kind, self._lexicon, beside)
                if mention.kind == "place":
                    name = self._gazetteer.place(key(name)) or name
                name = self._alias(name)
                if key(name):
                    first, last = start + mention.first, start + mention.last
                    own = _Named(key(name), name, first, last, mention.probability)
                    found.append((mention.kind, own))
            start += len(sentence)
        support: dict[str, float] = defaultdict(float)
        for kind, each in found:
            if kind == "person" and each.probability >= _JOINED:
                support[each.folded] += each.probability
        full = join_short(support)
        named: dict[tuple[TagKind, str], tuple[_Named, ...]] = defaultdict(tuple)
        for kind, each in found:
            folded = full.get(each.folded, each.folded) if kind == "person" else each.folded
            named[kind, folded] += (each,)
        return named

    def _evidence(
        self,
        kind: TagKind,
        folded: str,
        found: Sequence[_Named],
        places: Sequence[ListedMention],
        text: Sequence[Facts],
        occurrences: int,
    ) -> list[float]:
        words = [self._lexicon.facts(word) for word in folded.split()]
        chances = [each.probability for each in found] or [0.0]
        surest, count = _log_odds(max(chances)), math.log(len(found) or 0.5)
        rules = Counter(place.rule for place in places)
        first = min([*(each.first for each in found), *(place.first for place in places)])
        before = [text[each.first - 1] for each in found if each.first]
        after = [text[each.last] for each in found if each.last < len(text)]
        organised = words[0].announces("organisation")
        size = self._lexicon.place_size(folded) if kind == "place" else None
        return [
            surest,
            0.0,
            _log_odds(sum(chances) / len(chances)),
            count,
            min(occurrences, 4) / 4,
            min(1.0, len(found) / occurrences) if occurrences else 1.0,
            first < _LEAD,
            len(words) == 1,
            len(words) == 2,
            len(words) >= 4,
            0.0,
            math.log1p(rules["country"]),
            math.log1p(rules["city"]),
            math.log1p(rules["bare city"]),
            math.log1p(rules["nisba"]),
            size == "country",
            size in ("region", "metropolis", "city", "town"),
            size == "doubtful",
            words[0].given >= 2,
            words[-1].family >= 2,
            all(word.given or word.family for word in words),
            any(word.rarity == 0 for word in words),
            words[0].rarity >= 4,
            any(word.announces("title", clitic=True) for word in before),
            any(word.announces("speech", clitic=True) for word in (*before, *after)),
            organised,
            organised and len(words) == 1,
            folded.startswith("ال"),
            len({each.folded for each in found}) > 1,
            surest * (len(words) == 1),
            surest * count,
            min(word.like(kind) for word in words),
            kind == "organisation" and self._lexicon.knows_organisation(folded),
        ]


_TOGETHER, _RIVAL = (
    EVIDENCE.index("all mentions together"),
    EVIDENCE.index("likely of another kind"),
)


class _Occurrences:
    """Counts how often a name stands in a text, taken for a mention or not."""

    def __init__(self, text: Iterable[Facts]) -> None:
        self._text = f" {' '.join(fact.key for fact in text)} "

    def __call__(self, folded: str) -> int:
        return self._text.count(f" {folded} ")


def _spelling(folded: str, found: Sequence[_Named]) -> str:
    """Return the most frequent spelling of a name; of equals the first in the alphabet."""
    counts = Counter(each.spelled for each in found if each.folded == folded)
    return min(counts, key=lambda spelled: (-counts[spelled], spelled))


def _log_odds(probability: float) -> float:
    return math.log(max(probability, _LEAST) / (1 - min(probability, _SUREST)))
