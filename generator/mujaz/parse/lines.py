"""The lines of a page, where they stand, and what their form alone tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from mujaz.arabic.calendars import parse_date
from mujaz.arabic.normalise import clean, fold_spaces, key
from mujaz.arabic.phrases import Finder
from mujaz.data import table
from mujaz.model import Document
from mujaz.parse.remnants import without_remnants

_MAX_DAY_CHARACTERS = 110
_MAX_MARKER_CHARACTERS = 40
"""Decoration included."""
_SENTENCE_END = re.compile(r"[.!؟?…»”\"')\]](?:\s+|$)")
_MAX_UNFINISHED = 160
_WIDE_GAP = re.compile(r"\s{3,}")
_BLANK = "\xa0"
_BLANK_LINE = re.compile(r"[.!؟?…] ?[»”\")]?( \xa0+ [\xa0 ]*|\xa0+ \xa0[\xa0 ]*)(?=\S)")
"""What stands for the break between two paragraphs where a page's markup has been lost."""
_MIN_GLUED_HEADLINES, _MIN_GLUED_WORDS, _MAX_GLUED_WORDS = 3, 2, 25
# Two or more dots are a pause, and end headlines as well.
_FULL_STOP = re.compile(r"(?<!\.)\.[»”\"')\]\s]*$")


@dataclass(frozen=True)
class Line:
    """One line with something on it."""

    text: str
    """As written, without white space at its ends."""
    start: int
    """Where it begins, in characters of the cleaned text."""

    @cached_property
    def key(self) -> str:
        """Its comparison form."""
        return key(self.text)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The comparison forms of its words."""
        return tuple(self.key.split())

    @property
    def span(self) -> tuple[int, int]:
        """Start and end in characters of the cleaned text."""
        return self.start, self.start + len(self.text)

    @property
    def is_marker(self) -> bool:
        """Whether it only announces other articles' headlines."""
        # The length first: it spares the comparison form of every paragraph.
        return len(self.text) <= _MAX_MARKER_CHARACTERS and self.key in _markers()

    @property
    def is_inline_marker(self) -> bool:
        """Whether it announces other articles' headlines and names them on the same line."""
        head, colon, rest = self.text.partition(":")
        if not colon or len(head) > _MAX_MARKER_CHARACTERS or not rest.strip():
            return False
        return key(head) in _markers()

    @property
    def is_day(self) -> bool:
        """Whether it names a day, and nothing else."""
        return len(self.text) <= _MAX_DAY_CHARACTERS and parse_date(self.text) is not None

    @property
    def ends_sentence(self) -> bool:
        """Whether it ends in a full stop."""
        return bool(_FULL_STOP.search(self.text))

    @cached_property
    def parts(self) -> list[Line]:
        """The parts that it was cut into, as far as anyone asked for them."""
        return []

    def part(self, start: int, end: int | None = None) -> Line:
        """Return what of it stands from `start` to `end`, without white space at its ends."""
        text = self.text[start:end]
        offset = start + len(text) - len(text.lstrip())
        part = Line(text.strip(), self.start + offset)
        self.parts.append(part)
        return part

    @cached_property
    def is_glued(self) -> bool:
        """Whether it is several headlines with wide gaps between them."""
        pieces = _WIDE_GAP.split(self.text)
        if len(pieces) < _MIN_GLUED_HEADLINES:
            return False
        # What a sentence announces, verse by verse, is no list of headlines.
        is_announced = pieces[0].endswith(":") and key(pieces[0]) not in _markers()
        return not is_announced and all(
            _MIN_GLUED_WORDS <= len(piece.split()) <= _MAX_GLUED_WORDS for piece in pieces
        )

    @property
    def announces(self) -> bool:
        """Whether it is a sentence of the text that ends with the line below: «… الرابط:»."""
        return self.text.endswith(":") and len(self.text) > _MAX_MARKER_CHARACTERS

    @property
    def unfinished_start(self) -> int:
        """Where in it what follows its last sentence begins, if that is no sentence; else 0."""
        last = 0
        for match in _SENTENCE_END.finditer(self.text, max(0, len(self.text) - _MAX_UNFINISHED)):
            last = match.end()
        return 0 if last == len(self.text) else last

    def contains(self, other_key: str) -> bool:
        """Whether the words of `other_key` stand in it, one after the other."""
        return f" {other_key} " in f" {self.key} "

    def headline_share(self, headlines: Finder) -> tuple[int, float]:
        """Return the number of known headlines in it, and their share of its words."""
        matches = headlines.find(self.words)
        covered = sum(match.last - match.first for match in matches)
        return len(matches), covered / max(len(self.words), 1)


@dataclass(frozen=True, slots=True)
class Draft:
    """A document cut into lines, before anything is known of the site's other pages."""

    document: Document
    lines: tuple[Line, ...]
    headline: Line | None = None
    """The headline, where the document states it apart from its text; it then starts at -1."""
    text: str = ""
    """The cleaned text that the lines were cut from; spans of provenance point into it."""

    @property
    def all_lines(self) -> tuple[Line, ...]:
        """The lines, with the headline first where the document states it apart."""
        return self.lines if self.headline is None else (self.headline, *self.lines)


def draft(document: Document) -> Draft:
    """Clean a document and cut it into lines."""
    title = None if document.has_headline else document.stated.get("title")
    headline = Line(fold_spaces(clean(str(title.value))), -1) if title else None
    document = without_remnants(document)
    text = clean(document.text)
    return Draft(document, split_lines(text), headline, text)


def split_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of cleaned `text` that hold at least one word."""
    lines: list[Line] = []
    start = 0
    for raw in text.split("\n"):
        line = _line(raw, start)
        if line is not None:
            lines += _paragraphs(line) if _BLANK in line.text else (line,)
        start += len(raw) + 1
    return tuple(lines)


def _line(raw: str, start: int) -> Line | None:
    """Return what of `raw` is no white space, if anything is."""
    text = raw.strip()
    return Line(text, start + raw.index(text)) if text else None


def _paragraphs(line: Line) -> Iterator[Line]:
    """Yield the paragraphs in a line that blanks set apart, after sentences."""
    start = 0
    for gap in _BLANK_LINE.finditer(line.text):
        yield Line(line.text[start : gap.start(1)], line.start + start)
        start = gap.end()
    yield Line(line.text[start:], line.start + start)


def joined(lines: Sequence[Line]) -> str:
    """Return the lines as written, one below the other."""
    return "\n".join(line.text for line in lines)


@cache
def _markers() -> frozenset[str]:
    return frozenset(key(marker) for marker in table("markers")["sidebar"])
