"""Where the records of an export lie, and where in a record its article does: many shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from mujaz.data import table
from mujaz.read.fields import folded, has_value, names_by_field
from mujaz.read.records.embedded import EMBEDDED, HEAD, with_embedded

_PARTS = frozenset({"title", "text", "summary"})
_ARTICLE = frozenset({"title", "text"})
_MAX_OPENED = 500
"""Entries that are looked into: more are records, and no answers of a service."""
_EMPTY: tuple[Any, ...] = (None, "", [], {})
_MAX_DEPTH = 5
"""Levels at which services and databases hide their lists."""


def list_of_records(loaded: Any) -> list[Any] | None:
    """Return the entries of an export, or None if it is a record itself, or nothing like one.

    They stand in a list under one of the usual names, as deep as `data`, `posts`, `edges`; or under
    keys of their own, such as numbers or names of sections.
    """
    if isinstance(loaded, list):
        return list(_opened(loaded, 0))
    return _listed(loaded, 0) if isinstance(loaded, Mapping) else None


def flattened(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a record with what of its article lies deeper, as in `_source` or `attributes`."""
    for _ in range(_MAX_DEPTH):
        if _stated_parts(record) >= _ARTICLE:
            break
        name = next((each for each in record if _is_nested(each, record[each])), None)
        if name is None:
            break
        outer = {each: value for each, value in record.items() if each != name}
        inner = {str(n): value for n, value in record[name].items() if value not in _EMPTY}
        record = {**outer, **inner}
    return with_embedded(record) if EMBEDDED in record or HEAD in record else record


def _listed(loaded: Mapping[str, Any], depth: int) -> list[Any] | None:
    """Return the entries that stand somewhere in the mapping `loaded`; None if it is one itself."""
    if depth > _MAX_DEPTH:
        return None
    names = {folded(name): name for name in loaded}
    is_article = _parts(loaded) >= _ARTICLE
    wanted = 2 if is_article else 1
    for each in _list_names():
        value = loaded[names[each]] if each in names else None
        entries: list[Any] | None = None
        if isinstance(value, list):
            entries = list(_opened(value, depth + 1))
        elif isinstance(value, Mapping) and not is_article and not _parts(value) >= _ARTICLE:
            entries = _listed(value, depth + 1)
        if entries and any(len(_parts(entry)) >= wanted for entry in entries[:_MAX_OPENED]):
            return entries
    return None if _parts(loaded) else _keyed(loaded)


def _opened(entries: list[Any], depth: int) -> Iterator[Any]:
    """Yield entries; in the place of an answer of a service, those in it."""
    if len(entries) > _MAX_OPENED:
        yield from entries
        return
    for entry in entries:
        inner = entry if isinstance(entry, list) else None
        if isinstance(entry, Mapping) and not _parts(entry):
            inner = _listed(entry, depth + 1)
        yield from [entry] if inner is None else inner


def _keyed(loaded: Mapping[str, Any]) -> list[Any] | None:
    """Return the records that stand under keys of their own, or in lists under such."""
    entries: list[Any] = []
    for value in loaded.values():
        entries += value if isinstance(value, list) else [value]
    records = [entry for entry in entries if isinstance(entry, Mapping)]
    return records if any(len(_parts(entry)) > 1 for entry in records[:_MAX_OPENED]) else None


def _parts(value: Any) -> frozenset[str]:
    """Return which of title, text and summary a record has, be it in a record nested in it."""
    return _stated_parts(flattened(value)) if isinstance(value, Mapping) else frozenset()


def _stated_parts(record: Mapping[str, Any]) -> frozenset[str]:
    ranked = names_by_field(name for name, value in record.items() if has_value(value))
    return _PARTS & ranked.keys()


def _is_nested(name: str, value: Any) -> bool:
    return (
        isinstance(value, Mapping) and "rendered" not in value and folded(name) in _nested_names()
    )


@cache
def _nested_names() -> frozenset[str]:
    return frozenset(map(folded, table("fields")["nested"]))


@cache
def _list_names() -> tuple[str, ...]:
    return tuple(map(folded, table("fields")["lists"]))
