"""Topics: deltas of articles go in; each article comes out with the section that it belongs to.

Must not overrule a section that the input or an editor named, nor know how other fields came about.
"""

from mujaz.enrich.topics.classifier import Evidence, evidence_of, needs_section
from mujaz.enrich.topics.sections import Sections

__all__ = ["Evidence", "Sections", "evidence_of", "needs_section"]
