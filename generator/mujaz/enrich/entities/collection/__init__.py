"""Names across a collection: one tag for one person or organisation, spelled in one way.

`Spellings` takes deltas of tagged articles. Must not know how an article's names are recognised.
"""

from mujaz.enrich.entities.collection.spellings import Spellings

__all__ = ["Spellings"]
