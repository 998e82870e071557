"""Numbers that a text states, each with what it counts: «مقتل 12 شخصاً» are 12 people killed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from mujaz.arabic.normalise import DIGITS, word_key
from mujaz.arabic.stems import stem
from mujaz.data import table

KINDS = ("killed", "injured")
"""What may be counted, as `data/story_words.yml` has it."""
AMOUNT = "amount"
"""The kind of any other number, such as «945.4 مليون ريال»."""
PEOPLE = "people"
_TOKEN = re.compile(r"\d+(?:[.,٫٬]\d+)*|[^\W\d_](?:[^\W\d_]|[\u064b-\u0652])*|[^\s\w]")
_NUMBER = re.compile(r"\d+(?:[,٬]\d{3})*(?:[.٫]\d+)?")
_MAY_COUNT = re.compile(r"\d|[اأ]ثن|ثلاث|[أا]ربع|خمس|ست|سبع|ثمان|تسع|عشر|مائة|مئة|(?:ان|ين)\b")
"""Anything that may be a number, in digits, in words or as a dual."""
_MAX_AGE = 120
_YEARS_AS_NUMBERS = frozenset((*range(1350, 1500), *range(1900, 2100)))
_MAX_THEN = 4
"""Words between what is counted and what happened to it."""
_MAX_ESTIMATE = 4
"""Words of an estimate before a number."""
_AND = "و"
_JOINTS = frozenset(("-", "–", "/", ":", "%", "ال", "ر"))


class _Token(NamedTuple):
    form: str
    """Comparison form of a word; a number in ASCII digits; a mark as it is."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text, and what it counts."""

    kind: str
    """One of `KINDS`."""
    value: float
    whom: str
    """What is counted: `PEOPLE`, or the stem of another noun."""
    shown: str
    """The words that state it, as written."""


def figures_of(text: str) -> Iterator[Figure]:
    """Yield the numbers of a text of which it says what they count.

    Where it says of people what happened to them, the kind says what; else it is `AMOUNT`.
    """
    if not _MAY_COUNT.search(text):
        return
    tokens = _tokens(text)
    for index in range(len(tokens)):
        number = _number_at(tokens, index)
        if number is None or _is_part(tokens, index):
            continue
        value, length, noun = number
        behind = index + length
        following = tokens[behind].form if behind < len(tokens) else ""
        if not noun and following[:1].isalpha() and following not in _no_nouns():
            noun, behind = following, behind + 1
        before = _before(tokens, index)
        kind, start, end = _kind(tokens, (before, index), noun, behind)
        if not kind and _is_amount(tokens, index, (before, value), noun):
            kind = AMOUNT
        if kind:
            whom = _whom(noun) + _of_whom(tokens[behind : behind + 2])
            whom = stem(noun) if kind == AMOUNT else whom
            yield Figure(kind, value, whom, text[tokens[start].start : tokens[end - 1].end])


@lru_cache(maxsize=50)
def numbers_in(text: str) -> frozenset[float]:
    """Return all numbers of a text, whatever they count."""
    tokens = _tokens(text)
    numbers = (_number_at(tokens, index) for index in range(len(tokens)))
    return frozenset(number[0] for number in numbers if number)


def _tokens(text: str) -> list[_Token]:
    return [_Token(_form(match[0]), match.start(), match.end()) for match in _TOKEN.finditer(text)]


def _is_amount(tokens: Sequence[_Token], index: int, number: tuple[int, float], noun: str) -> bool:
    """Whether a number is exact, and has a noun that makes it no day, hour, year or age.

    `number` is the place of the word before it, and its value.
    """
    before, value = number
    is_exact = tokens[index].form[0].isdigit() and before == index - 1
    is_age = stem(noun) in _years() and value <= _MAX_AGE
    is_year = int(value) in _YEARS_AS_NUMBERS
    return is_exact and bool(noun) and noun not in _no_amounts() and not is_age and not is_year


def _form(token: str) -> str:
    return token.translate(DIGITS) if token[0].isdigit() else word_key(token) or token


def _number_at(tokens: Sequence[_Token], index: int) -> tuple[float, int, str] | None:
    """Return the number that begins at a token, its length in tokens, and the noun in a dual."""
    form = tokens[index].form
    if form[0].isdigit():
        if not _NUMBER.fullmatch(form) or _is_joined(tokens, index):
            return None
        value = float(form.replace(",", "").replace("٬", "").replace("٫", "."))
        scale = _table("scales").get(tokens[index + 1].form) if index + 1 < len(tokens) else None
        return (value * scale, 2, "") if scale else (value, 1, "")
    if form in _duals():
        return 2.0, 1, _duals()[form]
    in_words = _table("numbers").get(form)
    return None if in_words is None else _in_words(tokens, index, in_words)


def _in_words(tokens: Sequence[_Token], index: int, value: float) -> tuple[float, int, str] | None:
    """Return a number in words: «ثلاثة», «ثلاثة عشر», «خمسة وعشرون»."""
    following = tokens[index + 1].form if index + 1 < len(tokens) else ""
    more = _table("numbers").get(following)
    if more == 10 and value < 10:
        return value + 10, 2, ""
    if following.startswith(_AND) and value < 10:
        tens = _table("numbers").get(following[1:])
        if tens and 20 <= tens < 100:
            return value + tens, 2, ""
    if following in _table("scales") or more:
        return None  # «ثلاثة آلاف», «ثلاث مئة»: seldom counts people, and is read wrongly soon
    return value, 1, ""


def _is_joined(tokens: Sequence[_Token], index: int) -> bool:
    """Whether a number is a part of something: a date, a score, a range, an ordinal."""
    near = [each.form for each in tokens[max(index - 1, 0) : index + 2]]
    return not _JOINTS.isdisjoint(near)


def _before(tokens: Sequence[_Token], index: int) -> int:
    """Return the place of the word before a number, without what makes it an estimate."""
    place = index - 1
    for _ in range(_MAX_ESTIMATE):
        if place < 0 or tokens[place].form not in _estimates():
            break
        place -= 1
    return place


def _kind(
    tokens: Sequence[_Token], number: tuple[int, int], noun: str, behind: int
) -> tuple[str, int, int]:
    """Return what happened to those who are counted, and which tokens say so.

    `number` is the place of the word before the number, and its own. The kind is empty if the text
    does not say what happened.
    """
    before, index = number
    if _is_shared(tokens, before):
        return "", index, behind
    one = tokens[before].form if before >= 0 else ""
    two = f"{tokens[before - 1].form} {one}" if before >= 1 else ""
    bare = one[1:] if one.startswith(_AND) else one
    then = [token.form for token in _clause(tokens[behind : behind + _MAX_THEN])]
    for kind in KINDS:
        words = _counted(kind)
        if {one, bare} & words["before"]:
            return kind, before, behind
        if two in words["before"]:
            return kind, before - 1, behind
        if noun in words["behind"]:
            return kind, before + 1, behind
        for place, form in enumerate(then):
            if form in words["then"]:
                return kind, before + 1, behind + place + 1
    return "", index, behind


def _is_shared(tokens: Sequence[_Token], before: int) -> bool:
    """Whether a number is of two kinds together: «مقتل وإصابة 10», «تقتل وتصيب 7»."""
    if before < 1 or not tokens[before].form.startswith(_AND):
        return False
    one = tokens[before - 1].form
    return any(one in _counted(kind)["before"] or one in _killing() for kind in KINDS)


def _clause(tokens: Sequence[_Token]) -> Iterator[_Token]:
    for token in tokens:
        if not token.form[0].isalnum() or token.form.startswith(_AND):
            return
        yield token


def _is_part(tokens: Sequence[_Token], index: int) -> bool:
    """Whether those who are counted are only some of others who are: «بينهم 3 جنود»."""
    nearby = {token.form for token in tokens[max(index - 3, 0) : index]}
    return not nearby.isdisjoint({"بينهم", "منهم", "بينها", "منها", "ضمنهم"})


def _whom(noun: str) -> str:
    return PEOPLE if not noun or noun in _people() else stem(noun)


def _of_whom(tokens: Sequence[_Token]) -> str:
    """Return of whom those who are counted are: «من المعارضة»."""
    if len(tokens) < 2 or tokens[0].form != "من" or not tokens[1].form[0].isalpha():
        return ""
    return f" {stem(tokens[1].form)}"


@cache
def _table(name: str) -> dict[str, float]:
    return {word_key(word): float(each) for word, each in table("story_words")[name].items()}


@cache
def _duals() -> dict[str, str]:
    duals = table("story_words")["duals"]
    return {word_key(word): word_key(noun) for word, noun in duals.items()}


@cache
def _counted(kind: str) -> dict[str, frozenset[str]]:
    words = table("story_words")[kind]
    return {
        place: frozenset(" ".join(map(word_key, each.split())) for each in listed)
        for place, listed in words.items()
    }


@cache
def _estimates() -> frozenset[str]:
    words = " ".join(table("story_words")["estimates"]).split()
    return frozenset(map(word_key, words))


@cache
def _people() -> frozenset[str]:
    return frozenset(map(word_key, table("story_words")["people"]))


@cache
def _no_nouns() -> frozenset[str]:
    """Return words that begin what is said next: before one, nobody says who is counted."""
    return frozenset(map(word_key, table("story_words")["after_speakers"]))


@cache
def _no_amounts() -> frozenset[str]:
    """Return words behind numbers that are days, hours or years."""
    return frozenset(map(word_key, table("story_words")["no_amounts"]))


@cache
def _years() -> frozenset[str]:
    return frozenset(map(stem, map(word_key, ("عام", "سنة"))))


@cache
def _killing() -> frozenset[str]:
    return frozenset(map(word_key, table("story_words")["killing"]))
