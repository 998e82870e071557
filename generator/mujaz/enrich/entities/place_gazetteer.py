"""Finds countries and cities, from tables, with what Arabic writes onto names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from mujaz.arabic.normalise import key
from mujaz.arabic.phrases import by_first_word
from mujaz.arabic.tokens import bare_forms
from mujaz.data import compiled, rows, table
from mujaz.model import TagKind

_ARAB = frozenset("AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split())
_MIN_ARAB_INHABITANTS, _MIN_INHABITANTS = 60_000, 900_000
"""Inhabitants below which a city's name is too likely to mean something else."""
_FIRST_WORDS_OF = ("places.tsv", "blocked_places.yml", "nisbas.yml", "ministries.yml")
_MAX_CACHED_WORDS = 30_000
_NISBA_ENDINGS = ("", "ه", "ون", "ين", "ات", "ان", "تان", "تين")
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


_Meaning = tuple[str, TagKind, Strength]
"""How a name is shown, what it names, and what speaks for it if it stands bare."""


class Gazetteer:
    """Countries, cities and the editor's own names, ready to be found in texts."""

    def __init__(
        self,
        added: Mapping[TagKind, Iterable[str]] | None = None,
        blocked: frozenset[str] = frozenset(),
    ) -> None:
        """Take the editor's names by kind, and the comparison keys of names never to be found."""
        self._blocked = blocked
        self._added: dict[str, tuple[str, TagKind]] = {
            key(name): (name, kind)
            for kind, names in (added or {}).items()
            for name in names
            if key(name) not in blocked
        }
        self._added_by_first = by_first_word(self._added)
        # Each word of each text is looked for among them.
        self._first_words = frozenset(_beginnings()["words"].split())
        self._forms: dict[str, tuple[str, ...]] = {}

    def place(self, folded: str) -> str | None:
        """Return the place whose name has the comparison key `folded`, as it is shown."""
        if folded in self._blocked:
            return None
        return _countries().get(folded) or _cities().get(folded)

    def kind(self, folded: str) -> TagKind | None:
        """Return what the comparison key `folded` names, if it is known here."""
        if folded in self._added:
            return self._added[folded][1]
        return "place" if self.place(folded) else None

    def mentions(self, keys: Sequence[str]) -> Iterator[ListedMention]:
        """Yield what is found in a text, given as the comparison keys of its words."""
        position = 0
        while position < len(keys):
            mention = self._mention_at(keys, position)
            if mention:
                yield mention
            position = mention.last if mention else position + 1

    def _mention_at(self, keys: Sequence[str], position: int) -> ListedMention | None:
        for form in self._forms_of(keys[position]):
            phrase, meaning = self._longest([form, *keys[position + 1 : position + 5]])
            if meaning is None:
                continue
            name, kind, rule = meaning
            clitic = form != keys[position]
            if rule == "bare city":
                if clitic and phrase in _foreign_and_short():
                    continue
                if clitic or (position and keys[position - 1] in _BEFORE_CITY):
                    rule = "city"
            return ListedMention(name, kind, rule, position, position + phrase.count(" ") + 1)
        return None

    def _longest(self, words: Sequence[str]) -> tuple[str, _Meaning | None]:
        """Return the longest name that `words` begin with, or else the first word."""
        first = words[0]
        listed = f"{self._added_by_first.get(first, '')}|{_first_words().get(first, '')}"
        phrases = {phrase for phrase in listed.split("|") if " " in phrase}
        text = f"{' '.join(words)} "
        for phrase in sorted(phrases, key=len, reverse=True):
            if text.startswith(f"{phrase} "):
                meaning = self._meaning(phrase)
                if meaning:
                    return phrase, meaning
        return first, self._meaning(first)

    def _meaning(self, phrase: str) -> _Meaning | None:
        """Return what a whole name stands for, unless that is blocked."""
        if phrase in self._added:
            return *self._added[phrase], "editor"
        office = _offices().get(phrase)
        if office and key(office) not in self._blocked:
            return office, "organisation", "office"
        country = None if phrase in self._blocked else _countries().get(phrase)
        if country:
            return country, "place", "country"
        origin = nisbas().get(phrase)
        if origin and key(origin) not in self._blocked:
            return origin, "place", "nisba"
        city = None if phrase in self._blocked else _cities().get(phrase)
        return (city, "place", "bare city") if city else None

    def _forms_of(self, word: str) -> tuple[str, ...]:
        """Return the forms of `word` with which a name begins; most words have none."""
        forms = self._forms.get(word)
        if forms is None:
            if len(self._forms) >= _MAX_CACHED_WORDS:
                self._forms.clear()
            forms = tuple(filter(self._begins, bare_forms(word)))
            self._forms[word] = forms
        return forms

    def _begins(self, word: str) -> bool:
        return word in self._first_words or word in self._added_by_first


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
def _countries() -> Mapping[str, str]:
    blocked, countries = _blocked(), dict[str, str]()
    for name, row in _named_places("country"):
        if name and name not in blocked:
            countries.setdefault(name, row["name"])
    return countries


@compiled("places.tsv", "blocked_places.yml")
def _cities() -> Mapping[str, str]:
    blocked, cities = _blocked(), dict[str, str]()
    for name, row in _named_places("city"):
        smallest = _MIN_ARAB_INHABITANTS if row["country"] in _ARAB else _MIN_INHABITANTS
        if int(row["population"]) >= smallest and name not in blocked and len(name) >= 3:
            cities.setdefault(name, row["name"])
    return cities


@compiled("places.tsv")
def _foreign_and_short() -> Mapping[str, str]:
    """Return, as names of empty texts, names of cities that are the rest of some Arabic word.

    So is `أكرا` in `باكراً`.
    """
    names = (name for name, row in _named_places("city") if row["country"] not in _ARAB)
    return {name: "" for name in names if len(name) < 5}


@compiled("places.tsv", "nisbas.yml")
def nisbas() -> Mapping[str, str]:
    """Return the country of each adjective of origin, in all its forms, by comparison key."""
    countries = {row["country"]: row["name"] for row in rows("places") if row["kind"] == "country"}
    countries_by_adjective: dict[str, str] = {}
    for code, adjectives in table("nisbas").items():
        for adjective in adjectives:
            stem = key(adjective)
            if " " in stem:
                countries_by_adjective[stem] = countries[code]
                continue
            for ending in _NISBA_ENDINGS:
                countries_by_adjective[stem + ending] = countries[code]
                countries_by_adjective["ال" + stem + ending] = countries[code]
    return countries_by_adjective


@compiled("ministries.yml")
def _offices() -> Mapping[str, str]:
    """Return the ministry of each minister, by comparison key."""
    ministries = table("ministries")
    return {
        key(f"{minister} {portfolio}"): f"وزارة {portfolio}"
        for portfolio in ministries["portfolios"]
        for minister in ministries["ministers"]
    }


@compiled(*_FIRST_WORDS_OF)
def _first_words() -> Mapping[str, str]:
    """Return the names of all these tables by their first words."""
    return by_first_word([*_countries(), *_cities(), *nisbas(), *_offices()])


@compiled(*_FIRST_WORDS_OF)
def _beginnings() -> Mapping[str, str]:
    """Return those first words as one text, named `words`."""
    return {"words": " ".join(sorted(_first_words()))}


def _blocked() -> frozenset[str]:
    return frozenset(key(name) for name in table("blocked_places"))


def _named_places(*kinds: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the comparison key of each spelling of the places of some kinds, with their rows."""
    for row in rows("places"):
        if row["kind"] in kinds:
            for name in (row["name"], *row["also"].split("|")):
                yield key(name), row
