"""What tables have on words: how common and how like names they are, and what they announce."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from mujaz.arabic.normalise import key
from mujaz.arabic.phrases import ListedPhrases, by_first_word
from mujaz.arabic.tokens import bare_forms
from mujaz.data import compiled, table, trained
from mujaz.enrich.entities.gazetteer.places import nisbas, place_sizes
from mujaz.model import TagKind

_PLACES = ("places.tsv", "blocked_places.yml", "regions.yml")


class WordEntry(NamedTuple):
    """What the table of words has on one word."""

    rarity: int
    """From 0, seldom in print, to 4, very common."""
    group: str
    """The group of words that stand in the same contexts."""
    likeness: str
    """Two digits, 0 to 9: how like persons' and places' names it is by its meaning and letters."""
    given: int
    """From 0, never, to 4: how often it is a given name."""
    family: int
    """From 0, never, to 4: how often it is a family name."""


class Lexicon:
    """The table of words, and the lists of words and names beside it. Words are comparison keys."""

    def __init__(self, words: Mapping[str, WordEntry | str]) -> None:
        """Take the table of words; an entry may be its five fields as text."""
        self._words = words
        self.places = ListedPhrases(places_of_several_words())
        self.organisations = ListedPhrases(organisations())

    def entry(self, word: str) -> WordEntry | None:
        """Return what the table has on `word`, if anything."""
        entry = self._words.get(word)
        # Most words of the table stand in no text at hand, so each is parsed when it is met.
        return _parsed(entry) if isinstance(entry, str) else entry

    def bare(self, word: str) -> str:
        """Return the likeliest form of `word` without clitics."""
        if len(word) <= 2:
            return word
        forms = bare_forms(word)
        return forms[likeliest_form(forms, [self.entry(form) for form in forms])]

    def begins_name(self, word: str, kind: TagKind) -> bool:
        """Whether the tables have names of `kind` that begin with `word`."""
        if kind == "place":
            return word in first_words_of_places()
        if kind == "person":
            entry = self.entry(word)
            return bool(entry and (entry.given or entry.family))
        return _announces(word, "organisation")

    def is_title(self, word: str) -> bool:
        """Whether `word` stands before persons' names: وزير."""
        return _announces(word, "title")

    def is_organisation(self, name: str) -> bool:
        """Whether the comparison key `name` is the name of a well-known organisation."""
        words = name.split()
        return self.organisations.match_at(words) == len(words)


def likeliest_form(forms: Sequence[str], entries: Sequence[WordEntry | None]) -> int:
    """Return the index of the likeliest of the forms of a word, the word itself being the first.

    It is the first other one that is in the table, and commoner there than the word itself.
    """
    whole = entries[0]
    for index, entry in enumerate(entries):
        if index and entry and len(forms[index]) > 2 and (not whole or entry.rarity > whole.rarity):
            return index
    return 0


@cache
def shipped_lexicon() -> Lexicon:
    """Return the table of words with which the shipped model was trained."""
    return Lexicon(trained("words"))


def _parsed(text: str) -> WordEntry:
    rarity, group, likeness, given, family = text.split(" ")
    return WordEntry(int(rarity), group, likeness, int(given), int(family))


def _announces(word: str, list_name: str) -> bool:
    return list_name in announcing().get(word, "").split()


@compiled("entity_words.yml")
def announcing() -> Mapping[str, str]:
    """Return the names of the lists of announcing words that have a word, by comparison key."""
    lists: dict[str, list[str]] = defaultdict(list)
    for name, lines in table("entity_words").items():
        for word in dict.fromkeys(key(word) for line in lines for word in line.split()):
            lists[word].append(name)
    return {word: " ".join(names) for word, names in lists.items()}


@compiled(*_PLACES, "entity_words.yml", "organisations.yml", "nisbas.yml")
def listed() -> Mapping[str, str]:
    """Return all that tables other than that of words have on a word, with blanks between.

    What place it names; `p` and `o` if names of several words begin with it, of places or of
    organisations; and the lists of announcing words that have it.
    """
    sizes, lists, several = place_sizes(), announcing(), places_of_several_words()
    entries = {}
    for word in {*sizes, *nisbas(), *lists, *several, *organisations()}:
        size = sizes.get(word) or ("nisba" if word in nisbas() else "")
        begins = "p" * (word in several) + "o" * (word in organisations())
        entries[word] = " ".join(filter(None, [f"{size} {begins}", lists.get(word)]))
    return {word: entry for word, entry in entries.items() if " " not in word}


@compiled("organisations.yml")
def organisations() -> Mapping[str, str]:
    """Return well-known organisations by their first word, for `ListedPhrases`."""
    return by_first_word(key(name) for names in table("organisations") for name in names)


@compiled(*_PLACES)
def places_of_several_words() -> Mapping[str, str]:
    """Return places whose names are of several words by the first, for `ListedPhrases`."""
    return by_first_word(name for name in place_sizes() if " " in name)


@compiled(*_PLACES)
def first_words_of_places() -> Mapping[str, str]:
    """Return what places' names begin with, as a set: the texts are empty."""
    return {name.partition(" ")[0]: "" for name in place_sizes()}
