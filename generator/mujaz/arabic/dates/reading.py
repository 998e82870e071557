"""Written dates to days: whole texts, and days that stand among other words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from mujaz.arabic.dates.clock import TIME, clock_time
from mujaz.arabic.dates.days import DatedPiece, read_day
from mujaz.arabic.dates.relative import relative_day
from mujaz.arabic.dates.words import PUBLISHED, UPDATED, DateToken, tokens
from mujaz.arabic.dates.written import Label, Written, of_day
from mujaz.arabic.normalise import key

_MAX_CHARACTERS = 160
"""Of a text that is examined; nobody writes a day at greater length."""
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\d{4}|\d\W+\w+\W+\d|\d\W\d+\W\d|\d\w+\d")
_AROUND_A_DAY = re.compile(r"[-/.,:|()~+wlufqcapbmgeZz]")
"""What may stand around a day: signs, and words that say no more than it."""
_VERSION = re.compile(r"\s*(?:ال)?[إا]صدار\s+\d")
"""The number of one, with signs like those of a day."""
_STOP = re.compile(r"(?<![ap]\.m)(?<!\b[مص])[.!؟]\s*$", re.IGNORECASE)
"""Of a sentence, not of a time before noon or after it."""
_LABELS: dict[str, Label] = {PUBLISHED: "published", UPDATED: "updated"}
_MAX_DAYS_APART = 1
"""Of one day in two calendars: the moon is not seen everywhere the same night."""


class Occurrence(NamedTuple):
    """A day among other words."""

    written: Written
    start: int
    """Its first character, words around a day included."""
    end: int
    """The character behind it."""


class _Piece(NamedTuple):
    """A day with the label before it, the time that goes with it, and where they stand."""

    day: DatedPiece
    label: Label
    time: dt.time | None = None


def parse_date(text: str, today: dt.date | None = None) -> dt.date | None:
    """Return the day that `text`, as a whole, names, or None. See `read_date`."""
    date = read_date(text, today)
    return date.date if date else None


def read_date(text: str, today: dt.date | None = None) -> Written | None:
    """Return what `text`, as a whole, names: a day, a month, or nothing (None).

    Understands month names of every Arab country, of the Hijri year (Umm al-Qura) and of other
    languages, a month named twice (`كانون الأول/ديسمبر`), days in words, weekdays, labels and times
    around them, a day in two calendars, numeric dates (year first, or day first), ISO 8601 and
    RFC 822; but no sentence (`صدر في 12 مارس 1975.`). Relative forms (`أمس`,
    `منذ 3 أيام`) only mean something against `today`.
    """
    if len(text) > _MAX_CHARACTERS:
        return None
    if _DIGIT.search(text) and _YEAR.search(text) and not _VERSION.match(text):
        listed = list(tokens(text))
        runs = list(_runs(listed, whole=True)) if listed else []
        if len(runs) == 1 and not runs[0].unknown:
            date = _decided(runs[0].pieces)
            return None if date and date.label and _STOP.search(text) else date
    return of_day(day) if today and (day := relative_day(key(text), today)) else None


def read_time(text: str, day: dt.date | None = None) -> dt.time | None:
    """Return the time of day that `text`, as a whole, names, or None; midnight sharp is none.

    How far some zones are ahead depends on the `day`.
    """
    if len(text) > _MAX_CHARACTERS or not _DIGIT.search(text):
        return None
    listed = [token for token in tokens(text) if token.code not in _LABELS]
    codes = "".join(token.code for token in listed)
    start = next((index for index in range(len(codes)) if codes[index] not in "f:,"), 0)
    match = TIME.match(codes, start)
    if match is None or codes[match.end() :].strip("f.,"):
        return None
    return clock_time(listed[start : match.end()], day)


def find_date(text: str) -> Occurrence | None:
    """Return the day that stands in `text` among other words; None if there is none.

    Days of publication come before those of updates, and the first before others.
    """
    if len(text) > _MAX_CHARACTERS or not _DIGIT.search(text) or not _YEAR.search(text):
        return None
    if _VERSION.match(text):
        return None
    listed = list(tokens(text))
    occurrences = [
        Occurrence(date, listed[run.first].start, listed[run.last - 1].end)
        for run in _runs(listed, whole=False)
        if not run.unknown and (date := _decided(run.pieces)) and date.day
    ]
    return min(occurrences, key=lambda each: _label_order(each.written.label), default=None)


class _Run(NamedTuple):
    """Tokens that all belong to a day, or one that belongs to none."""

    pieces: tuple[_Piece, ...]
    first: int
    last: int
    unknown: bool


def _runs(listed: Sequence[DateToken], *, whole: bool) -> Iterator[_Run]:
    """Yield the runs of tokens that belong together, in order."""
    codes = "".join(token.code for token in listed)
    steps = list(_steps(codes, listed, whole=whole))
    for unknown, group in groupby(steps, key=lambda step: step[2] is None):
        steps_of_run = list(group)
        if not unknown:
            seen = [m for m in steps_of_run if listed[m[0]].code not in "-/.,:|()~+" or m[2]]
            first, last = (
                (seen[0][0], seen[-1][1]) if seen else (steps_of_run[0][0], steps_of_run[0][1])
            )
            yield _Run(_pieces(steps_of_run, listed, codes), first, last, unknown=False)
        else:
            yield _Run((), steps_of_run[0][0], steps_of_run[-1][1], unknown=True)


_Step = tuple[int, int, DatedPiece | str | None]
"""First token, the one behind the last, and a day, or `time`, or nothing in particular ("")."""


def _steps(codes: str, listed: Sequence[DateToken], *, whole: bool) -> Iterator[_Step]:
    """Yield what stands there, one thing after the other; None stands for what is unknown."""
    index, weekday = 0, None
    while index < len(codes):
        if codes[index] == "w":
            weekday = listed[index].value
        day = read_day(codes, listed, index, weekday, whole=whole)
        if day:
            yield index, day.end, day
            index = day.end
        elif match := TIME.match(codes, index):
            yield index, match.end(), "time"
            index = match.end()
        else:
            is_around = _AROUND_A_DAY.match(codes, index)
            yield index, index + 1, "" if is_around else None
            if not is_around and whole:
                return
            index += 1


def _pieces(steps: Sequence[_Step], listed: Sequence[DateToken], codes: str) -> tuple[_Piece, ...]:
    """Return the days of a run, each with its label, and with the time next to it."""
    pieces: list[_Piece] = []
    label: Label = ""
    early: Sequence[DateToken] = ()
    for first, last, what in steps:
        if isinstance(what, DatedPiece):
            time = clock_time(early, what.written.date) if early else None
            pieces.append(_Piece(what, label, time))
            early = ()
            if what.calendar == "gregorian":
                label = ""
        elif what == "time" and pieces and pieces[-1].time is None:
            of_day = pieces[-1].day.written.date
            pieces[-1] = pieces[-1]._replace(time=clock_time(listed[first:last], of_day))
        elif what == "time":
            early = listed[first:last]
        elif codes[first] in _LABELS:
            label = _LABELS[codes[first]]
    return tuple(pieces)


def _decided(pieces: Sequence[_Piece]) -> Written | None:
    """Return the one day that the days of a run stand for.

    A day in two calendars is the Gregorian one: that is printed, the other is computed.
    """
    gregorian = [piece for piece in pieces if piece.day.calendar == "gregorian"]
    if not gregorian:
        days = {piece.day.written for piece in pieces}
        return _complete(pieces[0], pieces) if len(days) == 1 else None
    best = min(gregorian, key=lambda piece: _label_order(piece.label))
    same_label = [piece for piece in gregorian if piece.label == best.label]
    if len({piece.day.written for piece in same_label}) > 1:
        return None
    return _complete(best, [piece for piece in pieces if piece.label in (best.label, "")])


def _complete(piece: _Piece, same_run: Sequence[_Piece]) -> Written:
    """Return a day with the time that stands beside it in either calendar."""
    date = piece.day.written
    others = [each.day.written.date for each in same_run if each.day.calendar != "gregorian"]
    disputed = piece.day.calendar == "gregorian" and any(
        other and date.date and abs((other - date.date).days) > _MAX_DAYS_APART for other in others
    )
    time = piece.time or next((each.time for each in same_run if each.time), None)
    return date._replace(time=time, label=piece.label, disputed=disputed)


def _label_order(label: Label) -> int:
    return ("published", "", "updated").index(label)
