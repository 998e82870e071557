"""What is known when a page is parsed: names and headlines to recognise on it."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from mujaz.arabic.normalise import key
from mujaz.arabic.phrases import Finder
from mujaz.data import compiled, rows


@dataclass(frozen=True, slots=True)
class Known:
    """Names and headlines to recognise on a page."""

    headlines: Finder
    """Headlines of all pages, those long enough not to be met by chance."""
    sources: Mapping[str, str]
    """Names of papers and agencies, by comparison key."""
    places: Mapping[str, str]
    """Names of countries and cities, by comparison key."""
    boilerplate: Container[str] = frozenset()
    """Lines that stand on many different pages, by comparison key: no part of any article where
    they open or close a page."""


@compiled("places.tsv")
def places() -> Mapping[str, str]:
    """Return the names of countries and cities by comparison key."""
    found: dict[str, str] = {}
    for row in rows("places"):
        for name in (row["name"], *filter(None, row["also"].split("|"))):
            found.setdefault(key(name), row["name"])
    return found
