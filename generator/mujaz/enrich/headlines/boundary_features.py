"""Describes the gaps between the words of a line, for a model to tell which are boundaries."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from mujaz.arabic.normalise import key, without_marks
from mujaz.data import table
from mujaz.enrich.headlines.coherence import Vector, coherence_features
from mujaz.enrich.headlines.word_usage import WordUsage, expected

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
    features: tuple[tuple[str, ...], ...] = (("0e",), ("1e",), ("2e",), ("3e",))
    """Features of the gap before it, after it, one word after it, and one word before it."""
    places: str = "   "
    """How often its last part ends clauses, and its first begins clauses and sentences."""
    topic: Vector = ()
    """What its first part is about."""
    frequencies: tuple[int | None, int | None] = (None, None)
    """Frequencies of its stems."""


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
    """Classes of words, how readily one class follows another, and how words are used."""

    def __init__(
        self,
        classes: Mapping[str, int],
        affinities: Sequence[str],
        affixes: Mapping[tuple[str, str], int] | None = None,
        usage: WordUsage | None = None,
    ) -> None:
        """Take the class of each word, and a letter for each two classes: `a` repel, `z` attract.

        `affinities[first][second]` is the letter. `affixes` is what `classes_by_affixes` returns,
        which is counted if it is not given.
        """
        self._classes = classes
        self._affinities = affinities
        self._by_affixes = classes_by_affixes(classes) if affixes is None else affixes
        self._usage = usage or WordUsage({}, (), b"", b"")
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
        far.append(f"k{folded}")
        near = [*far]
        near += [f"a{n}{first[:n]}" for n in (1, 2, 3) if len(first) > n]
        near += [f"z{n}{last[-n:]}" for n in (1, 2, 3) if len(last) > n]
        stems = light_stem(first), light_stem(last)
        return Token(
            *stems,
            first_class,
            last_class,
            shape,
            punctuation,
            tuple(
                tuple(f"{place}{feature}" for feature in features)
                for place, features in enumerate((near, near, far, far))
            ),
            self._usage.places(first, last),
            self._usage.topic(stems[0]),
            (self._usage.frequency(stems[0]), self._usage.frequency(stems[1])),
        )


_LINE_EDGE = Token("", "", UNKNOWN, UNKNOWN, "|", "|")


def gap_features(
    words: Sequence[str], collocations: Sequence[bool], word_classes: WordClasses
) -> list[list[str]]:
    """Return the features of the gap before each word.

    `collocations` says of each gap whether the words around it often follow each other. The second
    letter of each feature names its family: words themselves (k), classes (c), punctuation (p),
    shapes (t), first and last letters (a, z), collocations (g) and their chances (w), places in
    clauses (u), topics (m), edges (e).
    """
    of_words = [*map(word_classes.token, words)]
    tokens = [_LINE_EDGE, _LINE_EDGE, *of_words, _LINE_EDGE]
    usage = _usage_features(of_words, collocations)
    rows: list[list[str]] = []
    for i in range(2, len(tokens) - 1):
        before, last, word, after = tokens[i - 2 : i + 2]
        row = [*word.features[0], *last.features[1], *before.features[2], *after.features[3]]
        row += usage[i - 2]
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


def _usage_features(tokens: Sequence[Token], collocations: Sequence[bool]) -> list[tuple[str, ...]]:
    """Return the features of the gap before each token that running text tells; punctuation apart.

    Gaps before the first word and after the last have none.
    """
    real = [token for token in tokens if token.first_stem]
    coherence = coherence_features([token.topic for token in real])
    rows: list[tuple[str, ...]] = []
    count = 0
    for token, is_collocation in zip(tokens, collocations, strict=True):
        if 0 < count < len(real):
            last, word = real[count - 1], real[count]
            ends, begins, opens = last.places[0], word.places[1], word.places[2]
            chance = expected(last.frequencies[1], word.frequencies[0])
            rows.append(
                (
                    *coherence[count - 1],
                    f"0u{ends}",
                    f"1u{begins}",
                    f"2u{opens}",
                    f"3u{_coarse(ends)}{_coarse(begins)}",
                    f"0w{is_collocation:d}{chance}",
                )
            )
        else:
            rows.append(())
        count += bool(token.first_stem)
    return rows


def _coarse(letter: str) -> str:
    """Return a letter of a word's places in half as fine a scale."""
    return letter if letter == " " else chr(ord(letter) // 2)


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
