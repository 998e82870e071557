"""Finds headlines in the junk that was cut from around an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.arabic.normalise import fold_spaces, key
from generator.arabic.phrases import Phrases, split_words
from generator.enrich.boundaries import prior
from generator.enrich.glued import GluedLines, Span
from generator.enrich.kept import Remember, make
from generator.model import Article, Headline

_LONGEST = 25
"""Words: a longer line is several headlines glued together."""
_LISTED = 0.9
"""Confidence in a headline that stands on a line of its own among others that do."""
_SENTENCE = re.compile(r"(?<!\.)\.[»”\"')\]\s]*$")
"""The end of prose; more dots than one are a pause."""


class _Found(NamedTuple):
    """A headline in a line, and where."""

    span: Span
    headline: Headline


class SidebarReader:
    """Knows the headlines of all articles, and finds them beside each one."""

    def __init__(self, articles: Sequence[Article], remember: Remember = make) -> None:
        """Take the articles of the collection, newest first, and a memory for what is learned."""
        self._by_key: dict[str, Article] = {}
        for article in articles:
            folded = key(article.title)
            if folded.count(" ") >= 2:  # two words are found in any text by chance
                self._by_key.setdefault(folded, article)
        self._phrases = Phrases(self._by_key)
        lines = dict.fromkeys(
            line for each in articles if each.linked is None for line in _lines(each)
        )
        glued = [line for line in lines if _is_glued(line)]
        titles = (article.title for article in articles)
        self._glued = GluedLines(glued, titles, prior(), remember) if glued else None
        self._in_glued: dict[str, tuple[Headline, ...]] = {}

    def headlines(self, article: Article) -> tuple[Headline, ...]:
        """Return the headlines beside `article` that are sure enough to show, in their order.

        Sure are those of articles we hold, wherever they stand, the article's own among them;
        those listed one a line; and of glued ones, those whose ends the evidence agrees on.
        """
        lines, links = _lines(article), article.linked
        listed = links is None and sum(1 for line in lines if _is_listed(line)) >= 3
        found: dict[str, Headline] = {}
        for number, line in enumerate(lines):
            if links is None and _is_glued(line):
                headlines = self._split(line)
            else:
                headlines = tuple(each.headline for each in self._known(line))
                alone = line in links if links is not None else listed and number > 0
                if alone and not headlines and _is_listed(line):
                    headlines = (Headline(fold_spaces(line), _LISTED),)
            for headline in headlines:
                found.setdefault(key(headline.text), headline)
        return tuple(found.values())

    def _split(self, line: str) -> tuple[Headline, ...]:
        """Return the headlines of a glued line; many pages share one."""
        if line not in self._in_glued and self._glued:
            found = self._known(line)
            for part in self._glued.shown(line, [each.span for each in found]):
                headline = Headline(part.text, round(min(part.confidence, 0.99), 2))
                found.append(_Found(part.span, headline))
            self._in_glued[line] = tuple(
                each.headline for each in sorted(found, key=lambda each: each.span)
            )
        return self._in_glued[line]

    def _known(self, line: str) -> list[_Found]:
        words = split_words(line)
        found = []
        for match in self._phrases.find(words.keys):
            article = self._by_key[match.phrase]
            span = words.spans[match.first][0], words.spans[match.last - 1][1]
            found.append(_Found(span, Headline(article.title, 1.0, article.id)))
        return found


def _lines(article: Article) -> list[str]:
    return [line for line in article.sidebar_raw.split("\n") if line.strip()]


def _is_glued(line: str) -> bool:
    """Whether `line` is several headlines: too long for one, and no prose."""
    return len(split_words(line).keys) > _LONGEST and not _SENTENCE.search(line)


def _is_listed(line: str) -> bool:
    """Whether `line` could be one headline: a few words, no hashtag, no closing formula."""
    length = len(split_words(line).keys)
    return 3 <= length <= _LONGEST and not line.lstrip().startswith(("#", "//"))
