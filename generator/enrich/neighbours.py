"""Which articles are like which: each is compared with those before it, once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from itertools import groupby

from generator.enrich.kept import Remember, fingerprint, make, name
from generator.enrich.vectors import Alike, Index, Vector, is_column, oldest_first
from generator.model import Article

_ALIKE = 0.3
"""Below this likeness, nobody wants to know: it makes no story, keeps none from being one, and is
nothing to read next."""
Neighbours = Mapping[str, Sequence[Alike]]
"""By article id, the articles that are like it."""


def neighbours(
    articles: Sequence[Article], vectors: Mapping[str, Vector], remember: Remember = make
) -> Neighbours:
    """Return for each article the older ones that are like it; columns are like nothing.

    On one day, those with a lower id are older; undated ones come last. What is found for a day
    depends on the days up to it alone, so that it is asked of `remember`: news of today makes
    nobody compare that of last year again.
    """
    index = Index()
    found: dict[str, Sequence[Alike]] = {}
    depends = blake2b(digest_size=16)
    for _, group in groupby(oldest_first(articles), key=lambda article: article.date):
        day = list(group)
        depends.update(repr([*map(_told, day)]).encode("utf-8", "surrogatepass"))
        readable = [article.id for article in day if not is_column(article)]
        compare = partial(_compared, readable, vectors, index)
        kept = remember(name("neighbours", depends.hexdigest()), compare)
        for own, alike in json.loads(kept).items():
            found[own] = [Alike(*each) for each in alike]
        for own in readable:
            if own not in index:  # nobody had to compare them
                index.add(own, vectors[own])
    return found


def both_ways(older: Neighbours) -> Neighbours:
    """Return for each article the older and the newer ones that are like it."""
    found: dict[str, list[Alike]] = defaultdict(list)
    for own, alike in older.items():
        for other in alike:
            found[own].append(other)
            found[other.id].append(other._replace(id=own))
    return found


def _told(article: Article) -> tuple[object, ...]:
    """Return what an article's vector is made of."""
    tags = [tag.name for tag in article.tags]
    return str(article.date), article.id, fingerprint(article), tags


def _compared(day: Sequence[str], vectors: Mapping[str, Vector], index: Index) -> bytes:
    """Return what each article of a day is like, and add them to the index."""
    return json.dumps(dict(_older(day, vectors, index))).encode()


def _older(
    day: Sequence[str], vectors: Mapping[str, Vector], index: Index
) -> Iterator[tuple[str, list[Alike]]]:
    for own in day:
        yield own, [each for each in index.alike(vectors[own]) if each.likeness >= _ALIKE]
        index.add(own, vectors[own])
