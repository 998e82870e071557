"""The headline of a page, as readers see it spelt, and the name of its site that stands beside it.

A page states its headline several times: to readers in a heading, to programs in JSON-LD and meta
elements, and in the title of its window. Each is a witness of the others: what they share is the
headline, and what one of them has besides is the name of the site or of a section.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mujaz.arabic.normalise import key
from mujaz.model import Stated
from mujaz.read.markup import MarkupLine, letters
from mujaz.read.stated.site_in_titles import without_site
from mujaz.read.stated.site_names import (
    SiteNames,
    is_rubric,
    site_beside,
    stretches,
    without_unknown_site,
)

WINDOW = "title of the page"
"""The rule of what the title of a page's window states."""
_MAX_HEADLINE_CHARACTERS = 2_000
_HEADINGS = ("h1", "h2", "h3")
_MIN_PROSE_CHARACTERS = 80
_MAX_LOGO_WORDS = 3
_MIN_CUT_LETTERS = 20
"""Of a headline that metadata has the beginning of, cut by a limit."""
_CUT = re.compile(r"\s*(?:\.{2,}|…)\s*$")
_MIN_SHARED_WORDS = 0.5
"""Of the words of a heading that says in other words what metadata says."""


class PageTitle(NamedTuple):
    """What the titles of a page say."""

    headline: Stated | None
    site: Stated | None
    """The name of the site, where it stands beside the headline."""


def page_title(
    seen: Sequence[MarkupLine], stated: Mapping[str, Stated], claims: Sequence[Stated] = ()
) -> PageTitle:
    """Return the headline of a page, in the spelling that readers see, and the site's name.

    `claims` are the headlines that its metadata has; the window's title is one more.
    """
    names = (stated[name].value for name in ("source",) if name in stated)
    address = str(stated["address"].value) if "address" in stated else None
    site = SiteNames(names, address)
    window = next((line.text for line in seen if line.tag == "title"), "")
    claims = [each for each in claims if len(str(each.value)) <= _MAX_HEADLINE_CHARACTERS]
    if key(window[:_MAX_HEADLINE_CHARACTERS]):
        claims = [*claims, Stated(window[:_MAX_HEADLINE_CHARACTERS], WINDOW)]
    headings = [line for line in seen if _is_heading(line)]
    headline = (
        _heading_of(claims, headings, site, seen)
        or _main_heading(claims, headings, site)
        or _best_claim(claims, site, seen)
    )
    if headline is None:
        return PageTitle(None, None)
    return PageTitle(headline, _site_beside(str(headline.value), claims, seen, site))


def headline_index(seen: Sequence[MarkupLine], title: str) -> int | None:
    """Return the index of the heading that is the headline, or None if there is no such one."""
    wanted = letters(title)
    for index, line in enumerate(seen):
        if line.tag in _HEADINGS and letters(line.text) == wanted:
            return index
    return None


def _is_heading(line: MarkupLine) -> bool:
    return (
        line.tag in _HEADINGS
        and not line.chrome
        and len(line.text) <= _MAX_HEADLINE_CHARACTERS
        and bool(key(line.text))
    )


def _heading_of(
    claims: Sequence[Stated],
    headings: Sequence[MarkupLine],
    site: SiteNames,
    seen: Sequence[MarkupLine],
) -> Stated | None:
    """Return the heading that a claim consists of, maybe with the site's name beside it."""
    by_letters = {letters(line.text): line.text for line in reversed(headings)}
    for claim in claims:
        text = str(claim.value)
        rule = f"{claim.rule}, as its heading has it"
        cut = letters(text) if _CUT.search(text) else ""
        for wanted, heading in by_letters.items():
            if cut and len(cut) >= _MIN_CUT_LETTERS and wanted.startswith(cut):
                return Stated(heading, rule)
        for start, end in stretches(text):
            heading = by_letters.get(letters(text[start:end]), "")
            rest = f"{text[:start]} {text[end:]}"
            if heading and heading not in site and not _is_logo(heading, rest, seen):
                return Stated(heading, rule)
    return None


def _is_logo(heading: str, rest: str, seen: Sequence[MarkupLine]) -> bool:
    """Whether `heading` is the site's name: it is short, and the page has the rest as a line."""
    if len(heading.split()) > _MAX_LOGO_WORDS or len(rest.split()) <= len(heading.split()):
        return False
    wanted = letters(rest)
    return is_rubric(heading) or any(letters(each.text) == wanted for each in seen)


def _main_heading(
    claims: Sequence[Stated], headings: Sequence[MarkupLine], site: SiteNames
) -> Stated | None:
    """Return the one main heading, if no claim speaks against it."""
    lines = [line for line in headings if line.tag == "h1" and line.text not in site]
    articles = [next(line.element.iterancestors("article"), None) for line in lines]
    if None not in articles and len(set(articles)) == len(lines):
        lines = lines[:1]  # each is of an article of its own, and the first is the page's
    main = [line.text for line in lines]
    if len(main) != 1 or is_rubric(main[0]):
        return None
    by_metadata = [claim for claim in claims if claim.rule != WINDOW]
    words = set(key(main[0]).split())
    if by_metadata and not any(_shares_words(words, claim) for claim in by_metadata):
        return None
    return Stated(main[0], "heading")


def _shares_words(words: set[str], claim: Stated) -> bool:
    claimed = set(key(str(claim.value)).split())
    return len(words) > 2 and len(words & claimed) >= _MIN_SHARED_WORDS * min(
        len(words), len(claimed)
    )


def _best_claim(
    claims: Sequence[Stated], site: SiteNames, seen: Sequence[MarkupLine]
) -> Stated | None:
    """Return the first claim, without the site's name."""
    if not claims:
        return None
    first, *others = claims
    text, name = without_site(str(first.value), site.__contains__)
    if name is None:
        shorter = (str(other.value) for other in others)
        text = next((each for each in shorter if _is_stretch_of(each, text)), text)
    if name is None and text == str(claims[-1].value):  # what the window's title says
        text, _ = without_unknown_site(text, _prose_words(seen))
    return Stated(text, first.rule)


def _is_stretch_of(part: str, text: str) -> bool:
    """Whether `part` is some of the parts of `text`, and not all of them."""
    wanted = letters(part)
    return wanted != letters(text) and any(
        letters(text[start:end]) == wanted for start, end in stretches(text)
    )


def _site_beside(
    headline: str, claims: Sequence[Stated], seen: Sequence[MarkupLine], site: SiteNames
) -> Stated | None:
    """Return the name of the site that stands beside the headline in one of the claims."""
    wanted = letters(headline)
    for claim in reversed(claims):  # the window's title first: it is where sites stand
        text = str(claim.value)
        for start, end in stretches(text):
            if letters(text[start:end]) == wanted:
                name = site_beside(text[:start], text[end:])
                if name:
                    return Stated(name, claim.rule)
                break
        else:
            name = without_site(text, site.__contains__)[1]
            name = name or without_unknown_site(text, _prose_words(seen))[1]
            if name:
                return Stated(name, claim.rule)
    return None


def _prose_words(seen: Sequence[MarkupLine]) -> frozenset[str]:
    """Return the words of the paragraphs on a page, as comparison forms."""
    texts = (line.text for line in seen if line.linked < _MIN_SHARED_WORDS and not line.chrome)
    long = (text for text in texts if len(text) >= _MIN_PROSE_CHARACTERS)
    return frozenset(word for text in long for word in key(text).split())
