"""Which countries a text names: themselves, by their cities, or by adjectives of origin."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from mujaz.arabic.normalise import key
from mujaz.data import compiled, rows, table

_ARAB = frozenset("AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split())
_MIN_INHABITANTS, _MIN_ARAB_INHABITANTS = 900_000, 100_000
"""Of cities: small towns are called like other things."""
_ENDINGS = ("", "ه", "ين", "ون", "ات")
"""Of adjectives, as comparison keys."""
_MAX_WORDS = 150
"""Of a body: the end of a text looks elsewhere."""
_TITLE, _DATELINE, _BODY = 3, 3, 1
"""What a mention counts, by where it stands."""


def country_mentions(
    title: Sequence[str], dateline: Sequence[str], body: Sequence[str]
) -> dict[str, int]:
    """Return how much of a text points to each country, by its ISO 3166 code.

    Its parts are words as comparison keys.
    """
    mentions = Counter[str]()
    parts = ((_TITLE, title), (_DATELINE, dateline), (_BODY, body[:_MAX_WORDS]))
    for weight, words in parts:
        for code in _named(words):
            mentions[code] += weight
    return dict(sorted(mentions.items()))


def _named(words: Sequence[str]) -> Iterator[str]:
    """Yield the countries named in a row of words, the longest name at each place."""
    position = 0
    while position < len(words):
        length = 1
        for rest, code in _names_with(words[position]):
            end = position + 1 + len(rest)
            if tuple(words[position + 1 : end]) == rest:
                length = 1 + len(rest)
                yield code
                break
        position += length


@lru_cache(maxsize=20_000)
def _names_with(word: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the names that begin with `word`, or with it less a clitic: further words, country."""
    for form in _forms(word):
        listed = country_names().get(form)
        if listed:
            pairs = (entry.rpartition("=") for entry in listed.split("|"))
            return tuple((tuple(rest.split()), code) for rest, _, code in pairs)
    return ()


def _forms(word: str) -> Iterator[str]:
    """Yield a word, and what is left of it if its first letters are clitics."""
    yield word
    if len(word) > 4:
        if word.startswith("لل"):
            yield f"ال{word[2:]}"
        if word[0] in "بلك":
            yield word[1:]
        if word[0] in "وف":
            yield from _forms(word[1:])


@compiled("places.tsv", "blocked_places.yml", "nisbas.yml")
def country_names() -> Mapping[str, str]:
    """Return names of countries by their first words: `further words=code`, longest first."""
    codes = _codes()
    by_first = defaultdict[str, list[str]](list)
    for name in sorted(codes, key=lambda name: (-name.count(" "), name)):
        first, _, rest = name.partition(" ")
        by_first[first].append(f"{rest}={codes[name]}")
    return {first: "|".join(entries) for first, entries in by_first.items()}


def _codes() -> Mapping[str, str]:
    """Return the country of each name, by comparison key; a country's own names come first."""
    blocked, codes = {key(name) for name in table("blocked_places")}, dict[str, str]()
    for row in rows("places"):
        if row["kind"] == "country":
            codes |= dict.fromkeys(map(key, (row["name"], *row["also"].split("|"))), row["country"])
    for code, adjectives in table("nisbas").items():
        for stem in map(key, adjectives):
            for form in (f"{article}{stem}{end}" for article in ("", "ال") for end in _ENDINGS):
                codes.setdefault(form, code)
    for row in rows("places"):
        least = _MIN_ARAB_INHABITANTS if row["country"] in _ARAB else _MIN_INHABITANTS
        if row["kind"] == "city" and int(row["population"]) >= least:
            for name in map(key, (row["name"], *row["also"].split("|"))):
                codes.setdefault(name, row["country"])
    return {n: code for n, code in codes.items() if len(n) > 2 and n not in blocked}
