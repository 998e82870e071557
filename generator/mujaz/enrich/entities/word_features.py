"""The features of one word whatever text it stands in: of itself, and of the words around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from functools import cache
from itertools import chain
from typing import Any

from mujaz.arabic.normalise import word_key
from mujaz.arabic.tokens import bare_forms
from mujaz.enrich.entities.entity_model import shipped_entity_model
from mujaz.enrich.entities.lexicon import (
    Lexicon,
    WordEntry,
    likeliest_form,
    listed,
    shipped_lexicon,
)
from mujaz.model import TagKind

_ENDINGS = ("ات", "ون", "ين", "يه", "ه", "ي", "ا", "ان")
_ARTICLES = ("ال", "وال", "بال", "لل", "فال", "كال")
_UNKNOWN = WordEntry(0, "-", "--", 0, 0)
_MAX_CACHED = 10_000
"""Entries of a cache: nearly all of the words that recur."""

FeatureGroup = Any
"""Some features of a word: their names, or the sum of their weights."""
Combine = Callable[..., FeatureGroup]
"""Makes a group of some names of features, the first argument, and of other groups."""


class NeighbourClass:
    """Words that are alike to their neighbours."""

    __slots__ = ("pairs",)

    def __init__(self) -> None:
        """Begin without pairs: their features are cached when they are met."""
        self.pairs: dict[NeighbourClass, tuple[FeatureGroup, FeatureGroup]] = {}
        """By the class of the next word the features of such a pair: of the first, and of it."""


class FeatureExtractor:
    """Makes features of words and caches them, as words recur."""

    def __init__(
        self,
        lexicon: Lexicon,
        combine: Combine = lambda names, *groups: (*names, *chain.from_iterable(groups)),
        predictive_words: Set[str] | None = None,
    ) -> None:
        """Take what to look words up in, and how to combine features; else they stay names.

        `predictive_words` say something of the next word by themselves; None if all may.
        """
        self.lexicon = lexicon
        self.combine = combine
        self.predictive_words = predictive_words
        self._words: dict[str, WordFeatures] = {}
        self._older_words: dict[str, WordFeatures] = {}
        self._classes: dict[tuple[Any, ...], NeighbourClass] = {}
        self._pairs = 0
        self._groups: dict[Any, FeatureGroup] = {}
        self.cached = self._groups.get
        """Returns a group that was cached under a key, or None."""
        self.shared: dict[tuple[NeighbourClass, str, str], Sequence[FeatureGroup]] = {}
        """Features that words share which differ only in their letters and their group."""

    def word(self, word: str) -> WordFeatures:
        """Return the features of `word`, as written."""
        features = self._words.get(word)
        if features is None:
            if len(self._words) >= _MAX_CACHED:
                self._older_words, self._words = self._words, {}
            features = self._older_words.get(word) or WordFeatures(word, self)
            self._words[word] = features
        return features

    def neighbour_class(self, features: tuple[Any, ...]) -> NeighbourClass:
        """Return the class of words that have these features in common."""
        cached = self._classes.get(features)
        if cached is None:
            cached = self._classes[features] = NeighbourClass()
        return cached

    def cache_pair(
        self,
        first: NeighbourClass,
        second: NeighbourClass,
        groups: tuple[FeatureGroup, FeatureGroup],
    ) -> None:
        """Cache the features of words of two classes side by side."""
        self._pairs += 1
        if self._pairs >= _MAX_CACHED:
            self._pairs = 0
            for each in self._classes.values():
                each.pairs.clear()
        first.pairs[second] = groups

    def cache_group(self, cache_key: Any, names: Sequence[str]) -> FeatureGroup:
        """Combine `names`, which depend on nothing but the key; `cached` then returns them."""
        if len(self._groups) >= _MAX_CACHED:
            self._groups.clear()
        group = self._groups[cache_key] = self.combine(names)
        return group


class WordFeatures:
    """What is known of one word, and the features that come of it."""

    __slots__ = tuple(
        "key bare final_ya rarity group likeness given family name_degrees word_lists place_type "
        "place_beginnings organisation_beginnings shape is_title is_organisation is_predictive "
        "neighbour_class of_itself of_next of_second_next of_previous of_second_previous".split()
    )

    def __init__(self, word: str, extractor: FeatureExtractor) -> None:
        """Look everything up that does not depend on the text around."""
        folded = word_key(word) or word
        self.final_ya = word[-1] if folded[-1] == "ي" else ""
        forms = list(dict.fromkeys(bare_forms(folded))) if len(folded) > 2 else [folded]
        entries = [extractor.lexicon.entry(form) for form in forms]
        bare = likeliest_form(forms, entries)
        self.key, self.bare = folded, forms[bare]
        entry = entries[0] or entries[bare] or next(filter(None, entries), _UNKNOWN)
        self.rarity, self.group, self.likeness = entry[:3]
        self.given, self.family, self.name_degrees = _name_degrees(entries)
        self._look_up(forms)
        self.shape = _shape(folded)
        self.is_title = self.announces("title", clitic=True)
        self.is_organisation = self.announces("organisation", clitic=True)
        self.neighbour_class = extractor.neighbour_class(
            (self.likeness, self.name_degrees, self.rarity, self.word_lists)
        )
        predictive = extractor.predictive_words
        self.is_predictive = predictive is None or folded in predictive
        self._combine_features(extractor)

    def _look_up(self, forms: Sequence[str]) -> None:
        """Note what tables have on the forms of the word."""
        self.word_lists: tuple[str, ...] = ()
        self.place_beginnings: tuple[str, ...] = ()
        self.organisation_beginnings: tuple[str, ...] = ()
        self.place_type = "-"
        for index, form in enumerate(forms):
            entry = listed().get(form)
            if entry is None:
                continue
            place, begins, *lists = entry.split(" ")
            clitic = "'" if index else ""
            if place and self.place_type == "-":
                self.place_type = f"{place}{clitic}"
            if "p" in begins:
                self.place_beginnings += (form,)
            if "o" in begins:
                self.organisation_beginnings += (form,)
            if lists:
                names = {*self.word_lists, *(f"{name}{clitic}" for name in lists)}
                self.word_lists = tuple(sorted(names))

    def announces(self, list_name: str, *, clitic: bool = False) -> bool:
        """Whether it is in a list of announcing words; with `clitic`, also behind a clitic."""
        return list_name in self.word_lists or (clitic and f"{list_name}'" in self.word_lists)

    def likeness_to(self, kind: TagKind) -> float:
        """Return how like a name of `kind` the word is by itself, from 0 to 1; .3 if unknown."""
        digit = self.likeness[kind == "place"]
        return int(digit) / 9 if digit.isdigit() else 0.3

    def _combine_features(self, extractor: FeatureExtractor) -> None:
        """Combine what the word says of itself and of its neighbours, once: words recur."""
        word, combine = self.key, extractor.combine
        group, first, last = f"g={self.group}", f"b2={word[:2]}", f"x2={word[-2:]}"
        whole = f"w={word}"
        alike = self.neighbour_class, self.place_type, self.shape
        shared = extractor.shared.get(alike) or self._shared(extractor)
        itself, to_next, to_previous, to_second_next, to_second_previous = shared
        self.of_next = combine([f"-1{whole}", f"-1{group}", f"-1{first}", f"-1{last}"], to_next)
        self.of_previous = combine(
            [f"+1{whole}", f"+1{group}", f"+1{first}", f"+1{last}"], to_previous
        )
        self.of_second_next = combine([f"-2{whole}", f"-2{group}"], to_second_next)
        self.of_second_previous = combine([f"+2{whole}", f"+2{group}"], to_second_previous)
        size = len(word)
        names = [whole, group, first, last, f"s={self.bare}", f"l={min(size, 9)}"]
        for n in range(1, min(size, 5)):
            names += (f"b{n}={word[:n]}", f"x{n}={word[-n:]}")
        if self.rarity <= 1:
            names += [f"t={word[i : i + 3]}" for i in range(1, size - 3)]
        self.of_itself = combine(names, itself)

    def _shared(self, extractor: FeatureExtractor) -> Sequence[FeatureGroup]:
        """Combine what many words say together with this one."""
        rarity, person, place = self.rarity, self.likeness[0], self.likeness[1]
        short = [f"e={person}", f"f={place}", f"n={self.name_degrees}", f"p={self.place_type}"]
        short += [f"L={name}" for name in self.word_lists]
        near = [*short, f"h={self.shape}", f"r={rarity}"]
        itself = [
            "1",
            *near,
            f"m={self.likeness}",
            f"re={rarity}{person}",
            f"en={person}{self.name_degrees}",
            f"fp={place}{self.place_type}",
            f"rn={rarity}{self.name_degrees}",
            f"rp={rarity}{self.place_type}",
        ]
        sides = (("-1", near), ("+1", near), ("-2", short), ("+2", short))
        named = (itself, *([side + name for name in names] for side, names in sides))
        groups = tuple(map(extractor.combine, named))
        extractor.shared[self.neighbour_class, self.place_type, self.shape] = groups
        return groups


def _name_degrees(entries: Sequence[WordEntry | None]) -> tuple[int, int, str]:
    for index, entry in enumerate(entries):
        if entry and (entry.given or entry.family):
            clitic = "'" if index else ""
            return entry.given, entry.family, f"{entry.given}{entry.family}{clitic}"
    return 0, 0, "-"


def _shape(word: str) -> str:
    if not word[0].isalnum():
        return word
    if word[0].isdigit():
        return "9"
    if word.isascii():
        return "A"
    article = "ال" if word.startswith("ال") else "+ال" if word.startswith(_ARTICLES) else ""
    ending = ""
    if word.endswith(_ENDINGS):
        ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) > len(e) + 2), "")
    return f"{article}_{ending}"


@cache
def shipped_extractor() -> FeatureExtractor:
    """Return what makes features of words as the shipped model weighs them."""
    weights = shipped_entity_model().weights
    return FeatureExtractor(shipped_lexicon(), weights.summed, weights.predictive_words)
