"""What inputs state of an article outside its text: many names, loose types, one set of fields."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from mujaz.arabic.calendars import parse_date
from mujaz.arabic.normalise import clean, fold_spaces, key
from mujaz.data import table
from mujaz.model import Stated

_LIST_FIELDS = frozenset({"authors", "tags"})
_DATE_FIELDS = frozenset({"date", "updated"})
_SEPARATOR = re.compile(r"\s*[;؛,،|]\s*")
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)
_ARABIC_LETTER = re.compile("[\u0621-\u064a]")
# A fraction or milliseconds may follow the ten digits that a time has from 2001 to 2286.
_EPOCH_SECONDS = re.compile(r"(\d{10})(?:\d{3}|\.\d+)?")
_MAX_FIELD_CHARACTERS, _MAX_LISTED = 5_000, 100
"""Of a text that is no article's body, and of the texts in a list; what is longer is a mistake."""
_TEXT_KEYS = ("name", "value", "title", "text", "#text", "@value", "$t")
"""Where mappings that stand for a text keep it."""


def stated_fields(
    record: Mapping[str, Any], rule: str, names: str = "record"
) -> tuple[dict[str, Stated], tuple[str, ...]]:
    """Return the fields that `record` states, and the names in it that nobody understands.

    `names` is the table of names that `data/fields.yml` has for this kind of record. A field whose
    value makes no sense, such as a date that names no day, counts as not understood.
    """
    given = {_folded(name): value for name, value in record.items() if _has_value(value)}
    fields: dict[str, Stated] = {}
    understood: set[str] = set()
    for field, aliases in _aliases(names).items():
        for alias in aliases:
            value = _value(field, given[alias]) if alias in given else None
            if value is not None:
                fields.setdefault(field, Stated(value, rule))
            if value is not None or (field == "authors" and alias in given):  # `admin` is nobody
                understood.add(alias)
    return fields, tuple(sorted(set(given) - understood - _ignored_names()))


def field_names(names: str, *, in_arabic: bool) -> tuple[tuple[str, ...], ...]:
    """Return the names of each field, Arabic or Latin ones, for people to choose from."""
    fields = table("fields")[names].values()
    chosen = (tuple(a for a in aliases if has_arabic_letter(a) == in_arabic) for aliases in fields)
    return tuple(filter(None, chosen))


def has_arabic_letter(text: str) -> bool:
    """Whether `text` has an Arabic letter."""
    return bool(_ARABIC_LETTER.search(text))


def text_of(value: Any) -> str | None:
    """Return the text that `value` is, or that a mapping or list has in it first; None if none."""
    for _ in range(4):  # deeper, nobody means it
        if isinstance(value, Mapping) and isinstance(value.get("rendered"), str):
            from mujaz.read.markup import text_of_html  # large, and seldom needed

            value = text_of_html(value["rendered"])
        elif isinstance(value, Mapping):
            value = next((value[name] for name in _TEXT_KEYS if value.get(name)), None)
        elif isinstance(value, list | tuple):
            value = next((each for each in value if _has_value(each)), None)
        elif isinstance(value, bool) or value is None:
            return None
        else:
            text = str(value)
            if len(text) > _MAX_FIELD_CHARACTERS:
                return None
            return fold_spaces(clean(text)) or None
    return None


def texts_of(value: Any) -> tuple[str, ...]:
    """Return the texts of a list, or of a text that lists them with commas or semicolons."""
    values = value[:_MAX_LISTED] if isinstance(value, list | tuple) else [value]
    texts = (text for each in values for text in _SEPARATOR.split(text_of(each) or ""))
    return tuple(dict.fromkeys(text for text in texts if text))


def date_of(value: Any) -> dt.date | None:
    """Return the day that `value` names: a written date, or seconds since 1970 (in UTC)."""
    text = text_of(value) or ""
    seconds = _EPOCH_SECONDS.fullmatch(text)
    if seconds:
        return dt.datetime.fromtimestamp(int(seconds[1]), dt.UTC).date()
    return parse_date(text)


def is_address(text: str) -> bool:
    """Whether `text` is the address of a page."""
    return len(text) <= _MAX_FIELD_CHARACTERS and bool(_ADDRESS.fullmatch(text))


def people(names: tuple[str, ...], source: str | None = None) -> tuple[str, ...]:
    """Return those of `names` that name somebody: no address, no `admin`, not the paper itself."""
    nobody = _nobody() | {key(source or ""), ""}
    return tuple(name for name in names if key(name) not in nobody and not is_address(name))


def _value(field: str, value: Any) -> Any:
    """Return the value of `field` in its own type, or None if it makes no sense."""
    if field in _LIST_FIELDS:
        texts = texts_of(value)
        return (people(texts) if field == "authors" else texts) or None
    if field in _DATE_FIELDS:
        return date_of(value)
    text = text_of(value)
    # What is called a source is a paper in one export and an address in another.
    if field in ("address", "source") and text:
        return text if is_address(text) == (field == "address") else None
    return text


def _has_value(value: Any) -> bool:
    return value not in (None, "", [], {}) and not isinstance(value, bool)


def _folded(name: object) -> str:
    # Names are shown to people later, so what no terminal can show is replaced here.
    text = str(name).encode("utf-8", "replace").decode()
    return text.strip().lower().replace("-", "_").replace(" ", "_")


@cache
def _aliases(names: str) -> dict[str, tuple[str, ...]]:
    return {field: tuple(map(_folded, each)) for field, each in table("fields")[names].items()}


@cache
def _nobody() -> frozenset[str]:
    return frozenset(key(name) for name in table("fields")["nobody"])


@cache
def _ignored_names() -> frozenset[str]:
    return frozenset(map(_folded, table("fields")["passed_over"]))


def field_named(name: str, names: str) -> str | None:
    """Return the field that `name` means by the table `names`, or None."""
    folded = _folded(name)
    return next((f for f, aliases in _aliases(names).items() if folded in aliases), None)
