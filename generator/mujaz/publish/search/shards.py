"""Decides which articles of a search index share a shard: a log-structured merge of shards.

A new or changed article goes into a small live shard; what an older shard holds of it is dead
there, and skipped by the search page. Small shards are merged as articles are added, so that one
article costs little, and a query meets few shards. Which shards there are depends on the order in
which articles were added, unless they are few; what a query finds does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")

MAX_SHARD_ARTICLES = 8_192
"""Articles of a shard that is not merged any more. Fewer shards make a first query smaller; but
Pagefind compares the pages of a result with each other, so that larger ones answer common words
slowly, and it holds a whole shard in memory while it makes it: two gigabytes."""
MAX_SINGLE_SHARD_ARTICLES = 256
"""So few articles are always one shard: the same ones are the same files, in whatever order they
were added."""
LIVE_SHARD_ARTICLES = 32
"""Articles of the live shard: of 16 on average, an article more takes as long to index as the
start of Pagefind."""
_MAX_MERGE_RATIO = 2
"""How many times as many articles a shard may have as what is merged into it."""
_MIN_ARTICLES_PER_DEAD = 4
"""A shard is made again when more than one in this many of its articles is dead."""


class Shard(NamedTuple):
    """A part of an index."""

    name: str
    size: int
    """Number of articles that it was made of."""
    live: int
    """Number of those that are still as they were."""


def shards_to_merge(shards: Iterable[Shard], loose: int) -> set[str]:
    """Return the names of the shards whose articles are to be indexed again.

    `loose` is the number of articles in no shard: the new and the changed ones. They and those of
    the merged shards make the new shards.
    """
    smallest_first = sorted(shards, key=lambda each: (each.live, each.name))
    total = loose + sum(each.live for each in smallest_first)
    if total <= MAX_SINGLE_SHARD_ARTICLES:
        is_one = not loose and len(smallest_first) == 1 and smallest_first[0].size == total > 0
        return set() if is_one else {each.name for each in smallest_first}
    stale = [each for each in smallest_first if _is_stale(each)]
    loose += sum(each.live for each in stale)
    merged = {each.name for each in stale}
    for each in smallest_first:
        if each.name in merged or not loose or each.live >= MAX_SHARD_ARTICLES:
            continue
        if each.live <= max(LIVE_SHARD_ARTICLES, _MAX_MERGE_RATIO * loose):
            merged.add(each.name)
            loose += each.live
    return merged


def _is_stale(shard: Shard) -> bool:
    """Return whether a shard is made again for what is dead in it; small ones always are."""
    dead = shard.size - shard.live
    is_small = shard.size <= LIVE_SHARD_ARTICLES
    return dead > 0 and (is_small or dead * _MIN_ARTICLES_PER_DEAD > shard.size)


def split_into_shards(articles: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield the articles of each shard that is to be made, in order."""
    size = MAX_SHARD_ARTICLES
    return (articles[start : start + size] for start in range(0, len(articles), size))
