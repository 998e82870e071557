"""What a source changed in its article: the sentences that are others now, and how many."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from mujaz.arabic.normalise import DIGITS, key
from mujaz.arabic.tokens import sentences
from mujaz.compose.stories.sentences import shared, stems_of
from mujaz.data import table
from mujaz.model import Article

_MIN_SHARED = 0.5
"""Share of the weight of the shorter of two sentences that make one of the other."""
_Printed = tuple[dt.date | None, str, tuple[str, ...]]
"""A version of an article: when it was printed, its headline and paragraphs."""
_NUMBER = re.compile(r"\d+(?:[.,٫٬]\d+)*")


@dataclass(frozen=True, slots=True)
class ChangedSentence:
    """A sentence before and after a revision."""

    old: str
    """Empty if it was added."""
    new: str
    """Empty if it was taken out."""


@dataclass(frozen=True, slots=True)
class TextChange:
    """What one newer version of an article changed."""

    day: dt.date | None
    """When the newer version was published."""
    headline: ChangedSentence | None
    """The headline before and after, if it is another."""
    changed: tuple[ChangedSentence, ...]
    """Sentences that are other than they were, in the order of the newer text."""
    added: tuple[ChangedSentence, ...]
    removed: tuple[ChangedSentence, ...]

    @property
    def numbers(self) -> int:
        """How many numbers in the headline and in changed sentences are others."""
        return sum(map(_changed_numbers, filter(None, (self.headline, *self.changed))))

    @property
    def sentences_of_numbers(self) -> int:
        """How many of the changed sentences have other numbers."""
        return sum(bool(_changed_numbers(each)) for each in self.changed)


def text_changes_of(article: Article) -> list[TextChange]:
    """Return what the versions of an article changed, oldest first; spelling alone is no change."""
    printed: list[_Printed] = [
        (each.date, each.title, each.paragraphs) for each in article.versions
    ]
    printed.append((article.updated, article.title, article.paragraphs))
    compared = (_text_change(old, new) for old, new in pairwise(printed))
    return [
        each for each in compared if each.headline or each.changed or each.added or each.removed
    ]


def _text_change(old: _Printed, new: _Printed) -> TextChange:
    (_, old_title, old_body), (day, title, body) = old, new
    before, after = list(_sentences(old_body)), list(_sentences(body))
    matcher = SequenceMatcher(None, [*map(_meaning, before)], [*map(_meaning, after)], False)
    dropped: list[str] = []
    fresh: list[str] = []
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            dropped += before[old_start:old_end]
            fresh += after[new_start:new_end]
    moved = {*map(_meaning, dropped)} & {*map(_meaning, fresh)}
    dropped = [each for each in dropped if _meaning(each) not in moved]
    fresh = [each for each in fresh if _meaning(each) not in moved]
    changed, added = [], []
    for sentence in fresh:
        origin = _origin(sentence, dropped)
        if origin:
            dropped.remove(origin)
            changed.append(ChangedSentence(origin, sentence))
        else:
            added.append(ChangedSentence("", sentence))
    is_other = _meaning(old_title) != _meaning(title)
    headline = ChangedSentence(old_title, title) if is_other else None
    removed = tuple(ChangedSentence(each, "") for each in dropped)
    return TextChange(day, headline, tuple(changed), tuple(added), removed)


def _sentences(paragraphs: Sequence[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield from (each for each in sentences(paragraph) if key(each))


def _meaning(sentence: str) -> str:
    """Return what a change must change: letters and digits, but not whether it is today."""
    words = key(sentence).split()
    return "".join(word for word in words if word not in _relative_days())


def _origin(sentence: str, candidates: Sequence[str]) -> str:
    """Return the sentence that a newer one was made of; empty if none is like it."""
    stems = stems_of(sentence)

    def likeness(candidate: str) -> float:
        others = stems_of(candidate)
        return min(shared(stems, others), shared(others, stems))

    best = max(candidates, key=likeness, default="")
    return best if best and likeness(best) >= _MIN_SHARED else ""


def _changed_numbers(change: ChangedSentence) -> int:
    """Return how many numbers of the older sentence are others in the newer one."""
    old, new = (_numbers(text) for text in (change.old, change.new))
    return min(len(old - new), len(new - old))


def _numbers(text: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(text.translate(DIGITS)))


@cache
def _relative_days() -> frozenset[str]:
    return frozenset(map(key, table("story_words")["relative_days"]))
