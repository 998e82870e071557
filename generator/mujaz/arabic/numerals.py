"""Numbers that agree with their nouns."""

from __future__ import annotations

from typing import NamedTuple

from mujaz.data import table


class Noun(NamedTuple):
    """The forms a counted noun takes; see the CLDR plural rules for Arabic."""

    zero: str
    one: str
    two: str
    few: str
    """After 3 to 10: the plural."""
    many: str
    """After 11 to 99: the singular accusative."""
    other: str
    """After round hundreds: the singular."""


def noun(name: str) -> Noun:
    """Return the noun that the catalogue of the interface has under `counts`.

    Raises `KeyError` if it has none of that name.
    """
    return Noun(**table("interface")["counts"][name])


ARTICLE = noun("article")
TAG = noun("tag")
PERSON = noun("person")
PLACE = noun("place")
ORGANISATION = noun("organisation")
TOPIC = noun("topic")
SOURCE = noun("source")
SECTION = noun("section")
STORY = noun("story")
RESULT = noun("result")
MONTH = noun("month")
MINUTE_OF_READING = noun("minute_of_reading")


def counted(number: int, noun: Noun) -> str:
    """Return `number` with `noun` in agreement: مقالان، 3 مقالات، 11 مقالاً، 100 مقال.

    Where the noun would do without its number (none, one, two), the number is not written.
    """
    if number <= 2:
        return (noun.zero, noun.one, noun.two)[max(number, 0)]
    rest = number % 100
    if 3 <= rest <= 10:
        form = noun.few
    elif rest >= 11:
        form = noun.many
    else:
        form = noun.other
    return f"{number} {form}"
