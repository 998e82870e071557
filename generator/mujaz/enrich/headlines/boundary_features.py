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
    """What one word, written with its punctuation, tells by itself."""

    first: str
    """Stem of its first part, as `و/أو` has two; empty if it is punctuation only."""
    last: str
    """Stem of its last part."""
    first_class: int
    """Class of words that stand in like places."""
    last_class: int
    tag: str
    """Its form: article, initial, ending; or the word itself, if it is a function word."""
    marks: str
    """Its punctuation: what opens, closes, ends or pauses."""
    near: tuple[str, ...]
    """Features for a gap beside it."""
    far: tuple[str, ...]
    """Features for a gap one word away."""


def by_affixes(classes: Mapping[str, int]) -> dict[tuple[str, str], int]:
    """Return the class that most words have with the same first and last letters, or the last."""
    votes: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for word, number in classes.items():
        votes[word[:2], word[-2:]][number] += 1
        votes["", word[-2:]][number] += 1
    return {
        affixes: min(counts, key=lambda number: (-counts[number], number))
        for affixes, counts in votes.items()
    }


class Lexicon:
    """Classes of words, and how readily one class follows another in running text."""

    def __init__(
        self,
        classes: Mapping[str, int],
        affinities: Sequence[str],
        affixes: Mapping[tuple[str, str], int] | None = None,
    ) -> None:
        """Take the class of each word, and a letter for each two classes: `a` repel, `z` attract.

        `affinities[first][second]` is the letter. What `by_affixes` returns need not be counted
        again if it is given.
        """
        self._classes = classes
        self._affinities = affinities
        self._by_affixes = by_affixes(classes) if affixes is None else affixes
        self._tokens: dict[str, Token] = {}

    def class_of(self, word: str) -> int:
        """Return the class of a word, given as comparison form; of a rare one, by its affixes."""
        found = self._classes.get(word)
        if found is None and word.startswith("و"):
            found = self._classes.get(word[1:])
        if found is None:
            found = self._by_affixes.get((word[:2], word[-2:]))
        if found is None:
            found = self._by_affixes.get(("", word[-2:]), UNKNOWN)
        return found

    def affinity(self, first: int, second: int) -> str:
        """Return the letter of two classes, or none if one of them is unknown."""
        return self._affinities[first][second] if first >= 0 and second >= 0 else ""

    def token(self, written: str) -> Token:
        """Return what a word tells by itself."""
        found = self._tokens.get(written)
        if found is None:
            found = self._tokens[written] = self._describe(written)
        return found

    def _describe(self, written: str) -> Token:
        folded = key(written)
        parts = folded.split()
        first, last = (parts[0], parts[-1]) if parts else ("", "")
        first_class = self.class_of(first) if parts else UNKNOWN
        last_class = self.class_of(last) if parts else UNKNOWN
        tag, marks = _tag(written, folded), _marks(written)
        far = [f"t{tag}", f"c{first_class}", f"p{marks}"]
        near = [*far, f"k{folded}"]
        near += [f"a{n}{first[:n]}" for n in (1, 2, 3) if len(first) > n]
        near += [f"z{n}{last[-n:]}" for n in (1, 2, 3) if len(last) > n]
        return Token(
            stem(first),
            stem(last),
            first_class,
            last_class,
            tag,
            marks,
            tuple(near),
            (*far, f"k{folded}"),
        )


_EDGE = Token("", "", UNKNOWN, UNKNOWN, "|", "|", ("e",), ("e",))


def features(written: Sequence[str], together: Sequence[bool], lexicon: Lexicon) -> list[list[str]]:
    """Return the features of the gap before each word.

    `together` says of each gap whether the words around it are known to stand together. The
    second letter of each feature names its family; see `FAMILIES`.
    """
    tokens = [_EDGE, _EDGE, *map(lexicon.token, written), _EDGE]
    rows: list[list[str]] = []
    for i in range(2, len(tokens) - 1):
        before, last, word, after = tokens[i - 2 : i + 2]
        row = [f"0{f}" for f in word.near]
        row += [f"1{f}" for f in last.near]
        row += [f"2{f}" for f in before.far]
        row += [f"3{f}" for f in after.far]
        row += (
            f"4t{last.tag}|{word.tag}",
            f"5t{before.tag}|{last.tag}|{word.tag}",
            f"6t{last.tag}|{word.tag}|{after.tag}",
            f"7t{word.tag}|{after.tag}",
            f"8t{before.tag}|{last.tag}",
            f"4c{last.last_class}|{word.first_class}",
            f"5c{before.last_class}|{last.first_class}",
            f"6c{word.last_class}|{after.first_class}",
            f"7c{before.last_class}|{word.first_class}",
            f"8c{last.last_class}|{after.first_class}",
            f"9c{lexicon.affinity(last.last_class, word.first_class)}",
            f"4p{last.marks}|{word.marks}",
            f"4k{last.last}|{word.first}",
            f"4g{together[i - 2]:d}",
        )
        rows.append(row)
    return rows


FAMILIES = "kcptazg"
"""Words themselves, classes, punctuation, forms, first and last letters, words seen together."""


def stems_around(written: Sequence[str], lexicon: Lexicon) -> list[tuple[str, str]]:
    """Return the stems before and after the gap before each word, punctuation passed over.

    A stem is empty where there is none.
    """
    tokens = [lexicon.token(word) for word in written]
    pairs: list[tuple[str, str]] = []
    last = ""
    for i, token in enumerate(tokens):
        following = token.first or (tokens[i + 1].first if i + 1 < len(tokens) else "")
        pairs.append((last, following))
        last = token.last or last
    return pairs


@cache
def stem(word: str) -> str:
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


def _tag(written: str, folded: str) -> str:
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


def _marks(written: str) -> str:
    """Return the punctuation of a word, reduced to what it does."""
    found = ""
    if written[0] in _OPENING:
        found += "("
    if written[-1] in _CLOSING:
        found += ")"
    end = written.rstrip(_CLOSING)
    if end.endswith(("..", "\u2026")):
        found += "\u2026"
    elif end and end[-1] in ".:!،؛":
        found += end[-1]
    elif end and end[-1] in "?؟":
        found += "?"
    if ".." in end[:-2].rstrip("."):
        found += "+"
    return found


@cache
def _function_words() -> frozenset[str]:
    return frozenset(table("gaps")["function_words"].split())
