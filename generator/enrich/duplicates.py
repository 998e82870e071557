"""Finds copies: the same text under other names, and agency text that papers retouched."""

from __future__ import annotations

import datetime as dt
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from generator.arabic.normalise import key
from generator.arabic.phrases import split_words
from generator.enrich.kept import Remember, fingerprint, make, name
from generator.model import Article, Version

_SHINGLE = 3
"""Words in a row that are compared as one."""
_SAMPLE = 8
"""One shingle in so many is looked up to find pairs worth comparing."""
_COMMON = 40
"""A sampled shingle in more articles than this is a turn of phrase."""
_SHORT = 25
"""Words: a shorter text is a copy only if all of it is, headline included."""
_ALIKE = 0.55
"""Shared part of all shingles (Jaccard) from which two texts are one."""
_CONTAINED = 0.85
"""Shared part of the shorter text's shingles from which it is a cut of the longer."""

_VERSIONS = 3
"""Versions kept of a text that its paper corrected again and again, beside the first."""


def merge(
    articles: Sequence[Article], remember: Remember = make
) -> tuple[list[Article], dict[str, str]]:
    """Return one article for each text, and file of each copy -> file of the one that leads it.

    The fullest text leads, but a paper's correction of its own story takes its place. Papers that
    printed a copy are kept in `also_in`. What takes long is asked of `remember`.
    """
    fullest = sorted(articles, key=lambda a: (-sum(map(len, a.paragraphs)), a.file))
    shingles = {article.file: _shingles(article, remember) for article in fullest}
    seen: dict[int, list[str]] = defaultdict(list)
    leaders: dict[str, Article] = {}
    duplicates: dict[str, str] = {}
    copies: dict[str, list[Article]] = defaultdict(list)
    for article in fullest:
        own = shingles[article.file]
        candidates = {f: None for s in own.sample if len(seen[s]) <= _COMMON for f in seen[s]}
        words = frozenset(own.all) if candidates else frozenset()
        leader = next((f for f in candidates if _is_copy(words, shingles[f].all)), None)
        if leader is None:
            leaders[article.file] = article
            for shingle in own.sample:
                seen[shingle].append(article.file)
        else:
            duplicates[article.file] = leader
            copies[leader].append(article)
    results = []
    for article in leaders.values():
        versions = [article, *copies[article.file]]
        latest = _corrected(versions)
        if latest.file != article.file:
            duplicates.pop(latest.file)
            duplicates |= {each.file: latest.file for each in versions if each.file != latest.file}
        results.append(_with_copies(latest, [v for v in versions if v.file != latest.file]))
    return results, duplicates


def _corrected(versions: Sequence[Article]) -> Article:
    """Return the article that stands for its versions, the fullest of which comes first.

    A paper that prints a story again on a later day corrects it: its latest text stands, under the
    address and day of the first.
    """
    fullest = versions[0]
    own = [v for v in versions if v.date and v.source and v.source == fullest.source]
    own.sort(key=lambda version: (version.date or dt.date.min, version.file))
    if not own or own[0].date == own[-1].date or own[0].paragraphs == own[-1].paragraphs:
        return fullest
    first, latest = own[0], own[-1]
    return replace(
        latest,
        id=first.id,
        slug=first.slug,
        date=first.date,
        updated=latest.date,
        versions=tuple(_replaced(own)),
    )


def _replaced(own: Sequence[Article]) -> Iterator[Version]:
    """Yield the versions before the last one, oldest first, that say something of their own."""
    told = [
        version
        for version, after in pairwise(own)
        if (version.title, version.paragraphs) != (after.title, after.paragraphs)
    ]
    for version in [*told[:1], *told[1:][-_VERSIONS:]]:
        if version.date:
            yield Version(version.file, version.date, version.title, version.paragraphs)


class _Shingles(NamedTuple):
    """The runs of words in an article, as numbers; each stands there once."""

    all: array[int]
    sample: array[int]
    """Those that are looked up."""


def _shingles(article: Article, remember: Remember) -> _Shingles:
    named = name("shingles", fingerprint(article), sys.byteorder)
    kept = array("I", remember(named, lambda: array("I", sorted(_numbers(article))).tobytes()))
    sample = array("I", [number for number in kept if number % _SAMPLE == 0])
    return _Shingles(kept, sample or kept)


def _numbers(article: Article) -> set[int]:
    words = split_words(" ".join(article.paragraphs)).keys
    if len(words) < _SHORT:
        # As one shingle, it is alike only to itself.
        return {crc32(" ".join((key(article.title), *words)).encode())}
    runs = (words[i : i + _SHINGLE] for i in range(max(len(words) - _SHINGLE + 1, 1)))
    # crc32 and not hash(): the same number in every process.
    return {crc32(" ".join(run).encode()) for run in runs}


def _is_copy(shorter: frozenset[int], longer: array[int]) -> bool:
    shared = len(shorter.intersection(longer))
    together = len(shorter) + len(longer) - shared
    return shared >= _ALIKE * together or (
        len(shorter) >= 40 and shared >= _CONTAINED * len(shorter)
    )


def _with_copies(article: Article, copies: Sequence[Article]) -> Article:
    """Name the other papers, by file so that the order never depends on how they were found."""
    others = dict.fromkeys(
        copy.source
        for copy in sorted(copies, key=lambda copy: copy.file)
        if copy.source and copy.source != article.source
    )
    return replace(article, also_in=tuple(others))
