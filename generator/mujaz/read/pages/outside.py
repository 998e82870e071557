"""What stands on a page beside its article: menus, lists and links to others."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from mujaz.arabic.normalise import fold_spaces
from mujaz.read.markup import MarkupLine, letters
from mujaz.read.pages.layout import Layout, prose_weight

_MIN_LINK_WORDS = 4
"""Of a link whose text is a headline rather than a menu's entry."""
_MIN_BLOCK_LETTERS = 400
_MAX_LINKS_APART = 20
"""Of one line, that are told apart."""
_MIN_LINKED_SHARE = 0.8
"""Letters of a line in links, from which it is one."""
# Times, days, and names of other sites' services.
_NOT_IN_HEADLINE = re.compile(r"\d:\d\d|\d[/-]\d+[/-]\d|^\W*[A-Za-z]")


def outside_lines(
    seen: Sequence[MarkupLine], inside: Container[int], title: str
) -> list[MarkupLine]:
    """Return the lines of the page that are no part of the article, of which `inside` are."""
    headline = letters(title)
    return [
        each
        for number, line in enumerate(seen)
        if number not in inside and line.tag != "title" and letters(line.text) not in ("", headline)
        for each in _links_apart(line)
    ]


def _links_apart(line: MarkupLine) -> Sequence[MarkupLine]:
    """Return a line for each link, if `line` is nothing but several links side by side."""
    if line.linked <= _MIN_LINKED_SHARE:
        return (line,)
    links = islice(line.element.iter("a"), _MAX_LINKS_APART)
    texts = [fold_spaces("".join(link.itertext())) for link in links]
    if len(texts) < 2 or letters("".join(texts)) != letters(line.text):
        return (line,)
    return [replace(line, text=text, pieces=(text,)) for text in texts if letters(text)]


def other_article(seen: Sequence[MarkupLine], inside: Container[int], title: str) -> str | None:
    """Return the headline of another long article on the page, or None."""
    sizes: dict[Any, int] = {}
    headlines: dict[Any, str] = {}
    for number, line in enumerate(seen):
        article = next(line.element.iterancestors("article"), None)
        if article is None or number in inside:
            continue
        if line.tag == "h1" and letters(line.text) != letters(title):
            headlines.setdefault(article, line.text)
        sizes[article] = sizes.get(article, 0) + prose_weight(line)
    long = (each for each in headlines if sizes[each] >= _MIN_BLOCK_LETTERS)
    return next((headlines[each] for each in long), None)


def is_headline_link(line: MarkupLine) -> bool:
    """Whether `line` is a link that names another article, and no menu's entry or programme."""
    return (
        line.linked > _MIN_LINKED_SHARE
        and line.chrome not in ("nav", "footer")
        and len(line.text.split()) >= _MIN_LINK_WORDS
        and not _NOT_IN_HEADLINE.search(line.text)
    )


def other_block(layout: Layout, seen: Sequence[MarkupLine], inside: Container[int]) -> str | None:
    """Return the beginning of a block on the page that is larger than the article, or None."""
    blocks: dict[Any, list[MarkupLine]] = {}
    for number, line in enumerate(seen):
        if number not in inside and prose_weight(line) and not layout.is_beside(line.element):
            blocks.setdefault(line.element.getparent(), []).append(line)
    sizes = {each: sum(map(prose_weight, lines)) for each, lines in blocks.items()}
    largest = max(sizes, key=sizes.__getitem__, default=None)
    size = sum(prose_weight(line) for number, line in enumerate(seen) if number in inside)
    if largest is None or sizes[largest] < max(_MIN_BLOCK_LETTERS, size):
        return None
    return blocks[largest][0].text
