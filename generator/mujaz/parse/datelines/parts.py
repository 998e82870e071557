"""Says of each piece of a line what part of a dateline it could be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from mujaz.arabic.normalise import key
from mujaz.arabic.press.agencies import agency_named
from mujaz.data import table
from mujaz.parse.datelines.listed import (
    folded,
    has_role,
    is_joined_role,
    words_of_role,
)
from mujaz.parse.datelines.pieces import Piece
from mujaz.parse.datelines.shapes import (
    begins_like_name,
    begins_like_place,
    is_glued_name,
    is_lineage,
    is_rather_place,
    likeness,
    people_named,
)
from mujaz.parse.vocabulary import SiteVocabulary, cities_named_like_sources

Kind = Literal[
    "day",
    "agency",
    "source",
    "source or place",
    "place",
    "nobody",
    "writers",
    "photographers",
    "person",
    "maybe",
    "word",
    "prose",
]
_MAX_WORDS, _MAX_FIELD_WORDS = 8, 16
"""Of a piece; a longer one is prose. Fields may list several people."""
_OFFICES = frozenset(map(key, "مكتب مندوب مراسل مراسلة موفد محرر خاص صحيفة".split()))
"""Before the name of a paper: somebody of it."""
_SOURCE_WORDS = frozenset(
    map(
        key,
        "صحيفة جريدة مجلة شبكة بوابة موقع وكالة قناة تلفزيون إذاعة راديو صدى أخبار عين صوت".split(),
    )
)
_SOURCE_ENDINGS = frozenset(map(key, "نيوز برس أونلاين نت تايمز بوست اليوم الإلكترونية".split()))
_POSITIONS = frozenset(
    map(
        key, "أستاذ أستاذة رئيس رئيسة عضو عضوة مدير مديرة كاتب كاتبة باحث باحثة مستشار وكيل".split()
    )
)
"""After a person: what that is."""
_LISTED: tuple[Kind, ...] = ("agency", "source", "source or place", "place", "nobody")
_CALENDAR_MARK = re.compile(r"^(?:م|هـ)\s+(?=\S)")


class Part(NamedTuple):
    """A piece, or a share of one, and what it could be."""

    kind: Kind
    text: str
    piece: Piece


@dataclass(frozen=True, slots=True)
class Names:
    """The names that may stand in the datelines of one document."""

    vocabulary: SiteVocabulary
    own_source: str = ""
    """Comparison form of the paper that the document states."""
    is_field: bool = False
    """Whether it is surely a dateline or byline that is read, and no text."""

    def source(self, name: str) -> str | None:
        """Return the paper that `name` names, if it is known."""
        form = folded(name)
        return name if form == self.own_source else self.vocabulary.source_by_key(form)

    def is_agency(self, name: str) -> bool:
        """Whether `name` is that of an agency which no table has but the editor names."""
        return folded(name) in self.vocabulary.agencies

    def is_place(self, name: str) -> bool:
        """Whether `name` is a place that tables have."""
        return self.vocabulary.is_place_by_key(folded(name))


def parts_of(pieces: Sequence[Piece], names: Names) -> Iterator[Part]:
    """Yield what the pieces could be, in order."""
    for piece in pieces:
        if piece.is_day:
            yield Part("day", piece.text, piece)
        elif len(piece.text.split()) > (_MAX_FIELD_WORDS if names.is_field else _MAX_WORDS):
            yield Part("prose", piece.text, piece)
        else:
            yield from _parts(piece.text, piece, names)


def _parts(text: str, piece: Piece, names: Names) -> Iterator[Part]:
    kind = _kind_of_whole(text, names)
    if kind:
        yield Part(kind, text, piece)
        return
    words = text.split()
    for role in ("writers", "photographers"):
        count = words_of_role(text, role)
        if count:
            yield Part(role, " ".join(words[:count]), piece)
            yield from _parts(" ".join(words[count:]), piece, names)
            return
    split = _split(words, piece, names)
    if split:
        for share in split:
            yield from _parts(share, piece, names)
        return
    yield Part(_kind_of_words(text, words, piece, is_field=names.is_field), text, piece)


def _kind_of_whole(text: str, names: Names) -> Kind | None:
    """Return what `text` as a whole is listed as."""
    kind = _listed(text)
    if kind in ("agency", "prose"):
        return kind
    if names.is_agency(text):
        return "agency"
    if names.source(text):
        return "source or place" if folded(text) in cities_named_like_sources() else "source"
    return kind or ("place" if names.is_place(text) else None)


@lru_cache(20_000)  # the same cities and words stand in most datelines
def _listed(text: str) -> Kind | None:
    """Return what tables, other than those of places, have a text as."""
    form = folded(text)
    if not form or form.isdigit():
        return "nobody" if len(form) < 3 else "prose"
    if agency_named(text):
        return "agency"
    if has_role(form, "writers") or is_joined_role(form, "writers"):
        return "writers"
    if has_role(form, "photographers"):
        return "photographers"
    if has_role(form, "nobody") or form in _weekdays():
        return "nobody"
    # الكاتب/ سامر حداد
    return "writers" if has_role(form, "honorifics") else None


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(map(key, table("months")["weekdays"]))


def _split(words: list[str], piece: Piece, names: Names) -> list[str]:
    """Return the shares of a piece that says two things without a mark between, if it does."""
    if len(words) == 1:
        return []
    text = " ".join(words)
    bare = _CALENDAR_MARK.sub("", text)
    if bare != text and agency_named(bare):
        return [bare]
    rest = " ".join(words[1:])
    if folded(words[0]) in _OFFICES and (names.source(rest) or names.source(rest[1:])):
        # خاص بالرياض
        return [rest if names.source(rest) else rest[1:]]
    listed = _listed_halves(words, names)
    if listed:
        return listed
    for index in range(2, len(words)):
        if folded(words[index]) in _POSITIONS and likeness(" ".join(words[:index])) == "person":
            return [" ".join(words[:index])]
    for index in range(1, len(words)):
        if _begins_role(words, index, piece):
            return [" ".join(words[:index]), " ".join(words[index:])]
    # سالم العمري سبق
    last = 2 if len(words) > 3 and names.source(" ".join(words[-2:])) else 1
    before, after = words[:-last], " ".join(words[-last:])
    if len(before) > 1 and _names_newsroom(after, names) and likeness(" ".join(before)) == "person":
        return [" ".join(before), after]
    return _place_beside_name(words, piece, names)


def _listed_halves(words: list[str], names: Names) -> list[str]:
    """Split `أ. ف. ب. إسطنبول` and `هاتفيا العراق`: two things that tables have."""
    for count in range(min(len(words) - 1, 6), 0, -1):
        first, second = " ".join(words[:count]), " ".join(words[count:])
        kinds = (_kind_of_whole(first, names), _kind_of_whole(second, names))
        is_sure = names.is_field or {*kinds} == {"agency", "place"}
        if is_sure and all(kind in _LISTED for kind in kinds):
            return [first, second]
    return []


def _begins_role(words: Sequence[str], index: int, piece: Piece) -> bool:
    """Whether a word in a piece says who took pictures, and is no part of a name: أبو صورة."""
    word = words[index]
    is_followed = index < len(words) - 1 or bool(piece.after)
    return (
        is_followed
        and len(word) > 1
        and has_role(folded(word), "photographers")
        and not is_lineage(words[index - 1])
    )


def _names_newsroom(text: str, names: Names) -> bool:
    return bool(names.source(text) or agency_named(text))


def _place_beside_name(words: list[str], piece: Piece, names: Names) -> list[str]:
    """Split `درعا جهاد الزعبي`, and `ليلى النجار بيروت` where a colon or dash follows."""
    if is_lineage(words[0]):
        return []
    for length in range(min(len(words) - 2, 3), 0, -1):
        head, rest = " ".join(words[:length]), " ".join(words[length:])
        is_place = names.is_place(head) and is_rather_place(words[0])
        if is_place and likeness(rest) == "person":
            return [head, rest]
    is_closed = piece.after[:1] in (":", "-", "–")
    if is_closed or names.is_field:
        # A last name may be a town's as well, those of two words are not.
        for length in range(min(len(words) - 2, 3), 0 if is_closed else 1, -1):
            head, rest = " ".join(words[:-length]), " ".join(words[-length:])
            if names.is_place(rest) and likeness(head) == "person":
                return [head, rest]
    return []


def _kind_of_words(text: str, words: list[str], piece: Piece, *, is_field: bool) -> Kind:
    if len(words) == 1:
        return "person" if is_glued_name(text) else "word"
    result: Kind = "maybe" if begins_like_place(text) else likeness(text)
    if result != "prose":
        return result
    if is_field and all(map(begins_like_name, people_named(text))):
        return "person"
    is_like_name = len(words) in (2, 3) and begins_like_name(text)
    return "maybe" if is_like_name or is_source_shaped(text, piece) else "prose"


def is_source_shaped(text: str, piece: Piece) -> bool:
    """Whether some words look like the name of a paper that no table has."""
    words = folded(text).split()
    if not 2 <= len(words) <= 3:
        return False
    is_between_dashes = all(set(marks) & set("-–—ـ") for marks in (piece.before, piece.after))
    return (
        words[0] in _SOURCE_WORDS
        or words[-1] in _SOURCE_ENDINGS
        # القدس – الحياة الجديدة – وكالات
        or (is_between_dashes and len(words) == 2 and all(w.startswith("ال") for w in words))
    )
