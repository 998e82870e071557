"""What the words beside a name say of it, where the model of names takes it for something else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from mujaz.arabic.normalise import key
from mujaz.arabic.tokens import bare_forms
from mujaz.data import table
from mujaz.enrich.entities.gazetteer.places import place_sizes
from mujaz.enrich.entities.word_features import WordFeatures
from mujaz.model import TagKind

_MIN_SUBJECT_WORDS = 2
"""Of a thing that stands behind a first name by chance; one word may be a surname."""
_SON = "ابن"
_MIN_SON_MENTIONS = 2
"""Of a name such as ابن خلدون, of which the model is never sure."""


def kind_in_context(
    kind: TagKind, name: str, first_words: Sequence[int], text: Sequence[WordFeatures]
) -> TagKind | None:
    """Return what `name` names, going by the words around it, or None if it names nothing of worth.

    `name` is a comparison key, `kind` what the model takes it for; `first_words` are the
    places in `text` where it begins.
    """
    before = {text[first - 1].key for first in first_words if first}
    if name in _calendar_words():
        return kind if before & _words("company") else None
    words = name.split()
    if kind == "person":
        if _ends_in_subject(words, text) or _is_kin(words):
            return None
        if words[0] in _words("terrain"):
            return "place"
        if all(_is_called_after(first, text) for first in first_words):
            return None
        if any(text[first].given for first in first_words):
            return kind
        return "organisation" if before & _words("team") else kind
    if kind == "place" and all(_is_titled(first, text) for first in first_words):
        return "person"
    is_town = kind == "organisation" and len(words) == 1 and name in place_sizes()
    if is_town and not before & _words("team") and _stands_as_town(name, text):
        return "place"
    return kind


def is_son_of(name: str, mentions: int) -> bool:
    """Whether a person's `name` is of the kind of ابن خلدون, and met often enough."""
    words = name.split()
    is_son = len(words) > 1 and words[0] == _SON and not _is_kin(words)
    return is_son and mentions >= _MIN_SON_MENTIONS


def _is_titled(first: int, text: Sequence[WordFeatures]) -> bool:
    """Whether a title stands before a name that nobody holds of a place: الدكتور, but not وزير."""
    return first > 0 and text[first - 1].is_title and text[first - 1].key.startswith("ال")


def _is_called_after(first: int, text: Sequence[WordFeatures]) -> bool:
    """Whether a thing stands before a name, with its titles, that is called like a person."""
    while first and text[first - 1].is_title:
        first -= 1
    return first > 0 and not _words("building").isdisjoint(
        (text[first - 1].key, text[first - 1].bare)
    )


def _is_kin(words: Sequence[str]) -> bool:
    """Whether some words are no name but somebody's relation: ابن عم."""
    return len(words) > 1 and words[0] == _SON and words[1] in _words("kin")


def _ends_in_subject(words: Sequence[str], text: Sequence[WordFeatures]) -> bool:
    """Whether all but the first of some words are a thing: قال محمد الصيد البحري نشاط مهم.

    It is one if ministers minister to it, or if it stands elsewhere in the text behind other words
    than titles: a family name of two words does not.
    """
    subject = words[1:]
    if len(subject) < _MIN_SUBJECT_WORDS:
        return False
    if " ".join(subject) in _portfolios():
        return True
    if not all(word.startswith("ال") for word in subject):
        return False
    keys = [word.key for word in text]
    return any(
        keys[start : start + len(subject)] == subject
        and keys[start - 1] != words[0]
        and (
            table("ministries")["ministers"].count(keys[start - 1]) or not text[start - 1].is_title
        )
        for start in range(1, len(keys))
    )


def _stands_as_town(name: str, text: Sequence[WordFeatures]) -> bool:
    """Whether `name` is called a town somewhere, and a team or a company nowhere."""
    is_town = False
    for before, word in pairwise(text):
        if word.key == name or name in bare_forms(word.key):
            if before.key in _words("team") | _words("company"):
                return False
            is_town |= before.key in _words("town") or word.key in (f"ب{name}", f"في{name}")
    return is_town


@cache
def _words(group: str) -> frozenset[str]:
    return frozenset(map(key, table("name_contexts")[group]))


@cache
def _calendar_words() -> frozenset[str]:
    """Return the names of months and weekdays, by comparison key."""
    months, dates = table("months"), table("dates")
    groups: Iterable[Iterable[str]] = (
        *months["gregorian"].values(),
        *dates["hijri"].values(),
        months["weekdays"],
    )
    return frozenset(key(name) for names in groups for name in names)


@cache
def _portfolios() -> frozenset[str]:
    """Return what ministers minister to, where that takes several words, by comparison key."""
    names = map(key, table("ministries")["portfolios"])
    return frozenset(name for name in names if len(name.split()) >= _MIN_SUBJECT_WORDS)
