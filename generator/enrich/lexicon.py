"""What is known of words whatever text they stand in: how common, how like names, in what lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from functools import cache
from itertools import chain
from typing import Any, NamedTuple, Protocol

from generator.arabic.normalise import key, word_key
from generator.arabic.phrases import ListedPhrases, by_first_word
from generator.arabic.tokens import bare_forms
from generator.data import compiled, table, trained
from generator.enrich.places import nisbas, place_sizes
from generator.enrich.weights import shipped_model
from generator.model import TagKind

_PLACES = ("places.tsv", "blocked_places.yml", "regions.yml")
_ENDINGS = ("ات", "ون", "ين", "يه", "ه", "ي", "ا", "ان")
_MOST = 16_000
"""Words that are remembered: nearly all of those that recur."""
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


Part = tuple[Any, ...]
"""Some features of a word: their names, or what their weights come to."""


class Weigh(Protocol):
    """Makes a part of names of features and of other parts."""

    def __call__(self, names: Sequence[str], *parts: Part) -> Part:
        """Return them as one."""


def _named(names: Sequence[str], *parts: Part) -> Part:
    return (*names, *chain.from_iterable(parts))


_UNKNOWN = WordEntry(0, "-", "--", 0, 0)


class Sort:
    """A sort of words: to their neighbours they are all alike."""

    __slots__ = ("beside",)

    def __init__(self) -> None:
        """Take nothing: what words of it say is noted when they are met."""
        self.beside: dict[Sort, tuple[Part, Part]] = {}
        """What such a word and the next, by its sort, together say of it, and of the next."""


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
        "is_organisation",
        "is_title",
        "key",
        "leads",
        "likeness",
        "lists",
        "names",
        "own",
        "place",
        "rarity",
        "shape",
        "sort",
    )

    def __init__(self, word: str, lexicon: Lexicon) -> None:
        """Look everything up that does not depend on the text around."""
        folded = word_key(word) or word
        self.ending = word[-1] if folded[-1] == "ي" else ""
        forms = list(dict.fromkeys(bare_forms(folded))) if len(folded) > 2 else [folded]
        entries = [lexicon.entry(form) for form in forms]
        bare = _barest(forms, entries)
        self.key, self.bare = folded, forms[bare]
        entry = entries[0] or entries[bare] or next(filter(None, entries), _UNKNOWN)
        self.rarity, self.group, self.likeness = entry[:3]
        self.given, self.family, self.names = _names(entries)
        self._look_up(forms)
        self.shape = _shape(folded)
        self.is_title = self.announces("title", clitic=True)
        self.is_organisation = self.announces("organisation", clitic=True)
        common = self.likeness, self.names, self.rarity, self.lists
        self.sort = lexicon.sort(common)
        self.leads = lexicon.leads is None or folded in lexicon.leads
        self._compose(lexicon)

    def _look_up(self, forms: Sequence[str]) -> None:
        """Note what tables have on the forms of the word."""
        self.lists: tuple[str, ...] = ()
        self.begins_place: tuple[str, ...] = ()
        self.begins_organisation: tuple[str, ...] = ()
        self.place = "-"
        for number, form in enumerate(forms):
            told = _listed().get(form)
            if told is None:
                continue
            place, begins, *lists = told.split(" ")
            clitic = "'" if number else ""
            if place and self.place == "-":
                self.place = f"{place}{clitic}"
            if "p" in begins:
                self.begins_place += (form,)
            if "o" in begins:
                self.begins_organisation += (form,)
            if lists:
                self.lists = tuple(sorted({*self.lists, *(f"{name}{clitic}" for name in lists)}))

    def announces(self, what: str, *, clitic: bool = False) -> bool:
        """Whether it is in the list `what` of words; with `clitic`, also behind a clitic."""
        return what in self.lists or (clitic and f"{what}'" in self.lists)

    def like(self, kind: TagKind) -> float:
        """Return how like a name of `kind` the word is by itself, from 0 to 1; .3 if unknown."""
        digit = self.likeness[kind == "place"]
        return int(digit) / 9 if digit.isdigit() else 0.3

    def _compose(self, lexicon: Lexicon) -> None:
        """Weigh what the word says of itself and of its neighbours, once: words recur."""
        word, weigh = self.key, lexicon.weigh
        group, first, last = f"g={self.group}", f"b2={word[:2]}", f"x2={word[-2:]}"
        told = f"w={word}"
        like = self.sort, self.place, self.shape
        own, before, after, far_before, far_after = lexicon.kinds.get(like) or self._kind(lexicon)
        self.before = weigh([f"-1{told}", f"-1{group}", f"-1{first}", f"-1{last}"], before)
        self.after = weigh([f"+1{told}", f"+1{group}", f"+1{first}", f"+1{last}"], after)
        self.far_before = weigh([f"-2{told}", f"-2{group}"], far_before)
        self.far_after = weigh([f"+2{told}", f"+2{group}"], far_after)
        size = len(word)
        names = [told, group, first, last, f"s={self.bare}", f"l={min(size, 9)}"]
        for n in range(1, min(size, 5)):
            names += (f"b{n}={word[:n]}", f"x{n}={word[-n:]}")
        if self.rarity <= 1:
            names += [f"t={word[i : i + 3]}" for i in range(1, size - 3)]
        self.own = weigh(names, own)

    def _kind(self, lexicon: Lexicon) -> Sequence[Part]:
        """Weigh what many words say together with this one."""
        rarity, person, place = self.rarity, self.likeness[0], self.likeness[1]
        short = [f"e={person}", f"f={place}", f"n={self.names}", f"p={self.place}"]
        short += [f"L={name}" for name in self.lists]
        near = [*short, f"h={self.shape}", f"r={rarity}"]
        own = [
            "1",
            *near,
            f"m={self.likeness}",
            f"re={rarity}{person}",
            f"en={person}{self.names}",
            f"fp={place}{self.place}",
            f"rn={rarity}{self.names}",
            f"rp={rarity}{self.place}",
        ]
        sides = (("-1", near), ("+1", near), ("-2", short), ("+2", short))
        named = (own, *([at + name for name in names] for at, names in sides))
        found = lexicon.kinds[self.sort, self.place, self.shape] = tuple(map(lexicon.weigh, named))
        return found


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
        return forms[_barest(forms, [self.entry(form) for form in forms])]

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


def _barest(forms: Sequence[str], entries: Sequence[WordEntry | None]) -> int:
    """Return which is the likeliest of the forms of a word, the word itself being the first.

    It is the first other one that is in the table, and commoner there than the word itself.
    """
    own = entries[0]
    for number, entry in enumerate(entries):
        if number and entry and len(forms[number]) > 2 and (not own or entry.rarity > own.rarity):
            return number
    return 0


def _names(entries: Sequence[WordEntry | None]) -> tuple[int, int, str]:
    for number, entry in enumerate(entries):
        if entry and (entry.given or entry.family):
            clitic = "'" if number else ""
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


@compiled("entity_words.yml")
def _lists() -> Mapping[str, str]:
    """Return which lists of announcing words each word is in, by comparison key."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, lines in table("entity_words").items():
        for word in dict.fromkeys(key(word) for line in lines for word in line.split()):
            found[word].append(name)
    return {word: " ".join(names) for word, names in found.items()}


@compiled(*_PLACES, "entity_words.yml", "organisations.yml", "nisbas.yml")
def _listed() -> Mapping[str, str]:
    """Return all that tables other than that of words have on a word, with blanks between.

    What place it names; `p` and `o` if names of several words begin with it, of places or of
    organisations; and the lists of announcing words that have it.
    """
    sizes, lists, several = place_sizes(), _lists(), _places_of_several_words()
    found = {}
    for word in {*sizes, *nisbas(), *lists, *several, *_organisations()}:
        size = sizes.get(word) or ("nisba" if word in nisbas() else "")
        begins = "p" * (word in several) + "o" * (word in _organisations())
        found[word] = " ".join(filter(None, [f"{size} {begins}", lists.get(word)]))
    return {word: told for word, told in found.items() if " " not in word}


@compiled("organisations.yml")
def _organisations() -> Mapping[str, str]:
    return by_first_word(key(name) for names in table("organisations") for name in names)


@compiled(*_PLACES)
def _places_of_several_words() -> Mapping[str, str]:
    return by_first_word(name for name in place_sizes() if " " in name)


@compiled(*_PLACES)
def _first_words_of_places() -> Mapping[str, str]:
    return {name.partition(" ")[0]: "" for name in place_sizes()}


@cache
def shipped_lexicon() -> Lexicon:
    """Return the table of words that the trained model knows, weighed by it."""
    weights = shipped_model().weights
    return Lexicon(trained("words"), weights.summed, weights.leads)
