"""How it reads why a story stands where it does: lines for people, objects for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # which needs all stages
    from mujaz.review import Standing

_MOVED = {
    "pin": "an editor pinned it, so it comes first",
    "breadth": "its section has its third of the places, so it counts for nine tenths",
    "notice": "it is a notice, so it is in no edition",
}


def standing_object(standing: Standing) -> dict[str, Any]:
    """Return the object that `explain --story --json` prints."""
    entry, parts = standing.entry, standing.entry.importance
    return {
        "day": standing.day.isoformat(),
        "place": standing.place,
        "numbered": standing.is_numbered,
        "id": entry.id,
        "title": entry.title,
        "section": entry.section,
        "score": entry.score / 100,
        "parts": [
            {"part": part, "count": count, "points": points} for part, count, points in parts.parts
        ],
        "news_value": parts.news_value / 10_000,
        "moved": entry.moved or None,
    }


def standing_lines(standing: Standing) -> Iterator[str]:
    """Yield the same for people."""
    entry, parts = standing.entry, standing.entry.importance
    outside = "" if standing.is_numbered else ", behind the end"
    yield f"{standing.day} {standing.place}. {entry.title}{outside}"
    for part, count, points in parts.parts:
        yield f"   {part}: {count}, which give {points} points"
    value = f"{parts.news_value / 10_000:.2f}"
    section = f" ({entry.section})" if entry.section else ""
    score = parts.score / 100
    yield f"   root of {parts.points} points, times news value {value}{section}: {score}"
    if entry.moved:
        yield f"   {_MOVED[entry.moved]}: {entry.score / 100}"
