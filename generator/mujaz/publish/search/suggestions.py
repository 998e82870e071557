"""What a shard offers before anything is found: other spellings of words, and values of filters."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from mujaz.arabic.normalise import without_marks
from mujaz.arabic.tokens import word_list
from mujaz.model import Finding
from mujaz.publish.search.stem_pages import filtered

FILTERS = ("source", "category", "month", "person", "place")
_CHOICES = 300
"""Values of a filter that a shard offers."""
_OFFERED, _SHORTEST_OFFERED = 2_000, 3
"""Words of headlines and leads that a shard offers as spellings, and their fewest letters."""


class Offer(NamedTuple):
    """What an article adds to what its shard offers."""

    text: str
    """Headline and lead."""
    filters: tuple[tuple[str, str], ...]
    """Each filter with a value."""


def offer(finding: Finding) -> Offer:
    """Return what an article adds to what its shard offers."""
    return Offer(f"{finding.title} {finding.excerpt}", tuple(filtered(finding)))


def words_offered(offers: Iterable[Offer]) -> str:
    """Return the most frequent words of headlines and leads with how often they stand there.

    From them the search page offers another spelling of a word that it has not found.
    """
    counts = Counter[str]()
    for each in offers:
        counts.update(word_list(without_marks(each.text)))
    most = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    told = [entry for entry in most if len(entry[0]) >= _SHORTEST_OFFERED][:_OFFERED]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"


def filters_offered(offers: Iterable[Offer]) -> str:
    """Return the values of each filter with the number of articles, the most frequent first."""
    counts = Counter(entry for each in offers for entry in set(each.filters))
    told: dict[str, list[tuple[str, int]]] = {name: [] for name in FILTERS}
    for (name, value), number in sorted(counts.items(), key=lambda e: (-e[1], e[0])):
        if len(told[name]) < _CHOICES:
            told[name].append((value, number))
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"
