"""Finds many known phrases in a text in one pass, however their words are spelled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from mujaz.arabic.normalise import word_key
from mujaz.arabic.tokens import words


class Words(NamedTuple):
    """The words of a text: comparison keys, and where each stands."""

    keys: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    """Start and end in characters."""


class Match(NamedTuple):
    """A phrase found in a text."""

    first: int
    """Index of its first word."""
    last: int
    """Index after its last word."""
    phrase: str
    """Its comparison key."""


@lru_cache(maxsize=128)
def split_words(text: str) -> Words:
    """Return the words of `text` with their comparison keys; one after the other asks for them."""
    keyed = [(word_key(word), (start, end)) for word, start, end in words(text)]
    return Words(tuple(key for key, _ in keyed), tuple(span for _, span in keyed))


class Finder(Protocol):
    """Finds the phrases that it knows, wherever it keeps them."""

    def find(self, keys: Sequence[str]) -> list[Match]:
        """Return the phrases in `keys`, in order, the longest at each place, none overlapping."""


def by_first_word(keys: Iterable[str]) -> dict[str, str]:
    """Return the table that `ListedPhrases` takes: the longest first, with `|` between them."""
    by_first_word: dict[str, list[str]] = defaultdict(list)
    for phrase in sorted(set(keys), key=lambda phrase: (-phrase.count(" "), phrase)):
        by_first_word[phrase.partition(" ")[0]].append(phrase)
    return {first: "|".join(phrases) for first, phrases in by_first_word.items()}


class ListedPhrases:
    """A set of phrases in a table by their first word, which may be large and far away."""

    def __init__(self, by_first: Mapping[str, str]) -> None:
        """Take what `by_first_word` made."""
        self._by_first = by_first

    def begins(self, word: str) -> bool:
        """Whether a phrase begins with `word`, a comparison key."""
        return bool(self._by_first.get(word))

    def match_at(self, keys: Sequence[str]) -> int:
        """Return the number of words of the longest phrase that `keys` begin with, or 0."""
        phrases = self._by_first.get(keys[0])
        if phrases:
            text = f"{' '.join(keys)} "
            for phrase in phrases.split("|"):
                if text.startswith(f"{phrase} "):
                    return phrase.count(" ") + 1
        return 0


class Phrases:
    """A set of phrases, looked up by their first two words."""

    def __init__(self, keys: Iterable[str]) -> None:
        """Take the phrases' comparison keys; see `normalise.key`."""
        self._by_start: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
        for phrase in sorted(set(keys)):
            parts = tuple(phrase.split())
            if parts:
                self._by_start[parts[:2]].append(parts)
        for alternatives in self._by_start.values():
            alternatives.sort(key=len, reverse=True)

    def match_at(self, keys: Sequence[str], start: int) -> int:
        """Return the number of words of the longest phrase at `start`, or 0."""
        for parts in self._by_start.get(tuple(keys[start : start + 2]), ()):
            if tuple(keys[start : start + len(parts)]) == parts:
                return len(parts)
        return 1 if (keys[start],) in self._by_start else 0

    def find(self, keys: Sequence[str]) -> list[Match]:
        """Return the phrases in `keys`, in order, the longest at each place, none overlapping."""
        matches: list[Match] = []
        position = 0
        while position < len(keys):
            length = self.match_at(keys, position)
            if length:
                end = position + length
                matches.append(Match(position, end, " ".join(keys[position:end])))
            position += length or 1
        return matches
