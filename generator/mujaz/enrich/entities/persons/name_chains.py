"""Persons' names to both their ends, where a chain of fathers or a joining word shows these."""

from __future__ import annotations

from collections.abc import Sequence

from mujaz.enrich.entities.mentions import Mention
from mujaz.enrich.entities.word_features import WordFeatures

_SON = frozenset(("بن", "ابن", "بنت"))
_GOES_ON = frozenset(
    (*_SON, "ابو", "ابي", "ابا", "عبد", "ال", "دي", "فان", "فون", "دو", "بو", "ولد")
)
"""Words behind which a name goes on."""
_ENDS_BEFORE = frozenset(("الله", "الدين"))
"""Words of which the last of a name may be the first half."""
_MAX_WORDS = 12
_MIN_GIVEN_BEFORE_SON = 3
"""How often a word is a given name at least that may be one before ابن."""
_MAX_UNLISTED_RARITY, _MAX_LISTED_RARITY = 1, 3
"""How common a word is at most that may be a first name though it stands in no table of names,
and though it does, or stands before بن: إن is none."""


def whole_chains(mentions: Sequence[Mention], words: Sequence[WordFeatures]) -> list[Mention]:
    """Return the mentions in a sentence, persons' names with all names of fathers and families.

    The model ends names too early, and begins them too late, where it does not know a word: but
    behind بن a name goes on, and before it stands one.
    """
    whole: list[Mention] = []
    for mention in mentions:
        if mention.kind != "person":
            whole.append(mention)
            continue
        first, last = _first(mention, words), _last(mention, words)
        # Two persons do not stand side by side: what has an article is the first one's family.
        is_family = words[first].key.startswith("ال")
        while whole and (
            whole[-1].last > first
            or (is_family and whole[-1].last == first and whole[-1].kind == "person")
        ):
            before = whole.pop()
            first = min(first, before.first)
            if before.kind == "person":
                mention = max(mention, before, key=lambda each: each.probability)
        whole.append(mention._replace(first=first, last=last))
    return whole


def _first(mention: Mention, words: Sequence[WordFeatures]) -> int:
    first = mention.first
    while first and mention.last - first < _MAX_WORDS:
        if words[first].key in _SON and _may_be_son(words[first - 1], words[first].key):
            first -= 1
        elif (
            first > 1
            and words[first - 1].key in _SON
            and _may_be_son(words[first - 2], words[first - 1].key)
        ):
            first -= 2
        else:
            break
        if first and words[first - 1].key in ("عبد", "وعبد"):
            first -= 1
    return first


def _last(mention: Mention, words: Sequence[WordFeatures]) -> int:
    last = mention.last
    while last < len(words) and last - mention.first < _MAX_WORDS:
        before, word = words[last - 1].key, words[last]
        goes_on = word.key in _SON or word.key == "ال"
        if word.key == "ابن" and not (
            last + 1 < len(words) and _may_be_son(words[last + 1], word.key)
        ):
            break  # ابن الأسطورة is whose son he is, and no name
        if not (goes_on or before in _GOES_ON or word.key in _ENDS_BEFORE):
            break
        if not (_may_name(word) or (before in _SON and _may_be_son(word, before))):
            break
        last += 1
    return last


def _may_be_son(word: WordFeatures, son: str) -> bool:
    """Whether a word may be a first name before `son`, as سلطان is one before بن."""
    is_speech = word.announces("speech", clitic=True)
    if word.key.startswith("ال") or not word.key[0].isalpha() or is_speech:
        return False
    # ذكرى ابن خلدون is no name, though Dhikra is one: ابن seldom stands within a name.
    is_listed = son == "بن" or word.given >= _MIN_GIVEN_BEFORE_SON
    return word.rarity <= (_MAX_LISTED_RARITY if is_listed else _MAX_UNLISTED_RARITY)


def _may_name(word: WordFeatures) -> bool:
    return word.key[0].isalpha() and not (word.announces("title") or word.announces("speech"))
