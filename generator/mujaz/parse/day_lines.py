"""Lines that say when an article was published, among the others of its text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from mujaz.arabic.calendars import Written, find_date, read_date
from mujaz.arabic.normalise import key, word_key
from mujaz.data import table
from mujaz.errors import ANOTHER_HIJRI_DAY
from mujaz.model import Provenance, Stated
from mujaz.parse.lines import Line

MAX_CHARACTERS = 110
"""Of a line that says little more than a day."""
_LINES_ABOVE, _LINES_BELOW, _LABELLED_BELOW, _LINES_OF_HEAD = 6, 3, 2, 2
"""Of a text, among which such a line may stand."""
_ABOVE = "line above the headline"
_CONFIDENCE = {"line with the day": 0.95, _ABOVE: 0.9, "below the text": 0.8}
_OF_DISPUTED = 0.6
_STOP = re.compile(r"[.!؟?…]\s*$")
_SIGNS = ":،.,-–|"
_BEFORE_LABEL = frozenset(map(word_key, "تم تمت آخر اخر last first".split()))
_OF_ARTICLE = frozenset(map(word_key, "للخبر للمقال للمقالة للموضوع للمادة للتقرير للصفحة".split()))
_BY = frozenset(map(word_key, "بواسطة by".split()))
_PUBLISHING_LABELS = frozenset(map(word_key, "نشر نشرت النشر نشره نشرها منشور published".split()))
_DID = frozenset(map(word_key, "نشره نشرها".split()))
"""Who did follows at once."""
_IN = frozenset(map(word_key, "في على عبر in".split()))
_ON = frozenset(map(word_key, "يوم بتاريخ on".split()))
_MAX_NAME_WORDS = 3
"""Of a paper or a person, between the label and the day."""
_ENDS_SENTENCE = re.compile(r"[^\W\d_]{3,}[.!؟?]\s*$")


class DayLine(NamedTuple):
    """A line with the day of publication."""

    line: Line
    written: Written
    rule: str

    @property
    def stated(self) -> Stated:
        """The day, as a field of the article."""
        disputed = ANOTHER_HIJRI_DAY if self.written.disputed else ""
        return Stated(self.written.moment, self.rule + disputed)

    @property
    def provenance(self) -> Provenance:
        """Where the day comes from."""
        confidence = _OF_DISPUTED if self.written.disputed else _CONFIDENCE[self.rule]
        return Provenance(self.stated.rule, confidence, self.line.span)


class WithoutDays(NamedTuple):
    """A text, and what its lines said of its day."""

    body: tuple[Line, ...]
    day: DayLine | None
    cut: tuple[Line, ...]
    """Lines that were taken out of it and say more than the day, or another one."""

    def cut_for(self, fields: Mapping[str, Stated]) -> tuple[Line, ...]:
        """Return them with the line of the day, if a better word on the day left it unused."""
        if self.day is None or self.day.line in self.cut or self.day.rule == _ABOVE:
            return self.cut
        is_used = self.day.stated in (fields.get("date"), fields.get("updated"))
        return self.cut if is_used else (self.day.line, *self.cut)


def day_of_line(text: str) -> Written | None:
    """Return the day that a line states: it says no more than who published, and where.

    A sentence about something that was published, issued or changed one day is none.
    """
    if len(text) > MAX_CHARACTERS:
        return None
    date = read_date(text)
    if date is not None:
        return date if date.day else None
    if _STOP.search(text):
        return None
    occurrence = find_date(text)
    if occurrence is None or text[occurrence.end :].strip(" ،|-"):
        return None
    is_label = _is_label(text[: occurrence.start], text[occurrence.start :])
    return occurrence.written if is_label else None


def without_day_lines(above: Sequence[Line], body: Sequence[Line], *, is_page: bool) -> WithoutDays:
    """Return `body` without its lines that state a day, and the best of these days.

    They stand above the text or below it; `above` are lines above the headline, which are cut. A
    bare day below the text of a web page may be that of another article.
    """
    below = _days(body[-_LINES_BELOW:], "below the text")
    last = {line.start for line in body[-_LABELLED_BELOW:]}
    days = [
        *_days(_head(body), "line with the day"),
        *_days(reversed(above[-_LINES_ABOVE:]), _ABOVE),
        *(day for day in below if _may_end(day, last, is_page=is_page)),
    ]
    if days:
        of_documents = {line.start for i, line in enumerate(body) if _is_of_document(body, i)}
        days = [day for day in days if day.line.start not in of_documents]
    taken = {day.line.start for day in days}
    rest = tuple(line for line in body if line.start not in taken)
    if not rest:  # days are all there is: then they are the text
        return WithoutDays(tuple(body), None, ())
    best = min(days, key=lambda day: day.written.label == "updated", default=None)
    cut = (line for line in body if line.start in taken and not _is_said(line, best))
    return WithoutDays(rest, best, tuple(cut))


def _may_end(day: DayLine, last: Collection[int], *, is_page: bool) -> bool:
    """Whether a day below the text is that of the article; `last` are starts of lines."""
    return day.line.start in last if day.written.label else not is_page


def _is_said(line: Line, day: DayLine | None) -> bool:
    """Whether all that a line says is the day."""
    date = read_date(line.text)
    return date is not None and day is not None and date == day.written


def _head(body: Sequence[Line]) -> list[Line]:
    """Return the lines above the first paragraph."""
    head = list[Line]()
    for line in body[:_LINES_ABOVE]:
        if len(line.text) > MAX_CHARACTERS or _ENDS_SENTENCE.search(line.text):
            break
        head.append(line)
    return head


def _is_of_document(body: Sequence[Line], index: int) -> bool:
    """Whether a line is the day of a decree or a letter that the article quotes in full."""
    return any(_begins_document(line) for line in body[max(index - _LINES_OF_HEAD, 0) : index])


def _begins_document(line: Line) -> bool:
    """Whether a line is a document's number, or says that a document follows."""
    if len(line.text) > MAX_CHARACTERS:
        return False
    said, labels = f" {line.key} ", _of_documents()
    if said.startswith(labels["numbers"]):
        return any(letter.isdigit() for letter in said)
    is_followed = line.text.endswith(":")
    return any(
        said.endswith(each) or (is_followed and each in said) for each in labels["announced"]
    )


def _days(lines: Iterable[Line], rule: str) -> list[DayLine]:
    dated = ((line, day_of_line(line.text)) for line in lines)
    return [DayLine(line, date, rule) for line, date in dated if date and date.date]


def _is_label(before: str, dated: str) -> bool:
    """Whether `before` a day stands a label, with no more than who or what published, and where."""
    words = [word_key(word.strip(_SIGNS)) for word in before.split()]
    while words and words[0] in _BEFORE_LABEL:
        del words[0]
    if len(words) < 2 or words[0] not in _labels():
        return False
    label, link, *names = words
    if link in _OF_ARTICLE:
        return not names
    if label in _DID:
        link, names = label, words[1:]
    if not 1 <= len(names) <= _MAX_NAME_WORDS:
        return False
    is_on = word_key(dated.split()[0].strip(_SIGNS)) in _ON
    return link in _BY or (is_on and label in _PUBLISHING_LABELS and (link in _IN or label in _DID))


@cache
def _of_documents() -> Mapping[str, tuple[str, ...]]:
    labels = table("dates")["documents"]
    return {name: tuple(f" {key(each)} " for each in labels[name]) for name in labels}


@cache
def _labels() -> frozenset[str]:
    labels = table("dates")["labels"]
    return frozenset(word_key(word) for word in (*labels["published"], *labels["updated"]))
