"""What is known of words whatever text they stand in: how common, how like names, in what lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from generator.arabic.normalise import key, word_key
from generator.arabic.phrases import ListedPhrases, by_first_word
from generator.arabic.tokens import bare_forms
from generator.data import compiled, table, trained
from generator.enrich.places import nisbas, place_sizes
from generator.model import TagKind

_ENDINGS = ("ات", "ون", "ين", "يه", "ه", "ي", "ا", "ان")
_ARTICLES = ("ال", "وال", "بال", "لل", "فال", "كال")


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


_UNKNOWN = WordEntry(0, "-", "--", 0, 0)


class Facts:
    """What is known of one word, whatever text it stands in."""

    __slots__ = (
        "after",
        "bare",
        "before",
        "begins_organisation",
        "begins_place",
        "ending",
        "family",
        "far_after",
        "far_before",
        "given",
        "group",
        "key",
        "likeness",
        "lists",
        "names",
        "own",
        "place",
        "rarity",
        "shape",
    )

    def __init__(self, word: str, lexicon: Lexicon) -> None:
        """Look everything up that does not depend on the text around."""
        folded = word_key(word) or word
        self.ending = word[-1] if folded[-1] == "ي" else ""
        forms = list(dict.fromkeys(bare_forms(folded))) if len(folded) > 2 else [folded]
        self.key = folded
        self.bare = lexicon.barest(forms)
        entry = next(
            (e for e in map(lexicon.entry, (folded, self.bare, *forms[1:])) if e), _UNKNOWN
        )
        self.rarity, self.group, self.likeness = entry[:3]
        self.given, self.family, self.names = _names(forms, lexicon)
        listed = {
            name if form == folded else f"{name}'"
            for form in forms
            for name in _lists().get(form, "").split()
        }
        self.lists = tuple(sorted(listed))
        self.begins_place = tuple(filter(lexicon.places.begins, forms))
        self.begins_organisation = tuple(filter(lexicon.organisations.begins, forms))
        self.place = _place(forms, lexicon)
        self.shape = _shape(folded)
        self._compose()

    def announces(self, what: str, *, clitic: bool = False) -> bool:
        """Whether it is in the list `what` of words; with `clitic`, also behind a clitic."""
        return what in self.lists or (clitic and f"{what}'" in self.lists)

    def like(self, kind: TagKind) -> float:
        """Return how like a name of `kind` the word is by itself, from 0 to 1; .3 if unknown."""
        digit = self.likeness[kind == "place"]
        return int(digit) / 9 if digit.isdigit() else 0.3

    def _compose(self) -> None:
        word, rarity = self.key, self.rarity
        listed = [f"L={name}" for name in self.lists]
        about = [
            f"g={self.group}",
            f"e={self.likeness[0]}",
            f"f={self.likeness[1]}",
            f"n={self.names}",
            f"p={self.place}",
        ]
        short = [f"w={word}", *about, *listed]
        near = (*short, f"h={self.shape}", f"r={rarity}", f"x2={word[-2:]}", f"b2={word[:2]}")
        # What its neighbours say of it, made once: words recur.
        self.before, self.after = (tuple([at + name for name in near]) for at in ("-1", "+1"))
        self.far_before, self.far_after = (
            tuple([at + name for name in short]) for at in ("-2", "+2")
        )
        affixes = [f"b{n}={word[:n]}" for n in (1, 2, 3, 4) if len(word) > n]
        affixes += [f"x{n}={word[-n:]}" for n in (1, 2, 3, 4) if len(word) > n]
        if rarity <= 1:
            affixes += [f"t={word[i : i + 3]}" for i in range(1, len(word) - 3)]
        self.own = (
            "1",
            *near,
            *affixes,
            f"s={self.bare}",
            f"l={min(len(word), 9)}",
            f"m={self.likeness}",
            f"re={rarity}{self.likeness[0]}",
            f"en={self.likeness[0]}{self.names}",
            f"fp={self.likeness[1]}{self.place}",
            f"rn={rarity}{self.names}",
            f"rp={rarity}{self.place}",
        )


class Lexicon:
    """What is known of words."""

    def __init__(self, words: Mapping[str, WordEntry | str]) -> None:
        """Take the table of words, by comparison key; an entry may be its five fields as text."""
        self._words = words
        self._facts: dict[str, Facts] = {}
        self.places = ListedPhrases(_places_of_several_words())
        self.organisations = ListedPhrases(_organisations())

    def entry(self, word: str) -> WordEntry | None:
        """Return what the table has on `word` (a comparison key), if anything."""
        found = self._words.get(word)
        # Most words of the table stand in no text at hand, so each is read when it is met.
        return _entry(found) if isinstance(found, str) else found

    def facts(self, word: str) -> Facts:
        """Return what is known of `word`, as written."""
        found = self._facts.get(word)
        if found is None:
            found = self._facts[word] = Facts(word, self)
        return found

    def bare(self, word: str) -> str:
        """Return the likeliest form of `word` (a comparison key) without clitics."""
        return self.barest(list(bare_forms(word))) if len(word) > 2 else word

    def barest(self, forms: Sequence[str]) -> str:
        """Return the likeliest of the forms of a word, the word itself being the first.

        It is the first other one that is in the table, and commoner there than the word itself.
        """
        own = self.entry(forms[0])
        for form in forms[1:]:
            entry = self.entry(form) if len(form) > 2 else None
            if entry and (own is None or entry.rarity > own.rarity):
                return form
        return forms[0]

    def begins_name(self, word: str, kind: TagKind) -> bool:
        """Whether names of `kind` are known to begin with `word` (a comparison key)."""
        if kind == "place":
            return word in _first_words_of_places()
        if kind == "person":
            entry = self.entry(word)
            return bool(entry and (entry.given or entry.family))
        return "organisation" in _lists().get(word, "").split()

    def is_title(self, word: str) -> bool:
        """Whether `word` (a comparison key) stands before persons' names: وزير."""
        return "title" in _lists().get(word, "").split()

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


def _names(forms: Sequence[str], lexicon: Lexicon) -> tuple[int, int, str]:
    for form in forms:
        entry = lexicon.entry(form)
        if entry and (entry.given or entry.family):
            clitic = "" if form == forms[0] else "'"
            return entry.given, entry.family, f"{entry.given}{entry.family}{clitic}"
    return 0, 0, "-"


def _place(forms: Sequence[str], lexicon: Lexicon) -> str:
    for form in forms:
        size = lexicon.place_size(form) or ("nisba" if form in nisbas() else None)
        if size:
            return size if form == forms[0] else f"{size}'"
    return "-"


def _shape(word: str) -> str:
    if not word[0].isalnum():
        return word
    if word[0].isdigit():
        return "9"
    if word.isascii():
        return "A"
    article = "ال" if word.startswith("ال") else "+ال" if word.startswith(_ARTICLES) else ""
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) > len(e) + 2), "")
    return f"{article}_{ending}"


@compiled("entity_words.yml")
def _lists() -> Mapping[str, str]:
    """Return which lists of announcing words each word is in, by comparison key."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, lines in table("entity_words").items():
        for word in dict.fromkeys(key(word) for line in lines for word in line.split()):
            found[word].append(name)
    return {word: " ".join(names) for word, names in found.items()}


@compiled("organisations.yml")
def _organisations() -> Mapping[str, str]:
    return by_first_word(key(name) for names in table("organisations") for name in names)


@compiled("places.tsv", "blocked_places.yml", "regions.yml")
def _places_of_several_words() -> Mapping[str, str]:
    return by_first_word(name for name in place_sizes() if " " in name)


@compiled("places.tsv", "blocked_places.yml", "regions.yml")
def _first_words_of_places() -> Mapping[str, str]:
    return {name.partition(" ")[0]: "" for name in place_sizes()}


@cache
def shipped_lexicon() -> Lexicon:
    """Return the table of words that the trained model knows."""
    return Lexicon(trained("words"))
