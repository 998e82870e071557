"""The headline of a page: which of its headings it is, and how readers see it spelt."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mujaz.arabic.normalise import key
from mujaz.model import Stated
from mujaz.read.markup import MarkupLine, letters

_MAX_HEADLINE_CHARACTERS = 2_000
_HEADINGS = ("h1", "h2", "h3")
_SITE_NAME = re.compile(r"\s+[|\-–—»:]+\s+|\s*[|»]\s*")


def headline(seen: Sequence[MarkupLine], stated: Mapping[str, Stated]) -> Stated | None:
    """Return the page's headline, in the spelling that readers see.

    Metadata says which heading it is, but loses quotation marks and adds the paper's name; a page
    without metadata has one main heading, or else its window's title.
    """
    headings = [
        line
        for line in seen
        if line.tag in _HEADINGS
        and not line.chrome
        and len(line.text) <= _MAX_HEADLINE_CHARACTERS
        and key(line.text)
    ]
    window = next((line.text for line in seen if line.tag == "title"), "")
    window = window[:_MAX_HEADLINE_CHARACTERS]
    claims = [*([stated["title"]] if "title" in stated else [])]
    claims += [Stated(window, "title of the page")] if window else []
    for claim in claims:
        for heading in headings:
            if _begins_with(str(claim.value), heading.text):
                return Stated(heading.text, f"{claim.rule}, as its heading has it")
    main = [line for line in headings if line.tag == "h1"]
    if "title" not in stated and len(main) == 1:
        return Stated(main[0].text, "heading")
    site = key(str(stated["source"].value)) if "source" in stated else ""
    return next((Stated(_without(site, str(c.value)), c.rule) for c in claims), None)


def _begins_with(claimed: str, heading: str) -> bool:
    """Whether `claimed` is `heading`, with the paper's name after it or not."""
    wanted = letters(heading)
    return letters(claimed) == wanted or any(
        letters(claimed[: match.start()]) == wanted for match in _SITE_NAME.finditer(claimed)
    )


def _without(site: str, title: str) -> str:
    """Return `title` without the name of the site before or after it."""
    parts = list(_SITE_NAME.finditer(title))
    if site and parts and key(title[parts[-1].end() :]) == site:
        return title[: parts[-1].start()]
    if site and parts and key(title[: parts[0].start()]) == site:
        return title[parts[0].end() :]
    return title


def headline_index(seen: Sequence[MarkupLine], title: str) -> int | None:
    """Return the index of the heading that is the headline, or None if there is no such one."""
    wanted = letters(title)
    for index, line in enumerate(seen):
        if line.tag in _HEADINGS and letters(line.text) == wanted:
            return index
    return None
