"""What is quoted from an article, word for word: its lead as a summary, and its pull quote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from mujaz.arabic.normalise import key
from mujaz.arabic.tokens import sentences, words
from mujaz.arabic.typography import without_loose_signs
from mujaz.data import table
from mujaz.model import Article, Provenance

_MIN_LEAD_WORDS, _MAX_LEAD_WORDS = 10, 45
_MIN_ROOM = 10
"""Words, for more of what a sentence only announces."""
_MAX_ANNOUNCING_CHARACTERS = 20
_MIN_SENTENCE_WORDS, _MIN_PARAGRAPH_WORDS = 4, 12
"""A shorter paragraph is a heading or caption; between the two, if it is no full sentence."""
_MAX_QUESTION_WORDS = 20
"""A shorter paragraph that asks something stands above the text like a headline."""
_MAX_SKIPPED_PARAGRAPHS = 8
_FULL_STOP = re.compile(r"(?<!\.)[.!][»”\"')\]\s]*$")
_PAUSES = ("،", "؛", ",", "..", "…")
_ANY_STOP = re.compile(r"[.!؟?…]")
_MAX_CAPTION_WORDS, _MAX_CAPTION_CHARACTERS = 7, 60
_BULLETS = "*•●▪- \u2013"
_CLOSING = "»”\"')] "
_QUOTATION = re.compile("«[^«»]*»|“[^“”]*”")
_MIN_PARAGRAPHS = 4
"""Shorter articles need no relief."""
_MIN_QUOTE_WORDS, _MAX_QUOTE_WORDS = 8, 30
"""Fewer are a name or a phrase, more are a paragraph."""
_MIN_BODY_PER_QUOTE = 5
"""Times that the body is longer than the quotation, in words."""
_CUT = ("…", "..", "(", "[")
"""What a quotation has where a writer left something out or put something in."""


def lead(article: Article) -> str:
    """Return the article's first sentences of substance, word for word, as many as 45 words hold.

    A longer first sentence is cut after a clause, or else after a word, and says so with an
    ellipsis. Readers' eyes and measurements agree that the lead beats cleverer summaries. Where all
    there is of a text is a caption, nothing sums it up, and the lead is empty.
    """
    return without_loose_signs(_lead_as_written(article.paragraphs))


def _lead_as_written(paragraphs: Sequence[str]) -> str:
    if _is_only_caption(paragraphs):
        return ""
    chosen: list[str] = []
    room = _MAX_LEAD_WORDS
    for paragraph in _opening_paragraphs(paragraphs):
        for sentence in sentences(paragraph.lstrip(_BULLETS)):
            length = len(sentence.split())
            if length > room:
                is_whole = _is_enough(chosen) and not (_announces(chosen) and room >= _MIN_ROOM)
                return _ended(" ".join(chosen)) if is_whole else _cut(chosen, sentence)
            chosen.append(sentence)
            room -= length
        if _is_enough(chosen) and not _announces(chosen):
            break
    return _ended(" ".join(chosen))


def _ended(text: str) -> str:
    """Return a summary without what announces more of the text: its last clause, or the colon."""
    bare = text.rstrip(_CLOSING)
    if not bare.endswith((":", "،", ",", "؛")):
        return text
    words = bare.split()
    ends = [i + 1 for i, word in enumerate(words[:-1]) if i >= len(words) // 2 and word[-1] in "،؛"]
    return " ".join(words[: ends[-1]] if ends else words).rstrip("،؛,.:-– ") + "…"


def _is_only_caption(paragraphs: Sequence[str]) -> bool:
    return (
        len(paragraphs) == 1
        and len(paragraphs[0]) <= _MAX_CAPTION_CHARACTERS
        and len(paragraphs[0].split()) <= _MAX_CAPTION_WORDS
        and not _ANY_STOP.search(paragraphs[0])
    )


def _opening_paragraphs(paragraphs: Sequence[str]) -> Sequence[str]:
    """Return the paragraphs from the first one on that is no heading, caption or question."""
    for index, paragraph in enumerate(paragraphs[:_MAX_SKIPPED_PARAGRAPHS]):
        if _has_substance(paragraph):
            following = (each for each in paragraphs[index + 1 :] if _has_substance(each))
            return (paragraph, *islice(following, 1))
    return paragraphs[:1]


def _has_substance(paragraph: str) -> bool:
    length = len(paragraph.split())
    if length >= _MIN_PARAGRAPH_WORDS:
        return not (length < _MAX_QUESTION_WORDS and paragraph.rstrip(_CLOSING).endswith("؟"))
    return length >= _MIN_SENTENCE_WORDS and bool(_FULL_STOP.search(paragraph))


def _is_enough(chosen: Sequence[str]) -> bool:
    return sum(len(each.split()) for each in chosen) >= _MIN_LEAD_WORDS


def _announces(chosen: Sequence[str]) -> bool:
    """Whether what was chosen says that news follows, and not which."""
    text = chosen[-1].rstrip(_CLOSING)
    last = key(text[-_MAX_ANNOUNCING_CHARACTERS:]).split()[-1:]
    return text.endswith(":") or not _announcing_words().isdisjoint(last)


def _cut(chosen: Sequence[str], sentence: str) -> str:
    """Return what was chosen with the beginning of the sentence after it, up to a clause's end."""
    opening = [*" ".join(chosen).split(), *sentence.split()][:_MAX_LEAD_WORDS]
    half = len(opening) // 2
    ends = [i + 1 for i, word in enumerate(opening) if i >= half and word.endswith(_PAUSES)]
    if not ends:
        ends = [i for i, word in enumerate(opening) if i >= half and key(word) in _clause_words()]
    if ends:
        opening = opening[: ends[-1]]
    while len(opening) > half and key(opening[-1]) in _leading_words():
        opening.pop()
    return " ".join(opening).rstrip("،؛,.:-–( ") + "…"


def with_pull_quote(article: Article) -> Article:
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
    if len(article.paragraphs) < _MIN_PARAGRAPHS:
        return None
    body_words = sum(len(paragraph.split()) for paragraph in article.paragraphs)
    max_words = min(_MAX_QUOTE_WORDS, body_words // _MIN_BODY_PER_QUOTE)
    quotations = (each for text in article.paragraphs[1:] for each in _quotations(text))
    return next((each for each in quotations if _stands_alone(each, max_words)), None)


def _quotations(paragraph: str) -> Iterator[str]:
    """Yield what somebody says in full: it follows a colon and is closed."""
    for match in _QUOTATION.finditer(paragraph):
        if paragraph[: match.start()].rstrip().endswith(":"):
            yield match[0]


def _stands_alone(quotation: str, max_words: int) -> bool:
    """Whether a reader understands `quotation` without the sentence before it."""
    said = quotation[1:-1].strip()
    keys = [key(word) for word, _, _ in words(said)]
    return (
        _MIN_QUOTE_WORDS <= len(keys) <= max_words
        and not {keys[0], keys[0].removeprefix("و").removeprefix("ف")} & _leaning_words()
        and not said.startswith(_CUT)
        and not said.endswith((*_CUT, "،", ":"))
        and not any(mark in said for mark in "([")
    )


@cache
def _leaning_words() -> frozenset[str]:
    """Return the words that begin by pointing at what was said before."""
    return frozenset(key(word) for word in table("quote_words")["leaning"])


@cache
def _leading_words() -> frozenset[str]:
    """Return the words that lead on to the next one."""
    return frozenset(key(table("quote_words")["leading_on"]).split())


@cache
def _announcing_words() -> frozenset[str]:
    """Return the words that announcements end with."""
    return frozenset(map(key, table("quote_words")["announcing"]))


@cache
def _clause_words() -> frozenset[str]:
    """Return the words that begin a clause which a lead can do without."""
    return frozenset(key(word) for word in table("quote_words")["clauses"])
