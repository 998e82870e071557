"""Gathers the evidence for each name that a text may be about, from all of its mentions."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from mujaz.arabic.normalise import key as _key
from mujaz.enrich.entities.entity_model import EntityModel
from mujaz.enrich.entities.mentions import KIND_LABELS, find_mentions, whole_names
from mujaz.enrich.entities.name_chains import whole_chains
from mujaz.enrich.entities.name_context import kind_in_context
from mujaz.enrich.entities.names import canonical, join_short, with_title
from mujaz.enrich.entities.place_gazetteer import Gazetteer, ListedMention, place_sizes
from mujaz.enrich.entities.sentence_features import phrase_features, tells_ya
from mujaz.enrich.entities.word_features import FeatureExtractor, WordFeatures
from mujaz.model import TagKind

_OPENING_WORDS = 50
"""Words from the beginning in which a text names what it is about."""
_MIN_JOINED_PROBABILITY = 0.3
"""Probability from which a person's name takes part in joining short forms with long ones."""
_MAX_PROBABILITY, _MIN_PROBABILITY = 0.995, 0.02
"""Probabilities beyond which more or less sureness counts for nothing."""

key = lru_cache(maxsize=2_000)(_key)  # of names, and one name is met many times


class Candidate(NamedTuple):
    """A name that a text may be about."""

    name: str
    """As it is shown."""
    kind: TagKind
    """What sort of thing it names."""
    listed: tuple[ListedMention, ...]
    """Where the gazetteer finds it."""
    mentions: int
    """Number of mentions by the model."""
    evidence: Mapping[str, float]
    """What speaks for it, by the name that the calibration has for it."""
    short_forms: tuple[str, ...] = ()
    """How else the text calls a person, with a title if a first name would say too little."""


class _NamedMention(NamedTuple):
    """One mention by the model, under its canonical name."""

    key: str
    spelling: str
    first: int
    last: int
    probability: float
    titled: str
    """A person's name of one word behind a title, both."""


class _Name(NamedTuple):
    """All mentions of one name as one kind in a text."""

    kind: TagKind
    key: str
    mentions: Sequence[_NamedMention]
    listed: Sequence[ListedMention]


class CandidateFinder:
    """Finds candidates in texts."""

    def __init__(
        self,
        extractor: FeatureExtractor,
        model: EntityModel,
        gazetteer: Gazetteer,
        aliases: Mapping[str, str] | None = None,
    ) -> None:
        """Take what makes the features that `model` knows, the model, and listed names.

        `aliases` gives, by comparison key, the name that stands for another: an editor's word.
        """
        self._extractor = extractor
        self._lexicon = extractor.lexicon
        self._model = model
        self._gazetteer = gazetteer
        self._aliases = aliases or {}

    def candidates(self, sentences: Sequence[Sequence[str]]) -> list[Candidate]:
        """Return what a text, given as its sentences' tokens, may be about."""
        words = [[self._extractor.word(token) for token in sentence] for sentence in sentences]
        text = list(chain.from_iterable(words))
        mentions_by_name = _in_context(self._mentions(sentences, words), text)
        listed_by_name: dict[str, list[ListedMention]] = defaultdict(list)
        for mention in self._gazetteer.mentions([word.key for word in text]):
            name = self._alias(mention.name)
            listed_by_name[name].append(mention)
            mentions_by_name[mention.kind, key(name)] += ()
        listed = {key(name): (name, each) for name, each in listed_by_name.items()}
        together = {
            name: 1 - math.prod(1 - min(each.probability, 0.99) for each in mentions)
            for name, mentions in mentions_by_name.items()
        }
        all_keys = f" {' '.join(word.key for word in text)} "
        candidates = []
        for (kind, folded), mentions in mentions_by_name.items():
            name, listed_here = listed.get(folded, ("", ()))
            of_kind = tuple(each for each in listed_here if each.kind == kind)
            if not of_kind:
                name = self._alias(_usual_spelling(folded, mentions))
            rivals = [together.get((k, folded), 0.0) for k in KIND_LABELS if k != kind]
            evidence = self._evidence(
                _Name(kind, folded, mentions, of_kind),
                text,
                occurrences=all_keys.count(f" {folded} "),
                together=together[kind, folded],
                rival=max(rivals),
            )
            short_forms = {each.titled or each.spelling for each in mentions} - {name}
            candidates.append(
                Candidate(
                    name,
                    kind,
                    of_kind,
                    len(mentions),
                    evidence,
                    tuple(sorted(short_forms)) if kind == "person" else (),
                )
            )
        return candidates

    def _alias(self, name: str) -> str:
        return self._aliases.get(key(name), name)

    def _mentions(
        self, sentences: Sequence[Sequence[str]], words: Sequence[Sequence[WordFeatures]]
    ) -> dict[tuple[TagKind, str], tuple[_NamedMention, ...]]:
        """Return the model's mentions by kind and name, short forms under the long one."""
        text_words = Counter(word.key for sentence in words for word in sentence)
        of_places = [phrase_features(sentence, self._lexicon) for sentence in words]
        chances = self._model.chances(words, of_places, self._extractor.word("."))
        is_exact = tells_ya(chain.from_iterable(words))
        mentions: list[tuple[TagKind, _NamedMention]] = []
        start = 0
        for tokens, sentence, of_labels in zip(sentences, words, chances, strict=True):
            likely = whole_names(find_mentions(of_labels), sentence, tells_ya=is_exact)
            for mention in whole_chains(likely, sentence):
                spelled = tokens[mention.first : mention.last]
                if mention.kind == "person" and place_sizes().get(key(" ".join(spelled))):
                    continue  # a town, such as those named after a saint
                name = canonical(spelled, mention.kind, self._lexicon, text_words)
                if mention.kind == "place":
                    name = self._gazetteer.place(key(name)) or name
                name = self._alias(name)
                if key(name):
                    first, last = start + mention.first, start + mention.last
                    titled = ""
                    if mention.kind == "person" and " " not in name:
                        behind = tokens[max(0, mention.first - 1) : mention.last]
                        titled = with_title(name, behind, self._lexicon)
                    named = _NamedMention(key(name), name, first, last, mention.probability, titled)
                    mentions.append((mention.kind, named))
            start += len(tokens)
        mentions = _of_surnames(mentions)
        support: dict[str, float] = defaultdict(float)
        for kind, each in mentions:
            if kind == "person" and each.probability >= _MIN_JOINED_PROBABILITY:
                support[each.key] += each.probability
        full = join_short(support)
        by_name: dict[tuple[TagKind, str], tuple[_NamedMention, ...]] = defaultdict(tuple)
        for kind, each in mentions:
            folded = full.get(each.key, each.key) if kind == "person" else each.key
            by_name[kind, folded] += (each,)
        return by_name

    def _evidence(
        self,
        name: _Name,
        text: Sequence[WordFeatures],
        occurrences: int,
        together: float,
        rival: float,
    ) -> Mapping[str, float]:
        """Return what speaks for a name, each by the name that `entity_scales.yml` has for it.

        `occurrences` counts the name in the text, whether taken for a mention or not. `together`
        and `rival` are the probabilities that some mention is one, of this kind and of another.
        """
        kind, folded, mentions, listed = name
        words = [self._extractor.word(word) for word in folded.split()]
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
            "known organisation": kind == "organisation" and self._lexicon.is_organisation(folded),
        }


def _of_surnames(
    mentions: Sequence[tuple[TagKind, _NamedMention]],
) -> list[tuple[TagKind, _NamedMention]]:
    """Return mentions, those of a person's name as a person's which the model takes for others.

    A name that the text has as a surname is that of nothing else in it, and what ends in a surname
    that stands alone elsewhere is a whole name.
    """
    surnames: dict[str, float] = defaultdict(float)
    alone: dict[str, float] = defaultdict(float)
    for kind, each in mentions:
        if kind == "person":
            names = surnames if " " in each.key else alone
            last = each.key.rpartition(" ")[2]
            names[last] = max(names[last], each.probability)
    return [
        (
            "person"
            if not place_sizes().get(each.key)
            and (
                each.probability < surnames.get(each.key, 0.0)
                or (
                    each.key.count(" ") == 1
                    and each.probability < alone.get(each.key.partition(" ")[2], 0.0)
                )
            )
            else kind,
            each,
        )
        for kind, each in mentions
    ]


def _in_context(
    mentions_by_name: Mapping[tuple[TagKind, str], tuple[_NamedMention, ...]],
    text: Sequence[WordFeatures],
) -> dict[tuple[TagKind, str], tuple[_NamedMention, ...]]:
    """Return mentions by what the words around them say that they are."""
    in_context: dict[tuple[TagKind, str], tuple[_NamedMention, ...]] = defaultdict(tuple)
    for (taken_for, name), mentions in mentions_by_name.items():
        kind = kind_in_context(taken_for, name, [each.first for each in mentions], text)
        if kind:
            in_context[kind, name] += mentions
    return in_context


def _usual_spelling(folded: str, mentions: Sequence[_NamedMention]) -> str:
    """Return the most frequent spelling of a name; of equals the first in the alphabet."""
    counts = Counter(each.spelling for each in mentions if each.key == folded)
    return min(counts, key=lambda spelling: (-counts[spelling], spelling))


def _log_odds(probability: float) -> float:
    return math.log(max(probability, _MIN_PROBABILITY) / (1 - min(probability, _MAX_PROBABILITY)))
