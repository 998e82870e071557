"""In which country a place lies, by tables of countries, cities and provinces.

Lists of places put them under their countries by this. A place that no table has is in none: what a
name sounds like says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from mujaz.arabic.normalise import key
from mujaz.data import compiled, rows, table

_LISTED_BY_COUNTRY: Mapping[str, str] = {
    "saudi_regions": "SA",
    "saudi_towns": "SA",
    "yemen": "YE",
    "syria": "SY",
    "lebanon": "LB",
}
"""Lists of places as datelines name them that are of one country each."""
_LARGER_THAN_CITIES = 10**9


def country_of(place: str) -> str | None:
    """Return the name of the country that a place lies in, or is; None if no table says it."""
    return _countries().get(key(place))


@compiled("places.tsv", "more_places.yml")
def _countries() -> Mapping[str, str]:
    """Return countries by comparison forms of places; of homonyms, that of the larger place."""
    sized: dict[str, tuple[int, str]] = {}
    names = {row["country"]: row["name"] for row in rows("places") if row["kind"] == "country"}
    for row in rows("places"):
        size = _LARGER_THAN_CITIES if row["kind"] == "country" else int(row["population"])
        for each in filter(None, (row["name"], *row["also"].split("|"))):
            sized[key(each)] = max(sized.get(key(each), (0, "")), (size, names[row["country"]]))
    countries = {place: name for place, (_, name) in sized.items()}
    for listed, code in _LISTED_BY_COUNTRY.items():
        for place in table("more_places")[listed]:
            countries.setdefault(key(place), names[code])
    return countries
