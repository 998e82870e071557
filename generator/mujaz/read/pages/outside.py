"""What stands on a page beside its article: menus, lists and links to others."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from mujaz.read.markup import MarkupLine, letters

_MIN_LINK_WORDS = 4
"""Of a link whose text is a headline rather than a menu's entry."""
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
        line
        for number, line in enumerate(seen)
        if number not in inside and line.tag != "title" and letters(line.text) not in ("", headline)
    ]


def is_headline_link(line: MarkupLine) -> bool:
    """Whether `line` is a link that names another article, and no menu's entry or programme."""
    return (
        line.linked > _MIN_LINKED_SHARE
        and line.chrome not in ("nav", "footer")
        and len(line.text.split()) >= _MIN_LINK_WORDS
        and not _NOT_IN_HEADLINE.search(line.text)
    )
