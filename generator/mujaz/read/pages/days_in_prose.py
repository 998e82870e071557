"""Days within sentences: those of events, and never that of an article's publication."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from mujaz.arabic.calendars import find_date, read_date
from mujaz.arabic.normalise import fold_spaces

MAX_ELEMENT_CHARACTERS = 110
"""Of an element that says when an article was published; a longer one is a sentence."""
_STOP = re.compile(r"(?<![ap]\.m)(?<!\b[مص])[.!؟?…]\s*$", re.IGNORECASE)
_LEADS_TO_DAY = re.compile(
    r"^(?!\W*(?:بواسطة|بقلم|كتب|by\b|published|posted|(?:تم |آخر )?"
    r"(?:ن\u064f?شر\w*|حرر|(?:ال)?تحديث)\W*(?:في|يوم|بتاريخ|على|عبر|بواسطة|من قبل|هذا|:)))"
    r"\S+ .*(?<!\w)(?:في|يوم|حتى|منذ|بتاريخ|من|on|until)\s*$",
    re.IGNORECASE,
)
"""Words of a sentence, the last of which leads to its day."""
_INLINE = frozenset("time span b i em strong a u mark small font bdi bdo abbr".split())
_OF_PUBLICATION = re.compile(
    r"publish|pubdate|posted|(?:post|entry|article)[-_]?(?:date|time)", re.I
)


def is_in_prose(element: Any) -> bool:
    """Whether `element` is a `time` in a sentence of the text, and nothing says: of publication."""
    if element.tag != "time" or _OF_PUBLICATION.search(str(element.get("class") or "")[:400]):
        return False
    block = next((each for each in element.iterancestors() if each.tag not in _INLINE), None)
    if block is None or any(
        each.tag not in _INLINE for each in islice(block.iterdescendants(), 50)
    ):
        return False
    before, _, after = text_within(block).partition(text_within(element))
    is_alone = not before and not after
    return not is_alone and (
        len(text_within(block)) > MAX_ELEMENT_CHARACTERS
        or is_sentence(text_within(block))
        or bool(_LEADS_TO_DAY.search(before))
    )


def is_sentence(text: str) -> bool:
    """Whether `text` says more of a day than that something was published then."""
    if len(text) > MAX_ELEMENT_CHARACTERS or read_date(text):
        return False
    if _STOP.search(text):
        return True
    occurrence = find_date(text)
    if occurrence is None:
        return False
    leading = text[occurrence.start : occurrence.end].split(None, 1)[0]
    return bool(_LEADS_TO_DAY.search(text[: occurrence.start] + leading))


def text_within(element: Any) -> str:
    """Return the first texts in an element, white space folded; empty if it is a comment."""
    parts = islice(element.itertext("*"), 50)
    return fold_spaces(" ".join(parts)) if isinstance(element.tag, str) else ""
