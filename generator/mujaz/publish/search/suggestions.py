"""What a shard suggests before anything is found: spellings of words, and facets of results."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from mujaz.arabic.normalise import without_marks
from mujaz.arabic.tokens import word_list
from mujaz.publish.search.stem_pages import facets
from mujaz.site_model import SearchDocument

FACETS = ("source", "category", "month", "person", "place")
_MAX_FACET_VALUES = 300
"""Values of a facet that a shard suggests."""
_MAX_SPELLINGS = 2_000
"""Words of headlines and leads that a shard suggests as spellings."""
_MIN_SPELLING_LETTERS = 3


class SuggestionSource(NamedTuple):
    """What an article adds to the suggestions of its shard."""

    text: str
    """Headline and lead."""
    facets: tuple[tuple[str, str], ...]
    """Each facet with a value."""


def suggestion_source(document: SearchDocument) -> SuggestionSource:
    """Return what an article adds to the suggestions of its shard."""
    return SuggestionSource(f"{document.title} {document.excerpt}", tuple(facets(document)))


def spellings_json(sources: Iterable[SuggestionSource]) -> str:
    """Return the most frequent words of headlines and leads with their counts, as JSON.

    From them the search page suggests another spelling of a word that it has not found.
    """
    counts = Counter[str]()
    for each in sources:
        counts.update(word_list(without_marks(each.text)))
    ranked = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    spellings = [entry for entry in ranked if len(entry[0]) >= _MIN_SPELLING_LETTERS]
    return _json(spellings[:_MAX_SPELLINGS])


def facets_json(sources: Iterable[SuggestionSource]) -> str:
    """Return the values of each facet with their counts, the most frequent first, as JSON."""
    counts = Counter(entry for each in sources for entry in set(each.facets))
    values: dict[str, list[tuple[str, int]]] = {name: [] for name in FACETS}
    for (name, value), count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
        if len(values[name]) < _MAX_FACET_VALUES:
            values[name].append((value, count))
    return _json(values)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
