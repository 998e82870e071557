"""Tags articles with countries and cities, from tables, with what Arabic writes onto names."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from generator.arabic.normalise import key
from generator.arabic.phrases import Phrases, split_words
from generator.arabic.tokens import bare_forms
from generator.data import rows, table
from generator.model import Article, Tag, TagKind

_ARAB = frozenset("AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split())
_SMALLEST_ARAB, _SMALLEST = 60_000, 900_000
"""Inhabitants below which a city's name is too likely to mean something else."""
_SURE = 0.8
"""Confidence from which a tag is shown."""
_DATELINE = 0.6
"""What a dateline's place adds to its mentions in the text."""
_NISBA = ("", "ه", "ون", "ين", "ات", "ان", "تان", "تين")
_BEFORE_CITY = frozenset(
    map(
        key,
        "في إلى من مدينة بمدينة ومدينة محافظة بمحافظة ومحافظة ريف بريف ولاية بولاية بلدة منطقة "
        "العاصمة والعاصمة بالعاصمة مطار جامعة مرفأ ميناء قرب نحو بين حول شمال جنوب شرق غرب وسط "
        "حي أحياء سوق متحف قلعة".split(),
    )
)


class _Mention(NamedTuple):
    name: str
    weight: float
    position: int
    """Index of its first word; the headline's words come first."""


class Gazetteer:
    """Countries, cities and the editor's own names, ready to be found in articles."""

    def __init__(self, tag_table: Mapping[str, Any]) -> None:
        """Take the editor's table: names to add by kind, to rename, and to block."""
        self._blocked = blocked = {key(str(name)) for name in tag_table.get("block") or ()}
        self._rename = {key(k): str(v) for k, v in (tag_table.get("rename") or {}).items()}
        self._kinds: dict[str, TagKind] = {}
        self._names = {k: n for k, n in _countries().items() if k not in blocked}
        self._cities = {k: n for k, n in _cities().items() if k not in blocked | set(self._names)}
        self._nisbas = {k: n for k, n in _nisbas().items() if key(n) not in blocked}
        for kind, names in (tag_table.get("add") or {}).items():
            for name in names:
                self._names[key(name)] = name
                self._kinds[name] = kind
        known = (*self._names, *self._cities, *self._nisbas)
        self._phrases = Phrases(k for k in known if " " in k)
        self._first_words = frozenset(k.partition(" ")[0] for k in known)
        self._forms: dict[str, tuple[str, ...]] = {}

    def tags(self, article: Article) -> tuple[Tag, ...]:
        """Return what `article` is about, surest first, only what is sure enough to show."""
        title = split_words(article.title).keys
        lead = split_words(article.paragraphs[0]).keys
        keys = [*title, *lead]
        for paragraph in article.paragraphs[1:]:
            keys += split_words(paragraph).keys
        weights: dict[str, float] = defaultdict(float)
        first: dict[str, int] = {}
        for mention in () if "tags" in article.settled else self._mentions(keys):
            weights[mention.name] += mention.weight
            first.setdefault(mention.name, mention.position)
        home = self._place(key(article.place or ""))
        if home in weights:  # where it was written is no proof alone, but adds to one
            weights[home] += _DATELINE
        tags: dict[str, Tag] = {}
        for stated in article.tags:  # by the input itself, or by an editor
            shown = self._rename.get(key(stated.name), stated.name)
            if key(shown) not in self._blocked:
                kind = self._kinds.get(shown) or self._kind_of(key(shown)) or stated.kind
                tags[shown] = Tag(shown, kind, stated.confidence)
        for name, weight in weights.items():
            confidence = _confidence(
                weight, first[name] < len(title), first[name] < len(title) + len(lead)
            )
            if confidence >= _SURE:
                shown = self._rename.get(key(name), name)
                tags.setdefault(shown, Tag(shown, self._kinds.get(name, "place"), confidence))
        return tuple(sorted(tags.values(), key=lambda tag: (-tag.confidence, tag.name)))

    def _place(self, folded: str) -> str | None:
        return self._names.get(folded) or self._cities.get(folded)

    def _kind_of(self, folded: str) -> TagKind | None:
        return "place" if self._place(folded) else None

    def _mentions(self, keys: Sequence[str]) -> Iterator[_Mention]:
        position = 0
        while position < len(keys):
            length, mention = self._mention_at(keys, position)
            if mention:
                yield mention
            position += length

    def _mention_at(self, keys: Sequence[str], position: int) -> tuple[int, _Mention | None]:
        for form in self._forms_of(keys[position]):
            spelled = [form, *keys[position + 1 : position + 5]]
            length = self._phrases.at(spelled, 0)
            phrase = " ".join(spelled[:length]) if length > 1 else form
            name = self._names.get(phrase) or self._nisbas.get(phrase)
            if name:
                weight = 1.0 if phrase in self._names else 0.5
                return max(length, 1), _Mention(name, weight, position)
            name = self._cities.get(phrase)
            if name and (form == keys[position] or phrase not in _foreign_and_short()):
                before = keys[position - 1] if position else ""
                at_home = before in _BEFORE_CITY or form != keys[position]
                # Without a word that places belong to, a city's name is half a proof.
                return max(length, 1), _Mention(name, 1.0 if at_home else 0.4, position)
        return 1, None

    def _forms_of(self, word: str) -> tuple[str, ...]:
        """Return the forms of `word` with which a name begins; most words have none."""
        forms = self._forms.get(word)
        if forms is None:
            forms = tuple(form for form in bare_forms(word) if form in self._first_words)
            self._forms[word] = forms
        return forms


def _confidence(weight: float, in_title: bool, in_lead: bool) -> float:
    """Return how sure it is that an article with such mentions is about the place."""
    score = weight + (0.8 if in_title else 0.5 if in_lead else 0)
    return round(min(0.99, 1 - math.pow(0.34, score)), 2)


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
def _blocked() -> frozenset[str]:
    return frozenset(key(name) for name in table("blocked_places"))
