"""Reads what stands in the place of a dateline: a field, a line, the head or the end of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mujaz.arabic.calendars import parse_date
from mujaz.arabic.normalise import has_words, key
from mujaz.arabic.press.agencies import agency_named
from mujaz.parse.datelines.dateline import NO_DATELINE, Dateline
from mujaz.parse.datelines.parts import Names, Part, parts_of
from mujaz.parse.datelines.pieces import BLANKS, Piece, pieces_of
from mujaz.parse.datelines.reader import Reading, read_parts
from mujaz.parse.datelines.shapes import (
    has_shape_of_name,
    is_family_name,
    is_surely_name,
    tidy,
)
from mujaz.parse.vocabulary import SiteVocabulary

_MAX_FIELD_CHARACTERS, _MAX_LINE_CHARACTERS, _MAX_INLINE_CHARACTERS = 200, 110, 130
_MAX_INLINE_PIECES, _MIN_GLUED_WORDS = 8, 3
_TELLS_OF_ISSUE = re.compile(r"(?:صدر|عدل|أضيف|أدرج)ت? (?!في |عن |:)\S")
"""What was issued, changed or added one day: a sentence, whose subject is no name."""
_DASHES = frozenset("-–—")
_MAX_PARTS_AFTER_TOWN = 2
_MIN_TEXT_WORDS = 5
"""After a paper alone and a colon; what is shorter is said of it."""
_RELATIVES = ("التي ", "الذي ", "وهي ", "وهو ")
_ENDS_SENTENCE = re.compile(r"[؟?!…]|(?<=[^\W\d_]{2})\.(?=\s|$)")
_LETTER = re.compile(r"\w")
_TERMINATOR = re.compile("[:\u2010-\u2015\u0640_-]")
_CLOSING = re.compile("[:)\u2010-\u2015\u0640_-]")
"""What may end the dateline at the head of a paragraph."""
_OPENERS = re.compile(r"(?<=[\s:\u2010-\u2015\u0640_-])[«“\"(\[{][«“\"(\[{\s]*\Z")


def read_field(text: str, names: Names) -> Dateline:
    """Return what a field of authors says, which datelines stand in as well as names."""
    if len(text) > _MAX_FIELD_CHARACTERS:
        return NO_DATELINE
    parts = [*parts_of(pieces_of(text), names)]
    if len(parts) == 1 and parts[0].kind == "word":
        return Dateline(authors=_single_name(parts[0]))
    reading = read_parts(parts, names)
    is_sentence = any(part.kind == "prose" for part in parts) and not reading.has_person
    if is_sentence:
        reading.authors.clear()
    return reading.dateline


def _single_name(part: Part) -> tuple[str, ...]:
    """Return a name of one word, as authors may state themselves."""
    name = tidy(part.text)
    return (name,) if name.isalpha() and len(name) > 2 else ()


def read_line(line: str, names: Names) -> Dateline:
    """Return what `line`, standing alone under a headline, says if it is a dateline or byline."""
    if len(line) > _MAX_LINE_CHARACTERS or _ENDS_SENTENCE.search(line):
        return NO_DATELINE
    day = parse_date(line)
    if day:
        return Dateline(date=day)
    # A row of a table, or signs alone, is no dateline either.
    if _TELLS_OF_ISSUE.match(line) or not has_words(line):
        return NO_DATELINE
    pieces = pieces_of(line)
    parts = [*parts_of(pieces, names)]
    reading = read_parts(parts, names)
    is_closed = bool(pieces) and ":" in pieces[-1].after
    if is_closed and _begins_with_unknown_town(reading, parts):
        reading.strange.clear()
    return reading.dateline if _is_dateline(reading, parts, is_closed=is_closed) else NO_DATELINE


def _begins_with_unknown_town(reading: Reading, parts: Sequence[Part]) -> bool:
    """Whether all that is strange is one word before a dash, a known paper, and maybe a person.

    It is where the report is from, or a heading; as no table has it, it is taken for neither.
    """
    first, *others = parts
    return (
        reading.strange == [first]
        and first.kind == "word"
        and bool(set(first.piece.after) & _DASHES)
        and len(others) <= _MAX_PARTS_AFTER_TOWN
        and others[0].kind == "source"
        and all(part.kind in ("source", "person", "maybe", "agency") for part in others)
    )


def is_dateline(line: str, vocabulary: SiteVocabulary) -> bool:
    """Whether `line`, standing alone, is a dateline or byline."""
    return bool(read_line(line, Names(vocabulary)))


def _is_dateline(reading: Reading, parts: Sequence[Part], *, is_closed: bool) -> bool:
    """Whether a line that comes to `reading` is a dateline, and nothing besides."""
    if reading.strange or _is_score(parts) or _leads_into_text(parts):
        return False
    is_marked = is_closed or reading.has_writer_word or reading.source or reading.agencies
    if reading.authors and not is_marked and not any(map(is_surely_name, reading.authors)):
        return False
    if reading.source or reading.agencies or reading.has_day:
        return True
    if reading.photographers:
        return True
    if reading.has_person:
        return True
    if reading.has_writer_word:
        return bool(reading.authors)
    # Several places, or one that a colon follows; in a row of a table they are cells.
    is_row = not is_closed and any("|" in part.text or "|" in part.piece.after for part in parts)
    return (
        bool(reading.places)
        and not reading.authors
        and (is_closed or (len(parts) > 1 and not is_row))
    )


def _is_score(parts: Sequence[Part]) -> bool:
    """Whether some parts are numbers in brackets: «تركيا (1) - اليونان (1)»."""
    return sum(part.piece.is_bracketed and part.text.isdigit() for part in parts) > 1


def _leads_into_text(parts: Sequence[Part]) -> bool:
    """Whether a colon stands after the first part, and nothing of a dateline after that."""
    if len(parts) < 2:
        return False
    first, *others = parts
    is_introduced = ":" in first.piece.after and first.kind != "writers"
    return is_introduced and not any(
        part.kind not in ("maybe", "word", "person")
        or part.piece.is_quoted
        or ":" in part.piece.after
        or is_surely_name(part.text)
        for part in others
    )


def is_name_alone(line: str, names: Names) -> bool:
    """Whether `line`, which was read as a dateline, is nothing but a person's name."""
    parts = [*parts_of(pieces_of(line), names)]
    return len(parts) == 1 and parts[0].kind == "person"


def split_inline(paragraph: str, names: Names) -> tuple[Dateline, str]:
    """Return the dateline at the head of `paragraph`, if there is one, and what follows it.

    Only what names a publisher, or a place beside a person or a day, counts: `وقال الوزير: …` and
    `دمشق: …` are prose.
    """
    head = paragraph[:_MAX_INLINE_CHARACTERS]
    if not _CLOSING.search(head):
        return NO_DATELINE, paragraph
    best, end = NO_DATELINE, 0
    parts: list[Part] = []
    last: Piece | None = None
    for piece in pieces_of(head)[:_MAX_INLINE_PIECES]:
        of_piece = [*parts_of([piece], names)]
        if _opens_text(piece, of_piece):
            break
        if any(part.kind == "prose" for part in of_piece) or _ENDS_SENTENCE.search(piece.text):
            if last and not best.place and (glued := _glued_word(piece, parts, names)):
                parts += parts_of([piece._replace(text=glued)], names)
                best = read_parts(parts, names).dateline
                end = paragraph.index(glued, last.end) + len(glued)
            break
        parts, last = [*parts, *of_piece], piece
        stop = _without_openers(head, piece)
        if _closes(piece, head[:stop]) and piece.end < len(paragraph):
            reading = read_parts(parts, names)
            if _is_inline_dateline(reading, parts, piece, paragraph[stop:].lstrip()):
                best, end = reading.dateline, stop
    return (best, paragraph[end:].lstrip()) if best else (NO_DATELINE, paragraph)


def _glued_word(piece: Piece, before: Sequence[Part], names: Names) -> str:
    """Return the last part of a dateline that runs into the text: «ليلى النجار – بيروت قالت …».

    Before it there is a person, or the paper that the document states.
    """
    if not set(piece.before) & set("-–—/ـ"):
        return ""
    is_own = any(key(part.text) == names.own_source for part in before)
    is_person = len(before) == 1 and _is_like_person(before[0])
    words = re.split(r"\s+", piece.text)
    for count in range(min(3, len(words) - _MIN_GLUED_WORDS), 0, -1):
        head = " ".join(words[:count])
        kinds = {part.kind for part in parts_of([piece._replace(text=head)], names)}
        is_part = kinds == {"place"} or key(head) == names.own_source
        if head in piece.text and (
            (is_part and is_person and not is_family_name(words[count]))
            or (is_own and (is_part or kinds == {"nobody"} or kinds == {"writers"}))
        ):
            return head
    return ""


def _is_like_person(part: Part) -> bool:
    return part.kind == "person" or (part.kind == "maybe" and has_shape_of_name(part.text.split()))


def _opens_text(piece: Piece, parts: Sequence[Part]) -> bool:
    """Whether a word in brackets after a colon begins the text: «سبق: (الظبي) هرب»."""
    is_after_colon = ":" in piece.before and piece.is_bracketed
    return is_after_colon and all(part.kind in ("word", "maybe") for part in parts)


def _without_openers(head: str, piece: Piece) -> int:
    """Return where a piece ends in `head`, without the marks that open what follows it."""
    openers = _OPENERS.search(head, 0, piece.end)
    return openers.start() if openers else piece.end


def _closes(piece: Piece, up_to: str) -> bool:
    """Whether what stands after a piece may be the end of a dateline; `up_to` ends there."""
    if up_to.count("(") > up_to.count(")"):
        return False
    is_bracketed = ")" in piece.after and "(" in up_to
    return is_bracketed or piece.after == BLANKS or bool(_TERMINATOR.search(piece.after))


def _is_inline_dateline(reading: Reading, parts: Sequence[Part], last: Piece, text: str) -> bool:
    if reading.strange or _is_score(parts):
        return False
    if len(parts) == 1 and not last.is_bracketed and _is_subject(parts[0], reading.names, text):
        return False
    has_colon = ":" in last.after
    has_place = bool(reading.places) or reading.has_day
    if reading.source or reading.agencies:
        is_marked = has_place or reading.has_person or len(parts) > 1 or last.is_bracketed
        return has_colon or is_marked or _is_unmistakable(parts[0])
    if reading.has_writer_word:
        return reading.has_person and (has_colon or bool(reading.places))
    return has_place and bool(reading.places) and (reading.has_person or reading.has_day)


def _is_subject(part: Part, names: Names, text: str) -> bool:
    """Whether a paper alone is what `text`, after it, speaks of: «الحياة: رحلة قصيرة»."""
    if key(part.text) == names.own_source:
        return False
    return len(text.split()) < _MIN_TEXT_WORDS or text.startswith(_RELATIVES)


def _is_unmistakable(part: Part) -> bool:
    """Whether an agency alone before a dash is no word of the language: «وفا- قال»."""
    return part.kind == "agency" and agency_named(part.text) not in _WORDS_TOO


_WORDS_TOO = frozenset("معا صفا مهر فارس شهاب بنا وال نوفا سبأ قنا".split())
"""Agencies that are called like words."""


def rest_after(paragraph: str, head: str) -> str | None:
    """Return what follows the words of `head`, if `paragraph` begins with them."""
    first, first_of_head = _LETTER.search(paragraph), _LETTER.search(head)
    if not first or not first_of_head or first[0] != first_of_head[0]:
        return None
    letters = key(head).replace(" ", "")
    taken = ""
    for match in re.finditer(r"\w+\W*", paragraph[: 2 * len(head) + 40]):
        taken += key(match[0]).replace(" ", "")
        if taken == letters:
            return paragraph[match.end() :]
        if not letters.startswith(taken):
            return None
    return None


def dateline_part(line: str) -> str:
    """Return the part of `line` that is examined for being, or beginning with, a dateline."""
    if len(line) <= _MAX_LINE_CHARACTERS:
        return line
    ends = [match.end() for match in _CLOSING.finditer(line[:_MAX_INLINE_CHARACTERS])]
    return line[: ends[-1]] if ends else ""
