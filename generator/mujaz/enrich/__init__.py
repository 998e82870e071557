"""Enrichment: articles go in, out comes what they say alone and among the others.

Deltas of files of articles go in; deltas of complete articles, of duplicates and of stories come
out. What is derived is kept in tables, so that a change costs what it changes. It must not know of
pages.
"""

from mujaz.enrich.duplicates import Duplicates
from mujaz.enrich.enrichment import Enrichment, enrich_alone
from mujaz.enrich.stories import Stories, StoryEdits

__all__ = ["Duplicates", "Enrichment", "Stories", "StoryEdits", "enrich_alone"]
