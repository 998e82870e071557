"""Takes the site's name out of titles, unless the headline itself speaks of the paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from mujaz.arabic.normalise import key
from mujaz.data import table
from mujaz.read.stated.site_names import (
    MAX_CUTS,
    MAX_PARTS,
    MIN_HEADLINE_WORDS,
    is_paired,
    separators,
    without_rubrics,
)

_STROKE = re.compile("[|¦│｜]|::")
"""The signs that hardly any headline has."""
_BEHIND_HEAD = re.compile(r"\s*:\s+")
_GLUED = re.compile("(?<=\\w)[-–—](?=\\w)")
"""What only a name of several words at the very end of a title may stand behind."""
_PAIRS = (("«", "»"), ("“", "”"), ("(", ")"), ("[", "]"), ("{", "}"))


def without_site(
    title: str, is_site: Callable[[str], bool], *, is_page: bool = True
) -> tuple[str, str | None]:
    """Return `title` without the site at its ends, and the name that it has there.

    The sections that stand between headline and site go with it. Titles of pages mostly have the
    site; in others only signs between parts count, for headlines speak of papers as well.
    """
    site: str | None = None
    rest = title
    for _ in range(MAX_PARTS):
        cut = next((each for each in _cuts(rest, is_page=is_page) if _is_cut(each, is_site)), None)
        if cut is None:
            break
        site, rest = site or cut.site.strip(), cut.rest
    if site is None:
        return title, None
    rest = without_rubrics(rest)
    return (rest, site) if _is_headline(rest, title) else (title, None)


class _Cut(NamedTuple):
    """A title in two, where a sign stands."""

    site: str
    rest: str
    least: int = 1
    """How many words the site's name has, at least, for that sign to set it apart."""


def _cuts(title: str, *, is_page: bool) -> Iterator[_Cut]:
    """Yield what may be the site in `title`, and what then is left of it."""
    signs = separators(title)
    for sign in islice(reversed(signs), MAX_CUTS):
        yield _Cut(title[sign.end() :], title[: sign.start()])
    for sign in signs[:MAX_CUTS]:  # a town before a dash is where a report is from
        least = 1 if is_page or _STROKE.search(sign[0]) else 2
        yield _Cut(title[: sign.start()], title[sign.end() :], least)
    if is_page:
        for sign in islice(reversed([*_GLUED.finditer(title)]), 1):
            yield _Cut(title[sign.end() :], title[: sign.start()], 2)
        for sign in islice(_BEHIND_HEAD.finditer(title), 1):
            yield _Cut(title[: sign.start()], title[sign.end() :], 2)


def _is_cut(cut: _Cut, is_site: Callable[[str], bool]) -> bool:
    """Whether a site's name is set apart there."""
    return len(key(cut.site).split()) >= cut.least and _is_balanced(cut.site) and is_site(cut.site)


def _is_headline(rest: str, title: str) -> bool:
    """Whether `rest` of a title can be all of the headline."""
    words = key(rest).split()
    if not words or words[-1] in _leading_words() or rest.endswith("\u0640"):
        return False
    is_long = len(words) >= MIN_HEADLINE_WORDS or bool(_STROKE.search(title))
    return is_long and (_is_balanced(rest) or not _is_balanced(title))


def _is_balanced(text: str) -> bool:
    """Whether every quotation mark and bracket that is opened is closed, in that order."""
    return all(is_paired(text, opening, closing) for opening, closing in _PAIRS)


@cache
def _leading_words() -> frozenset[str]:
    return frozenset(map(key, table("site_names")["leading_words"]))
