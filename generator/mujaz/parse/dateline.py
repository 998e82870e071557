"""Reads datelines and bylines: publisher, place, authors and day, in the shapes papers use."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from mujaz.arabic.calendars import parse_date
from mujaz.arabic.normalise import DIGITS, key
from mujaz.parse.site_knowledge.knowledge import Known

_LONGEST = 90
"""Characters: no dateline is longer."""
_DASH = re.compile(r"\s+\u0640+\s+|\s*[–—_]\s*|\s+-\s*|\s*-\s+|(?<=[^\W\d])-(?=[^\W\d])")
_AND = re.compile(r"\s+و(?=\S+\s+\S)")
_NOT_NAME = re.compile(r"[\d.،؛!؟«»“”\"()\[\]{}<>/\\@#%*=+|]")
_NOT_IN_DATELINE = re.compile(r"[؛!؟?«»“”\"\[\]{}<>\\@#%*=+|`~^$]")
_NOT_AUTHOR = frozenset("قال أكد أعلن في من إلى على عن أن هذا هذه بعد قبل مع كما وقد".split())
_BEFORE_PLACE = ("ريف", "محافظة", "مدينة", "ولاية")
_EDITION = re.compile(r"^(?:صحيفه|جريده|وكاله|موقع|مجله|يوميه)\s|\s(?:اون\s?لاين|نت|الالكترونيه)$")
_INLINE = re.compile(rf"(.{{3,{_LONGEST}}}?)\s*:\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says; absent parts are None or empty."""

    source: str | None = None
    place: str | None = None
    authors: tuple[str, ...] = ()
    date: dt.date | None = None

    @property
    def says_anything(self) -> bool:
        """Whether any part of it was recognised."""
        return bool(self.source or self.place or self.authors or self.date)


NOTHING = Dateline()


def read_dateline(line: str, known: Known) -> Dateline:
    """Return what `line`, standing alone under a headline, says if it is a dateline.

    It is one if it names a known paper, place or day, and nothing but names beside them.
    """
    if len(line) > _LONGEST:
        return NOTHING
    day = parse_date(line)
    if day:
        return Dateline(date=day)
    head, colon, tail = line.strip().rstrip(":؛ ").partition(":")
    segments = [s.strip(" :") for s in _DASH.split(head)]
    if colon:
        segments += [s.strip(" :") for s in _DASH.split(tail)]
    closed = line.rstrip().endswith(":") or bool(colon)
    segments = [s for s in segments if s]
    if not segments or (not closed and len(segments) == 1 and not _source(segments[0], known)):
        return NOTHING
    return _from_segments(segments, known)


def split_inline(paragraph: str, known: Known) -> tuple[Dateline, str]:
    """Return the dateline at the head of `paragraph`, if there is one, and what follows it.

    Only a head that names a known paper counts: `وقال الوزير: …` and `دمشق: …` are prose.
    """
    match = _INLINE.match(paragraph)
    if match:
        segments = [s.strip() for s in _DASH.split(match[1]) if s.strip()]
        if any(_source(segment, known) for segment in segments):
            dateline = _from_segments(segments, known)
            if dateline.says_anything:
                return dateline, paragraph[match.end() :]
    return NOTHING, paragraph


def readable(line: str) -> str:
    """Return the part of `line` that is read if it is taken for, or begins with, a dateline."""
    if len(line) <= _LONGEST:
        return line
    match = _INLINE.match(line)
    return match[1] if match else ""


def _from_segments(segments: list[str], known: Known) -> Dateline:
    source: str | None = None
    place: str | None = None
    day: dt.date | None = None
    authors: list[str] = []
    unknown: list[str] = []
    if any(_NOT_IN_DATELINE.search(segment) for segment in segments):
        return NOTHING
    for segment in segments:
        if parse_date(segment):
            day = day or parse_date(segment)
        elif not source and _source(segment, known):
            source = _source(segment, known)
        elif not place and _place(segment, known):
            place = segment
        else:
            unknown.append(segment)
    for segment in unknown:
        head, name = _place_then_name(segment, known)
        if head and not place:
            place = head
            authors += _names(name)
        elif _is_name(segment):
            authors += _names(segment)
        elif source and not place and _is_word(segment):
            place = segment  # beside a paper's name, one unknown word is a small town
        else:
            return NOTHING
    dateline = Dateline(source, place, tuple(authors), day)
    # Names alone could be the beginning of any sentence.
    return dateline if source or place or day else NOTHING


def known_paper(name: str, known: Known) -> str | None:
    """Return the paper that `name` names, alone or among the other parts of a feed's title."""
    parts = (name, *re.split(r"\s*[|»:–—]\s*|\s+-\s+", name))
    return next(filter(None, (_source(part, known) for part in parts)), None)


def _source(segment: str, known: Known) -> str | None:
    """Return the paper that `segment` names, whatever edition of it: `صحيفة الثورة أون لاين`."""
    folded = key(segment)
    return known.sources.get(folded) or known.sources.get(_EDITION.sub("", folded).strip())


def _place(segment: str, known: Known) -> bool:
    folded = key(segment)
    first, _, rest = folded.partition(" ")
    return folded in known.places or (first in map(key, _BEFORE_PLACE) and rest in known.places)


def _place_then_name(segment: str, known: Known) -> tuple[str | None, str]:
    """Split `درعا جهاد الزعبي` into place and name: the longest place that leaves a name."""
    parts = segment.split()
    for length in range(min(len(parts) - 2, 3), 0, -1):
        head, rest = " ".join(parts[:length]), " ".join(parts[length:])
        if _place(head, known) and _is_name(rest):
            return head, rest
    return None, segment


def _is_word(segment: str) -> bool:
    return " " not in segment and not _NOT_NAME.search(segment)


def _is_name(segment: str) -> bool:
    """Whether `segment` could be the names of one or two people."""
    parts = segment.split()
    return (
        2 <= len(parts) <= 8
        and not _NOT_NAME.search(segment.replace("،", " ").translate(DIGITS))
        and not any(part in _NOT_AUTHOR for part in parts)
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
