"""Why a story stands where it does in the edition of its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from mujaz.compose.edition import Edition, edition_of
from mujaz.compose.entries import DigestEntry
from mujaz.compose.selection import EditionRules, pin_names
from mujaz.config import pin_name
from mujaz.errors import ConfigError
from mujaz.library import Library, TrackedLibrary
from mujaz.library.groups import ALL


class Standing(NamedTuple):
    """Where a story stands in the edition of a day."""

    day: dt.date
    place: int
    """From 1."""
    is_numbered: bool
    """Whether it is one of the edition's numbered stories."""
    entry: DigestEntry


def standings(library: Library, name: str, rules: EditionRules) -> list[Standing]:
    """Return where the numbered stories of a day stand, or one story in each day that it is of.

    `name` is a day, as 2025-07-14, or the id, address or file of a story or an article. Raises
    `ConfigError` if nothing is of that name.
    """
    tracked, days = TrackedLibrary(library), library.days(ALL)
    day = _day(name)
    if day:
        if day not in days:
            raise ConfigError(f"{name}: no article is of that day")
        return [each for each in _all(edition_of([day], tracked, rules)) if each.is_numbered]
    wanted, article_id = pin_name(name), library.id_of_file(name)
    article_id = article_id or wanted.rpartition("-")[2].rpartition("/")[2]
    story = tracked.story_of(article_id) or tracked.story(article_id)
    cards = [tracked.card(each) for each in (story.articles if story else (article_id,))]
    own_days = sorted({card.date for card in cards if card and card.date})
    if not own_days:
        raise ConfigError(f"{name}: no dated story or article is called so; give an id or a day")
    names = {wanted, article_id, *(story.articles if story else ())}
    return [
        each
        for day in own_days
        for each in _all(edition_of([day], tracked, rules))
        if not names.isdisjoint(pin_names(each.entry))
    ]


def _all(edition: Edition) -> Iterator[Standing]:
    for place, entry in enumerate(edition.entries, 1):
        if edition.day:
            yield Standing(edition.day, place, place <= edition.numbered, entry)


def _day(text: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        return None
