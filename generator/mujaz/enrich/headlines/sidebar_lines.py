"""Tells what the lines are that were cut from around an article, and which headlines they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from mujaz.arabic.normalise import fold_spaces, key
from mujaz.arabic.tokens import word_list
from mujaz.model import Headline

_LONGEST = 25
"""Words: a longer line is several headlines glued together."""
_LISTED = 0.9
"""Confidence in a headline that stands on a line of its own among others that do."""
_SENTENCE = re.compile(r"(?<!\.)\.[»”\"')\]\s]*$")
"""The end of prose; more dots than one are a pause."""

Links = Sequence[str] | None
"""The lines that are links to other articles; None if the input does not tell."""
HeadlinesIn = Callable[[str], Sequence[Headline]]
"""Gives the headlines of a line."""


def lines_of(raw: str) -> list[str]:
    """Return the lines of what was cut."""
    return [line for line in raw.split("\n") if line.strip()]


def glued_lines(raw: str, links: Links) -> list[str]:
    """Return the lines that are several headlines; where links are known, none has to be split."""
    return [line for line in lines_of(raw) if links is None and _is_glued(line)]


def headlines_beside(
    raw: str, links: Links, known: HeadlinesIn, split: HeadlinesIn
) -> tuple[Headline, ...]:
    """Return the headlines beside an article that are sure enough to show, in their order.

    Sure are those of articles we hold, wherever they stand, the article's own among them; those
    listed one a line; and of glued ones, those whose ends the evidence agrees on.
    """
    lines = lines_of(raw)
    listed = links is None and sum(1 for line in lines if _is_listed(line)) >= 3
    found: dict[str, Headline] = {}
    for number, line in enumerate(lines):
        if links is None and _is_glued(line):
            headlines = split(line)
        else:
            headlines = known(line)
            alone = line in links if links is not None else listed and number > 0
            if alone and not headlines and _is_listed(line):
                headlines = (Headline(fold_spaces(line), _LISTED),)
        for headline in headlines:
            found.setdefault(key(headline.text), headline)
    return tuple(found.values())


def _is_glued(line: str) -> bool:
    """Whether `line` is several headlines: too long for one, and no prose."""
    return len(word_list(line)) > _LONGEST and not _SENTENCE.search(line)


def _is_listed(line: str) -> bool:
    """Whether `line` could be one headline: a few words, no hashtag, no closing formula."""
    length = len(word_list(line))
    return 3 <= length <= _LONGEST and not line.lstrip().startswith(("#", "//"))
