"""Names of the types of articles: news, opinion, interview and the like, and what readers see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from mujaz.arabic.normalise import key
from mujaz.data import table

NEWS = "news"
"""The type of what is nothing else. Programs write it on everything."""


def type_named(name: str) -> str | None:
    """Return the type that front matter, an export, a section or an address calls so, or None."""
    return _types_by_name().get(key(name))


def type_stated(names: Iterable[str]) -> str | None:
    """Return the first type that something is called, or None."""
    return next(filter(None, map(type_named, names)), None)


def type_label(kind: str | None) -> str:
    """Return what stands above headlines of a type; nothing for plain news."""
    entry = article_types().get(kind or NEWS, {})
    return str(entry.get("kicker", ""))


def article_types() -> Mapping[str, Mapping[str, Any]]:
    """Return all types, the most usual first, each with its names and what readers see."""
    types: Mapping[str, Mapping[str, Any]] = table("article_types")["types"]
    return types


@cache
def _types_by_name() -> Mapping[str, str]:
    return {
        key(str(name)): kind for kind, entry in article_types().items() for name in entry["names"]
    }
