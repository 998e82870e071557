"""A light stemmer: takes off what Arabic writes onto words, and looks for no roots.

Rules take the affixes off; what rules cannot know is learnt (`training/stems.py`) and
lies in `data/stems.json`: which letters belong to words, which endings make another word, and which
singular a broken plural has. The search page has a twin of this module that reads the same table,
`theme_overrides/assets/stems.js`; a test holds the two equal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from mujaz.data import content

MIN_STEM_LETTERS = 3
"""Letters that stay at the least where a letter or an ending goes; after the article, two."""
_ARTICLES = ("بال", "كال", "لل", "ال")
_CONJUNCTIONS = "وف"
_PREPOSITIONS = "بكل"
_CLITICS = frozenset(_CONJUNCTIONS + _PREPOSITIONS)
_POSSESSIVES = ("هما", "كما", "هم", "هن", "ها", "نا", "كم")
# Each ending with what it makes of a word: a feminine, an adjective, the feminine of that; or only
# a case or a plural. The longest first.
_ENDINGS = (
    ("يون", "ي"),
    ("يين", "ي"),
    ("يات", "يه"),
    ("تان", "ه"),
    ("تين", "ه"),
    ("ات", "ه"),
    ("ون", ""),
    ("ين", ""),
    ("يه", "يه"),
    ("ته", "ه"),
    ("يا", "ي"),
    ("ه", "ه"),
    ("ي", "ي"),
    ("ا", ""),
)


class _Table(NamedTuple):
    own_beginnings: tuple[str, ...]
    """Beginnings of words whose first letters look like a clitic and belong to the word."""
    own_words: frozenset[str]
    """Whole words of that kind, other words with the same beginning being none."""
    whole: frozenset[str]
    """Words that look as if they had an ending, and have none."""
    stands: dict[str, str]
    """Stems of words that are another word with their ending than without, and of broken plurals:
    `مدرسه` stands for itself and not for `مدرس`, and `وزراء` stands for `وزير`."""


@lru_cache(maxsize=40_000)
def stem(word: str) -> str:
    """Return the stem of `word`, a comparison key (see `normalise.word_key`).

    `والوزراء`, `للوزراء`, `وزير` and `وزرائهم` have one stem, as have `مدرسة`, `مدرستها` and
    `مدارس`. Words in other scripts and numbers are returned as they are.
    """
    if not is_arabic(word):
        return word
    return _of_bare(without_clitics(word))


def readings(word: str) -> Iterator[str]:
    """Yield the stem of `word`, then those it has if its first letters are read another way.

    A rare name that begins with a letter that is often a clitic has its own stem only there.
    """
    stems = [stem(word)]
    yield stems[0]
    if not is_arabic(word):
        return
    for letters in (0, 1, 2, 3):
        if len(word) - letters < MIN_STEM_LETTERS:
            return
        start, rest = word[:letters], word[letters:]
        if start and start not in _ARTICLES and not (letters <= 2 and set(start) <= _CLITICS):
            continue
        other = _of_bare(rest)
        if other not in stems:
            stems.append(other)
            yield other


def is_arabic(word: str) -> bool:
    """Return whether `word`, a comparison key, begins with an Arabic letter."""
    return "\u0621" <= word[:1] <= "\u064a"


def without_clitics(word: str) -> str:
    """Return `word` without conjunction, preposition and article."""
    if _is_own(word):
        return word
    if word[0] in _CONJUNCTIONS and len(word) > MIN_STEM_LETTERS:
        word = word[1:]
        if _is_own(word):
            return word
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= MIN_STEM_LETTERS - 1:
            return word[len(article) :]
    if word[0] in _PREPOSITIONS and len(word) > MIN_STEM_LETTERS:
        return word[1:]
    return word


def table_text() -> str:
    """Return the table of learnt facts as JSON, for the browser's twin of this module."""
    return content("stems.json").decode()


def _is_own(word: str) -> bool:
    learned = _table()
    return word.startswith(learned.own_beginnings) or word in learned.own_words


def _of_bare(word: str) -> str:
    """Return the stem of a word without clitics."""
    base, ending = without_endings(word)
    return _table().stands.get(base + ending, base)


def without_endings(word: str) -> tuple[str, str]:
    """Return a word without its endings, and the ending that tells what word it is, if any."""
    whole = _table().whole
    if word in whole:
        return word, ""
    for ending in _POSSESSIVES:
        if word.endswith(ending) and len(word) - len(ending) >= MIN_STEM_LETTERS:
            word = _before_possessive(word[: -len(ending)])
            if word in whole:
                return word, ""
            break
    for ending, kind in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= MIN_STEM_LETTERS:
            base = word[: -len(ending)]
            bare = _before_possessive(base) if ending == "ه" else base
            return (base, kind) if bare == base else (bare, "")
    return word, ""


def _before_possessive(word: str) -> str:
    """Return a word as it is written without a possessive: `مدرست` as `مدرسه`."""
    if len(word) > MIN_STEM_LETTERS and word.endswith("ت") and not word.endswith("ات"):
        return word[:-1] + "ه"
    if len(word) > MIN_STEM_LETTERS + 1 and word.endswith(("او", "اي")):
        return word[:-1] + "ء"  # `وزراؤهم`, `وزرائهم`
    return word


@cache
def _table() -> _Table:
    columns: dict[str, str] = json.loads(table_text())
    pairs = columns["stands"].split()
    return _Table(
        tuple(columns["own"].split()),
        frozenset(columns["own_words"].split()),
        frozenset(columns["whole"].split()),
        dict(zip(pairs[::2], pairs[1::2], strict=True)),
    )
