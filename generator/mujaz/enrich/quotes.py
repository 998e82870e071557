"""The quotation of an article that is set large beside its text, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from mujaz.arabic.normalise import key
from mujaz.arabic.tokens import words
from mujaz.data import table
from mujaz.model import Article, Provenance

_QUOTATION = re.compile("«[^«»]*»|“[^“”]*”")
_FEWEST_PARAGRAPHS = 4
"""Shorter articles need no relief."""
_FEWEST, _MOST = 8, 30
"""Words of a quotation: fewer are a name or a phrase, more are a paragraph."""
_SHARE = 5
"""Times that the body is longer than the quotation, in words, at least."""
_CUT = ("…", "..", "(", "[")
"""What a quotation has where a writer left something out or put something in."""


def quoted(article: Article) -> Article:
    """Return the article with its pull quote, if its text holds one that can stand alone.

    What an editor chose stays, and if that is nothing, there is none.
    """
    quote = None if article.excerpt or "quote" in article.settled else _pull_quote(article)
    if quote is None:
        return article
    why = {"quote": Provenance("quotation after a colon", 0.9)}
    return replace(article, quote=quote, provenance={**article.provenance, **why})


def _pull_quote(article: Article) -> str | None:
    """Return the first quotation below the lead that says something whole, marks included."""
    if len(article.paragraphs) < _FEWEST_PARAGRAPHS:
        return None
    length = sum(len(paragraph.split()) for paragraph in article.paragraphs)
    found = (each for paragraph in article.paragraphs[1:] for each in _quotations(paragraph))
    return next((each for each in found if _stands_alone(each, length // _SHARE)), None)


def _quotations(paragraph: str) -> Iterator[str]:
    """Yield what somebody says in full: it follows a colon and is closed."""
    for match in _QUOTATION.finditer(paragraph):
        if paragraph[: match.start()].rstrip().endswith(":"):
            yield match[0]


def _stands_alone(quotation: str, most: int) -> bool:
    """Whether a reader understands `quotation` without the sentence before it."""
    said = quotation[1:-1].strip()
    told = [word for word, _, _ in words(said)]
    return (
        _FEWEST <= len(told) <= min(_MOST, most)
        and not {key(told[0]), key(told[0]).removeprefix("و").removeprefix("ف")} & _leaning()
        and not said.startswith(_CUT)
        and not said.endswith((*_CUT, "،", ":"))
        and not any(mark in said for mark in "([")
    )


@cache
def _leaning() -> frozenset[str]:
    """Return the words that begin by pointing at what was said before."""
    return frozenset(key(word) for word in table("quote_words")["leaning"])
