"""Words of a text with their places in it, and the clitics that Arabic writes onto them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mujaz.arabic.normalise import MARKS

_WORD = re.compile(rf"[^\W_{MARKS}]+(?:[{MARKS}]+[^\W_{MARKS}]*)*")
# Neither after an initial or an abbreviated title (`د.`) nor after two dots, which are a pause.
_SENTENCE_END = re.compile(r"(?<=[.!؟?])(?<!\.\.)(?<![\s.(«]\w\.)(?<!^\w\.)[»”\"')\]]*(?=\s|$)")

# Conjunction, then preposition: what may stand before a name, longest first.
_PROCLITICS = ("وبال", "فبال", "وكال", "ولل", "فلل", "وال", "فال", "بال", "كال", "لل")
_CLITICS = ("و", "ف", "ب", "ك", "ل")
_SIMPLE = ("وب", "ول", "وك", "فب", "فل", "و", "ف", "ب", "ك", "ل")


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word of `text` with its start and end in characters."""
    for match in _WORD.finditer(text):
        yield match[0], match.start(), match.end()


def word_list(text: str) -> list[str]:
    """Return the words of `text` without their places, which is faster."""
    return _WORD.findall(text)


@lru_cache(maxsize=20_000)
def bare_forms(word: str) -> tuple[str, ...]:
    """Return `word` (a comparison key) as it is, then as a name could read without its clitics.

    `للسوريين` yields `السوريين` and `سوريين`; `وتركيا` yields `تركيا`.
    """
    forms = [word]
    if word.startswith(_CLITICS):
        for proclitic in _PROCLITICS:
            if word.startswith(proclitic) and len(word) - len(proclitic) >= 2:
                stem = word[len(proclitic) :]
                forms += ("ال" + stem, stem)
                break
        for proclitic in _SIMPLE:
            if word.startswith(proclitic) and len(word) - len(proclitic) >= 3:
                forms.append(word[len(proclitic) :])
    return tuple(forms)


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`; joined by spaces they give it back."""
    parts: list[str] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        parts.append(text[start : match.end()].strip())
        start = match.end()
    parts.append(text[start:].strip())
    return [part for part in parts if part]
