"""Finds countries and cities, from tables, with what Arabic writes onto names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from generator.arabic.normalise import key
from generator.arabic.phrases import Phrases
from generator.arabic.tokens import bare_forms
from generator.data import rows, table
from generator.model import TagKind

_ARAB = frozenset("AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split())
_SMALLEST_ARAB, _SMALLEST = 60_000, 900_000
"""Inhabitants below which a city's name is too likely to mean something else."""
_NISBA = ("", "ه", "ون", "ين", "ات", "ان", "تان", "تين")
_BEFORE_CITY = frozenset(
    map(
        key,
        "في إلى من مدينة بمدينة ومدينة محافظة بمحافظة ومحافظة ريف بريف ولاية بولاية بلدة منطقة "
        "العاصمة والعاصمة بالعاصمة مطار جامعة مرفأ ميناء قرب نحو بين حول شمال جنوب شرق غرب وسط "
        "حي أحياء سوق متحف قلعة".split(),
    )
)

Strength = Literal["editor", "country", "city", "bare city", "nisba", "office"]
"""What speaks for a mention. Without a word that places belong to (`في`, `مدينة`) a city's name
is bare and half a proof; an adjective of origin names its country only by the way, as an office
does its ministry: وزير الداخلية."""


class ListedMention(NamedTuple):
    """A place, a ministry, or a name of the editor's, found in a text."""

    name: str
    """As it is shown."""
    kind: TagKind
    """What sort of thing it names."""
    rule: Strength
    """How it was found."""
    first: int
    """Index of its first word."""
    last: int
    """Index after its last word."""


class Gazetteer:
    """Countries, cities and the editor's own names, ready to be found in texts."""

    def __init__(
        self,
        added: Mapping[TagKind, Iterable[str]] | None = None,
        blocked: frozenset[str] = frozenset(),
    ) -> None:
        """Take the editor's names by kind, and the comparison keys of names never to be found."""
        self._names = {k: n for k, n in _countries().items() if k not in blocked}
        self._cities = {k: n for k, n in _cities().items() if k not in blocked | set(self._names)}
        self._nisbas = {k: n for k, n in _nisbas().items() if key(n) not in blocked}
        self._added: dict[str, tuple[str, TagKind]] = {
            key(name): (name, kind)
            for kind, names in (added or {}).items()
            for name in names
            if key(name) not in blocked
        }
        self._offices = {k: n for k, n in _offices().items() if key(n) not in blocked}
        known = (*self._names, *self._cities, *self._nisbas, *self._offices, *self._added)
        self._phrases = Phrases(k for k in known if " " in k)
        self._first_words = frozenset(k.partition(" ")[0] for k in known)
        self._forms: dict[str, tuple[str, ...]] = {}

    def place(self, folded: str) -> str | None:
        """Return the place whose name has the comparison key `folded`, as it is shown."""
        return self._names.get(folded) or self._cities.get(folded)

    def kind(self, folded: str) -> TagKind | None:
        """Return what the comparison key `folded` names, if it is known here."""
        if folded in self._added:
            return self._added[folded][1]
        return "place" if self.place(folded) else None

    def mentions(self, keys: Sequence[str]) -> Iterator[ListedMention]:
        """Yield what is found in a text, given as the comparison keys of its words."""
        position = 0
        while position < len(keys):
            found = self._mention_at(keys, position)
            if found:
                yield found
            position = found.last if found else position + 1

    def _mention_at(self, keys: Sequence[str], position: int) -> ListedMention | None:
        for form in self._forms_of(keys[position]):
            spelled = [form, *keys[position + 1 : position + 5]]
            length = self._phrases.at(spelled, 0)
            phrase = " ".join(spelled[:length]) if length > 1 else form
            last = position + max(length, 1)
            if phrase in self._added:
                name, kind = self._added[phrase]
                return ListedMention(name, kind, "editor", position, last)
            if phrase in self._offices:
                name = self._offices[phrase]
                return ListedMention(name, "organisation", "office", position, last)
            if phrase in self._names:
                return ListedMention(self._names[phrase], "place", "country", position, last)
            if phrase in self._nisbas:
                return ListedMention(self._nisbas[phrase], "place", "nisba", position, last)
            if phrase in self._cities and (
                form == keys[position] or phrase not in _foreign_and_short()
            ):
                before = keys[position - 1] if position else ""
                at_home = before in _BEFORE_CITY or form != keys[position]
                rule: Strength = "city" if at_home else "bare city"
                return ListedMention(self._cities[phrase], "place", rule, position, last)
        return None

    def _forms_of(self, word: str) -> tuple[str, ...]:
        """Return the forms of `word` with which a name begins; most words have none."""
        forms = self._forms.get(word)
        if forms is None:
            forms = tuple(form for form in bare_forms(word) if form in self._first_words)
            self._forms[word] = forms
        return forms


@cache
def place_sizes() -> Mapping[str, str]:
    """Return the sort of every known place, small ones too, by comparison key.

    `region`, `country`, `metropolis` (900,000 inhabitants), `city` (100,000), `town`, or
    `doubtful` for names that mean something else in nearly every article.
    """
    sizes: dict[str, str] = {}
    for row in rows("places"):
        people = int(row["population"])
        size = "metropolis" if people >= _SMALLEST else "city" if people >= 100_000 else "town"
        size = "country" if row["kind"] == "country" else size
        for name in (row["name"], *filter(None, row["also"].split("|"))):
            folded = key(name)
            if len(folded) > 2:
                sizes.setdefault(folded, "doubtful" if folded in _blocked() else size)
    for names in table("regions"):
        sizes.update((key(name), "region") for name in names)
    return sizes


def nisbas() -> Mapping[str, str]:
    """Return the country of each adjective of origin, in all its forms, by comparison key."""
    return _nisbas()


@cache
def _countries() -> dict[str, str]:
    blocked = _blocked()
    found: dict[str, str] = {}
    for row in rows("places"):
        if row["kind"] == "country":
            for name in (row["name"], *filter(None, row["also"].split("|"))):
                if key(name) not in blocked:
                    found.setdefault(key(name), row["name"])
    return found


@cache
def _cities() -> dict[str, str]:
    blocked = _blocked()
    found: dict[str, str] = {}
    for row in rows("places"):
        smallest = _SMALLEST_ARAB if row["country"] in _ARAB else _SMALLEST
        if row["kind"] == "city" and int(row["population"]) >= smallest:
            for name in (row["name"], *filter(None, row["also"].split("|"))):
                if key(name) not in blocked and len(key(name)) >= 3:
                    found.setdefault(key(name), row["name"])
    return found


@cache
def _foreign_and_short() -> frozenset[str]:
    """Return city names that the rest of some Arabic word is likely to be: `أكرا` in `باكراً`."""
    names = (
        key(name)
        for row in rows("places")
        if row["kind"] == "city" and row["country"] not in _ARAB
        for name in (row["name"], *row["also"].split("|"))
    )
    return frozenset(name for name in names if len(name) < 5)


@cache
def _nisbas() -> dict[str, str]:
    """Return the country of each adjective of origin, in all its forms."""
    countries = {row["country"]: row["name"] for row in rows("places") if row["kind"] == "country"}
    found: dict[str, str] = {}
    for code, adjectives in table("nisbas").items():
        for adjective in adjectives:
            stem = key(adjective)
            if " " in stem:
                found[stem] = countries[code]
                continue
            for ending in _NISBA:
                found[stem + ending] = countries[code]
                found["ال" + stem + ending] = countries[code]
    return found


@cache
def _offices() -> dict[str, str]:
    """Return the ministry of each minister, by comparison key."""
    ministries = table("ministries")
    return {
        key(f"{minister} {portfolio}"): f"وزارة {portfolio}"
        for portfolio in ministries["portfolios"]
        for minister in ministries["ministers"]
    }


@cache
def _blocked() -> frozenset[str]:
    return frozenset(key(name) for name in table("blocked_places"))
