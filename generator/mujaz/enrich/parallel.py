"""Reads many articles at once, on other cores or machines, for what each says by itself.

Nothing but the memory is filled: whoever asks for it later finds there what he would have made
himself, so no result depends on where the work was done, in how many parts, or whether at all.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import islice
from typing import Any

from mujaz.enrich.article_analysis import filed, tags, tags_name
from mujaz.enrich.entities.tagger import Tagger
from mujaz.enrich.memo_keys import Remember
from mujaz.model import Article

Workers = Callable[[int], AbstractContextManager[Executor | None]]
"""Given a number of articles, opens an executor to read them; None if that is not worth it."""
_PART = 40
"""Articles that one task reads: some tenths of a second."""
_WAITING = 16
"""Parts that are under way: enough for many workers, and few enough to be held in memory."""


def alone(count: int) -> AbstractContextManager[None]:
    """Open no executor."""
    return nullcontext()


def read_ahead(
    articles: Iterable[Article],
    count: int,
    tag_table: Mapping[str, Any],
    remember: Remember,
    workers: Workers,
) -> Iterator[Article]:
    """Yield the articles, about `count`, having had the `workers` read those that are new."""
    tagger = Tagger(tag_table)
    left = iter(articles)
    under_way: deque[tuple[list[Article], Future[dict[str, bytes]]]] = deque()
    with workers(count) as executor:
        if executor is None:
            yield from left
            return
        while part := list(islice(left, _PART)):
            unread = [each for each in part if tags_name(each, tagger) not in remember]
            under_way.append((part, executor.submit(_read, tag_table, unread)))
            if len(under_way) >= _WAITING:
                yield from _taken(*under_way.popleft(), remember)
        while under_way:
            yield from _taken(*under_way.popleft(), remember)


def _taken(
    part: Sequence[Article], made: Future[dict[str, bytes]], remember: Remember
) -> Iterator[Article]:
    """Remember what was made of some articles, and yield them."""
    for name, content in made.result().items():
        remember(name, partial(_given, content))
    yield from part


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
