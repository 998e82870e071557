"""What changed between two versions of a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

_WORD = re.compile(r"\s*\S+\s*")
_MAX_COMPARED_WORDS = 3000
"""Words of a stretch that are compared: the time it takes grows faster than they do."""

ChangeKind = Literal["same", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of words that two versions of a text share, or that only one of them has."""

    kind: ChangeKind
    """`removed` if only the older one has it, `added` if only the newer one has."""
    text: str
    """The words with the white space after them."""


_Block = tuple[int, int, int]
"""Words that stayed: where they begin in the old and in the new text, and their number."""


def word_diff(old: str, new: str) -> tuple[Change, ...]:
    """Return the stretches of words that stayed, went and came, in reading order.

    The texts of `same` and `added` changes put together are `new`; the words of `same` and
    `removed` ones are those of `old`. White space alone is no change, but a single mark is:
    corrections are of spelling, too. Where words were replaced, those that went stand first; a
    lone word that stayed between two replaced stretches counts as replaced with them, so that
    readers see one change and no mosaic.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    blocks = _without_lone_words(
        _blocks([word.strip() for word in before], [word.strip() for word in after])
    )
    changes: list[Change] = []
    for (i, j, size), (next_i, next_j, _) in pairwise([(0, 0, 0), *blocks]):
        stretches: tuple[tuple[ChangeKind, list[str]], ...] = (
            ("same", after[j : j + size]),
            ("removed", before[i + size : next_i]),
            ("added", after[j + size : next_j]),
        )
        changes += [Change(kind, "".join(words)) for kind, words in stretches if words]
    return tuple(changes)


def _blocks(old: Sequence[str], new: Sequence[str]) -> list[_Block]:
    """Return what stayed, in order, and an empty block at the end."""
    shorter = min(len(old), len(new))
    start = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    rest = shorter - start
    end = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    middle: list[_Block] = []
    old_part, new_part = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(old_part), len(new_part)) <= _MAX_COMPARED_WORDS:
        matches = SequenceMatcher(None, old_part, new_part).get_matching_blocks()
        middle = [(start + i, start + j, size) for i, j, size in matches]
    tail = (len(old) - end, len(new) - end, end)
    return [b for b in ((0, 0, start), *middle, tail) if b[2]] + [(len(old), len(new), 0)]


def _without_lone_words(blocks: Sequence[_Block]) -> Iterator[_Block]:
    done_i = done_j = 0
    for (i, j, size), (next_i, next_j, _) in pairwise([*blocks, blocks[-1]]):
        replaced_before = i > done_i and j > done_j
        replaced_after = next_i > i + size and next_j > j + size
        if not (size == 1 and replaced_before and replaced_after):
            yield i, j, size
            done_i, done_j = i + size, j + size
