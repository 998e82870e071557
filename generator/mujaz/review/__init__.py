"""What is asked of the articles without a build: by editors, and by other programs.

Each question is answered from a copy of the state, once it is up to date; nothing is written. It
must not know how answers are printed.
"""

from mujaz.compose.edition import Edition
from mujaz.review.concerns import Concern, concerns
from mujaz.review.editors import check, explained, parse, sidecar_sentences
from mujaz.review.export import (
    PublishedArticle,
    edition_of_day,
    published_articles,
    read_library,
)
from mujaz.review.standing import Standing, standings

__all__ = [
    "Concern",
    "Edition",
    "PublishedArticle",
    "Standing",
    "check",
    "concerns",
    "edition_of_day",
    "explained",
    "parse",
    "published_articles",
    "read_library",
    "sidecar_sentences",
    "standings",
]
