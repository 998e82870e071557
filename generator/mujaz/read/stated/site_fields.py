"""Stated fields, once the site is known: titles without its name, authors who are people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from mujaz.arabic.normalise import key
from mujaz.model import Stated
from mujaz.read.stated.authors import authors_of
from mujaz.read.stated.site_in_titles import without_site
from mujaz.read.stated.site_names import SiteNames, without_unknown_site

_STROKE = re.compile(r"[|¦│｜»›•]|::")
"""Signs that stand between headline and site, and seldom in headlines."""
_MAX_PROSE_CHARACTERS = 3_000


def without_site_name(fields: Mapping[str, Stated], text: str) -> dict[str, Stated]:
    """Return `fields` with the site's name taken out of title and authors.

    `text` is the article's. Where no source is stated, it may stand behind the title.
    """
    settled = dict(fields)
    source, title, authors = (fields.get(name) for name in ("source", "title", "authors"))
    site = _site(str(source.value)) if source else None
    if title and site and site.may_be_in(str(title.value)):
        bare, _ = without_site(str(title.value), site.is_named_by, is_page=False)
        settled["title"] = Stated(bare, title.rule)
    elif title and not site and _STROKE.search(str(title.value)):
        prose = frozenset(key(text[:_MAX_PROSE_CHARACTERS]).split())
        bare, name = without_unknown_site(str(title.value), prose)
        settled["title"] = Stated(bare, title.rule)
        if name:
            settled["source"] = Stated(name, "beside the title")
    if authors and site:
        people = authors_of(authors.value, site)
        settled["authors"] = Stated(people, authors.rule)
        if not people:
            del settled["authors"]
    return settled


@lru_cache(256)
def _site(name: str) -> SiteNames:
    return SiteNames([name])
