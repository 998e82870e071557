"""Analyses many new articles at once, on other cores or machines.

Nothing but the memo is filled: whoever asks it later gets what he would have made himself, so no
result depends on where the work was done, in how many parts, or whether at all.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from itertools import islice
from typing import Any

from mujaz.enrich.article_analysis import tags_key, tags_of, topic_evidence
from mujaz.enrich.entities import Tagger
from mujaz.model import Article
from mujaz.progress import OpenExecutor
from mujaz.state.fingerprint import derivation_fingerprint
from mujaz.state.memo import Remember

_ARTICLES_PER_TASK = 40
"""Some tenths of a second."""
_MAX_TASKS_UNDER_WAY = 16
"""Enough for many workers, and few enough to be held in memory."""


def analyse_ahead(
    articles: Iterable[Article],
    count: int,
    tag_table: Mapping[str, Any],
    remember: Remember,
    open_executor: OpenExecutor,
) -> Iterator[Article]:
    """Yield the articles, about `count`, after an executor analysed those that are new."""
    tagger = Tagger(tag_table)
    left = iter(articles)
    tasks: deque[tuple[list[Article], Future[dict[str, bytes]]]] = deque()
    with open_executor(count) as executor:
        if executor is None:
            yield from left
            return
        code = derivation_fingerprint()
        while part := list(islice(left, _ARTICLES_PER_TASK)):
            new = [each for each in part if tags_key(each, tagger) not in remember]
            tasks.append((part, executor.submit(_results, tag_table, new, code)))
            if len(tasks) >= _MAX_TASKS_UNDER_WAY:
                yield from _finished(*tasks.popleft(), remember)
        while tasks:
            yield from _finished(*tasks.popleft(), remember)


def _finished(
    part: Sequence[Article], task: Future[dict[str, bytes]], remember: Remember
) -> Iterator[Article]:
    """Remember the results for some articles, and yield these."""
    for key, result in task.result().items():
        remember(key, lambda result=result: result)  # type: ignore[misc]
    yield from part


def _results(
    tag_table: Mapping[str, Any], articles: Sequence[Article], code: str
) -> dict[str, bytes]:
    """Return by key what is derived from each of the articles; runs wherever the executor is.

    A worker with other code returns nothing: its results would be remembered as if they were ours.
    """
    results = _Results()
    if code == derivation_fingerprint():
        tagger = Tagger(tag_table)
        for article in articles:
            tags_of(article, tagger, results)
            topic_evidence(article, results)
    return results.by_key


class _Results:
    """Makes every result, and holds it."""

    def __init__(self) -> None:
        self.by_key: dict[str, bytes] = {}

    def __call__(self, key: str, make: Callable[[], bytes]) -> bytes:
        result = self.by_key[key] = make()
        return result

    def __contains__(self, key: object) -> bool:
        return key in self.by_key
