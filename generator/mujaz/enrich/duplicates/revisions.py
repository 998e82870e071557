"""Makes one article of all that printed it: the latest correction, and who else printed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from mujaz.model import Article, Duplicate, Version

_MAX_LATER_REVISIONS = 3
"""Revisions shown of a text that its source corrected again and again, beside the first."""


def united(versions: Sequence[Article]) -> Article:
    """Return the article that stands for its versions, the fullest of which comes first.

    A correction by the same source takes its place. The others are named in `duplicates`, and those
    that printed them in `also_in`.
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
    """Name the duplicates, by file so that the order never depends on how they were found."""
    in_order = sorted(duplicates, key=lambda duplicate: duplicate.file)
    others = (each.source for each in in_order if each.source and each.source != article.source)
    return replace(
        article,
        also_in=tuple(dict.fromkeys(others)),
        duplicates=tuple(Duplicate(d.file, d.source, d.title, d.address) for d in in_order),
        first_source=_first_source([article, *duplicates]),
    )


def _first_source(versions: Sequence[Article]) -> str | None:
    """Return the source that printed a text before the others did, by day, and by time of day.

    None if some of them state no day, or if those of the first day do not tell it apart.
    """
    days = [each.date for each in versions if each.date]
    if len(days) < len(versions) or len({each.source for each in versions}) == 1:
        return None
    of_first_day = [each for each in versions if each.date == min(days)]
    times = [each.time for each in of_first_day if each.time]
    if len(times) == len(of_first_day) and len({time.utcoffset() for time in times}) == 1:
        of_first_day = [each for each in of_first_day if each.time == min(times)]
    sources = {each.source for each in of_first_day}
    return sources.pop() if len(sources) == 1 else None
