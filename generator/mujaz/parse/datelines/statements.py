"""What a dateline gives the fields of an article, and where it says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from mujaz.arabic.normalise import clean
from mujaz.model import Stated
from mujaz.parse.datelines.dateline import NO_DATELINE, Dateline
from mujaz.parse.datelines.lines import read_field
from mujaz.parse.datelines.parts import Names
from mujaz.parse.lines import Line


def field_of_authors(stated: Mapping[str, Stated], names: Names) -> tuple[str, Dateline]:
    """Return the document's own field of authors, and what it says."""
    if "authors" not in stated:
        return "", NO_DATELINE
    value = stated["authors"].value
    text = clean(value if isinstance(value, str) else "، ".join(map(str, value))).strip()
    return text, read_field(text, replace(names, is_field=True))


def values_of(dateline: Dateline) -> dict[str, Any]:
    """Return the fields of an article that a dateline gives."""
    values = {
        "source": dateline.source,
        "place": dateline.place,
        "authors": dateline.authors,
        "agency": dateline.agency,
        "date": dateline.date,
    }
    return {name: value for name, value in values.items() if value}


def stated_by(dateline: Dateline, rule: str) -> dict[str, Stated]:
    """Return the fields that a dateline gives, under the name of the rule."""
    return {name: Stated(value, rule) for name, value in values_of(dateline).items()}


def span_of(name: str, value: Any, lines: Sequence[Line]) -> tuple[int, int] | None:
    """Return where in the lines of datelines a value stands, else all of them up to the text."""
    word = value[0] if name == "authors" else str(value)
    for line in lines:
        index = line.text.find(word)
        if index >= 0:
            return line.start + index, line.start + index + len(word)
    return (lines[0].start, lines[-1].span[1]) if lines else None
