"""Puts the parts of a dateline together: which of them is publisher, place, author, or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from mujaz.arabic.press.agencies import UNNAMED, agency_named
from mujaz.parse.datelines.dateline import Dateline
from mujaz.parse.datelines.listed import folded
from mujaz.parse.datelines.parts import Names, Part, is_source_shaped
from mujaz.parse.datelines.shapes import (
    MAX_PLACE_WORDS,
    begins_like_name,
    looks_like_place,
    people_named,
    tidy,
)
from mujaz.parse.vocabulary import countries


@dataclass(slots=True)
class Reading:
    """What the parts of a line come to, while they are gone through and after."""

    names: Names
    source: str | None = None
    agencies: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    photographers: list[str] = field(default_factory=list)
    day: dt.date | None = None
    sources_or_places: list[Part] = field(default_factory=list)
    unclear: list[Part] = field(default_factory=list)
    """What no table knows."""
    strange: list[Part] = field(default_factory=list)
    """What fits nowhere: a line that has it is hardly a dateline."""
    has_day: bool = False
    has_writer_word: bool = False
    has_person: bool = False
    """Whether one of the authors is surely a name."""

    @property
    def dateline(self) -> Dateline:
        """What it comes to."""
        named = next((name for name in self.agencies if agency_named(name) != UNNAMED), None)
        agency = self.agencies[0] if self.agencies else None
        return Dateline(
            self.source or named,
            self.places[0] if self.places else None,
            tuple(dict.fromkeys(self.authors)),
            agency,
            self.day,
            tuple(self.photographers),
        )


def read_parts(parts: Iterable[Part], names: Names) -> Reading:
    """Return what the parts of a line come to."""
    reading = Reading(names)
    role, previous = "", None
    for part in parts:
        role = _take(reading, part, role, previous)
        previous = part
    for part in reading.sources_or_places:
        _decide_source_or_place(reading, part)
    for part in reading.unclear:
        _decide_unclear(reading, part)
    if names.is_field and not reading.places:
        _take_strange_place(reading)
    return reading


def _take_strange_place(reading: Reading) -> None:
    """Take words of the language as a place where they must be one: ساوث ليك – رويترز."""
    for part in reading.strange:
        is_around_person = reading.authors and part.piece.is_bracketed
        is_short = len(part.text.split()) <= MAX_PLACE_WORDS
        if looks_like_place(part.text) or (
            is_short and part.kind == "prose" and (reading.agencies or is_around_person)
        ):
            reading.places.append(tidy(part.text))
            return


def _take(reading: Reading, part: Part, role: str, previous: Part | None) -> str:
    """Enter what is sure of a part, given the role of the words before; return the role after."""
    kind, text = part.kind, tidy(part.text)
    if kind in ("writers", "photographers"):
        reading.has_writer_word |= kind == "writers"
        return kind
    if kind == "person" or (kind == "maybe" and role):
        into = reading.photographers if role == "photographers" else reading.authors
        into += people_named(text)
        reading.has_person |= kind == "person" and into is reading.authors
        return role
    if kind == "word" and role == "photographers":
        reading.photographers.append(text)
        return role
    if kind == "day":
        reading.has_day = True
        reading.day = reading.day or part.piece.day
    elif kind == "agency":
        reading.agencies.append(text)
    elif kind == "source":
        reading.source = reading.source or reading.names.source(text)
    elif kind in ("place", "source or place") and _is_country_of(part, previous):
        # سان بطرسبرج (روسيا)
        if previous in reading.unclear:
            reading.unclear.remove(previous)
            reading.places.append(tidy(previous.text))
    elif kind == "source or place":
        reading.sources_or_places.append(part)
    elif kind == "place":
        reading.places.append(text)
    elif kind in ("maybe", "word"):
        reading.unclear.append(part)
    elif kind == "prose":
        reading.strange.append(part)
    return ""


def _is_country_of(part: Part, previous: Part | None) -> bool:
    """Whether a bracketed place says where the one before it lies, and not where a person is."""
    if previous is None or not part.piece.is_bracketed or previous.piece.is_quoted:
        return False
    is_name = previous.kind == "maybe" and begins_like_name(previous.text)
    if previous.kind in ("maybe", "word"):
        return folded(part.text) in countries() or not is_name
    return previous.kind in ("place", "source or place")


def _decide_source_or_place(reading: Reading, part: Part) -> None:
    """`الرياض` is a place unless another one is named, or nothing but the paper itself."""
    form = folded(part.text)
    is_own = form == reading.names.own_source
    full_name = reading.names.vocabulary.places.get(form)
    # المدينة is the city only beside a person, or another paper.
    is_short = full_name is not None and folded(full_name) != form
    is_alone = is_short or not (reading.agencies or reading.unclear or reading.source)
    is_publisher = is_own if reading.authors else not reading.source
    if (
        part.piece.is_quoted
        or (reading.places and is_publisher)
        or (is_own and is_alone and not reading.authors)
    ):
        reading.source = reading.source or reading.names.source(part.text)
    elif not part.piece.before:
        reading.places.insert(0, tidy(part.text))
    else:
        reading.places.append(tidy(part.text))


def _decide_unclear(reading: Reading, part: Part) -> None:
    """Decide what a part is that no table has, by its shape and by what stands beside it."""
    text = tidy(part.text)
    words = text.split()
    is_beside_newsroom = bool(reading.source or reading.agencies)
    if part.piece.is_quoted or is_source_shaped(text, part.piece):
        reading.source = reading.source or text
    elif part.piece.is_bracketed and reading.places:
        pass  # what lies around a place: (ولاية أوريغون)
    elif not reading.places and looks_like_place(text) and (is_beside_newsroom or reading.authors):
        reading.places.append(text)
    elif part.kind == "word":
        is_place = reading.names.is_field and is_beside_newsroom and not reading.places
        if is_place and not reading.authors and len(text) > 2 and not text.isascii():
            reading.places.append(text)
        else:
            reading.strange.append(part)
    elif not reading.agencies or reading.places or text[-1:] == "ي":
        reading.authors += people_named(text)
    elif len(words) < 4:
        reading.places.append(text)
