"""A light stemmer: takes off what Arabic writes onto words, and looks for no roots."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from generator.data import table

_SHORTEST = 3
"""Letters that stay: with fewer, different words become one."""


class _Affixes(NamedTuple):
    articles: tuple[str, ...]
    possessives: tuple[str, ...]
    numbers: tuple[str, ...]
    own_letters: dict[str, tuple[str, ...]]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of `word`, a comparison key (see `normalise.word_key`).

    `والوزراء`, `للوزراء` and `وزراء` have one stem, as have `مدرسه`, `مدرستها` and `مدرسات`.
    Words in other scripts and numbers are returned as they are.
    """
    if not "\u0621" <= word[:1] <= "\u064a":
        return word
    return _without_endings(_without_clitics(word))


def _without_clitics(word: str) -> str:
    affixes = _affixes()
    for article in affixes.articles:
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST:
            return word[len(article) :]
    # A conjunction, then a preposition, as in `وبدمشق`.
    for letters in ("وف", "بكل"):
        rest = word[1:]
        own = affixes.own_letters.get(word[0], ())
        if word[0] in letters and len(rest) > _SHORTEST and not word.startswith(own):
            word = rest
    return word


def _without_endings(word: str) -> str:
    affixes = _affixes()
    for endings in (affixes.possessives, affixes.numbers):
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
                word = word[: -len(ending)]
                if endings is affixes.possessives:
                    # Before a possessive, ta marbuta is written as ta: `مدرستها`.
                    word = word.removesuffix("ت") if len(word) > _SHORTEST else word
                break
    return word


@cache
def _affixes() -> _Affixes:
    found = table("stems")
    own = {letter: tuple(words.split()) for letter, words in found["own_letters"].items()}
    return _Affixes(
        tuple(found["articles"]), tuple(found["possessives"]), tuple(found["numbers"]), own
    )
