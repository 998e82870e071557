"""How often texts return to a phrase: what an article is about, it names again."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import NamedTuple
from zlib import crc32

from mujaz.data import trained

MIN_RETURN_SHARE = 0.14
"""Share of the articles with a phrase that must return to it, if a reader is to want more of it:
of any phrase, .09 do; of «أسعار النفط» .2, of «ارتفاع طفيف» and «سير العمل» .05."""
_PRIOR_ARTICLES = 30
"""That a phrase is taken to have been in before, and returned to as its words let expect."""


class Returns(NamedTuple):
    """What is known of articles that return to a phrase."""

    articles: float
    """Articles with the phrase."""
    returning: float
    """Those that have it twice or more."""

    def share(self, articles: int, returning: int) -> float:
        """Return the share of articles that return to it, with more of them."""
        return (self.returning + returning) / (self.articles + articles)


@lru_cache(maxsize=20_000)
def returns_in_print(text: str) -> Returns:
    """Return what a large collection of news, and the words of the phrase, let expect.

    `text` are the comparison keys of its words.
    """
    counts = trained("phrases")
    words = text.split()
    odds = _usual_odds()
    odds += (int(counts.get(f"<{words[0]}") or 0) + int(counts.get(f">{words[-1]}") or 0)) / 100
    expected = 1 / (1 + math.exp(-odds))
    articles, returning = map(int, (counts.get(phrase_name(text)) or "0 0").split())
    return Returns(articles + _PRIOR_ARTICLES, returning + round(_PRIOR_ARTICLES * expected, 4))


def phrase_name(text: str) -> str:
    """Return what the table calls a phrase: a checksum, so that it holds no text."""
    return f"{crc32(text.encode()):x}"


@cache
def _usual_odds() -> float:
    return int(trained("phrases")[""]) / 100
