"""Finds what a text may be about: all mentions of each name, by the model and by the tables."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from mujaz.arabic.normalise import key as _key
from mujaz.enrich.entities.entity_model import EntityModel
from mujaz.enrich.entities.gazetteer.gazetteer import Gazetteer, names_person
from mujaz.enrich.entities.gazetteer.listed_mention import ListedMention
from mujaz.enrich.entities.gazetteer.places import cities_like_words, homonyms_in, place_sizes
from mujaz.enrich.entities.mentions import KIND_LABELS, find_mentions, whole_names
from mujaz.enrich.entities.name_context import kind_in_context
from mujaz.enrich.entities.name_evidence import NamedInText, NamedMention, name_evidence
from mujaz.enrich.entities.names import canonical, with_title
from mujaz.enrich.entities.persons import join_short, whole_chains
from mujaz.enrich.entities.sentence_features import phrase_features, tells_ya
from mujaz.enrich.entities.word_features import FeatureExtractor, WordFeatures
from mujaz.model import TagKind

_MIN_JOINED_PROBABILITY = 0.3
"""Probability from which a person's name takes part in joining short forms with long ones."""
_MIN_COVERING_PROBABILITY = 0.5
"""Probability of a person's name from which places within it are none: كيري واشنطن."""
_CERTAIN = ("organisation", "built", "other")
"""Rules of tables that the model does not overrule."""

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
    first: int
    """Index of the word with which it is first named."""
    short_forms: tuple[str, ...] = ()
    """How else the text calls a person, with a title if a first name would say too little."""


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
        in_tables = self._gazetteer.mentions(words, sentences)
        aliases = {**homonyms_in({word.bare for word in text}), **self._aliases}
        by_model, in_persons = self._mentions(sentences, words, in_tables, aliases)
        mentions_by_name = _in_context(by_model, text)
        listed: dict[tuple[TagKind, str], list[ListedMention]] = defaultdict(list)
        for mention in in_tables:
            if mention.rule == "other" or in_persons.issuperset(range(mention.first, mention.last)):
                continue
            named = mention.kind, key(aliases.get(key(mention.name), mention.name))
            listed[named].append(mention)
            mentions_by_name[named] += ()
        together = {
            name: 1 - math.prod(1 - min(each.probability, 0.99) for each in mentions)
            for name, mentions in mentions_by_name.items()
        }
        all_keys = f" {' '.join(word.key for word in text)} "
        candidates = []
        for (kind, folded), mentions in mentions_by_name.items():
            of_kind = tuple(listed.get((kind, folded), ()))
            name = of_kind[0].name if of_kind else _usual_spelling(folded, mentions)
            name = aliases.get(key(name), name)
            rivals = [together.get((k, folded), 0.0) for k in KIND_LABELS if k != kind]
            evidence = name_evidence(
                NamedInText(kind, folded, mentions, of_kind),
                text,
                self._extractor,
                occurrences=all_keys.count(f" {folded} "),
                together=together[kind, folded],
                rival=max(rivals),
            )
            first = min([*(each.first for each in mentions), *(each.first for each in of_kind)])
            short_forms = {each.titled or each.spelling for each in mentions} - {name}
            candidates.append(
                Candidate(
                    name,
                    kind,
                    of_kind,
                    len(mentions),
                    evidence,
                    first,
                    tuple(sorted(short_forms)) if kind == "person" else (),
                )
            )
        return candidates

    def _mentions(
        self,
        sentences: Sequence[Sequence[str]],
        words: Sequence[Sequence[WordFeatures]],
        in_tables: Sequence[ListedMention],
        aliases: Mapping[str, str],
    ) -> tuple[dict[tuple[TagKind, str], tuple[NamedMention, ...]], set[int]]:
        """Return the model's mentions by kind and name, short forms under the long one.

        The second are the positions of words within persons' names. What the model sees within
        a name that is certain by the tables is that name.
        """
        certain = {
            position: each
            for each in in_tables
            if each.rule in _CERTAIN or (each.kind == "place" and each.last - each.first > 1)
            for position in range(each.first, each.last)
        }
        in_persons: set[int] = set()
        text_words = Counter(word.key for sentence in words for word in sentence)
        of_places = [phrase_features(sentence, self._lexicon) for sentence in words]
        chances = self._model.chances(words, of_places, self._extractor.word("."))
        is_exact = tells_ya(chain.from_iterable(words))
        mentions: list[tuple[TagKind, NamedMention]] = []
        start = 0
        for tokens, sentence, of_labels in zip(sentences, words, chances, strict=True):
            likely = whole_names(find_mentions(of_labels), sentence, tells_ya=is_exact)
            for mention in whole_chains(likely, sentence):
                spelled = tokens[mention.first : mention.last]
                span = range(start + mention.first, start + mention.last)
                same = next(filter(None, map(certain.get, span)), None)
                if same and (same.kind != mention.kind or same.rule == "other"):
                    continue
                if mention.kind == "person" and place_sizes().get(key(" ".join(spelled))):
                    continue  # a town, such as those named after a saint
                is_behind = mention.kind == "place" and mention.first and not same
                if is_behind and names_person(sentence[mention.first - 1]):
                    continue  # الدكتور السويد
                name = canonical(spelled, mention.kind, self._lexicon, text_words)
                if mention.kind == "place":
                    if not same and key(name) in cities_like_words():
                        continue  # a scene, unless مدينة stands before مشهد
                    name = self._gazetteer.place(key(name)) or name
                is_organisation = mention.kind == "organisation" and not same
                if is_organisation and self._gazetteer.is_doubtful_club(key(name)):
                    continue
                name = same.name if same else name
                if mention.kind == "person" and mention.probability >= _MIN_COVERING_PROBABILITY:
                    in_persons.update(span)
                name = aliases.get(key(name), name)
                if key(name):
                    first, last = start + mention.first, start + mention.last
                    titled = ""
                    if mention.kind == "person" and " " not in name:
                        behind = tokens[max(0, mention.first - 1) : mention.last]
                        titled = with_title(name, behind, self._lexicon)
                    named = NamedMention(key(name), name, first, last, mention.probability, titled)
                    mentions.append((mention.kind, named))
            start += len(tokens)
        mentions = _of_surnames(mentions)
        support: dict[str, float] = defaultdict(float)
        for kind, each in mentions:
            if kind == "person" and each.probability >= _MIN_JOINED_PROBABILITY:
                support[each.key] += each.probability
        full = join_short(support)
        by_name: dict[tuple[TagKind, str], tuple[NamedMention, ...]] = defaultdict(tuple)
        for kind, each in mentions:
            folded = full.get(each.key, each.key) if kind == "person" else each.key
            by_name[kind, folded] += (each,)
        return by_name, in_persons


def _of_surnames(
    mentions: Sequence[tuple[TagKind, NamedMention]],
) -> list[tuple[TagKind, NamedMention]]:
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
    mentions_by_name: Mapping[tuple[TagKind, str], tuple[NamedMention, ...]],
    text: Sequence[WordFeatures],
) -> dict[tuple[TagKind, str], tuple[NamedMention, ...]]:
    """Return mentions by what the words around them say that they are."""
    in_context: dict[tuple[TagKind, str], tuple[NamedMention, ...]] = defaultdict(tuple)
    for (taken_for, name), mentions in mentions_by_name.items():
        kind = kind_in_context(taken_for, name, [each.first for each in mentions], text)
        if kind:
            in_context[kind, name] += mentions
    return in_context


def _usual_spelling(folded: str, mentions: Sequence[NamedMention]) -> str:
    """Return the most frequent spelling of a name; of equals the first in the alphabet."""
    counts = Counter(each.spelling for each in mentions if each.key == folded)
    return min(counts, key=lambda spelling: (-counts[spelling], spelling))
