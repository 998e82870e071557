"""The names, headlines and recurring lines that are recognised when a page is parsed."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cache

from mujaz.arabic.normalise import key
from mujaz.arabic.phrases import Finder
from mujaz.data import compiled, rows, table
from mujaz.parse.own_rules import NO_OWN_RULES, OwnRules

_EDITION = re.compile(
    r"^(?:صحيفه|جريده|وكاله|موقع|مجله|يوميه)\s"
    r"|\s(?:اون\s?لاين|نت|الكترونيه?|الالكترونيه?|ديجيتال|بلس)$"
)
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
    agencies: frozenset[str] = frozenset()
    """Comparison keys of the sources that an editor calls agencies."""
    rules: OwnRules = NO_OWN_RULES
    """What editors say of lines, datelines and sections."""

    def source_named(self, name: str) -> str | None:
        """Return the source that `name` names, whatever edition of it: `صحيفة الثورة أون لاين`."""
        return self.source_by_key(key(name))

    def source_by_key(self, folded: str) -> str | None:
        """Return the same for a comparison form."""
        source = self.sources.get(folded)
        if source or " " not in folded:
            return source
        bare = _EDITION.sub("", folded).strip()
        # ثورة أون لاين
        return None if bare == folded else self.sources.get(bare) or self.sources.get(f"ال{bare}")

    def source_in_title(self, title: str) -> str | None:
        """Return the source that a site's or feed's title names, whole or in one of its parts."""
        parts = (title, *_TITLE_SEPARATOR.split(title))
        return next(filter(None, map(self.source_named, parts)), None)

    def is_place(self, name: str) -> bool:
        """Whether `name` is a place's, with or without a word such as `مدينة` before it."""
        return self.is_place_by_key(key(name))

    def is_place_by_key(self, folded: str) -> bool:
        """Return the same for a comparison form."""
        first, _, rest = folded.partition(" ")
        return folded in self.places or (first in _place_prefixes() and rest in self.places)


@cache
def _place_prefixes() -> frozenset[str]:
    return frozenset(map(key, _PLACE_PREFIXES))


@compiled("places.tsv")
def countries() -> Mapping[str, str]:
    """Return the names of countries by comparison key."""
    return {
        key(name): row["name"]
        for row in rows("places")
        if row["kind"] == "country"
        for name in (row["name"], *filter(None, row["also"].split("|")))
    }


@cache
def cities_named_like_sources() -> frozenset[str]:
    """Return the comparison forms of cities that sources are called after."""
    return frozenset(map(key, table("more_places")["named_like_sources"]))


@compiled("places.tsv", "more_places.yml", "towns.tsv")
def places() -> Mapping[str, str]:
    """Return the names of countries, cities and towns by comparison key."""
    names: dict[str, str] = {}
    for row in rows("places"):
        for name in (row["name"], *filter(None, row["also"].split("|"))):
            names.setdefault(key(name), row["name"])
    listed = (name for group in table("more_places").values() for name in group)
    for name in (*listed, *(row["name"] for row in rows("towns"))):
        names.setdefault(key(name), name)
    return names
