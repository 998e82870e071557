"""What the writer is, below a text: «كاتبة وباحثة في الشأن المحلي»."""

from __future__ import annotations

import re
from functools import cache

from mujaz.arabic.normalise import key
from mujaz.data import table
from mujaz.parse.datelines.listed import has_role

_MAX_CHARACTERS, _MAX_WORDS = 100, 10
_TAIL = re.compile(r"[.!؟?…][»”\")\]]*\s+([^.!؟?…:]{4,90}\.?)$")
_ENDS_SENTENCE = re.compile(r"[.!؟?…][»”\")\]\s]*$")
_STOP_WITHIN = re.compile(r"[!؟?…:؛]|\.(?!$)")


def _is_office(text: str) -> bool:
    """Whether a line says what its writer is, and makes no sentence."""
    text = text.strip("-–—ـ* ")
    if len(text) > _MAX_CHARACTERS or _STOP_WITHIN.search(text):
        return False
    words = key(text).split()
    return (
        0 < len(words) <= _MAX_WORDS
        and has_role(words[0], "offices")
        and not _sentence_words().intersection(words)
    )


def is_office_below(above: str, text: str) -> bool:
    """Whether a line is an office, and the one above it ends a sentence."""
    return _is_office(text) and bool(_ENDS_SENTENCE.search(above))


def office_start(text: str) -> int | None:
    """Return where an office begins after the last sentence of a paragraph, if one does."""
    tail = _TAIL.search(text, max(0, len(text) - _MAX_CHARACTERS))
    return tail.start(1) if tail and _is_office(tail[1]) else None


@cache
def _sentence_words() -> frozenset[str]:
    return frozenset(key(table("bylines")["sentence_words"]).split())
