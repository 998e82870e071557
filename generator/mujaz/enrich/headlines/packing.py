"""Makes texts and headlines small, as they are kept."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable

from mujaz.model import Headline


def packed(text: str) -> bytes:
    """Return a text as it is kept; the same one is always the same."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def unpacked(kept: bytes) -> str:
    """Return the text."""
    return zlib.decompress(kept).decode("utf-8", "surrogatepass")


def packed_headlines(headlines: Iterable[Headline]) -> bytes:
    """Return headlines as they are kept."""
    told = [(each.text, each.confidence, each.article) for each in headlines]
    return packed(json.dumps(told, ensure_ascii=False))


def headlines_in(kept: bytes) -> list[Headline]:
    """Return the headlines."""
    return [Headline(*each) for each in json.loads(unpacked(kept))]
