"""Persons' names in the form in which all spellings of one are alike, and which extend which."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from mujaz.enrich.entities.lexicon import shipped_lexicon

_SON = frozenset(("بن", "ابن"))
_FATHER_OF = "ابو"
_FATHER = frozenset((_FATHER_OF, "ابي", "ابا"))
_JOINED = frozenset(("عبد", "ال", "دي", "دا", "دو", "دوس", "فان", "فون", "بو"))
_SECOND_HALVES = frozenset(("الله", "الدين"))
"""Written apart from the next word or the one before, or as one with it: عبد الله, آل سعود."""
_ARAB_BEGINNINGS = ("ال", "عبد", _FATHER_OF)
_VOWELS, _REPEATED = re.compile("[اوي]"), re.compile(r"(.)\1+")
_MAX_FOREIGN_GIVEN, _MAX_FOREIGN_FAMILY = 2, 1
"""How often a word is an Arab's given or family name at most that may be a foreign one."""
_MIN_FOLDED_LETTERS, _MIN_CONSONANTS = 5, 3
"""Of a foreign name that its consonants tell from others."""
_MAX_CACHED = 20_000


class PersonName(NamedTuple):
    """A person's name, in the form in which spellings of it are one."""

    words: tuple[str, ...]
    """Comparison keys without بن, nor articles: عبد الله and عبدالله are one word, as آل سعود."""
    sons: tuple[bool, ...]
    """Of each word whether بن stands before it."""

    @property
    def key(self) -> str:
        """The words, with blanks between."""
        return " ".join(self.words)


@lru_cache(maxsize=_MAX_CACHED)
def person_name(name: str) -> PersonName:
    """Return a person's name, given as a comparison key: الدوابشة and دوابشة are one.

    So are foreign names with other vowels, or another letter for g: سيرغي and سيرجي.
    """
    words, sons = list[str](), list[bool]()
    is_son, beginning = False, ""
    for word in name.split():
        if word in _SON and not beginning:
            is_son = True
        elif (word in _FATHER or word in _JOINED) and not beginning:
            beginning = _FATHER_OF if word in _FATHER else word
        elif word in _SECOND_HALVES and words and not beginning:
            words[-1] += word
        else:
            words.append(_one_word(beginning, word))
            sons.append(is_son)
            is_son, beginning = False, ""
    if beginning or not words:
        words.append(beginning or name)
        sons.append(is_son)
    return PersonName(tuple(words), tuple(sons))


def surname(name: str) -> str:
    """Return a name of one word as a comparison key without its article, in its own spelling."""
    return _without_article(name.rpartition(" ")[2])


def _one_word(beginning: str, word: str) -> str:
    if word.startswith(_FATHER_OF) and not beginning:
        beginning, word = _FATHER_OF, word.removeprefix(_FATHER_OF)
    if beginning in _JOINED:
        return _folded(beginning + word, word)
    if beginning:
        return beginning + word.removeprefix("ال")
    return _folded(_without_article(word), word)


def _without_article(word: str) -> str:
    """Return a name without its article, unless that tells a family's name from a first name."""
    bare = word.removeprefix("ال")
    return word if len(bare) <= 2 or is_first_name(bare) else bare


def _folded(word: str, written: str) -> str:
    """Return a name of one word, if it is foreign without what is spelled in many ways."""
    word = word.replace("ظ", "ض")
    given, family = _name_degrees(word)
    if given <= _MAX_FOREIGN_GIVEN and family <= _MAX_FOREIGN_FAMILY:
        word = word.replace("غ", "ج")
    is_foreign = not given and not family and not written.startswith(_ARAB_BEGINNINGS)
    if is_foreign and len(word) >= _MIN_FOLDED_LETTERS:
        consonants = _REPEATED.sub(r"\1", f"{word[0]}{_VOWELS.sub('', word[1:-1])}{word[-1]}")
        if len(consonants) >= _MIN_CONSONANTS and not any(_name_degrees(consonants)):
            return consonants
    return word


@lru_cache(maxsize=_MAX_CACHED)
def _name_degrees(word: str) -> tuple[int, int]:
    """Return how often a word is a given and a family name, with or without an article."""
    entries = [shipped_lexicon().entry(form) for form in (word, f"ال{word}")]
    return (
        max((entry.given for entry in entries if entry), default=0),
        max((entry.family for entry in entries if entry), default=0),
    )


@lru_cache(maxsize=_MAX_CACHED)
def is_first_name(word: str) -> bool:
    """Whether a word is first of all a first name; with an article before it it is a family's."""
    entry = shipped_lexicon().entry(word)
    return word.startswith("عبد") or bool(
        entry and entry.given >= 2 and (entry.given >= 3 or entry.given > entry.family)
    )


def extends(long: PersonName, short: PersonName) -> bool:
    """Whether one name of several words is another with more of the family's names in it.

    So are محمد بن نايف بن سعود of محمد بن نايف, and فهد علي الحداد of فهد الحداد; but not
    خالد بن فيصل بن سعود of خالد بن سعود, who is another father's son.
    """
    words, count = long.words, len(short.words)
    if count < 2 or count >= len(words) or words[0] != short.words[0]:
        return False
    if words[:count] == short.words:
        return True
    if words[-1] != short.words[-1] or (count > 2 and words[1] != short.words[1]):
        return False
    rest = iter(words)
    return not is_first_name(words[-1]) and all(word in rest for word in short.words)
