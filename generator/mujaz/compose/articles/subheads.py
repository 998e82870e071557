"""Tells the subheads of a plain text from its paragraphs: it has no other mark of them.

A subhead is a short line without an end between paragraphs that both are whole. Verses, lists and
tables are runs of short lines, so their neighbours are not; what begins with a dash, a bullet or a
number is an entry of a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_MAX_CHARACTERS, _MAX_WORDS = 70, 10
"""Of a subhead."""
_MIN_BEFORE, _MIN_AFTER = 60, 100
"""Characters of the paragraphs that it stands between."""
_MAX_COLUMN_WORDS = 3
"""Of the title of what is no single report: «موجز دوليات»."""
_ENDS_SENTENCE = re.compile(r"[.!؟?…][»”\"')\]\s]*$|»$")
_ENDS_LINE = re.compile(r"[.!؟?…:،؛,;/\\-][»”\"')\]\s]*$")
_BEGINS_ENTRY = re.compile(r"^(?:[^\w«»\"“”'(\[]|\d+\s*[-.)/])")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
"""A word: rows of marks and of numbers have none."""
_IN_SENTENCE = re.compile(r"\s\.|\.\d|^[وف]?أما\s")
"""What stands in sentences that were cut in two, or end with a misplaced full stop."""


def subheads(title: str, paragraphs: Sequence[str]) -> frozenset[int]:
    """Return the numbers of those of an article's paragraphs that are subheads.

    Only a column or a round-up, which its short title says it is, begins with one.
    """
    first = 0 if len(title.split()) <= _MAX_COLUMN_WORDS else 1
    return frozenset(
        number
        for number in range(first, len(paragraphs) - 1)
        if _may_be(paragraphs[number])
        and (number == 0 or _is_whole(paragraphs[number - 1], _MIN_BEFORE))
        and _is_whole(paragraphs[number + 1], _MIN_AFTER)
    )


def begins_with_label(title: str, paragraphs: Sequence[str]) -> bool:
    """Return whether the first of an article's paragraphs is none, but what stood above its text.

    That was the caption of a picture, or a line over the headline: too little to open the text.
    """
    return (
        len(paragraphs) > 1
        and len(title.split()) > _MAX_COLUMN_WORDS
        and _may_be(paragraphs[0])
        and _is_whole(paragraphs[1], _MIN_AFTER)
    )


def _may_be(text: str) -> bool:
    """Return whether a line looks like a subhead by itself."""
    return (
        len(text) <= _MAX_CHARACTERS
        and len(text.split()) <= _MAX_WORDS
        and not _ENDS_LINE.search(text)
        and not _BEGINS_ENTRY.match(text)
        and not _IN_SENTENCE.search(text)
        and _LETTERS.search(text) is not None
    )


def _is_whole(text: str, at_least: int) -> bool:
    """Return whether a paragraph is prose of so many characters."""
    return len(text) >= at_least and _ENDS_SENTENCE.search(text) is not None
