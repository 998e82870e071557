"""The text of the article on a page: which of its lines are that, in their order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mujaz.read.markup import CELL_SEPARATOR, MarkupLine, letters
from mujaz.read.pages.headline import headline_index
from mujaz.read.pages.layout import (
    MIN_LINKED_SHARE,
    Layout,
    ends_sentence,
    leads_to_other_sites,
    prose_weight,
    weight,
)
from mujaz.read.pages.notices import is_announcement, is_notice, without_addresses_of_posts
from mujaz.read.pages.region import lines_within, region_of

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARAGRAPHS = frozenset("p li dd dt blockquote pre tr td th".split())
_SOLID = frozenset((*_PARAGRAPHS, *_HEADINGS))
_MAX_LOOSE_LETTERS = 60
"""Of a line in no paragraph, before the text or after it, that is no part of it."""
_MAX_ANNOUNCED_LINKED = 0.3
_MIN_REPEATED_LETTERS, _MIN_BEGINNING_LETTERS = 80, 30
# As a dateline has them: «الرياض - واس», «(رويترز)», «كتبت ليلى:».
_DATELINE = re.compile(r"\s[-–—/|]\s?\D|[:：]\s*$|^\s*\(|\)\s*$")


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of an article, and which lines of its page that is."""

    paragraphs: tuple[str, ...] = ()
    lines: frozenset[int] = frozenset()
    """Indices of the page's lines."""


def text_of_page(layout: Layout, seen: Sequence[MarkupLine], title: str) -> PageText:
    """Return the article on a page, without its headline and what stands above that."""
    numbers = [
        number
        for number, line in enumerate(seen)
        if line.tag != "title" and not layout.is_furniture(line.element)
    ]
    start = headline_index(seen, title)
    first = numbers.index(start) if start in numbers else None
    if first is not None:
        numbers = _up_to_next_article(numbers, seen, first)
    lines = [seen[number] for number in numbers]
    inside = lines_within(region_of(layout, lines, first), lines)
    if first is not None and any(index > first for index in inside):
        inside = [index for index in inside if index > first]
        leads = (index for index in range(first + 1, inside[0]) if prose_weight(lines[index]))
        inside = [*leads, *inside]
    chosen = _without_other_things([numbers[index] for index in inside], seen, letters(title))
    texts = ((number, without_addresses_of_posts(seen[number].text)) for number in chosen)
    written = {number: text for number, text in texts if weight(text)}
    return PageText(tuple(written.values()), frozenset(written))


def _up_to_next_article(
    numbers: Sequence[int], seen: Sequence[MarkupLine], first: int
) -> list[int]:
    """Return `numbers` up to the next headline like the one at `first`: pages may go on."""
    headline = seen[numbers[first]]
    for index in range(first + 1, len(numbers)):
        line = seen[numbers[index]]
        if line.tag == headline.tag == "h1" and line.text != headline.text:
            one, other = headline.element.getparent(), line.element.getparent()
            if one is not other and _look(one) == _look(other):
                return list(numbers[:index])
    return list(numbers)


def _look(element: Any) -> tuple[str, str]:
    return element.tag, element.get("class") or ""


def _without_other_things(
    numbers: Sequence[int], seen: Sequence[MarkupLine], title: str
) -> list[int]:
    """Return those of the lines `numbers` that are neither links elsewhere nor notices."""
    lists = _lists_of_links(numbers, seen)
    chosen: list[int] = []
    texts: set[str] = set()
    is_announced = False
    for number in numbers:
        line = seen[number]
        if is_announcement(line):
            is_announced = True
            _drop_headings(chosen, seen)
            continue
        if is_announced and (line.linked > _MAX_ANNOUNCED_LINKED or line.tag in _HEADINGS):
            continue
        is_announced = is_announced and not prose_weight(line)
        if line.tag == "li" and chosen and seen[chosen[-1]].text.endswith(":"):
            lists -= {line.element.getparent()}  # it is announced by the text
        if is_notice(line.text) or _is_link_elsewhere(line, lists):
            continue
        text = letters(line.text)
        if text == title or (text in texts and prose_weight(line) >= _MIN_REPEATED_LETTERS):
            continue
        texts.add(text)
        chosen.append(number)
    _drop_headings(chosen, seen)
    return _without_loose_lines(_without_beginnings(chosen, seen), seen)


def _without_beginnings(chosen: Sequence[int], seen: Sequence[MarkupLine]) -> list[int]:
    """Return `chosen` without lines that are only the beginning of another one, cut off."""
    texts = [letters(seen[number].text) for number in chosen]
    cut = {
        index
        for index, number in enumerate(chosen)
        if seen[number].text.endswith(("…", "..."))
        and len(texts[index]) >= _MIN_BEGINNING_LETTERS
        and any(each.startswith(texts[index]) for each in texts if each != texts[index])
    }
    return [number for index, number in enumerate(chosen) if index not in cut]


def _lists_of_links(numbers: Sequence[int], seen: Sequence[MarkupLine]) -> frozenset[Any]:
    """Return the lists most entries of which are links."""
    entries: Counter[Any] = Counter()
    links: Counter[Any] = Counter()
    for line in (seen[number] for number in numbers):
        if line.tag == "li":
            entries[line.element.getparent()] += 1
            links[line.element.getparent()] += line.linked > MIN_LINKED_SHARE
    return frozenset(
        each
        for each, count in entries.items()
        if links[each] > count / 2 and not leads_to_other_sites(each)
    )


def _is_link_elsewhere(line: MarkupLine, lists: frozenset[Any]) -> bool:
    """Whether `line` only links elsewhere, and is no entry of a list that belongs to the text."""
    if line.linked <= MIN_LINKED_SHARE or ends_sentence(line.text):
        return False
    if line.tag == "tr" and line.text.count(CELL_SEPARATOR):
        return False
    return line.tag != "li" or line.element.getparent() in lists


def _drop_headings(chosen: list[int], seen: Sequence[MarkupLine]) -> None:
    """Take the headings off the end: what they announced is not there."""
    while chosen and seen[chosen[-1]].tag in _HEADINGS:
        chosen.pop()


def _without_loose_lines(chosen: Sequence[int], seen: Sequence[MarkupLine]) -> list[int]:
    """Return `chosen` without the short lines before the first paragraph and after the last."""
    solid = [
        index
        for index, number in enumerate(chosen)
        if prose_weight(seen[number]) or seen[number].tag in _SOLID
    ]
    if not solid:
        return list(chosen)
    first, last = solid[0], solid[-1]
    solid_lines = [
        number
        for index, number in enumerate(chosen)
        if first <= index <= last or not _is_loose(seen[number].text)
    ]
    _drop_headings(solid_lines, seen)
    return solid_lines


def _is_loose(text: str) -> bool:
    """Whether `text`, in no paragraph, is too short to be one, and no dateline."""
    return weight(text) < _MAX_LOOSE_LETTERS and not (ends_sentence(text) or _DATELINE.search(text))
