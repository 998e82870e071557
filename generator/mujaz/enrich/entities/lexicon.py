"""What is known of words whatever text they stand in: how common, how like names, in what lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import cache
from itertools import chain
from typing import Any

from mujaz.arabic.phrases import ListedPhrases
from mujaz.arabic.tokens import bare_forms
from mujaz.data import trained
from mujaz.enrich.entities.model_weights import shipped_model
from mujaz.enrich.entities.place_gazetteer import place_sizes
from mujaz.enrich.entities.word_facts import (
    Facts,
    Part,
    Sort,
    Weigh,
    WordEntry,
    barest,
)
from mujaz.enrich.entities.word_lists import (
    announcing,
    first_words_of_places,
    organisations,
    places_of_several_words,
)
from mujaz.model import TagKind

_MOST = 10_000
"""Words that are remembered: nearly all of those that recur."""


def _named(names: Sequence[str], *parts: Part) -> Part:
    return (*names, *chain.from_iterable(parts))


class Lexicon:
    """What is known of words."""

    def __init__(
        self,
        words: Mapping[str, WordEntry | str],
        weigh: Weigh = _named,
        leads: Set[str] | None = None,
    ) -> None:
        """Take the table of words, by comparison key; an entry may be its five fields as text.

        Features are weighed when a word is met, or else stay names. `leads` are the words that say
        something of a next word by themselves; None if all may.
        """
        self._words = words
        self._facts: dict[str, Facts] = {}
        self._seldom: dict[str, Facts] = {}
        self._sorts: dict[tuple[Any, ...], Sort] = {}
        self._pairs = 0
        self._kept: dict[Any, Part] = {}
        self.kept = self._kept.get
        self.kinds: dict[tuple[Sort, str, str], Sequence[Part]] = {}
        """What words say that are alike in all but their letters and their group."""
        self.weigh = weigh
        self.leads = leads
        self.places = ListedPhrases(places_of_several_words())
        self.organisations = ListedPhrases(organisations())

    def entry(self, word: str) -> WordEntry | None:
        """Return what the table has on `word` (a comparison key), if anything."""
        found = self._words.get(word)
        # Most words of the table stand in no text at hand, so each is read when it is met.
        return _entry(found) if isinstance(found, str) else found

    def facts(self, word: str) -> Facts:
        """Return what is known of `word`, as written."""
        found = self._facts.get(word)
        if found is None:
            if len(self._facts) >= _MOST:
                self._seldom, self._facts = self._facts, {}
            found = self._facts[word] = self._seldom.get(word) or Facts(word, self)
        return found

    def sort(self, features: tuple[Any, ...]) -> Sort:
        """Return the sort of words that have these features in common."""
        found = self._sorts.get(features)
        if found is None:
            found = self._sorts[features] = Sort()
        return found

    def keep_beside(self, sort: Sort, after: Sort, found: tuple[Part, Part]) -> None:
        """Note what words of two sorts say side by side."""
        self._pairs += 1
        if self._pairs >= _MOST:
            self._pairs = 0
            for each in self._sorts.values():
                each.beside.clear()
        sort.beside[after] = found

    def keep(self, what: Any, names: Sequence[str]) -> Part:
        """Weigh `names`, which depend on nothing but `what` and recur: `kept` returns it."""
        if len(self._kept) >= _MOST:
            self._kept.clear()
        found = self._kept[what] = self.weigh(names)
        return found

    def bare(self, word: str) -> str:
        """Return the likeliest form of `word` (a comparison key) without clitics."""
        if len(word) <= 2:
            return word
        forms = bare_forms(word)
        return forms[barest(forms, [self.entry(form) for form in forms])]

    def begins_name(self, word: str, kind: TagKind) -> bool:
        """Whether names of `kind` are known to begin with `word` (a comparison key)."""
        if kind == "place":
            return word in first_words_of_places()
        if kind == "person":
            entry = self.entry(word)
            return bool(entry and (entry.given or entry.family))
        return "organisation" in announcing().get(word, "").split()

    def is_title(self, word: str) -> bool:
        """Whether `word` (a comparison key) stands before persons' names: وزير."""
        return "title" in announcing().get(word, "").split()

    def knows_organisation(self, folded: str) -> bool:
        """Whether the comparison key `folded` is the name of a well-known organisation."""
        words = folded.split()
        return self.organisations.at(words) == len(words)

    def place_size(self, folded: str) -> str | None:
        """Return the sort of place that the comparison key `folded` names, if any."""
        return place_sizes().get(folded)


def _entry(text: str) -> WordEntry:
    rarity, group, likeness, given, family = text.split(" ")
    return WordEntry(int(rarity), group, likeness, int(given), int(family))


@cache
def shipped_lexicon() -> Lexicon:
    """Return the table of words that the trained model knows, weighed by it."""
    weights = shipped_model().weights
    return Lexicon(trained("words"), weights.summed, weights.leads)
