"""The names, headlines and recurring lines that are recognised when a page is parsed."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cache

from mujaz.arabic.normalise import key
from mujaz.arabic.phrases import Finder
from mujaz.data import compiled, rows

_EDITION = re.compile(r"^(?:صحيفه|جريده|وكاله|موقع|مجله|يوميه)\s|\s(?:اون\s?لاين|نت|الالكترونيه)$")
_TITLE_SEPARATOR = re.compile(r"\s*[|»:–—]\s*|\s+-\s+")
_PLACE_PREFIXES = ("ريف", "محافظة", "مدينة", "ولاية")


@dataclass(frozen=True, slots=True)
class SiteVocabulary:
    """What can be recognised on the pages of one site."""

    headlines: Finder
    """Headlines of all pages, those long enough not to be met by chance."""
    sources: Mapping[str, str]
    """Names of papers and agencies, by comparison key."""
    places: Mapping[str, str]
    """Names of countries and cities, by comparison key."""
    boilerplate: Container[str] = frozenset()
    """Lines that stand on many different pages, by comparison key: no part of any article where
    they open or close a page."""

    def source_named(self, name: str) -> str | None:
        """Return the source that `name` names, whatever edition of it: `صحيفة الثورة أون لاين`."""
        folded = key(name)
        return self.sources.get(folded) or self.sources.get(_EDITION.sub("", folded).strip())

    def source_in_title(self, title: str) -> str | None:
        """Return the source that a site's or feed's title names, whole or in one of its parts."""
        parts = (title, *_TITLE_SEPARATOR.split(title))
        return next(filter(None, map(self.source_named, parts)), None)

    def is_place(self, name: str) -> bool:
        """Whether `name` is a place's, with or without a word such as `مدينة` before it."""
        folded = key(name)
        first, _, rest = folded.partition(" ")
        return folded in self.places or (first in _place_prefixes() and rest in self.places)


@cache
def _place_prefixes() -> frozenset[str]:
    return frozenset(map(key, _PLACE_PREFIXES))


@compiled("places.tsv")
def places() -> Mapping[str, str]:
    """Return the names of countries and cities by comparison key."""
    names: dict[str, str] = {}
    for row in rows("places"):
        for name in (row["name"], *filter(None, row["also"].split("|"))):
            names.setdefault(key(name), row["name"])
    return names
