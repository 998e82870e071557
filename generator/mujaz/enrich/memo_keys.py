"""Names what is derived from an article's words, so that it can be remembered."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, Protocol

from mujaz.enrich.recipe import recipe
from mujaz.model import Article


class Remember(Protocol):
    """Contents by name, maybe remembered from an earlier run."""

    def __call__(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return the content of a name that stands for all that it depends on, or make it."""

    def __contains__(self, name: object) -> bool:
        """Whether the content need not be made."""


class _Forgetful:
    """Makes everything anew."""

    def __call__(self, name: str, make: Callable[[], bytes]) -> bytes:
        return make()

    def __contains__(self, name: object) -> bool:
        return False


make = _Forgetful()
"""Remembers nothing."""


def fingerprint(article: Article) -> str:
    """Return a digest of an article's words."""
    found = blake2b(article.title.encode("utf-8", "surrogatepass"), digest_size=16)
    for paragraph in article.paragraphs:
        found.update(b"\n")
        found.update(paragraph.encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def name(what: str, *depends: Any) -> str:
    """Return a name for what is made of `depends`, by this code, these tables and models."""
    told = json.dumps([recipe(), *depends])
    return f"{what} {blake2b(told.encode(), digest_size=16).hexdigest()}"
