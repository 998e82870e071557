"""Entities: articles go in, the people, places and organisations that they name come out as tags.

`Tagger` reads each article by itself; `Spellings` takes deltas of tagged articles, and says by what
name each person and organisation goes. Must not know of other parts of enrichment, nor of pages.
"""

from mujaz.enrich.entities.collection import Spellings
from mujaz.enrich.entities.spans import with_spans
from mujaz.enrich.entities.tagger import Tagger

__all__ = ["Spellings", "Tagger", "with_spans"]
