"""What is known of one word whatever text it stands in, and the features that come of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from mujaz.arabic.normalise import word_key
from mujaz.arabic.tokens import bare_forms
from mujaz.enrich.entities.word_lists import listed
from mujaz.model import TagKind

if TYPE_CHECKING:
    from mujaz.enrich.entities.lexicon import Lexicon

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


Part = Any
"""Some features of a word: their names, or what their weights come to."""


class Weigh(Protocol):
    """Makes a part of names of features and of other parts."""

    def __call__(self, names: Sequence[str], *parts: Part) -> Part:
        """Return them as one."""


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
        bare = barest(forms, entries)
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
            told = listed().get(form)
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


def barest(forms: Sequence[str], entries: Sequence[WordEntry | None]) -> int:
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
