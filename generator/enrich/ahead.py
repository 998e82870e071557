"""Reads many articles at once, on other cores or machines, for what each says by itself.

Nothing but the memory is filled: whoever asks for it later finds there what he would have made
himself, so no result depends on where the work was done, in how many parts, or whether at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any

from generator.enrich.derived import filed, tags, tags_name
from generator.enrich.entities import Tagger
from generator.enrich.kept import Remember
from generator.model import Article

Workers = Callable[[int], AbstractContextManager[Executor | None]]
"""Given a number of articles, opens an executor to read them; None if that is not worth it."""
_PART = 40
"""Articles that one task reads: some tenths of a second."""


def alone(count: int) -> AbstractContextManager[None]:
    """Open no executor."""
    return nullcontext()


def read_ahead(
    articles: Sequence[Article], tag_table: Mapping[str, Any], remember: Remember, workers: Workers
) -> None:
    """Have the `workers` read those articles that `remember` does not know."""
    tagger = Tagger(tag_table)
    unread = [article for article in articles if tags_name(article, tagger) not in remember]
    with workers(len(unread)) as executor:
        if executor is None:
            return
        parts = [unread[start : start + _PART] for start in range(0, len(unread), _PART)]
        for made in executor.map(partial(_read, tag_table), parts):
            for name, content in made.items():
                remember(name, partial(_given, content))


def _read(tag_table: Mapping[str, Any], articles: Sequence[Article]) -> dict[str, bytes]:
    """Return by name what is derived from each of the articles; runs wherever the executor is."""
    made = _Made()
    tagger = Tagger(tag_table)
    for article in articles:
        tags(article, tagger, made)
        filed(article, made)
    return made.contents


def _given(content: bytes) -> bytes:
    return content


class _Made:
    """Makes everything, and hands it on."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    def __call__(self, name: str, make: Callable[[], bytes]) -> bytes:
        content = self.contents[name] = make()
        return content

    def __contains__(self, name: object) -> bool:
        return name in self.contents
