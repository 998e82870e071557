"""Which language a text is in, told from its letters and its frequent words.

Libraries that tell languages know neither Sorani Kurdish nor how Arabic papers mix scripts, and
load some megabytes to tell a hundred languages: a news site meets a dozen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from mujaz.data import table

Direction = Literal["rtl", "ltr"]

ARABIC = "ar"
_MAX_CHARACTERS = 800
"""Of a text that are looked at."""
_SCRIPTS: Mapping[str, re.Pattern[str]] = {
    "arabic": re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u0750-\u077f]+"),
    "latin": re.compile("[A-Za-z\u00c0-\u024f]+"),
    "hebrew": re.compile("[\u05d0-\u05ea]+"),
}
_OTHER_LETTER = re.compile("[^\\W\\d_\u0620-\u077fA-Za-z\u00c0-\u024f\u05d0-\u05ea]")
_NOT_ARABIC_ALONE = re.compile("[\u0679-\u06d3\u06d5]")
"""Letters of other languages than Arabic, though names from abroad have some."""
_WORD = re.compile(r"[^\W\d_]+")
_SAME = str.maketrans("يىك", "ییک")
_ARTICLE = re.compile("[وفبك]?ال[\u0620-\u064a]{2}")
"""Begins words of Arabic, and of borrowings from it."""
_MIN_SHARE = 0.04
"""Words of a text that must be frequent words of a language, for it to be in that."""
_LETTERS_PER_WORD = 3
"""Letters that only one language has weigh as much as a frequent word."""
_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]+)?")


class _Traits(NamedTuple):
    """What gives a language away."""

    script: str
    words: frozenset[str]
    letters: re.Pattern[str] | None


def language_of(text: str) -> str | None:
    """Return the ISO 639 code of the language that `text` is in, or None if that is not clear."""
    text = text[:_MAX_CHARACTERS]
    counts = {"arabic": _letters(text, "arabic")}
    if counts["arabic"] * 2 > len(text) and not _NOT_ARABIC_ALONE.search(text):
        return ARABIC  # as nearly all texts are
    counts |= {name: _letters(text, name) for name in ("latin", "hebrew")}
    script, count = max(counts.items(), key=lambda each: each[1])
    if not count or len(_OTHER_LETTER.findall(text)) > count:
        return None
    if script == "hebrew":
        return "he"
    if script == "arabic" and not _NOT_ARABIC_ALONE.search(text):
        return ARABIC
    scores = {
        code: _score(text, traits) for code, traits in _traits().items() if traits.script == script
    }
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] >= _MIN_SHARE else None


def _letters(text: str, script: str) -> int:
    return sum(map(len, _SCRIPTS[script].findall(text)))


def language_named(name: str) -> str | None:
    """Return the code of the language that a page's `lang`, or a word for it, means, or None."""
    folded = name.strip().lower()
    if folded in _names():
        return _names()[folded]
    match = _CODE.fullmatch(folded)
    return match[1] if match else None


def direction_of(language: str | None) -> Direction:
    """Return which way a language is written; one that nobody knows as Arabic is."""
    traits = table("languages").get(language or ARABIC, {})
    direction: Direction = traits.get("direction", "ltr")
    return direction


def _score(text: str, traits: _Traits) -> float:
    """Return the share of words that are frequent ones of a language, and its letters' weight."""
    words = [word.translate(_SAME) for word in _WORD.findall(text.lower())]
    hits = sum(word in traits.words for word in words)
    if traits is _traits()[ARABIC]:
        hits += sum(bool(_ARTICLE.match(word)) for word in words)
    if traits.letters:
        hits += len(traits.letters.findall(text)) // _LETTERS_PER_WORD
    return hits / max(len(words), 1)


@cache
def _traits() -> dict[str, _Traits]:
    return {
        code: _Traits(
            each["script"],
            frozenset(each["words"].translate(_SAME).split()),
            re.compile(f"[{each['letters']}]") if each["letters"] else None,
        )
        for code, each in table("languages").items()
    }


@cache
def _names() -> dict[str, str]:
    """Return the code of each language by its Arabic name and English name."""
    english = {
        "arabic": "ar",
        "persian": "fa",
        "farsi": "fa",
        "urdu": "ur",
        "kurdish": "ckb",
        "sorani": "ckb",
        "hebrew": "he",
        "english": "en",
        "french": "fr",
        "german": "de",
        "spanish": "es",
        "turkish": "tr",
    }
    return english | {each["name"]: code for code, each in table("languages").items()}
