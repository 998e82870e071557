"""What changed between two versions of a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_TOKEN = re.compile(r"\n|[^\s]+")
_MOST_WORDS = 20_000
"""More, and the texts are compared as wholes: the comparison may take quadratic time."""


class Change(NamedTuple):
    """A run of words that stayed, went or came."""

    kind: Literal["same", "removed", "added"]
    text: str
    """Its words, with the line breaks among them."""


def word_changes(old: str, new: str) -> tuple[Change, ...]:
    """Return what makes `new` of `old`, in the order of the text; white space does not count."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) + len(after) > _MOST_WORDS:
        found = [Change("removed", _joined(before)), Change("added", _joined(after))]
    else:
        found = list(_compared(before, after))
    return tuple(change for change in found if change.text)


def _compared(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield Change("same", _joined(before[old_start:old_end]))
        else:
            yield Change("removed", _joined(before[old_start:old_end]))
            yield Change("added", _joined(after[new_start:new_end]))


def _joined(words: Sequence[str]) -> str:
    return re.sub(r" ?\n ?", "\n", " ".join(words))
