"""Describes the gaps between the words of a line, for a model to tell which are boundaries."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from mujaz.arabic.normalise import key, without_marks
from mujaz.data import table

UNKNOWN = -1
"""The class of what is no word."""
_OPENING, _CLOSING = "\"'«“(", "\"'»”)"
_NOT_LETTER = re.compile("[^\u0621-\u063a\u0641-\u064a]")


class Token(NamedTuple):
    """A word with its punctuation, as the features of the gaps around it need it."""

    first_stem: str
    """Stem of its first part, as `و/أو` has two; empty if it is punctuation only."""
    last_stem: str
    """Stem of its last part."""
    first_class: int
    """Distributional class of its first part."""
    last_class: int
    shape: str
    """Its article, initial and ending; or the word itself, if it is a function word."""
    punctuation: str
    """Its punctuation: what opens, closes, ends or pauses."""
    near_features: tuple[str, ...]
    """Features for a gap next to it."""
    far_features: tuple[str, ...]
    """Features for a gap one word away."""


def classes_by_affixes(classes: Mapping[str, int]) -> dict[tuple[str, str], int]:
    """Return the class that most words have with the same first and last letters, or the last."""
    votes: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for word, number in classes.items():
        votes[word[:2], word[-2:]][number] += 1
        votes["", word[-2:]][number] += 1
    return {
        affixes: min(counts, key=lambda number: (-counts[number], number))
        for affixes, counts in votes.items()
    }


class WordClasses:
    """Classes of words, and how readily one class follows another in running text."""

    def __init__(
        self,
        classes: Mapping[str, int],
        affinities: Sequence[str],
        affixes: Mapping[tuple[str, str], int] | None = None,
    ) -> None:
        """Take the class of each word, and a letter for each two classes: `a` repel, `z` attract.

        `affinities[first][second]` is the letter. `affixes` is what `classes_by_affixes` returns,
        which is counted if it is not given.
        """
        self._classes = classes
        self._affinities = affinities
        self._by_affixes = classes_by_affixes(classes) if affixes is None else affixes
        self._tokens: dict[str, Token] = {}

    def class_of(self, word: str) -> int:
        """Return the class of a word, given as comparison form; of a rare one, by its affixes."""
        number = self._classes.get(word)
        if number is None and word.startswith("و"):
            number = self._classes.get(word[1:])
        if number is None:
            number = self._by_affixes.get((word[:2], word[-2:]))
        if number is None:
            number = self._by_affixes.get(("", word[-2:]), UNKNOWN)
        return number

    def affinity(self, first: int, second: int) -> str:
        """Return the letter of two classes, or none if one of them is unknown."""
        return self._affinities[first][second] if first >= 0 and second >= 0 else ""

    def token(self, written: str) -> Token:
        """Return the token of a word as written."""
        token = self._tokens.get(written)
        if token is None:
            token = self._tokens[written] = self._tokenise(written)
        return token

    def _tokenise(self, written: str) -> Token:
        folded = key(written)
        parts = folded.split()
        first, last = (parts[0], parts[-1]) if parts else ("", "")
        first_class = self.class_of(first) if parts else UNKNOWN
        last_class = self.class_of(last) if parts else UNKNOWN
        shape, punctuation = _shape(written, folded), _punctuation(written)
        far = [f"t{shape}", f"c{first_class}", f"p{punctuation}"]
        near = [*far, f"k{folded}"]
        near += [f"a{n}{first[:n]}" for n in (1, 2, 3) if len(first) > n]
        near += [f"z{n}{last[-n:]}" for n in (1, 2, 3) if len(last) > n]
        return Token(
            light_stem(first),
            light_stem(last),
            first_class,
            last_class,
            shape,
            punctuation,
            tuple(near),
            (*far, f"k{folded}"),
        )


_LINE_EDGE = Token("", "", UNKNOWN, UNKNOWN, "|", "|", ("e",), ("e",))


def gap_features(
    words: Sequence[str], collocations: Sequence[bool], word_classes: WordClasses
) -> list[list[str]]:
    """Return the features of the gap before each word.

    `collocations` says of each gap whether the words around it often follow each other. The second
    letter of each feature names its family; see `FEATURE_FAMILIES`.
    """
    tokens = [_LINE_EDGE, _LINE_EDGE, *map(word_classes.token, words), _LINE_EDGE]
    rows: list[list[str]] = []
    for i in range(2, len(tokens) - 1):
        before, last, word, after = tokens[i - 2 : i + 2]
        row = [f"0{f}" for f in word.near_features]
        row += [f"1{f}" for f in last.near_features]
        row += [f"2{f}" for f in before.far_features]
        row += [f"3{f}" for f in after.far_features]
        row += (
            f"4t{last.shape}|{word.shape}",
            f"5t{before.shape}|{last.shape}|{word.shape}",
            f"6t{last.shape}|{word.shape}|{after.shape}",
            f"7t{word.shape}|{after.shape}",
            f"8t{before.shape}|{last.shape}",
            f"4c{last.last_class}|{word.first_class}",
            f"5c{before.last_class}|{last.first_class}",
            f"6c{word.last_class}|{after.first_class}",
            f"7c{before.last_class}|{word.first_class}",
            f"8c{last.last_class}|{after.first_class}",
            f"9c{word_classes.affinity(last.last_class, word.first_class)}",
            f"4p{last.punctuation}|{word.punctuation}",
            f"4k{last.last_stem}|{word.first_stem}",
            f"4g{collocations[i - 2]:d}",
        )
        rows.append(row)
    return rows


FEATURE_FAMILIES = "kcptazg"
"""Words themselves, classes, punctuation, shapes, first and last letters, collocations."""


def stems_around_gaps(words: Sequence[str], word_classes: WordClasses) -> list[tuple[str, str]]:
    """Return the stems before and after the gap before each word, skipping punctuation.

    A stem is empty where there is none.
    """
    tokens = [word_classes.token(word) for word in words]
    pairs: list[tuple[str, str]] = []
    last = ""
    for i, token in enumerate(tokens):
        following = token.first_stem or (tokens[i + 1].first_stem if i + 1 < len(tokens) else "")
        pairs.append((last, following))
        last = token.last_stem or last
    return pairs


@cache
def light_stem(word: str) -> str:
    """Return a comparison form without article, conjunction and commonest ending."""
    tables = table("gaps")
    for prefix in tables["stem_prefixes"]:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            word = word[len(prefix) :]
            break
    for suffix in tables["stem_suffixes"]:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word


def _shape(written: str, folded: str) -> str:
    if not folded:
        return "." + written[0]
    if folded in _function_words():
        return folded
    if any(letter.isdigit() for letter in folded):
        return "9"
    letters = _NOT_LETTER.sub("", without_marks(written))
    if not letters:
        return "x"
    tables = table("gaps")
    begin = next((a for a in tables["articles"] if letters.startswith(a) and letters != a), "")
    rest = letters[len(begin) :]
    if not begin and letters[0] in tables["initials"]:
        begin = letters[0]
    end = next((e for e in tables["endings"] if rest.endswith(e) and len(rest) > len(e) + 1), "")
    return f"{begin}-{end}"


def _punctuation(written: str) -> str:
    """Return the punctuation of a word, one mark for each function."""
    marks = ""
    if written[0] in _OPENING:
        marks += "("
    if written[-1] in _CLOSING:
        marks += ")"
    end = written.rstrip(_CLOSING)
    if end.endswith(("..", "\u2026")):
        marks += "\u2026"
    elif end and end[-1] in ".:!،؛":
        marks += end[-1]
    elif end and end[-1] in "?؟":
        marks += "?"
    if ".." in end[:-2].rstrip("."):
        marks += "+"
    return marks


@cache
def _function_words() -> frozenset[str]:
    return frozenset(table("gaps")["function_words"].split())
