"""Makes one article of all that printed it: the latest correction, and who else printed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from mujaz.model import Article, Version

_VERSIONS = 3
"""Versions kept of a text that its paper corrected again and again, beside the first."""


def united(versions: Sequence[Article]) -> Article:
    """Return the article that stands for its versions, the fullest of which comes first.

    A paper's correction of its own story takes its place. Papers that printed a copy are kept in
    `also_in`.
    """
    latest = _corrected(versions)
    return _with_copies(latest, [each for each in versions if each.file != latest.file])


def _corrected(versions: Sequence[Article]) -> Article:
    """Return the version that stands.

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


def _with_copies(article: Article, copies: Sequence[Article]) -> Article:
    """Name the other papers, by file so that the order never depends on how they were found."""
    others = dict.fromkeys(
        copy.source
        for copy in sorted(copies, key=lambda copy: copy.file)
        if copy.source and copy.source != article.source
    )
    return replace(article, also_in=tuple(others))
