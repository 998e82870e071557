"""The text of a record: a string, HTML, a list of paragraphs, or the blocks of an editor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from mujaz.data import table
from mujaz.read.fields import TEXT_FIELDS, folded, names_by_field
from mujaz.read.markup import text_of_fragment

_MAX_DEPTH, _MAX_PARTS = 8, 5_000
"""Of blocks within blocks; articles have some hundred, four deep."""
_MUCH_LONGER = 2
"""So many times as long, a text under a lesser name is the whole one."""
_RAW = "raw"
"""What is called so has the page's menus in it."""
_INLINE_TYPES = frozenset(
    "text plain span link text_link a strong em bold italic underline mention hashtag".split()
)
"""Types of blocks that stand in a line with their neighbours."""


def text_of_record(record: Mapping[str, Any]) -> tuple[str, bool]:
    """Return the text of a record, and whether it is the whole one and no summary."""
    ranked = names_by_field(record)
    for field in TEXT_FIELDS:
        text = ""
        for name in ranked.get(field, ()):
            lines = lines_of(record[name])
            is_longer = text and len(lines) > _MUCH_LONGER * len(text) and _RAW not in name.lower()
            if not text or is_longer:
                text = lines
        if text:
            return text, field == "text"
    return "", False


def lines_of(value: Any) -> str:
    """Return the lines of a text, of a list of paragraphs, or of the blocks of an editor."""
    if isinstance(value, str):
        text = text_of_fragment(value).strip() if "<" in value else value.strip()
        return "" if text in _no_texts() else text
    if not isinstance(value, list | Mapping):
        return ""
    return "\n".join(line for line in (each.strip() for each in _parts(value)) if line)


def _parts(value: Any) -> Iterable[str]:
    """Return the paragraphs in `value`; the pieces of one line are put together."""
    paragraphs: list[str] = []
    budget = _MAX_PARTS

    def add(each: Any, depth: int, inline: bool) -> None:
        nonlocal budget
        budget -= 1
        if budget < 0 or depth > _MAX_DEPTH:
            return
        if isinstance(each, str):
            text = text_of_fragment(each) if "<" in each else each
            if inline and paragraphs:
                paragraphs[-1] += text
            else:
                paragraphs.append(text)
        elif isinstance(each, list):
            mixed = depth > 0 or any(isinstance(inner, str) for inner in each)
            is_line = mixed and any(_is_inline(inner) for inner in each)
            if is_line and not inline:
                paragraphs.append("")
            for inner in each:
                add(inner, depth + 1, inline or is_line)
        elif isinstance(each, Mapping):
            for inner in _inner(each):
                add(inner, depth + 1, inline)

    add(value, 0, inline=False)
    return paragraphs


def _inner(part: Mapping[str, Any]) -> list[Any]:
    """Return what of a block is its text: what stands under the best name, or all of its parts."""
    names = {folded(name): name for name in part}
    sections = [part[names[each]] for each in ("summary", "headline", "sections") if each in names]
    if "sections" in names or ("headline" in names and "paragraphs" in names):
        return [*sections, *([part[names["paragraphs"]]] if "paragraphs" in names else [])]
    values = (part[names[each]] for each in _part_names() if each in names)
    value = next((each for each in values if isinstance(each, str | list | Mapping) and each), None)
    return [] if value is None else [value]


def _is_inline(part: Any) -> bool:
    """Whether `part` is a piece of a line: a span, a link, a hashtag."""
    if not isinstance(part, Mapping):
        return False
    return str(part.get("type") or part.get("_type")).lower() in _INLINE_TYPES


@cache
def _part_names() -> tuple[str, ...]:
    return tuple(map(folded, table("fields")["parts_of_texts"]))


@cache
def _no_texts() -> frozenset[str]:
    return frozenset(table("fields")["no_texts"])
