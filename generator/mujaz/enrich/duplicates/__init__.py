"""Duplicates: one article for each text, whoever printed it.

Files of parsed articles go in; out come the files that represent a text, each article complete with
the sources that printed it and its revisions. It must not know what an article is about.
"""

from mujaz.enrich.duplicates.duplicates import Duplicates

__all__ = ["Duplicates"]
