"""Captions: what stands below a picture on the page, and opens or closes its text without it."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache

from mujaz.arabic.normalise import key
from mujaz.arabic.tokens import bare_forms
from mujaz.data import table

_MAX_CAPTION_CHARACTERS = 90
_MAX_CAPTION_WORDS = 14
"""Of one that says by its first words that it is one."""
_MAX_NAME_WORDS = 6
"""Of one that only names what the picture shows."""
_MAX_WEAK_WORDS = 4
"""Of one whose first word opens sentences as well: «فريق …»."""
_MAX_FULL_NAME_WORDS = 3
_NOT_IN_NAME = re.compile(r"[\d.:؛!؟?…*#@/\\|=+_–—-]|[،,]$")
_TITLE = re.compile(r"^(?:د|م|أ|أ\.\s?د|ا|العميد|اللواء)\s?[./]\s?")
_ENDS_SENTENCE = re.compile(r"[.!؟?…:،][»”\"')\]\s]*$")
_MIN_TELLING_LETTERS = 3


def may_be_caption(text: str) -> bool:
    """Whether a line is short enough for a caption, and no sentence."""
    return len(text) <= _MAX_CAPTION_CHARACTERS and not _ENDS_SENTENCE.search(text)


def is_caption(text: str, headline: Container[str], words: Container[str]) -> bool:
    """Whether a line beside the text is a caption.

    It says so, or it is nothing but names that the `headline` or the `words` of the text repeat.
    """
    if not may_be_caption(text):
        return False
    keys = key(text).split()
    return bool(keys) and (_says_so(keys) or _is_name_repeated(text, headline, words))


def _says_so(keys: list[str]) -> bool:
    openings = _openings()
    for length in (3, 2, 1):
        phrase = " ".join(keys[:length])
        if phrase in openings:
            return len(keys) <= openings[phrase]
    return False


def _is_name_repeated(text: str, headline: Container[str], words: Container[str]) -> bool:
    name = _TITLE.sub("", text.strip('()[]«»"“” '))
    if _NOT_IN_NAME.search(name):
        return False
    keys = key(name).split()
    if not 1 <= len(keys) <= _MAX_NAME_WORDS:
        return False
    telling = [each for each in keys if len(each) >= _MIN_TELLING_LETTERS]
    if not telling:
        return False
    if all(_is_in(each, headline) or _is_in(each, words) for each in telling):
        return True
    # A first name is often left out further on.
    return 1 < len(keys) <= _MAX_FULL_NAME_WORDS and _is_in(keys[-1], headline)


def _is_in(word: str, words: Container[str]) -> bool:
    return any(form in words for form in bare_forms(word)) or any(
        prefix + word in words for prefix in "ولبف"
    )


@cache
def _openings() -> dict[str, int]:
    """Return how many words a caption has at most that begins with a phrase."""
    captions = table("markers")["captions"]
    return {key(each): _MAX_CAPTION_WORDS for each in captions["strong"]} | {
        key(each): _MAX_WEAK_WORDS for each in captions["weak"]
    }
