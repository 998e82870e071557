"""Makes one article of all that printed it: the latest correction, and who else printed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from mujaz.model import Article, Version

_MAX_LATER_REVISIONS = 3
"""Revisions shown of a text that its source corrected again and again, beside the first."""


def united(versions: Sequence[Article]) -> Article:
    """Return the article that stands for its versions, the fullest of which comes first.

    A correction by the same source takes its place. Sources that printed a duplicate are named in
    `also_in`.
    """
    latest = _corrected(versions)
    return _with_duplicates(latest, [each for each in versions if each.file != latest.file])


def _corrected(versions: Sequence[Article]) -> Article:
    """Return the version that stands.

    A source that prints a story again on a later day corrects it: its latest text stands, under the
    address and day of the first.
    """
    fullest = versions[0]
    of_source = [v for v in versions if v.date and v.source and v.source == fullest.source]
    of_source.sort(key=lambda version: (version.date or dt.date.min, version.file))
    if (
        not of_source
        or of_source[0].date == of_source[-1].date
        or of_source[0].paragraphs == of_source[-1].paragraphs
    ):
        return fullest
    first, latest = of_source[0], of_source[-1]
    return replace(
        latest,
        id=first.id,
        slug=first.slug,
        date=first.date,
        time=first.time,
        updated=latest.date,
        versions=tuple(_replaced(of_source)),
    )


def _replaced(revisions: Sequence[Article]) -> Iterator[Version]:
    """Yield the revisions before the last one, oldest first, that differ from the next."""
    distinct = [
        version
        for version, after in pairwise(revisions)
        if (version.title, version.paragraphs) != (after.title, after.paragraphs)
    ]
    for version in [*distinct[:1], *distinct[1:][-_MAX_LATER_REVISIONS:]]:
        if version.date:
            yield Version(version.file, version.date, version.title, version.paragraphs)


def _with_duplicates(article: Article, duplicates: Sequence[Article]) -> Article:
    """Name the other sources, by file so that the order never depends on how they were found."""
    others = dict.fromkeys(
        duplicate.source
        for duplicate in sorted(duplicates, key=lambda duplicate: duplicate.file)
        if duplicate.source and duplicate.source != article.source
    )
    return replace(article, also_in=tuple(others))
