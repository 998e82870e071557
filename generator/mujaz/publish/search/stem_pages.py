"""The page that Pagefind reads in place of an article's own: its stems, and what is shown of it.

Pagefind has no stemmer for Arabic that would serve, so it is given stems in place of words, each
with a mark at its end: Pagefind matches a word also as a prefix of longer ones, and with the mark
no stem is one. The headline has the first positions of each text, by which the search page tells
what was found there. What a reader sees of a result is metadata of the page, as written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape

from mujaz.arabic.normalise import word_key
from mujaz.arabic.phrases import split_words
from mujaz.arabic.stems import stem
from mujaz.arabic.tokens import word_list
from mujaz.site_model import SearchDocument

STEM_MARK = "\u0681"
"""A letter that Arabic does not have, at the end of each stem."""
FACET_MARK = "\u0685"
"""Another one, at the end of words by which results are narrowed."""
TITLE_POSITIONS = 32
"""Positions of a text that are the headline's; those it does not fill stay empty."""
_EMPTY = "-"
"""Takes up a position, and is no word."""
_MAX_STEM_POSITIONS = 5
"""Positions of a stem in each body; more make files large, and rank nothing better."""
_MAX_EXCERPT_CHARACTERS = 180
"""What is shown of a summary, about two lines."""
_MAX_BODY_CHARACTERS = 100_000
"""What is searched of a body: longer ones are books, or hostile."""
SETTINGS = (
    STEM_MARK,
    FACET_MARK,
    TITLE_POSITIONS,
    _MAX_STEM_POSITIONS,
    _MAX_EXCERPT_CHARACTERS,
    _MAX_BODY_CHARACTERS,
)
"""All that shapes a page besides the article and the table of stems."""


def stem_page(document: SearchDocument) -> str:
    """Return the page that Pagefind reads in place of the article's own."""
    title = _stems(document.title)
    body = _stems("\n".join(document.paragraphs)[:_MAX_BODY_CHARACTERS])
    rest = _without_repeats([*title[TITLE_POSITIONS:], *body])
    padding = [_EMPTY] * (TITLE_POSITIONS - len(title))
    facet_words = (_facet_word(name, value) for name, value in facets(document))
    words = [*title[:TITLE_POSITIONS], *padding, *rest, *facet_words]
    shown = {
        "id": document.id,
        "address": document.address,
        "title": document.title,
        "excerpt": _cut(document.excerpt),
        "source": document.source,
        "category": document.section,
        "date": document.date,
    }
    head = [_meta(name, value) for name, value in shown.items() if value]
    inner = f"<head>{''.join(head)}</head><body><p>{escape(' '.join(words))}</p></body>"
    return f'<!doctype html><html lang="unknown">{inner}</html>'


def facets(document: SearchDocument) -> Iterator[tuple[str, str]]:
    """Yield what results can be narrowed by: the name of a facet, and a value."""
    for name, values in (
        ("source", (document.source,)),
        ("category", (document.section,)),
        ("month", (document.date[:7],)),
        ("person", document.people),
        ("place", document.places),
    ):
        yield from ((name, value) for value in values if value)


def _cut(excerpt: str) -> str:
    """Return an excerpt, cut between two words where it is long."""
    if len(excerpt) <= _MAX_EXCERPT_CHARACTERS:
        return excerpt
    return f"{excerpt[:_MAX_EXCERPT_CHARACTERS].rpartition(' ')[0]} …"


def _stems(text: str) -> list[str]:
    return list(map(_marked, word_list(text)))


@lru_cache(maxsize=50_000)
def _marked(word: str) -> str:
    return stem(word_key(word)) + STEM_MARK


def _without_repeats(stems: Sequence[str]) -> list[str]:
    """Return stems with an empty position where one has occurred often enough."""
    limit = _MAX_STEM_POSITIONS
    remaining = {each: limit for each, count in Counter(stems).items() if count > limit}
    positions = list(stems)
    for i, each in enumerate(stems):
        if each in remaining:
            remaining[each] -= 1
            if remaining[each] < 0:
                positions[i] = _EMPTY
    return positions


def _facet_word(name: str, value: str) -> str:
    """Return the word that stands for a value in the index.

    Pagefind has filters of its own, but writes them in another order each time.
    """
    return name + "".join(split_words(value).keys) + FACET_MARK


def _meta(name: str, value: str) -> str:
    return f'<meta data-pagefind-meta="{name}[content]" content="{escape(value)}">'
