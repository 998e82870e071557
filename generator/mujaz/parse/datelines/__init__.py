"""Reads datelines and bylines: publisher, agency, place, authors and day, in the shapes of papers.

A line is cut into pieces by what stands between them (`pieces`); tables and the shape of names say
what each could be (`parts`); together they come to a dateline (`reader`). Where it may stand, and
how sure it has to be there, is up to `lines` and `opening`.
"""

from mujaz.parse.datelines.lines import dateline_part, is_dateline
from mujaz.parse.datelines.opening import Opening, split_opening

__all__ = ["Opening", "dateline_part", "is_dateline", "split_opening"]
