"""Enrichment: articles go in one by one, out comes what they say alone and among the others.

Deltas of articles go in, deltas of complete articles, duplicates and stories come out. What is
derived is kept in tables, so that a change costs what it changes. Nothing here knows of pages.
"""

from mujaz.delta import Delta
from mujaz.enrich.duplicates.duplicates import Copies
from mujaz.enrich.enrichment import Enrichment, enrich_alone
from mujaz.enrich.stories.updates import Threads


class Duplicates(Copies):
    def apply(self, delta):
        up = sorted(delta.upserted)
        m = self.update({*delta.removed, *up}, map(self._article_of, up))
        st = m.leaders._stands
        return Delta({f for f, s in st.items() if not s}, sorted(f for f, s in st.items() if s))

    article = Copies.leader
    count = Copies.duplicates


class Stories(Threads):
    pass


__all__ = ["Duplicates", "Enrichment", "Stories", "enrich_alone"]
