"""The lead as a summary: readers' eyes and measurements agree that it beats cleverer choices."""

from __future__ import annotations

from mujaz.arabic.tokens import sentences
from mujaz.model import Article

_LONGEST = 45
"""Words."""


def summary(article: Article) -> str:
    """Return the article's first sentences, as many as 45 words hold.

    A longer first sentence is cut after a comma, or else after a word, and says so with an
    ellipsis.
    """
    kept: list[str] = []
    room = _LONGEST
    for sentence in sentences(article.paragraphs[0]):
        length = len(sentence.split())
        if length > room:
            break
        kept.append(sentence)
        room -= length
    if kept:
        return " ".join(kept)
    words = article.paragraphs[0].split()[:_LONGEST]
    commas = [i for i, word in enumerate(words) if i >= _LONGEST // 2 and word[-1] in "،؛"]
    if commas:
        words = words[: commas[-1] + 1]
    return " ".join(words).rstrip("،؛,.: ") + "…"
