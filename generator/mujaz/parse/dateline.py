"""Reads datelines and bylines: publisher, place, authors and day, in the shapes papers use."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from mujaz.arabic.calendars import parse_date
from mujaz.arabic.normalise import DIGITS
from mujaz.parse.vocabulary import SiteVocabulary

_MAX_DATELINE_CHARACTERS = 90
_DASH = re.compile(r"\s+\u0640+\s+|\s*[–—_]\s*|\s+-\s*|\s*-\s+|(?<=[^\W\d])-(?=[^\W\d])")
_AND = re.compile(r"\s+و(?=\S+\s+\S)")
_NOT_IN_NAME = re.compile(r"[\d.،؛!؟«»“”\"()\[\]{}<>/\\@#%*=+|]")
_NOT_IN_DATELINE = re.compile(r"[؛!؟?«»“”\"\[\]{}<>\\@#%*=+|`~^$]")
_NOT_IN_AUTHORS = frozenset("قال أكد أعلن في من إلى على عن أن هذا هذه بعد قبل مع كما وقد".split())
_INLINE = re.compile(rf"(.{{3,{_MAX_DATELINE_CHARACTERS}}}?)\s*:\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says; absent parts are None or empty."""

    source: str | None = None
    place: str | None = None
    authors: tuple[str, ...] = ()
    date: dt.date | None = None

    def __bool__(self) -> bool:
        """Whether any part of it was recognised."""
        return bool(self.source or self.place or self.authors or self.date)

    def completed_by(self, other: Dateline) -> Dateline:
        """Return it with the parts of `other` in place of those that are absent."""
        return Dateline(
            self.source or other.source,
            self.place or other.place,
            self.authors or other.authors,
            self.date or other.date,
        )


NO_DATELINE = Dateline()


def read_dateline(line: str, vocabulary: SiteVocabulary) -> Dateline:
    """Return what `line`, standing alone under a headline, says if it is a dateline.

    It is one if it names a known source, place or day, and nothing but names besides.
    """
    if len(line) > _MAX_DATELINE_CHARACTERS:
        return NO_DATELINE
    day = parse_date(line)
    if day:
        return Dateline(date=day)
    head, colon, tail = line.strip().rstrip(":؛ ").partition(":")
    parts = [*_DASH.split(head), *(_DASH.split(tail) if colon else ())]
    segments = [segment for part in parts if (segment := part.strip(" :"))]
    has_colon = bool(colon) or line.rstrip().endswith(":")
    if not has_colon and len(segments) == 1 and not vocabulary.source_named(segments[0]):
        return NO_DATELINE
    return _from_segments(segments, vocabulary)


def split_inline(paragraph: str, vocabulary: SiteVocabulary) -> tuple[Dateline, str]:
    """Return the dateline at the head of `paragraph`, if there is one, and what follows it.

    Only a head that names a known source counts: `وقال الوزير: …` and `دمشق: …` are prose.
    """
    match = _INLINE.match(paragraph)
    if match:
        segments = [s.strip() for s in _DASH.split(match[1]) if s.strip()]
        if any(vocabulary.source_named(segment) for segment in segments):
            dateline = _from_segments(segments, vocabulary)
            if dateline:
                return dateline, paragraph[match.end() :]
    return NO_DATELINE, paragraph


def dateline_part(line: str) -> str:
    """Return the part of `line` that is examined for being, or beginning with, a dateline."""
    if len(line) <= _MAX_DATELINE_CHARACTERS:
        return line
    match = _INLINE.match(line)
    return match[1] if match else ""


def _from_segments(segments: list[str], vocabulary: SiteVocabulary) -> Dateline:
    source: str | None = None
    place: str | None = None
    day: dt.date | None = None
    authors: list[str] = []
    unknown: list[str] = []
    if any(_NOT_IN_DATELINE.search(segment) for segment in segments):
        return NO_DATELINE
    for segment in segments:
        if segment_day := parse_date(segment):
            day = day or segment_day
        elif not source and (name := vocabulary.source_named(segment)):
            source = name
        elif not place and vocabulary.is_place(segment):
            place = segment
        else:
            unknown.append(segment)
    for segment in unknown:
        head, person = _place_then_name(segment, vocabulary)
        if head and not place:
            place = head
            authors += _names(person)
        elif _is_name(segment):
            authors += _names(segment)
        elif source and not place and _is_word(segment):
            place = segment  # next to a source's name, one unknown word is a small town
        else:
            return NO_DATELINE
    # Names alone could be the beginning of any sentence.
    has_anchor = source or place or day
    return Dateline(source, place, tuple(authors), day) if has_anchor else NO_DATELINE


def _place_then_name(segment: str, vocabulary: SiteVocabulary) -> tuple[str | None, str]:
    """Split `درعا جهاد الزعبي` into place and name: the longest place that leaves a name."""
    parts = segment.split()
    for length in range(min(len(parts) - 2, 3), 0, -1):
        head, rest = " ".join(parts[:length]), " ".join(parts[length:])
        if vocabulary.is_place(head) and _is_name(rest):
            return head, rest
    return None, segment


def _is_word(segment: str) -> bool:
    return " " not in segment and not _NOT_IN_NAME.search(segment)


def _is_name(segment: str) -> bool:
    """Whether `segment` could be the names of one or two people."""
    parts = segment.split()
    return (
        2 <= len(parts) <= 8
        and not _NOT_IN_NAME.search(segment.replace("،", " ").translate(DIGITS))
        and not any(part in _NOT_IN_AUTHORS for part in parts)
    )


def _names(segment: str) -> list[str]:
    """Return the people of `ليلى النجار وسامر حداد`, each name of two words at least."""
    names: list[str] = []
    for part in re.split(r"\s*،\s*", segment):
        pieces = _AND.split(part)
        if all(" " in piece for piece in pieces):
            names += pieces
        else:
            names.append(part)
    return [name.strip() for name in names if name.strip()]
