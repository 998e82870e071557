"""Names what is derived from an article's words, so that it can be remembered."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from generator.enrich.recipe import recipe
from generator.model import Article

Remember = Callable[[str, Callable[[], bytes]], bytes]
"""Given a name that stands for all that the content depends on, and how to make the content,
returns the content, maybe remembered from an earlier run."""


def make(name: str, content: Callable[[], bytes]) -> bytes:
    """Return the content, and remember nothing."""
    return content()


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
