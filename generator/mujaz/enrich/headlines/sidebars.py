"""Keeps the headlines beside each article up to date while articles appear, change and disappear.

An article's headlines depend on its own sidebar; on which headlines of the collection are mentioned
there; and, of a line of glued headlines, on the other glued lines that share words with it, and on
a model that learns from some of the collection's headlines. Whatever changes, only what depends on
it is read again; the result is the same in whatever order articles were added.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence

from mujaz.arabic.normalise import fold_spaces, key
from mujaz.arabic.phrases import split_words
from mujaz.arabic.tokens import word_list
from mujaz.delta import Delta
from mujaz.enrich.headlines.encoding import (
    compress,
    compress_headlines,
    decompress,
    decompress_headlines,
)
from mujaz.enrich.headlines.glued_lines import GluedLineIndex
from mujaz.enrich.headlines.headline_index import HeadlineIndex, IndexedHeadline, indexed_headline
from mujaz.enrich.headlines.mention_index import MentionIndex
from mujaz.model import Article, Headline

_MAX_HEADLINE_WORDS = 25
"""A longer line is several headlines glued together."""
_MAX_GLUED_WORDS = 5_000
"""A longer line takes long to split, and no page has so many headlines."""
_MIN_LISTED_WORDS = 3
_MIN_LISTED_LINES = 3
"""Lines that could each be a headline, from which a sidebar is a list with one headline a line."""
_LISTED_CONFIDENCE = 0.9
"""Confidence in a headline that stands on a line of its own among others that do."""
_SENTENCE_END = re.compile(r"(?<!\.)\.[»”\"')\]\s]*$")
"""The end of prose; more dots than one are a pause."""

Links = Sequence[str] | None
"""The lines that are links to other articles; None if the input does not tell."""


class Sidebars:
    """The headlines beside each article."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Take the database, which the caller commits.

        Its rows must come from this version of the code and of the shipped model.
        """
        self._base = base
        self._headlines = HeadlineIndex(base)
        self._mentions = MentionIndex(base)
        self._glued_lines = GluedLineIndex(base, self._headlines)

    def apply(self, delta: Delta[Article]) -> Delta[str]:
        """Take a delta of articles, removed ones by file; upserted ones have their final ids.

        Returns the files of other articles whose sidebars read differently now.
        """
        headlines: list[IndexedHeadline] = []
        changed_sidebars: set[str] = set()
        for article in delta.upserted:
            headlines.append(indexed_headline(article))
            if self._put(article.file, article.sidebar_raw, article.linked):
                changed_sidebars.add(article.file)
        for file in sorted(delta.removed):
            self._put(file, "", None)
        change = self._headlines.apply(Delta(delta.removed, headlines))
        mentioning = self._mentions.files_mentioning(change.keys) - changed_sidebars
        self._mentions.flush()
        stale = changed_sidebars | mentioning | self._glued_lines.refresh(mentioning, change)
        reread = {file for file in sorted(stale) if self._read_again(file)}
        return Delta(upserted=reread.difference(each.file for each in headlines))

    def headlines(self, file: str) -> tuple[Headline, ...]:
        """Return the headlines beside an article that are reliable enough to show, in order."""
        row = self._base.execute(
            "select headlines from sidebars where file = ?", (file,)
        ).fetchone()
        return tuple(decompress_headlines(row[0])) if row else ()

    def _put(self, file: str, raw: str, links: Links) -> bool:
        """Store a sidebar, or remove it if it is empty; return whether it has to be read."""
        row = self._base.execute(
            "select raw_text, links from sidebars where file = ?", (file,)
        ).fetchone()
        stored = compress(raw), None if links is None else json.dumps(links)
        if row == stored or (not row and not raw):
            return False
        self._base.execute("delete from sidebars where file = ?", (file,))
        self._mentions.put(file, _lines(raw))
        glued = [line for line in _lines(raw) if _is_to_split(line, links)]
        self._glued_lines.put(file, glued)
        if not raw:
            return False
        self._base.execute(
            "insert into sidebars values (?, ?, ?, ?)", (file, *stored, compress_headlines(()))
        )
        return True

    def _read_again(self, file: str) -> bool:
        """Read the headlines of a sidebar, and return whether they differ from before."""
        raw, stored_links, before = self._base.execute(
            "select raw_text, links, headlines from sidebars where file = ?", (file,)
        ).fetchone()
        links = None if stored_links is None else tuple(json.loads(stored_links))
        after = compress_headlines(self._read(decompress(raw), links))
        if after == before:
            return False
        self._base.execute("update sidebars set headlines = ? where file = ?", (after, file))
        return True

    def _read(self, raw: str, links: Links) -> list[Headline]:
        """Return the headlines of a sidebar that are reliable enough to show, in order.

        Those are headlines of the collection, wherever they stand, the article's own among them;
        headlines listed one a line; and of glued ones, those whose ends the evidence agrees on.
        """
        lines = _lines(raw)
        is_list = links is None and sum(map(_is_headline_like, lines)) >= _MIN_LISTED_LINES
        by_key: dict[str, Headline] = {}
        for number, line in enumerate(lines):
            if _is_to_split(line, links):
                headlines = self._glued_lines.headlines(line)
            else:
                headlines = [each.headline for each in self._headlines.find(split_words(line))]
                stands_alone = line in links if links is not None else is_list and number > 0
                if stands_alone and not headlines and _is_headline_like(line):
                    headlines = [Headline(fold_spaces(line), _LISTED_CONFIDENCE)]
            for headline in headlines:
                by_key.setdefault(key(headline.text), headline)
        return list(by_key.values())


def _lines(raw: str) -> list[str]:
    return [line for line in raw.split("\n") if line.strip()]


def _is_to_split(line: str, links: Links) -> bool:
    """Return whether a line is several headlines; where links are given, none has to be split."""
    return (
        links is None
        and _MAX_HEADLINE_WORDS < len(word_list(line)) <= _MAX_GLUED_WORDS
        and not _SENTENCE_END.search(line)
    )


def _is_headline_like(line: str) -> bool:
    """Return whether a line could be one headline: a few words, no hashtag, no closing formula."""
    word_count = len(word_list(line))
    has_headline_length = _MIN_LISTED_WORDS <= word_count <= _MAX_HEADLINE_WORDS
    return has_headline_length and not line.lstrip().startswith(("#", "//"))
