"""Decides which articles of a search index lie together: a log-structured merge of shards.

A new or changed article goes into a small live shard; what is in an older shard of the same article
is dead there, and passed over by the search page. Small shards grow together as articles come, so
that one article costs little, and a query meets few shards. Which shards there are depends on the
order in which articles came; what is found does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

SEALED = 8_192
"""Articles of a shard that is not made again for being small. Fewer shards make a first query
smaller; but Pagefind compares the pages of a result with each other, so that larger ones answer
common words slowly, and it holds a whole shard in memory while it makes it: two gigabytes."""
LIVE = 128
"""Articles of the live shard: about as many as a tenth of a second can index."""
_GROWTH = 2
"""How many times as many articles a shard may have as what joins it."""
_MOST_DEAD = 4
"""A shard is made again when one in this many of its articles is dead."""


class Plan(NamedTuple):
    """What an index is to become."""

    kept: tuple[str, ...]
    """Names of the shards that stay as they are."""
    made: tuple[tuple[str, ...], ...]
    """Ids of the articles of each shard to be made."""


def plan(shards: Mapping[str, Mapping[str, str]], wanted: Mapping[str, str]) -> Plan:
    """Return what becomes of `shards`, so that all of `wanted` is in one of them, and once.

    `shards` are digests of articles by id, by the names of shards; `wanted` are digests by id, in
    the order in which a shard has them.
    """
    alive = {name: alive_in(members, wanted) for name, members in shards.items()}
    kept = {
        name: found
        for name, found in alive.items()
        if found and not _is_stale(len(shards[name]), len(found))
    }
    held: set[str] = set()
    for name in sorted(kept, key=lambda name: (-len(kept[name]), name)):
        if held.isdisjoint(kept[name]):
            held |= kept[name]
        else:  # the same article twice, in an index that something else has touched
            del kept[name]
    loose = len(wanted) - len(held)
    for name in sorted(kept, key=lambda name: (len(kept[name]), name)):
        size = len(kept[name])
        if loose and size < SEALED and size <= max(LIVE, _GROWTH * loose):
            held -= kept.pop(name)
            loose += size
    rest = [each for each in wanted if each not in held]
    made = (tuple(rest[start : start + SEALED]) for start in range(0, len(rest), SEALED))
    return Plan(tuple(sorted(kept)), tuple(made))


def _is_stale(size: int, alive: int) -> bool:
    """Return whether a shard is made again for what is dead in it; small ones always are."""
    dead = size - alive
    return dead > 0 and (size <= 2 * LIVE or dead * _MOST_DEAD > size)


def alive_in(members: Mapping[str, str], wanted: Mapping[str, str]) -> set[str]:
    """Return the ids in a shard whose articles are still as they are there."""
    return {each for each, digest in members.items() if wanted.get(each) == digest}


def dead_in(members: Sequence[str], alive: set[str]) -> list[str]:
    """Return the other ids, in their order."""
    return [each for each in members if each not in alive]
