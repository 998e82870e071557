"""What is known of one word, whatever text it stands in, and the features that come of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any
from zlib import crc32

from mujaz.arabic.normalise import word_key
from mujaz.arabic.tokens import bare_forms
from mujaz.data.word_vectors import WordVectors, shipped_vectors
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
"""Words of a cache: nearly all of those that recur."""
KNOWLEDGE_ROWS, LETTER_ROWS = 2_048, 8_192
"""Into how many numbers features are hashed: of what is known, and behind these of letters."""


class FeatureExtractor:
    """Makes features of words and caches them, as words recur."""

    def __init__(self, lexicon: Lexicon, vectors: WordVectors) -> None:
        """Take what to look words up in."""
        self.lexicon = lexicon
        self.vectors = vectors
        self._words: dict[str, WordFeatures] = {}
        self._older_words: dict[str, WordFeatures] = {}

    def word(self, word: str) -> WordFeatures:
        """Return the features of `word`, as written."""
        features = self._words.get(word)
        if features is None:
            if len(self._words) >= _MAX_CACHED:
                self._older_words, self._words = self._words, {}
            features = self._older_words.get(word) or WordFeatures(word, self)
            self._words[word] = features
        return features


class WordFeatures:
    """What is known of one word, and the features that come of it."""

    __slots__ = tuple(
        "key bare final_ya rarity likeness given family name_degrees word_lists place_type "
        "place_beginnings organisation_beginnings is_title vector_rows features activation".split()
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
        self.rarity, self.likeness = entry.rarity, entry.likeness
        self.given, self.family, self.name_degrees = _name_degrees(entries)
        self._look_up(forms)
        self.is_title = self.announces("title", clitic=True)
        whole = extractor.vectors.row(folded)
        stripped = extractor.vectors.row(self.bare) if self.bare != folded else whole
        self.vector_rows = (
            stripped if whole is None else whole,
            whole if stripped is None else stripped,
        )
        """Rows of the vectors of the word as it stands, and without clitics, if there are any."""
        self.features = self._features(whole is not None, stripped is not None)
        """The numbers of its features."""
        self.activation: Any = None
        """What the model makes of the features, once it met the word."""

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

    def _features(self, has_whole: bool, has_stripped: bool) -> tuple[int, ...]:
        """Return the numbers of what is known of the word, and of its first and last letters."""
        word = self.key
        preposition = word if word in ("علي", "الي") else ""
        edges = f"^{word}$"
        letters = {edges[:3], edges[:4], edges[-3:], edges[-4:], edges[-5:], f"^{self.bare[:3]}"}
        return (
            *_of_tables(self.rarity, self.likeness, self.name_degrees, self.place_type),
            *_of_form(_shape(word), min(len(word), 8), has_whole, has_stripped),
            *map(feature_number, (*self.word_lists, f"ya {self.final_ya}{preposition}")),
            *sorted([KNOWLEDGE_ROWS + _hashed(each) % LETTER_ROWS for each in letters]),
        )


@lru_cache(_MAX_CACHED)
def _of_tables(rarity: int, likeness: str, degrees: str, place_type: str) -> tuple[int, ...]:
    clitic = degrees[2:]
    names = (
        f"rarity {rarity}",
        f"like a person {likeness[0]}",
        f"like a place {likeness[1]}",
        f"given {degrees[:1]}{clitic}",
        f"family {degrees[1:2]}{clitic}",
        f"place {place_type}",
    )
    return tuple(map(feature_number, names))


@lru_cache(_MAX_CACHED)
def _of_form(shape: str, letters: int, has_whole: bool, has_stripped: bool) -> tuple[int, ...]:
    names = f"shape {shape}", f"letters {letters}", f"vectors {has_whole}{has_stripped}"
    return tuple(map(feature_number, names))


@lru_cache(_MAX_CACHED)
def feature_number(name: str) -> int:
    """Return the number of a feature of what is known of a word, or of its place in a text."""
    return _hashed(name) % KNOWLEDGE_ROWS


def _hashed(name: str) -> int:
    return crc32(name.encode("utf-8", "surrogatepass"))


def _name_degrees(entries: Sequence[WordEntry | None]) -> tuple[int, int, str]:
    for index, entry in enumerate(entries):
        if entry and (entry.given or entry.family):
            clitic = "'" if index else ""
            return entry.given, entry.family, f"{entry.given}{entry.family}{clitic}"
    return 0, 0, "-"


def _shape(word: str) -> str:
    if not word[0].isalnum():
        return word[0]
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
    """Return what makes features of words for the shipped model."""
    return FeatureExtractor(shipped_lexicon(), shipped_vectors())
