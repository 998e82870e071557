"""Decides which articles of a search index lie together: a log-structured merge of shards.

A new or changed article goes into a small live shard; what is in an older shard of the same article
is dead there, and passed over by the search page. Small shards grow together as articles come, so
that one article costs little, and a query meets few shards. Which shards there are depends on the
order in which articles came, unless they are few; what is found does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")

SEALED = 8_192
"""Articles of a shard that is not made again for being small. Fewer shards make a first query
smaller; but Pagefind compares the pages of a result with each other, so that larger ones answer
common words slowly, and it holds a whole shard in memory while it makes it: two gigabytes."""
WHOLE = 256
"""So few articles are always one shard: the same ones are the same files, however they came."""
LIVE = 32
"""Articles of the live shard: of 16 on average, an article more takes as long to index as the
start of Pagefind."""
_GROWTH = 2
"""How many times as many articles a shard may have as what joins it."""
_MOST_DEAD = 4
"""A shard is made again when one in this many of its articles is dead."""


class Shard(NamedTuple):
    """A part of an index."""

    name: str
    size: int
    """Articles that it was made of."""
    alive: int
    """Those of them that are still as they were."""


def dissolved(shards: Iterable[Shard], loose: int) -> set[str]:
    """Return the names of the shards whose articles are to be indexed again.

    `loose` articles are in no shard: the new and the changed ones. They and those of the dissolved
    shards make the new ones.
    """
    standing = sorted(shards, key=lambda each: (each.alive, each.name))
    total = loose + sum(each.alive for each in standing)
    if total <= WHOLE:
        is_one = not loose and len(standing) == 1 and standing[0].size == total > 0
        return set() if is_one else {each.name for each in standing}
    stale = [each for each in standing if _is_stale(each)]
    loose += sum(each.alive for each in stale)
    gone = {each.name for each in stale}
    for each in standing:
        if each.name in gone or not loose or each.alive >= SEALED:
            continue
        if each.alive <= max(LIVE, _GROWTH * loose):
            gone.add(each.name)
            loose += each.alive
    return gone


def _is_stale(shard: Shard) -> bool:
    """Return whether a shard is made again for what is dead in it; small ones always are."""
    dead = shard.size - shard.alive
    return dead > 0 and (shard.size <= LIVE or dead * _MOST_DEAD > shard.size)


def cut(loose: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield the articles of each shard that is to be made, in their order."""
    return (loose[start : start + SEALED] for start in range(0, len(loose), SEALED))
