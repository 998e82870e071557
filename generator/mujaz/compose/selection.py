"""Which stories an edition has, and in which order: what editors pin, and how broad it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mujaz.compose.entries import DigestEntry
from mujaz.compose.permalinks import article_path, site_address, story_path
from mujaz.config import Config
from mujaz.library import Library, TrackedLibrary

_SECTION_PART = 3
"""A section has this part of an edition's places; a further story of it counts for less."""


class EditionRules(NamedTuple):
    """What an editor may say of editions."""

    size: int = 12
    """Stories that are numbered."""
    pins: tuple[str, ...] = ()
    """Ids, files or addresses of articles or stories that come first, in this order."""
    off_front: tuple[str, ...] = ()
    """The same of those that no edition has."""
    sections: tuple[str, ...] = ()
    """Sections that come before those of the table, in this order."""


def edition_rules(config: Config, library: Library | TrackedLibrary) -> EditionRules:
    """Return what the settings and the editor's files say of editions."""
    sections = tuple(each.name for each in config.editorial.sections)
    return EditionRules(config.edition_size, *library.front(), sections)


def chosen_entries(
    entries: Sequence[DigestEntry], rules: EditionRules
) -> tuple[list[DigestEntry], list[DigestEntry]]:
    """Return the stories of an edition, and the others; `entries` are in order of importance.

    What an editor pinned comes first. A section has a third of the places: a further story of it
    counts for nine tenths. Notices are in no edition, unless there is nothing else. What an editor
    keeps off the front is in neither list.
    """
    off_front = {*rules.off_front}
    if off_front:
        entries = [each for each in entries if off_front.isdisjoint(pin_names(each))]
    pinned = _pinned(entries, rules.pins)
    chosen = [entries[place]._replace(moved="pin") for place in pinned]
    waiting = [entry for place, entry in enumerate(entries) if place not in {*pinned}]
    has_news = any(entry.importance.score for entry in waiting)
    notices = [entry for entry in waiting if has_news and not entry.importance.score]
    waiting = [entry for entry in waiting if not has_news or entry.importance.score]
    share = max(1, rules.size // _SECTION_PART)
    taken = Counter(entry.section for entry in chosen)
    while waiting and len(chosen) < rules.size:
        candidates: dict[str | None, DigestEntry] = {}
        for entry in waiting:
            candidates.setdefault(entry.section, entry)
        best = max(
            (
                entry._replace(moved="breadth") if label and taken[label] >= share else entry
                for label, entry in candidates.items()
            ),
            key=lambda entry: entry.score,
        )
        waiting.remove(candidates[best.section])
        taken[best.section] += 1
        chosen.append(best)
    return chosen, [*waiting, *(entry._replace(moved="notice") for entry in notices)]


def _pinned(entries: Sequence[DigestEntry], pins: Sequence[str]) -> list[int]:
    """Return the places of the stories that an editor pinned, in the order of the pins."""
    if not pins:
        return []
    places: dict[str, int] = {}
    for place, entry in enumerate(entries):
        for name in pin_names(entry):
            places.setdefault(name, place)
    return list(dict.fromkeys(places[pin] for pin in pins if pin in places))


def pin_names(entry: DigestEntry) -> Iterator[str]:
    """Yield what a story may be called by: ids, files, and addresses below the site's root."""
    yield entry.id
    if entry.story:
        yield site_address(story_path(entry.story)).strip("/")
    for card in entry.cards:
        yield from (card.id, card.file, site_address(article_path(card)).strip("/"))
