"""What the pages of one site say of each other: headlines, sources, and recurring lines.

It takes in drafts of pages, and gives a vocabulary to parse with and the pages to parse again.
It must not know how a page is parsed, nor keep any page's text.
"""

from mujaz.parse.site_knowledge.site_knowledge import SiteKnowledge, learn_vocabulary

__all__ = ["SiteKnowledge", "learn_vocabulary"]
