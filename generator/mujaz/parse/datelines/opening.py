"""Takes dateline and byline out of an article's lines: above its text, at its head, at its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mujaz.arabic.normalise import key
from mujaz.model import Stated
from mujaz.parse.datelines.dateline import NO_DATELINE, Dateline
from mujaz.parse.datelines.formulas import (
    MAX_SIGNATURE_CHARACTERS,
    is_repeated,
    is_same,
    opens_document,
    signature_at_end,
    split_desk,
    split_name_before_lead,
)
from mujaz.parse.datelines.lines import (
    is_name_alone,
    read_line,
    rest_after,
    split_inline,
)
from mujaz.parse.datelines.listed import has_role
from mujaz.parse.datelines.offices import is_office_below, office_start
from mujaz.parse.datelines.parts import Names, parts_of
from mujaz.parse.datelines.pieces import pieces_of
from mujaz.parse.datelines.shapes import people_named, tidy
from mujaz.parse.datelines.statements import field_of_authors, span_of, stated_by, values_of
from mujaz.parse.lines import Line
from mujaz.parse.vocabulary import SiteVocabulary

_MAX_DATELINES = 4
"""Lines, one below the other, that publisher, place, authors and day may be spread over."""
_MAX_STANDFIRSTS, _MAX_STANDFIRST_WORDS = 5, 20
"""Lines above a dateline that are headlines below the headline, and words of each."""
_LIST_MARKS = frozenset("-–—")
_BEFORE_SIGNATURE = "-*–—ـ "
_MAX_STANDFIRST_CHARACTERS, _MIN_LONGER_BY = 120, 20
"""Of a line above a dateline; by how many the line above a signature is longer than that."""


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
    field, by_field = field_of_authors(stated, names)
    reader = _Reader(list(body), headline, names, field, by_field)
    reader.read_lines_above()
    reader.read_head()
    reader.read_office()
    reader.read_signature()
    others = {name: each for name, each in stated.items() if name != "authors"}
    rule = stated["authors"].rule if field else ""
    spans = {
        name: span
        for name, value in values_of(reader.dateline).items()
        if (span := span_of(name, value, reader.taken))
    }
    fields = {
        **stated_by(reader.dateline, "dateline"),
        **stated_by(by_field, "field of authors"),
        **({"authors": Stated(by_field.authors, rule)} if by_field.authors else {}),
        **others,
    }
    texts = tuple(reader.heads.get(line.start, line.text) for line in reader.rest)
    return Opening(texts, fields, spans, tuple(reader.cut_above), tuple(reader.cut_below))


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
            if line.text.endswith(":") or line.words[:1] == self.rest[first].words[:1]:
                return  # things are enumerated: «كتاب الطيور», «كتاب النهر»
            if self._take_line(first, is_below=True):
                return

    def _take_line(self, index: int, *, is_below: bool) -> bool:
        """Take a line if it is a dateline; `is_below` if other lines stand between."""
        line = self.rest[index]
        if rest_after(line.text, self.field) == "" and self.stated:
            self.taken.append(self.rest.pop(index))
            if self._has_idle_words(line.text, self.stated):
                self.cut_above.append(line)
            return True
        if not is_below and has_role(key(line.text), "desks"):
            self.cut_above.append(self.rest.pop(index))
            return True
        result = read_line(line.text, self.names)
        if not result:
            return False
        if is_below and not (result.authors or result.source or result.agency):
            return False
        if result.authors and is_name_alone(line.text, self.names):
            if self._has_no_signature(self.rest[:index]):
                return False
            others = [each.text for each in self.rest if each is not line]
            if not self._is_columnist(result.authors[0]):
                others.append(self.headline)
            if self.stated.authors or is_repeated(result.authors[0], others):
                # Whom the text names as well is shown by a picture.
                if is_same(result.authors, self.stated.authors):
                    self.taken.append(self.rest.pop(index))
                    return True
                if is_below:
                    return False
                self.cut_above.append(self.rest.pop(index))
                return True
        self.rest.pop(index)
        is_empty = result == Dateline(photographers=result.photographers)
        if is_empty or self._has_idle_words(line.text, result):
            self.cut_above.append(line)
        if not is_empty:
            self.taken.append(line)
        self.dateline = self.dateline.completed_by(result)
        return True

    def _place_of_signature(self, line: str) -> str | None:
        """Return the place in a last line that is a dash and a place, as letters of readers end."""
        place = tidy(line)
        is_signed = line[:1] in _LIST_MARKS and self.rest[-2].text[:1] not in _LIST_MARKS
        return place if is_signed and self.names.vocabulary.is_place(place) else None

    def _has_no_signature(self, lines: Iterable[Line]) -> bool:
        """Whether a name alone is no author's: below a decree, or where an agency is stated."""
        is_of_agency = bool(self.stated.agency) and not self.stated.authors
        return is_of_agency or any(opens_document(line.text) for line in lines)

    def _has_idle_words(self, text: str, result: Dateline) -> bool:
        """Whether a dateline has words that no field takes up, such as `متابعات`."""
        parts = [*parts_of(pieces_of(text), self.names)]
        kinds = {part.kind for part in parts}
        if kinds & {"nobody", "photographers", "prose"} or (
            "writers" in kinds and (not result.authors or parts[-1].kind == "writers")
        ):
            return True
        # Of several places the first is the article's, and a day needs its year.
        said = f" {key(' '.join((result.place or '', *result.authors)))} "
        places = (key(part.text) for part in parts if part.kind == "place")
        return any(f" {place} " not in said for place in places) or (
            "day" in kinds and not result.date
        )

    def _is_columnist(self, name: str) -> bool:
        """Whether the headline is a column's: its author, a colon, and what it is about."""
        author, colon, _ = self.headline.partition(":")
        return bool(colon) and key(author) == key(name)

    def read_head(self) -> None:
        """Take the dateline that the first paragraph begins with, or the one below a standfirst."""
        for line in self.rest[:2]:
            rest = rest_after(line.text, self.field) if self.stated else None
            result = NO_DATELINE
            if rest is None and not (self.dateline.source or self.dateline.agency):
                result, rest = split_inline(line.text, self.names)
                rest = rest if result else None
                is_first = rest is None and line is self.rest[0]
                if is_first and (self._cut_desk(line) or self._take_name_before_lead(line)):
                    return
            if rest and key(rest):
                self.dateline = self.dateline.completed_by(result)
                self.heads[line.start] = rest.lstrip()
                self.taken.append(line)
                head = line.text[: len(line.text) - len(rest)]
                if self._has_idle_words(head, result or self.stated):
                    self.cut_above.append(Line(head.strip(), line.start))
                return
            if line.ends_sentence or len(line.text) > _MAX_STANDFIRST_CHARACTERS:
                return

    def read_office(self) -> None:
        """Cut what the writer is, below the text of somebody whose name is known."""
        if not self.rest or not (self.stated.authors or self.dateline.authors):
            return
        last = self.rest[-1]
        text = self.heads.get(last.start, last.text)
        start = office_start(text)
        if len(self.rest) > 1 and is_office_below(self.rest[-2].text, text):
            self.cut_below.append(self.rest.pop())
        elif start is not None:
            self.cut_below.append(last.part(len(last.text) - len(text) + start))
            self.heads[last.start] = text[:start].rstrip()

    def _cut_desk(self, line: Line) -> bool:
        desk, text = split_desk(line.text)
        if desk:
            self.heads[line.start] = text
            self.cut_above.append(Line(desk, line.start))
        return bool(desk)

    def _take_name_before_lead(self, line: Line) -> bool:
        """Take the columnist's name of the headline, if the text begins with it once more."""
        name, text = split_name_before_lead(line.text, self.headline)
        if not name or self.stated.authors or self.dateline.authors:
            return False
        self.heads[line.start] = text
        self.taken.append(line)
        self.dateline = self.dateline.completed_by(Dateline(authors=(name,)))
        return True

    def read_signature(self) -> None:
        """Take the byline that stands below the text, or at its very end."""
        if not self.rest:
            return
        if len(self.rest) > 1 and self._take_last_line():
            return
        last = self.rest[-1]
        is_signed = self.stated.authors or self.dateline.authors
        match = None
        if not is_signed:
            above = self.headline if len(self.rest) == 1 else None
            match = signature_at_end(last.text, headline=above)
        if match and not self._has_no_signature(self.rest):
            text = self.heads.get(last.start, last.text)
            self.heads[last.start] = text[: len(text) - len(match[0])].rstrip()
            self.taken.append(last)
            signed = Dateline(authors=tuple(people_named(tidy(match[1]))))
            self.dateline = self.dateline.completed_by(signed)

    def _take_last_line(self) -> bool:
        """Take the last line if it says who wrote the text, or who took its pictures."""
        *_, above, last = self.rest
        # One of many lines of its kind is part of a list.
        is_below_text = len(above.text) > len(last.text) + _MIN_LONGER_BY or above.ends_sentence
        if len(last.text) > MAX_SIGNATURE_CHARACTERS or not is_below_text:
            return False
        result = read_line(last.text.lstrip(_BEFORE_SIGNATURE), self.names)
        authors = self.stated.authors or self.dateline.authors
        if result.photographers and not result.authors:
            self.cut_below.append(self.rest.pop())
            return True
        is_name = bool(result.authors) and is_name_alone(
            last.text.lstrip(_BEFORE_SIGNATURE), self.names
        )
        if is_name and (last.text[:1] == "(" or self._has_no_signature(self.rest[:-1])):
            return False
        if not result.authors:
            result = Dateline(place=self._place_of_signature(last.text))
        elif authors and not is_same(result.authors, authors):
            return False
        if not result:
            return False
        self.taken.append(self.rest.pop())
        self.dateline = self.dateline.completed_by(result)
        return True
