"""The tables of places: countries, cities, and adjectives of origin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import cache
from typing import NamedTuple

from mujaz.arabic.normalise import key, without_marks
from mujaz.data import compiled, rows, table

_ARAB = frozenset("AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split())
_MIN_ARAB_INHABITANTS, _MIN_INHABITANTS = 60_000, 900_000
"""Inhabitants below which a city's name is too likely to mean something else."""
_NISBA_ENDINGS = ("", "ه", "ون", "ين", "ات", "ان", "تان", "تين")


@compiled("places.tsv", "blocked_places.yml", "regions.yml")
def place_sizes() -> Mapping[str, str]:
    """Return the sort of every known place, small ones too, by comparison key.

    `region`, `country`, `metropolis` (900,000 inhabitants), `city` (100,000), `town`, or
    `doubtful` for names that mean something else in nearly every article.
    """
    blocked, sizes = _blocked(), dict[str, str]()
    for name, row in _named_places("country", "city"):
        people = int(row["population"])
        size = (
            "metropolis" if people >= _MIN_INHABITANTS else "city" if people >= 100_000 else "town"
        )
        size = "country" if row["kind"] == "country" else size
        if len(name) > 2:
            sizes.setdefault(name, "doubtful" if name in blocked else size)
    for names in table("regions"):
        sizes.update((key(name), "region") for name in names)
    return sizes


@compiled("places.tsv", "blocked_places.yml")
def listed_countries() -> Mapping[str, str]:
    """Return countries, as they are shown, by the comparison key of each of their names."""
    blocked, shown = _blocked(), dict[str, str]()
    for name, row in _named_places("country"):
        if name and name not in blocked:
            shown.setdefault(name, row["name"])
    return shown


@compiled("places.tsv", "blocked_places.yml", "local_places.yml")
def listed_cities() -> Mapping[str, str]:
    """Return cities, as they are shown, by the comparison key of each of their names."""
    blocked, shown = _blocked().union(cities_like_words()), dict[str, str]()
    for name, row in _named_places("city"):
        smallest = _MIN_ARAB_INHABITANTS if row["country"] in _ARAB else _MIN_INHABITANTS
        if int(row["population"]) >= smallest and name not in blocked and len(name) >= 3:
            marks = len(row["name"]) - len(plain := without_marks(row["name"]))
            shown.setdefault(name, plain if marks > 1 else row["name"])
    return shown


@compiled("local_places.yml")
def cities_like_words() -> Mapping[str, str]:
    """Return cities that mean something else in nearly every text, as names of empty texts."""
    return dict.fromkeys(map(key, table("local_places")["words"].split()), "")


@compiled("local_places.yml")
def local_places() -> Mapping[str, str]:
    """Return regions, provinces and sights, as shown, by the comparison key of each name."""
    return {key(name): names[0] for names in table("local_places")["places"] for name in names}


@compiled("more_places.yml", "towns.tsv", "places.tsv", "blocked_places.yml")
def small_towns() -> Mapping[str, str]:
    """Return places whose names mean other things as well, as shown, by comparison key."""
    listed = [name for group in table("more_places").values() for name in group]
    names = (
        *(row["name"] for row in rows("places")),
        *(row["name"] for row in rows("towns")),
        *listed,
    )
    blocked = _blocked()
    return {
        folded: name
        for folded, name in ((key(name), name) for name in names)
        if folded not in blocked or folded.startswith("ال")
    }


@compiled("local_places.yml")
def words_before_towns() -> Mapping[str, str]:
    """Return words that stand before towns, as names of empty texts: محافظة."""
    return dict.fromkeys(map(key, table("local_places")["towns_behind"].split()), "")


@compiled("places.tsv")
def foreign_and_short() -> Mapping[str, str]:
    """Return, as names of empty texts, names of cities that are the rest of some Arabic word.

    So is `أكرا` in `باكراً`.
    """
    names = (name for name, row in _named_places("city") if row["country"] not in _ARAB)
    return {name: "" for name in names if len(name) < 5}


@compiled("places.tsv", "nisbas.yml")
def nisbas() -> Mapping[str, str]:
    """Return the country of each adjective of origin, in all its forms, by comparison key."""
    by_code = {row["country"]: row["name"] for row in rows("places") if row["kind"] == "country"}
    countries_by_adjective: dict[str, str] = {}
    for code, adjectives in table("nisbas").items():
        for adjective in adjectives:
            stem = key(adjective)
            if " " in stem:
                countries_by_adjective[stem] = by_code[code]
                continue
            for ending in _NISBA_ENDINGS:
                countries_by_adjective[stem + ending] = by_code[code]
                countries_by_adjective["ال" + stem + ending] = by_code[code]
    return countries_by_adjective


class _Homonym(NamedTuple):
    """A city that is called like a country."""

    city: str
    """Its comparison key."""
    country: str
    """As it is shown."""
    proofs: frozenset[str]
    """Words that show that the country is meant."""
    city_words: frozenset[str]
    """Words that show that the city may be meant."""


def homonyms_in(words: Set[str]) -> dict[str, str]:
    """Return the countries that a text means by cities' names, by the comparison key of these.

    `words` are the comparison keys of the text's words.
    """
    return {
        each.city: each.country
        for each in _homonyms()
        if each.city in words
        and not each.proofs.isdisjoint(words)
        and each.city_words.isdisjoint(words)
    }


@cache
def _homonyms() -> tuple[_Homonym, ...]:
    return tuple(
        _Homonym(
            key(city),
            entry["means"],
            frozenset(map(key, entry["words"].split())),
            frozenset(map(key, entry["unless"].split())),
        )
        for city, entry in table("local_places")["homonyms"].items()
    )


def _blocked() -> frozenset[str]:
    return frozenset(key(name) for name in table("blocked_places"))


def _named_places(*kinds: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the comparison key of each spelling of the places of some kinds, with their rows."""
    for row in rows("places"):
        if row["kind"] in kinds:
            for name in (row["name"], *row["also"].split("|")):
                yield key(name), row
