"""Articles and stories as text and back, to be kept between runs: JSON, which can do no harm."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any

from mujaz.model import Article, Document, Headline, Image, Provenance, Stated, Story, Tag, Version
from mujaz.site_model import Card


def packed(value: object) -> str:
    """Return an article, or another of the nouns that are known here, as text."""
    text = _encode(value)
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a character, from a file's name or a broken address
        return _encode_in_ascii(value)
    return text


def article(text: str) -> Article:
    """Return the article that `packed` made `text` of."""
    told = dict(zip(_FIELDS[Article], json.loads(text), strict=True))
    for name, read in _ARTICLE.items():
        told[name] = read(told[name])
    return Article(**told)


def card(text: str) -> Card:
    """Return the card that `packed` made `text` of."""
    told = dict(zip(_FIELDS[Card], json.loads(text), strict=True))
    told |= {"date": _day(told["date"])}
    told |= {name: tuple(told[name]) for name in ("authors", "also_in")}
    return Card(**told)


def story(text: str) -> Story:
    """Return the story that `packed` made `text` of."""
    told = dict(zip(_FIELDS[Story], json.loads(text), strict=True))
    told |= {name: _day(told[name]) for name in ("first", "last")}
    told |= {
        name: tuple(told[name])
        for name in ("articles", "sources", "people", "places", "organisations")
    }
    return Story(**told)


def tags(told: list[Any]) -> tuple[Tag, ...]:
    """Return tags that were packed, of which JSON has been read."""
    return tuple(
        Tag(name, kind, confidence, rule, tuple(span) if span else None, tuple(also))
        for name, kind, confidence, rule, span, also in told
    )


def headlines(told: list[Any]) -> tuple[Headline, ...]:
    """Return headlines that were packed, of which JSON has been read."""
    return tuple(Headline(*each) for each in told)


def provenance(told: Mapping[str, Any]) -> dict[str, Provenance]:
    """Return where fields come from, of which JSON has been read."""
    return {
        name: Provenance(rule, confidence, tuple(span) if span else None)
        for name, (rule, confidence, span) in told.items()
    }


def plain(value: object) -> dict[str, Any]:
    """Return the fields of a tag, a headline or a picture by name."""
    kind = type(value)
    return dict(zip(_FIELDS[kind], _GETTERS[kind](value), strict=True))


def card_of(found: Article) -> Card:
    """Return what other pages show of an article."""
    return Card(
        id=found.id,
        slug=found.slug,
        title=found.title,
        date=found.date,
        section=found.section,
        summary=found.summary,
        source=found.source,
        place=found.place,
        authors=found.authors,
        also_in=found.also_in,
        revised=bool(found.versions),
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _versions(told: list[Any]) -> tuple[Version, ...]:
    return tuple(
        Version(file, dt.date.fromisoformat(day), title, tuple(paragraphs))
        for file, day, title, paragraphs in told
    )


def images(told: list[Any]) -> tuple[Image, ...]:
    """Return pictures that were packed, of which JSON has been read."""
    return tuple(Image(*each) for each in told)


_ARTICLE: Mapping[str, Callable[[Any], Any]] = {
    "paragraphs": tuple,
    "authors": tuple,
    "date": _day,
    "updated": _day,
    "tags": tags,
    "sidebar": headlines,
    "linked": lambda told: None if told is None else tuple(told),
    "images": images,
    "also_in": tuple,
    "versions": _versions,
    "settled": frozenset,
    "provenance": provenance,
}
"""How the fields are read that JSON has no type for."""
_KNOWN = (Article, Card, Document, Headline, Image, Provenance, Stated, Story, Tag, Version)
_FIELDS: Mapping[type, tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind)) for kind in _KNOWN
}
_GETTERS: Mapping[type, Callable[[Any], tuple[Any, ...]]] = {
    kind: attrgetter(*names) for kind, names in _FIELDS.items()
}


def _plain(value: Any) -> Any:
    getter = _GETTERS.get(type(value))
    if getter is not None:
        return getter(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(type(value))


def _encoder(ascii_only: bool) -> Callable[[object], str]:
    return json.JSONEncoder(
        ensure_ascii=ascii_only, check_circular=False, separators=(",", ":"), default=_plain
    ).encode


_encode, _encode_in_ascii = _encoder(False), _encoder(True)
