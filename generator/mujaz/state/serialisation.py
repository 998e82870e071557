"""Articles and stories as text and back, to be kept between runs: JSON, which can do no harm."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import fields as dataclass_fields
from operator import attrgetter
from typing import Any

from mujaz.model import (
    Article,
    Document,
    Duplicate,
    Headline,
    Image,
    Markup,
    Provenance,
    Run,
    Stated,
    Tag,
    Version,
)
from mujaz.site_model import Card, CardImage, Story


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
    fields = dict(zip(_FIELDS[Article], json.loads(text), strict=True))
    for name, read in _ARTICLE.items():
        fields[name] = read(fields[name])
    return Article(**fields)


def document(text: str) -> Document:
    """Return the document that `packed` made `text` of."""
    fields = dict(zip(_FIELDS[Document], json.loads(text), strict=True))
    fields |= {name: _stated(fields[name]) for name in ("stated", "corrected")}
    fields |= {name: tuple(fields[name]) for name in ("unread", "faults")}
    fields |= {name: _ARTICLE[name](fields[name]) for name in ("linked", "images", "markup")}
    return Document(**fields)


def named_fields(value: Document) -> dict[str, Any]:
    """Return the fields of a document by name, for files that outlive versions of this program."""
    return dict(zip(_FIELDS[Document], json.loads(packed(value)), strict=True))


def document_of_fields(fields: Mapping[str, Any]) -> Document:
    """Return the document that `named_fields` was given; what another version lacks is empty."""
    every = {**named_fields(Document("", "")), **fields}
    return document(json.dumps([every[name] for name in _FIELDS[Document]]))


def card(text: str) -> Card:
    """Return the card that `packed` made `text` of."""
    fields = dict(zip(_FIELDS[Card], json.loads(text), strict=True))
    fields |= {"date": _day(fields["date"]), "time": _time(fields["time"])}
    fields |= {name: tuple(fields[name]) for name in ("authors", "also_in", "also_told_in")}
    if fields["image"]:
        fields["image"] = CardImage(*_with_widths(fields["image"]))
    return Card(**fields)


def story(text: str) -> Story:
    """Return the story that `packed` made `text` of."""
    fields = dict(zip(_FIELDS[Story], json.loads(text), strict=True))
    fields |= {name: _day(fields[name]) for name in ("first", "last")}
    fields |= {
        name: tuple(fields[name])
        for name in ("articles", "sources", "people", "places", "organisations")
    }
    return Story(**fields)


def tags(fields: list[Any]) -> tuple[Tag, ...]:
    """Return tags that were packed, of which JSON has been read."""
    return tuple(
        Tag(name, kind, confidence, rule, tuple(span) if span else None, tuple(also), *more)
        for name, kind, confidence, rule, span, also, *more in fields
    )


def headlines(fields: list[Any]) -> tuple[Headline, ...]:
    """Return headlines that were packed, of which JSON has been read."""
    return tuple(Headline(*each) for each in fields)


def provenance(fields: Mapping[str, Any]) -> dict[str, Provenance]:
    """Return where fields come from, of which JSON has been read."""
    return {
        name: Provenance(rule, confidence, tuple(span) if span else None)
        for name, (rule, confidence, span) in fields.items()
    }


def plain(value: object) -> dict[str, Any]:
    """Return the fields of a tag, a headline or a picture by name."""
    kind = type(value)
    return dict(zip(_FIELDS[kind], _GETTERS[kind](value), strict=True))


def card_of(article: Article, *, is_stub: bool = False) -> Card:
    """Return what other pages show of an article; see `Card.is_stub`."""
    images = [
        CardImage(image.name, image.width, image.height, image.alt, image.widths)
        for image in article.images[:1]
    ]
    return Card(
        file=article.file,
        id=article.id,
        slug=article.slug,
        title=article.title,
        language=article.language,
        date=article.date,
        time=article.time,
        section=article.section,
        type=article.type,
        summary=article.summary,
        source=article.source,
        place=article.place,
        authors=article.authors,
        agency=article.agency,
        also_in=article.also_in,
        also_told_in=article.also_told_in,
        revised=bool(article.versions),
        image=images[0] if images else None,
        is_stub=is_stub,
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _time(text: str | None) -> dt.time | None:
    return dt.time.fromisoformat(text) if text else None


def _stated(fields: Mapping[str, Any]) -> dict[str, Stated]:
    return {
        name: Stated(_stated_value(name, value), rule) for name, (value, rule) in fields.items()
    }


def _stated_value(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if name in ("date", "updated") and value:
        is_moment = len(value) > len("2025-07-14")
        return (dt.datetime if is_moment else dt.date).fromisoformat(value)
    if name == "time" and value:
        return dt.time.fromisoformat(value)
    return value


def _versions(fields: list[Any]) -> tuple[Version, ...]:
    return tuple(
        Version(file, dt.date.fromisoformat(day), title, tuple(paragraphs))
        for file, day, title, paragraphs in fields
    )


def _markup(fields: list[Any]) -> tuple[Markup, ...]:
    return tuple(
        Markup(kind, tuple(Run(*run) for run in runs), level) for kind, runs, level in fields
    )


def images(fields: list[Any]) -> tuple[Image, ...]:
    """Return pictures that were packed, of which JSON has been read."""
    return tuple(Image(*_with_widths(each)) for each in fields)


def _with_widths(fields: list[Any]) -> list[Any]:
    return [*fields[:-1], tuple(fields[-1])]


_ARTICLE: Mapping[str, Callable[[Any], Any]] = {
    "paragraphs": tuple,
    "markup": _markup,
    "authors": tuple,
    "date": _day,
    "time": _time,
    "updated": _day,
    "tags": tags,
    "sidebar": headlines,
    "linked": lambda fields: None if fields is None else tuple(fields),
    "images": images,
    "also_in": tuple,
    "duplicates": lambda fields: tuple(Duplicate(*each) for each in fields),
    "also_told_in": tuple,
    "also_tells": tuple,
    "versions": _versions,
    "settled": frozenset,
    "provenance": provenance,
}
"""How the fields are read that JSON has no type for."""
_SERIALISED_TYPES = (
    Article,
    Card,
    CardImage,
    Document,
    Duplicate,
    Headline,
    Image,
    Markup,
    Provenance,
    Run,
    Stated,
    Story,
    Tag,
    Version,
)
_FIELDS: Mapping[type, tuple[str, ...]] = {
    kind: tuple(field.name for field in dataclass_fields(kind)) for kind in _SERIALISED_TYPES
}
_GETTERS: Mapping[type, Callable[[Any], tuple[Any, ...]]] = {
    kind: attrgetter(*names) for kind, names in _FIELDS.items()
}


def _plain(value: Any) -> Any:
    getter = _GETTERS.get(type(value))
    if getter is not None:
        return getter(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(type(value))


def _encoder(ascii_only: bool) -> Callable[[object], str]:
    return json.JSONEncoder(
        ensure_ascii=ascii_only, check_circular=False, separators=(",", ":"), default=_plain
    ).encode


_encode, _encode_in_ascii = _encoder(False), _encoder(True)
