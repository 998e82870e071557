"""The page that Pagefind reads in place of an article's own: its stems, and what is shown of it.

Pagefind has no stemmer for Arabic that would serve, so it is given stems in place of words, each
with a mark at its end: Pagefind takes a word also for the beginning of longer ones, and with the
mark no stem is. The headline has the first places of each text, by which the search page knows what
was found there. What a reader sees of a result is kept beside the stems as it is.
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
from mujaz.model import Finding

MARK = "\u0681"
"""A letter that Arabic does not have, at the end of each stem."""
FILTER_MARK = "\u0685"
"""Another one, at the end of words by which results are narrowed."""
TITLE_PLACES = 32
"""Places of a text that are the headline's; those it does not fill stay empty."""
_EMPTY = "-"
"""Takes up a place, and is no word."""
_REPEATS = 5
"""Places of a stem that are kept of each body; more make files large, and rank nothing better."""
_EXCERPT = 180
"""Characters of a summary that are kept to be shown, about two lines."""
_LONGEST = 100_000
"""Characters of a body that are searched: longer ones are books, or hostile."""
SETTINGS = (MARK, FILTER_MARK, TITLE_PLACES, _REPEATS, _EXCERPT, _LONGEST)
"""All that decides what a page says, beside the article and the table of stems."""


def shadow(finding: Finding) -> str:
    """Return the page that Pagefind reads in place of the article's own."""
    title = _stems(finding.title)
    body = _stems("\n".join(finding.paragraphs)[:_LONGEST])
    rest = _without_repeats([*title[TITLE_PLACES:], *body])
    filters = (_filter_word(name, value) for name, value in filtered(finding))
    places = [*title[:TITLE_PLACES], *[_EMPTY] * (TITLE_PLACES - len(title)), *rest, *filters]
    shown = {
        "id": finding.id,
        "address": finding.address,
        "title": finding.title,
        "excerpt": _cut(finding.excerpt),
        "source": finding.source,
        "category": finding.category,
        "date": finding.date,
        "when": finding.when,
    }
    head = [_meta(name, value) for name, value in shown.items() if value]
    inner = f"<head>{''.join(head)}</head><body><p>{escape(' '.join(places))}</p></body>"
    return f'<!doctype html><html lang="unknown">{inner}</html>'


def filtered(finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield what results can be narrowed by: the name of a filter, and a value."""
    for name, values in (
        ("source", (finding.source,)),
        ("category", (finding.category,)),
        ("month", (finding.date[:7],)),
        ("person", finding.people),
        ("place", finding.places),
    ):
        yield from ((name, value) for value in values if value)


def _cut(excerpt: str) -> str:
    """Return an excerpt, cut between two words where it is long."""
    if len(excerpt) <= _EXCERPT:
        return excerpt
    return f"{excerpt[:_EXCERPT].rpartition(' ')[0]} …"


def _stems(text: str) -> list[str]:
    return list(map(_marked, word_list(text)))


@lru_cache(maxsize=50_000)
def _marked(word: str) -> str:
    return stem(word_key(word)) + MARK


def _without_repeats(stems: Sequence[str]) -> list[str]:
    """Return stems with an empty place where one has been often enough to say what it can."""
    left = {each: _REPEATS for each, count in Counter(stems).items() if count > _REPEATS}
    kept = list(stems)
    for place, each in enumerate(stems):
        if each in left:
            left[each] -= 1
            if left[each] < 0:
                kept[place] = _EMPTY
    return kept


def _filter_word(name: str, value: str) -> str:
    """Return the word that stands for a value in the index.

    Pagefind has filters of its own, but writes them in another order each time.
    """
    return name + "".join(split_words(value).keys) + FILTER_MARK


def _meta(name: str, value: str) -> str:
    return f'<meta data-pagefind-meta="{name}[content]" content="{escape(value)}">'
