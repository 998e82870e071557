"""Takes dateline and byline out of an article's lines: above its text, at its head, at its end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mujaz.arabic.normalise import clean, key
from mujaz.model import Stated
from mujaz.parse.datelines.dateline import NO_DATELINE, Dateline
from mujaz.parse.datelines.lines import (
    is_name_alone,
    read_field,
    read_line,
    rest_after,
    split_inline,
)
from mujaz.parse.datelines.parts import Names
from mujaz.parse.datelines.shapes import likeness, people_named, tidy
from mujaz.parse.lines import Line
from mujaz.parse.vocabulary import SiteVocabulary

_MAX_DATELINES = 4
"""Lines, one below the other, that publisher, place, authors and day may be spread over."""
_MAX_STANDFIRSTS, _MAX_STANDFIRST_WORDS = 5, 20
"""Lines above a dateline that are headlines below the headline, and words of each."""
_MAX_SIGNATURE_CHARACTERS = 70
_SIGNATURE = re.compile(
    r"(?<=[.!؟?…»”\"])\s*(?:[-*\u2010-\u2015]+|\s\u0640+)\s*([^\W\d_][^\n.:!؟?\d]{4,39})$"
)


@dataclass(frozen=True, slots=True)
class Opening:
    """An article's lines without dateline and byline, and what those and the document state."""

    texts: tuple[str, ...]
    """The paragraphs."""
    fields: Mapping[str, Stated]
    """What the document states, authors and all that stands in their field read as a dateline, and
    what else its text says."""
    spans: Mapping[str, tuple[int, int]]
    """Where the text says so, in characters of the cleaned text, by field."""
    cut_above: tuple[Line, ...] = ()
    """Lines above the text that say nothing of the article: whom its pictures show."""
    cut_below: tuple[Line, ...] = ()
    """Such lines below it: who took its pictures."""


def split_opening(
    body: Sequence[Line],
    headline: str,
    vocabulary: SiteVocabulary,
    stated: Mapping[str, Stated],
) -> Opening:
    """Return an article's lines without dateline and byline, and what those say."""
    source = stated.get("source")
    names = Names(vocabulary, key(str(source.value)) if source else "")
    field, by_field = _field_of_authors(stated, names)
    reader = _Reader(list(body), headline, names, field, by_field)
    reader.read_lines_above()
    reader.read_head()
    reader.read_signature()
    others = {name: each for name, each in stated.items() if name != "authors"}
    rule = stated["authors"].rule if field else ""
    spans = {
        name: span
        for name, value in _values(reader.dateline).items()
        if (span := _span(name, value, reader.taken))
    }
    fields = {
        **_stated(reader.dateline, "dateline"),
        **_stated(by_field, "field of authors"),
        **({"authors": Stated(by_field.authors, rule)} if by_field.authors else {}),
        **others,
    }
    texts = tuple(reader.heads.get(line.start, line.text) for line in reader.rest)
    return Opening(texts, fields, spans, tuple(reader.cut_above), tuple(reader.cut_below))


def _field_of_authors(stated: Mapping[str, Stated], names: Names) -> tuple[str, Dateline]:
    """Return the document's own field of authors, and what it says."""
    if "authors" not in stated:
        return "", NO_DATELINE
    value = stated["authors"].value
    text = clean(value if isinstance(value, str) else "، ".join(map(str, value))).strip()
    return text, read_field(text, replace(names, is_field=True))


def _values(dateline: Dateline) -> dict[str, Any]:
    """Return the fields of an article that a dateline gives."""
    values = {
        "source": dateline.source,
        "place": dateline.place,
        "authors": dateline.authors,
        "agency": dateline.agency,
        "date": dateline.date,
    }
    return {name: value for name, value in values.items() if value}


def _stated(dateline: Dateline, rule: str) -> dict[str, Stated]:
    return {name: Stated(value, rule) for name, value in _values(dateline).items()}


def _span(name: str, value: Any, lines: Sequence[Line]) -> tuple[int, int] | None:
    """Return where in the lines of datelines a value stands, else all of them up to the text."""
    word = value[0] if name == "authors" else str(value)
    for line in lines:
        index = line.text.find(word)
        if index >= 0:
            return line.start + index, line.start + index + len(word)
    return (lines[0].start, lines[-1].span[1]) if lines else None


class _Reader:
    """The lines of one article while datelines are taken out of them."""

    def __init__(
        self, lines: list[Line], headline: str, names: Names, field: str, stated: Dateline
    ) -> None:
        self.rest = lines
        self.headline = headline
        self.names = names
        self.field = field
        self.stated = stated
        self.dateline = NO_DATELINE
        self.taken: list[Line] = []
        self.cut_above: list[Line] = []
        self.cut_below: list[Line] = []
        self.heads: dict[int, str] = {}
        """Paragraphs without the dateline at their head or end, by the start of their lines."""

    def read_lines_above(self) -> None:
        """Take the lines above the text that are a dateline, or below a standfirst."""
        first = 0
        for _ in range(_MAX_DATELINES):
            if first >= len(self.rest) - 1 or not self._take_line(first, is_below=bool(first)):
                break
        if self.taken or self.cut_above:
            return
        while first < min(len(self.rest) - 2, _MAX_STANDFIRSTS):
            line = self.rest[first]
            if line.ends_sentence or len(line.words) > _MAX_STANDFIRST_WORDS:
                return
            first += 1
            if self._take_line(first, is_below=True):
                return

    def _take_line(self, index: int, *, is_below: bool) -> bool:
        """Take a line if it is a dateline; `is_below` if other lines stand between."""
        line = self.rest[index]
        if rest_after(line.text, self.field) == "" and self.stated:
            self.taken.append(self.rest.pop(index))
            return True
        result = read_line(line.text, self.names)
        if not result:
            return False
        if is_below and not (result.authors or result.source or result.agency):
            return False
        if result.authors and is_name_alone(line.text, self.names):
            others = [self.headline, *(each.text for each in self.rest if each is not line)]
            if self.stated.authors or is_repeated(result.authors[0], others):
                # Whom the text names as well is shown by a picture.
                if _is_same(result.authors, self.stated.authors):
                    self.taken.append(self.rest.pop(index))
                    return True
                if is_below:
                    return False
                self.cut_above.append(self.rest.pop(index))
                return True
        self.rest.pop(index)
        is_empty = result == Dateline(photographers=result.photographers)
        (self.cut_above if is_empty else self.taken).append(line)
        self.dateline = self.dateline.completed_by(result)
        return True

    def read_head(self) -> None:
        """Take the dateline that the first paragraph begins with, or the one below a standfirst."""
        for line in self.rest[:2]:
            rest = rest_after(line.text, self.field) if self.stated else None
            result = NO_DATELINE
            if rest is None and not (self.dateline.source or self.dateline.agency):
                result, rest = split_inline(line.text, self.names)
                rest = rest if result else None
            if rest and key(rest):
                self.dateline = self.dateline.completed_by(result)
                self.heads[line.start] = rest.lstrip()
                self.taken.append(line)
                return
            if line.ends_sentence or len(line.text) > 120:
                return

    def read_signature(self) -> None:
        """Take the byline that stands below the text, or at its very end."""
        if not self.rest:
            return
        last = self.rest[-1]
        authors = self.stated.authors or self.dateline.authors
        if len(self.rest) > 1 and len(last.text) <= _MAX_SIGNATURE_CHARACTERS:
            result = read_line(last.text.lstrip("-*–—ـ "), self.names)
            if result.photographers and not result.authors:
                self.cut_below.append(self.rest.pop())
                return
            if result.authors and (not authors or _is_same(result.authors, authors)):
                self.rest.pop()
                self.taken.append(last)
                self.dateline = self.dateline.completed_by(result)
                return
        match = None if authors else _SIGNATURE.search(last.text[-60:])
        if match and likeness(match[1]) == "person":
            text = self.heads.get(last.start, last.text)
            self.heads[last.start] = text[: len(text) - len(match[0])].rstrip()
            self.taken.append(last)
            signed = Dateline(authors=tuple(people_named(tidy(match[1]))))
            self.dateline = self.dateline.completed_by(signed)


def is_repeated(name: str, others: Iterable[str]) -> bool:
    """Whether a person is named elsewhere, be it by the last name."""
    last = key(name).split()[-1]
    return any(last in key(text) for text in others)


def _is_same(names: Sequence[str], others: Sequence[str]) -> bool:
    return {key(name).replace(" ", "") for name in names} <= {
        key(name).replace(" ", "") for name in others
    }
