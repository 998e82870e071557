"""Finds many known phrases in a text in one pass, however their words are spelled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from generator.arabic.normalise import word_key
from generator.arabic.tokens import words


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


def split_words(text: str) -> Words:
    """Return the words of `text` with their comparison keys."""
    found = [(word_key(word), (start, end)) for word, start, end in words(text)]
    return Words(tuple(k for k, _ in found), tuple(span for _, span in found))


class Finder(Protocol):
    """Finds the phrases that it knows, wherever it keeps them."""

    def find(self, keys: Sequence[str]) -> list[Match]:
        """Return the phrases in `keys`, in order, the longest at each place, none overlapping."""


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

    def at(self, keys: Sequence[str], start: int) -> int:
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
            length = self.at(keys, position)
            if length:
                end = position + length
                matches.append(Match(position, end, " ".join(keys[position:end])))
            position += length or 1
        return matches
