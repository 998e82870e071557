"""Messages in Arabic: English sentences of the program go in, what the catalogue has comes out.

The parts of the program say what is wrong in English, as values. Only where somebody reads it is it
translated: a sentence is matched against the patterns of `data/arabic_messages.yml`, and what
stands in their places is taken over, translated itself where the catalogue has it.
"""

from __future__ import annotations

import os
import re
from functools import cache, lru_cache
from typing import NamedTuple

from mujaz.arabic.numerals import Noun, counted
from mujaz.data import table

_PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")
"""The place of a value in a pattern; in the Arabic, a noun may follow that agrees with it."""
_LATIN = re.compile("[A-Za-z]")
_IS_NUMBER = re.compile("[0-9][0-9,]*").fullmatch
_FIRST_STRONG, _END = "\u2068", "\u2069"
_POOR_TERMINALS = ("dumb", "linux")
"""Values of TERM where invisible characters are shown as boxes."""
_SENTENCE = "sentence"
"""Name of the place of whole sentences, of any number."""
_JOINTS = ("; ", ": ", ", ")
"""What joins sentences that are translated one by one, the loosest first."""
_MAX_CHARACTERS = 2_000
"""Of a text that is translated; hostile names may be long."""
_MAX_JOINTS = 8
"""Of a kind in a text; what is behind them is not parted."""


class _Pattern(NamedTuple):
    """An English pattern, ready to be matched, and the Arabic for it."""

    texts: tuple[str, ...]
    """What stands before, between and after its places."""
    names: tuple[str, ...]
    """Of its places."""
    counts: frozenset[str]
    """Names of places where numbers stand."""
    arabic: str

    def values(self, text: str) -> dict[str, str] | None:
        """Return what stands in each place, as short as may be; None if the text is another one."""
        first, *inner, last = self.texts
        end = len(text) - len(last)
        if not text.startswith(first) or not text.endswith(last) or end < len(first):
            return None
        values, begin = [], len(first)
        for each in inner:
            place = text.find(each, begin, end)
            if place < 0:
                return None
            values.append(text[begin:place])
            begin = place + len(each)
        by_name = dict(zip(self.names, [*values, text[begin:end]], strict=True))
        are_numbers = all(_IS_NUMBER(by_name[name]) for name in self.counts)
        # Another sentence before this one, or what it is said of, is none of its values.
        before = "" if first else by_name[self.names[0]]
        is_apart = not any(joint in before for joint in (";", ": "))
        # Nor is one behind it, unless the pattern has several itself.
        is_one = self.names[-1] != _SENTENCE and not any(";" in each for each in self.texts)
        behind = "" if last else by_name[self.names[-1]]
        is_apart &= not (is_one and _JOINTS[0] in behind)
        return by_name if are_numbers and is_apart else None


@lru_cache(4096)
def in_arabic(text: str) -> str:
    """Return a line of the program in Arabic; what the catalogue does not have stays English.

    Spaces at its ends stay. What is Latin in an Arabic line is isolated, so that it is read in its
    order, but not on terminals that show the marks for it as boxes.
    """
    bare = text.strip()
    translated = _translated(bare) if bare else None
    if translated is None:
        return text
    begin = text.index(bare)
    return text[:begin] + translated + text[begin + len(bare) :]


def skeleton(pattern: str) -> str:
    """Return a pattern with nameless places, by which those of the program and ours compare."""
    return _PLACE.sub("{}", pattern)


@cache
def catalogue() -> dict[str, str]:
    """Return the Arabic of all patterns, by the English."""
    groups = table("arabic_messages")["sentences"].values()
    return {english: arabic for group in groups for english, arabic in group.items()}


@cache
def _literals() -> dict[str, str]:
    return {english: arabic for english, arabic in catalogue().items() if "{" not in english}


@cache
def _patterns() -> tuple[_Pattern, ...]:
    """Return the patterns with places, those with the most text of their own first."""
    with_places = [english for english in catalogue() if "{" in english]
    with_places.sort(key=lambda english: -len(skeleton(english)))
    return tuple(map(_parted, with_places))


def _parted(english: str) -> _Pattern:
    arabic = catalogue()[english]
    names = tuple(place[1] for place in _PLACE.finditer(english))
    counts = frozenset(place[1] for place in _PLACE.finditer(arabic) if place[2])
    return _Pattern(tuple(skeleton(english).split("{}")), names, counts, arabic)


@cache
def _nouns() -> dict[str, Noun]:
    return {name: Noun(*forms) for name, forms in table("arabic_messages")["nouns"].items()}


@cache
def _english_nouns() -> re.Pattern[str]:
    words = table("arabic_messages")["english_nouns"]
    return re.compile(rf"([0-9][0-9,]*) ({'|'.join(words)})")


@lru_cache(4096)
def _translated(text: str, is_whole: bool = False) -> str | None:
    """Return the Arabic of a text; None if the catalogue has nothing for any of it.

    If it `is_whole`, that is also None if the catalogue has nothing for one of its sentences.
    """
    if text in _literals():
        return _literals()[text]
    if len(text) > _MAX_CHARACTERS:
        return None
    if count := _english_nouns().fullmatch(text):
        return _counted(count[1], table("arabic_messages")["english_nouns"][count[2]])
    for pattern in _patterns():
        values = pattern.values(text)
        if values is not None:
            return _filled(pattern.arabic, values)
    return _joined(text, is_whole=True) or (None if is_whole else _joined(text, is_whole=False))


def _joined(text: str, is_whole: bool) -> str | None:
    """Return the Arabic of sentences in a row, if that is what the text is."""
    for joint in _JOINTS:
        parts = text.split(joint, _MAX_JOINTS)
        for number in range(1, len(parts)):
            head, tail = joint.join(parts[:number]), joint.join(parts[number:])
            first, second = _translated(head, is_whole), _translated(tail, is_whole)
            is_named = joint == ": "  # of what, the name of a file for example
            if second is None and (is_whole or is_named or first is None):
                continue
            if first is None and is_whole and not is_named:
                continue
            mark = joint.replace(";", "؛").replace(",", "،")
            return f"{first or _isolated(head)}{mark}{second or _isolated(tail)}"
    return None


def _filled(arabic: str, values: dict[str, str]) -> str:
    def value(place: re.Match[str]) -> str:
        name, noun = place.groups()
        text = values[name]
        if noun:
            return _counted(text, noun)
        bare = text.strip()
        return _translated(bare) or _isolated(bare) if bare else ""

    return _PLACE.sub(value, arabic)


def _counted(number: str, noun: str) -> str:
    """Return a number with its noun; long ones have their commas, as they were given."""
    digits = number.replace(",", "")
    return counted(int(digits), _nouns()[noun]).replace(digits, number)


def _isolated(text: str) -> str:
    """Return a value so that it is read in its own order within an Arabic line."""
    if _LATIN.search(text) is None or os.environ.get("TERM") in _POOR_TERMINALS:
        return text
    return f"{_FIRST_STRONG}{text}{_END}"
