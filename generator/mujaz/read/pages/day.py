"""The day that stands beside the headline of a page."""

from __future__ import annotations

from collections.abc import Sequence

from mujaz.arabic.calendars import parse_date
from mujaz.model import Stated
from mujaz.read.markup import MarkupLine
from mujaz.read.pages.headline import headline_index

_LINES_BEFORE, _LINES_AFTER = 4, 6
"""The headline, among which its day may stand."""
_MAX_CREDIT_CHARACTERS = 80
"""A longer line below the headline begins the text."""


def day_near_headline(seen: Sequence[MarkupLine], title: str) -> Stated | None:
    """Return the day that stands by itself next to the headline, the nearest if there are several.

    Days elsewhere on a page are those of other articles, or of the visit.
    """
    index = headline_index(seen, title)
    if index is None:
        return None
    end = index + 1
    while end < min(len(seen), index + _LINES_AFTER + 1):
        if len(seen[end].text) > _MAX_CREDIT_CHARACTERS:
            break
        end += 1
    pieces = [
        (abs(i - index), piece)
        for i in range(max(index - _LINES_BEFORE, 0), end)
        if not seen[i].chrome
        for piece in (*seen[i].pieces, seen[i].text)
    ]
    for _, piece in sorted(pieces, key=lambda each: each[0]):
        day = parse_date(piece)
        if day:
            return Stated(day, "beside the headline")
    return None
