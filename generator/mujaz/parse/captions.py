"""Captions: what stands below a picture on the page, and opens or closes its text without it."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import cache, lru_cache
from itertools import islice

from mujaz.arabic.normalise import key, word_key
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
_CREDIT = re.compile(r"(.+?)(?:\s*[(\[]|\s+[-–—]\s+)([^()\[\]–—]{2,20})[)\]]?$")
_WORDS_BEFORE_CREDIT = range(3, _MAX_CAPTION_WORDS)
_TITLE = re.compile(r"^(?:د|م|أ|أ\.\s?د|ا|العميد|اللواء)\s?[./]\s?")
_ENDS_SENTENCE = re.compile(r"[.!؟?…:،][»”\"')\]\s]*$")
_WORD = re.compile(r"[^\W\d_][\w\u0640\u064b-\u065f]*")
_MIN_TELLING_LETTERS = 3
_MIN_GLUED_LETTERS = 7
"""Of a name and a verb without a space between them."""


@lru_cache(maxsize=8)
def word_set(text: str) -> frozenset[str]:
    """Return the comparison forms of the words of a text."""
    return frozenset(key(text).split())


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
    return bool(keys) and (
        _says_so(keys) or _has_credit(text) or _is_name_repeated(text, headline, words)
    )


def _says_so(keys: list[str]) -> bool:
    openings = _openings()
    for length in (3, 2, 1):
        phrase = " ".join(keys[:length])
        if phrase in openings:
            return len(keys) <= openings[phrase]
    return False


def _has_credit(text: str) -> bool:
    """Whether a line ends by saying whose picture it is."""
    match = _CREDIT.match(text)
    return (
        match is not None
        and len(match[1].split()) in _WORDS_BEFORE_CREDIT
        and key(match[2]) in _credits()
    )


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


def glued_caption_end(text: str, headline: str, following: Sequence[str]) -> int:
    """Return the end of a caption that stands before the text's first word without a space, or 0.

    It is nothing but names that the `headline` or the text repeats, and the text goes on with a
    verb that leads open with: «ليلى النجارافتتحت …».
    """
    for match in islice(_WORD.finditer(text), _MAX_NAME_WORDS):
        word = word_key(match[0])
        if len(word) >= _MIN_GLUED_LETTERS and word.endswith(_lead_verbs()):
            rest = word_set("\n".join((text[match.end() :], *following)))
            title = word_set(headline)
            for length in range(_MIN_TELLING_LETTERS, len(match[0]) - 2):
                caption = text[: match.start() + length]
                if (
                    word not in rest
                    and word_key(match[0][length:]) in _lead_verbs()
                    and _is_name_repeated(caption, title, rest)
                ):
                    return len(caption)
    return 0


@cache
def _lead_verbs() -> tuple[str, ...]:
    """Return the verbs that leads open with, for a man and for a woman or many."""
    verbs = table("markers")["captions"]["verbs"].split()
    return tuple(key(verb + ending) for verb in verbs for ending in ("", "ت"))


@cache
def _credits() -> frozenset[str]:
    return frozenset(map(key, table("markers")["captions"]["credits"]))


@cache
def _openings() -> dict[str, int]:
    """Return how many words a caption has at most that begins with a phrase."""
    captions = table("markers")["captions"]
    return {key(each): _MAX_CAPTION_WORDS for each in captions["strong"]} | {
        key(each): _MAX_WEAK_WORDS for each in captions["weak"]
    }
