"""The shape of names, persons' and places', by what the table of words has on each word."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from mujaz.arabic.normalise import fold_spaces, key
from mujaz.data import trained
from mujaz.parse.datelines.listed import folded, has_role

Likeness = Literal["person", "maybe", "prose"]
"""A name that begins with a given name; what may be one; what is none."""
MAX_NAME_WORDS = 6
"""Particles such as `بن` not counted."""
_NOT_IN_NAME = re.compile(r"[\d؛!؟?<>@#%=+~^$…]|\.\.|[^\W\d_]{3}\. ")
_LETTER_TITLES = re.compile(r"(?:[أادم]\s?[.,/]\s?)+")
_PARTICLES = frozenset(
    "بن ابن بنت ال ابو ابي ام ابا دي دو دا فان فون لو لا ديل ذو بو ولد ماك".split()
)
_LINEAGE = frozenset("بن ابن بنت ال ابو ابي ابا".split())
"""Before whatever word, these make a family name of it."""
_MAX_TITLED_WORDS = 4
_FUNCTION_WORDS = frozenset(
    "قال قالت اكد اعلن في من الي عن ان هذا هذه بعد قبل مع كما وقد التي الذي ما لم لن هل كيف "
    "بين عند منذ حتي كل غير او ثم حول ضد دون خلال هو هي هم انه انها كان كانت لا ولا يا انا "
    "لست".split()
)
_MIN_RARITY_WITH_ARTICLE, _MIN_RARITY = 3, 2
"""How common a word is that is no name unless the table says so."""
_MAX_GIVEN_OF_PLACES = 2
"""How common a place may be as a given name, on the scale of the table."""
_MIN_SURE_GIVEN, _LIKE_PERSON = 3, "5"
"""How common a given name is, or how like one, that is hardly a word of the language as well."""
MAX_PLACE_WORDS = 4
_FIRST_WORDS_OF_PLACES = frozenset(
    map(
        key,
        "محافظة مدينة منطقة مركز وادي رأس بني تل جبل ريف قرية جزيرة مخيم بئر بير حي إقليم ولاية "
        "مقاطعة شمال جنوب شرق غرب وسط شرقي غربي شمالي جنوبي ضاحية هجرة قضاء سان سانت سانتا بورت "
        "نيو لوس لاس إل بلدة عين حد ميناء مطار قاعدة معبر حوطة روضة كفر دير خان أبا".split(),
    )
)
_AND = re.compile(r"\s+(?=و\s*\w)|\s+(?:and|et|&)\s+")


@lru_cache(20_000)
def likeness(text: str) -> Likeness:
    """Return whether `text` is a person's name, could be one, or is something else."""
    titles = _LETTER_TITLES.match(text)
    words = tuple(folded(text).split())
    first = words
    while len(words) > 1 and has_role(words[0], "honorifics"):
        words = words[1:]
    is_titled = words != first
    count = sum(word not in _PARTICLES for word in words)
    if not 1 <= count <= MAX_NAME_WORDS or _NOT_IN_NAME.search(text):
        return "prose"
    if words[0].isascii():
        is_name = all(word[:1].isupper() for word in text.split() if len(word) > 3)
        return "maybe" if is_name and len(words) > 1 else "prose"
    result = [
        # بن جليد
        "family" if before in _LINEAGE and _word(word) == "prose" else _word(word)
        for before, word in zip(("", *words), words, strict=False)
    ]
    if _FUNCTION_WORDS.intersection(words) or _has_preposition(text.split()):
        return "prose"
    if "prose" in result and not (titles and len(words) <= _MAX_TITLED_WORDS):
        return "prose"
    if has_role(first[0], "offices"):
        return "person" if is_titled and len(words) > 1 and result[0] == "given" else "prose"
    if is_titled or (len(words) > 1 and result[0] == "given"):
        return "person"
    return "maybe"


def _has_preposition(words: Sequence[str]) -> bool:
    """Whether `على` is the preposition and not the name, which some papers write like it."""
    return words[0] == "على" or any(
        word == "على" and folded(following).startswith("ال") and not _is_often_name(following)
        for word, following in itertools.pairwise(words)
    )


def _is_often_name(word: str) -> bool:
    """Whether a word with the article is a family name more often than a word."""
    *_, given, family = (trained("words").get(folded(word)) or "2 0 0").split(" ")
    return max(int(given), int(family)) > 1 or folded(word).endswith("ي")


def is_surely_name(text: str) -> bool:
    """Whether `text` is hardly anything but a name: `زهرة الكرز` and `مدينة السلام` may be."""
    words = folded(text).split()
    while len(words) > 2 and has_role(words[0], "honorifics"):
        words = words[1:]
    if likeness(text) != "person":
        return False
    entries = [trained("words").get(word) for word in (words[0], words[-1])]
    first, last = (entry.split(" ") if entry else None for entry in entries)
    is_given = (
        first is None or int(first[3]) >= _MIN_SURE_GIVEN or not "0" <= first[2][0] < _LIKE_PERSON
    )
    is_word = last is not None and last[3:] == ["0", "0"] and not is_family_name(words[-1])
    is_family = words[-1].startswith("ال") and words[-1].endswith("ي")
    return (is_given or is_family) and not (is_word and words[-1].startswith("ال"))


@lru_cache(8_000)
def _word(word: str) -> Literal["given", "family", "unknown", "prose"]:
    """Return what the table of words says of a comparison form."""
    if word in _PARTICLES:
        return "family"
    if word.startswith("عبد") and len(word) > 3:
        return "given"
    if word in _FUNCTION_WORDS:
        return "prose"
    entry = trained("words").get(word)
    if entry is None:
        return "unknown"
    rarity, _, signs, given, family = entry.split(" ")
    if given != "0":
        return "given"
    if family != "0" or (word.startswith("ال") and word.endswith("ي")):
        return "family"
    is_like_person = signs[0].isdigit() and int(signs[0]) >= 5
    limit = _MIN_RARITY_WITH_ARTICLE if word.startswith("ال") else _MIN_RARITY
    return "prose" if int(rarity) >= limit and not is_like_person else "unknown"


def is_given_name(word: str) -> bool:
    """Whether a word is a given name."""
    return _word(folded(word)) == "given"


@lru_cache(2_000)
def is_rather_place(word: str) -> bool:
    """Whether a word that is a place, too, is seldom a given name: `تونس`, but not `رياض`."""
    folded = key(word)
    if _word(folded) != "given":
        return True
    _, _, signs, given, _ = (trained("words").get(folded) or "0 - -- 9 0").split(" ")
    return int(given) <= _MAX_GIVEN_OF_PLACES and signs[0] < signs[1]


def is_family_name(word: str) -> bool:
    """Whether a word is a family name, by the table or by its form: `النجاري`."""
    form = folded(word)
    return _word(form) in ("family", "given") or (form[:2] == "ال" and form[-1:] == "ي")


def is_glued_name(word: str) -> bool:
    """Whether a word is a given and a family name without a blank between: `خالدالنجار`."""
    form = folded(word)
    index = form.find("ال", 3)
    return (
        index > 0
        and len(form) - index > 4
        and trained("words").get(form) is None
        and _word(form[:index]) == "given"
    )


def has_shape_of_name(words: Sequence[str]) -> bool:
    """Whether some words end like a name and do not begin like something else."""
    first = folded(words[0])
    is_other = first.startswith("ال") or has_role(first, "offices")
    return not is_other and is_family_name(words[-1])


def is_lineage(word: str) -> bool:
    """Whether a word is a part of names that a name of the family follows: `بن`, `أبو`."""
    return folded(word) in _LINEAGE


def begins_like_name(text: str) -> bool:
    """Whether some words begin with a given name, though the others are of the language as well.

    `بدر الجبل` and the like are names where nothing but a dateline can stand.
    """
    words = folded(text).split()
    while len(words) > 1 and has_role(words[0], "honorifics"):
        words = words[1:]
    return (
        2 <= len(words) <= MAX_NAME_WORDS
        and not _NOT_IN_NAME.search(text)
        and not _FUNCTION_WORDS.intersection(words)
        and (_word(words[0]) == "given" or (len(words) < 4 and has_shape_of_name(words)))
    )


def people_named(text: str) -> list[str]:
    """Return the people of `ليلى النجار وسامر حداد`, each name of two words at least."""
    pieces = _AND.split(tidy(text))
    names = [pieces[0]]
    for piece in pieces[1:]:
        name = piece.removeprefix("و").lstrip()
        is_name = " " in names[-1] and " " in name and likeness(name) != "prose"
        # `وليد` and `وائل` begin names of their own.
        if is_name and not (piece != name and is_given_name(piece.partition(" ")[0])):
            names.append(name)
        else:
            names[-1] += f" {piece}"
    return [name for name in names if name]


def tidy(name: str) -> str:
    """Return a name without what stands around it."""
    return fold_spaces(name.strip(" \t*:؛،,-–—ـ_/|\"'«»")).removesuffix(".")


def begins_like_place(text: str) -> bool:
    """Whether `text` begins with a word that places' names begin with: `وادي الزيتون`."""
    words = folded(text).split()
    return 2 <= len(words) <= MAX_PLACE_WORDS and words[0] in _FIRST_WORDS_OF_PLACES


def looks_like_place(text: str) -> bool:
    """Whether `text`, beside a paper, an agency or a name, may be a place that no table has."""
    words = folded(text).split()
    if not 1 <= len(words) <= MAX_PLACE_WORDS or not text[-1:].isalpha() or text.isascii():
        return False
    if _has_preposition(text.split()):
        return False
    if any(has_role(" ".join(words), role) for role in ("nobody", "writers", "photographers")):
        return False
    if len(words) > 1:
        is_like_place = len(words) == 2 and words[0].startswith("ال")
        is_named_so = words[0] in _FIRST_WORDS_OF_PLACES or words[0] in ("ام", "ابو")
        return is_named_so or (is_like_place and likeness(text) != "person")
    entry = trained("words").get(words[0])
    if entry is None:
        return len(words[0]) > 2
    rarity, _, signs, given, _ = entry.split(" ")
    is_like_place = not signs[1].isdigit() or int(signs[1]) >= 2
    return given == "0" and int(rarity) <= 2 and is_like_place
