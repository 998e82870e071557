"""Records of exports and rows of tables to Documents, whatever shape and names they have.

It takes what JSON or CSV gave, and must not know which of them it was.
"""

from mujaz.read.records.article import RecordReader
from mujaz.read.records.shapes import list_of_records

__all__ = ["RecordReader", "list_of_records"]
