"""Documents to Articles: what each line of a raw page is, and what the newsroom says of it.

A document is cut into lines (a draft); with the vocabulary that all pages of the site give, a draft
becomes an Article or a Problem. It must not know where documents come from, nor what is made of
articles.
"""

from mujaz.parse.article import parse_article
from mujaz.parse.doubts import doubts, unread_fields
from mujaz.parse.lines import Draft, draft
from mujaz.parse.own_rules import own_rules
from mujaz.parse.site_knowledge import SiteKnowledge, learn_vocabulary
from mujaz.parse.vocabulary import SiteVocabulary

__all__ = [
    "Draft",
    "SiteKnowledge",
    "SiteVocabulary",
    "doubts",
    "draft",
    "learn_vocabulary",
    "own_rules",
    "parse_article",
    "unread_fields",
]
