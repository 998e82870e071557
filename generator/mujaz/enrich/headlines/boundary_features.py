"""Describes the words of a line, for a network to tell where headlines begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from mujaz.arabic.normalise import key
from mujaz.data import table
from mujaz.data.word_vectors import WordVectors

_OPENING, _CLOSING = "\"'«“(", "\"'»”)"
_BARE, _NUMBER, _UNKNOWN = "bare", "number", "unknown"
_MARKS = "()…:!،؛?+."


class DescribedWord(NamedTuple):
    """What is known of a word as written, whatever stands around it."""

    features: tuple[int, ...]
    """Numbers of its features: punctuation, article, first letter, ending."""
    vector_rows: tuple[int, int]
    """Rows of the vectors of its first and its last part, as `و/أو` has two; -1 if it has none."""


def feature_numbers() -> Mapping[str, int]:
    """Return the number of each feature; they are in one order everywhere."""
    return _numbers()


@cache
def _numbers() -> Mapping[str, int]:
    tables = table("gaps")
    names = [*_MARKS, _BARE, _NUMBER, _UNKNOWN]
    for kind in ("articles", "initials", "endings"):
        names += [f"{kind} {each}" for each in tables[kind]]
    return {name: number for number, name in enumerate(names)}


def word_features(written: str, vectors: WordVectors) -> DescribedWord:
    """Return the features of a word with its punctuation."""
    parts = key(written).split()
    first, last = (parts[0], parts[-1]) if parts else ("", "")
    rows = _row(first, vectors), _row(last, vectors)
    names = [*_punctuation(written), *_shape(first, last)]
    if first and rows[0] < 0:
        names.append(_UNKNOWN)
    return DescribedWord(tuple(_numbers()[name] for name in names), rows)


def _row(part: str, vectors: WordVectors) -> int:
    """Return the row of a word, or of what follows its conjunction; -1 if it has none."""
    row = vectors.row(part) if part else None
    if row is None and part.startswith("و"):
        row = vectors.row(part[1:])
    return -1 if row is None else row


def _shape(first: str, last: str) -> Iterator[str]:
    if not first:
        yield _BARE
        return
    if any(letter.isdigit() for letter in first):
        yield _NUMBER
    tables = table("gaps")
    article = _begins(first, tables["articles"])
    if article:
        yield f"articles {article}"
    elif first[0] in tables["initials"]:
        yield f"initials {first[0]}"
    ending = next(
        (end for end in tables["endings"] if last.endswith(end) and len(last) > len(end) + 1), None
    )
    if ending:
        yield f"endings {ending}"


def _begins(word: str, articles: Sequence[str]) -> str:
    return next((a for a in articles if word.startswith(a) and len(word) > len(a) + 1), "")


def _punctuation(written: str) -> str:
    """Return the punctuation of a word, one mark for each function."""
    marks = ""
    if written[0] in _OPENING:
        marks += "("
    if written[-1] in _CLOSING:
        marks += ")"
    end = written.rstrip(_CLOSING)
    if end.endswith(("..", "\u2026")):
        marks += "\u2026"
    elif end and end[-1] in ".:!،؛":
        marks += end[-1]
    elif end and end[-1] in "?؟":
        marks += "?"
    if ".." in end[:-2].rstrip("."):
        marks += "+"
    return marks
