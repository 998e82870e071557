"""What in an article tells its type, as numbers under the names that the table of weights has."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain, islice
from urllib.parse import unquote, urlsplit

from mujaz.arabic.normalise import key
from mujaz.arabic.phrases import split_words
from mujaz.arabic.press.type_names import article_types, type_named
from mujaz.data import table
from mujaz.model import Article

_MAX_READ_WORDS = 1_500
_QUOTATION = re.compile('«[^«»]*»|“[^“”]*”|"[^"]*"|{[^{}]*}')
_QUESTION_MARKS, _EXCLAMATION_MARKS = ("؟", "?"), "!"
_TURN = re.compile(r"\s*(?:[-–—*•●▪■]|[سج]\s*[:/.-])")
"""Opens a question or an answer of a printed interview."""
_CREDIT = re.compile(
    r"[(«“\"]\s*[^\s()«»“”\"]{1,12}(?:[ .]+[^\s()«»“”\"]{1,3}){0,2}\s*[)»”\"][\s.]*$"
)
"""The agency behind a caption."""
_MAX_QUESTION_WORDS, _MAX_SUBHEAD_WORDS, _MIN_SAYING_WORDS = 60, 8, 6
_LEAD_WORDS, _OPENING_WORDS = 2, 45
_PREFIXES = ("", "و", "ف")


def evidence(article: Article) -> Mapping[str, float]:
    """Return what speaks for or against the types, each from 0 to 1."""
    texts = article.paragraphs
    title, parts = split_words(article.title).keys, [split_words(text).keys for text in texts]
    body = [word for words in parts for word in words][:_MAX_READ_WORDS]
    length, text = len(body), "\n".join(texts)
    unquoted = _QUOTATION.sub(" ", text)
    plain = [*islice(chain.from_iterable(map(_unquoted_words, texts)), _MAX_READ_WORDS)]
    hundreds = max(1.0, len(plain) / 100)
    counts = _counted(plain)
    phrases = _phrases_in(body)
    telling = [_lists_by_word().get(word, ()) for word in (*body, *title)]
    return {
        **_of_headline(article.title, title, article.authors),
        "attributions": min(1.0, counts["attribution"] / hundreds / 2.5),
        "paragraphs that begin with one": _share(
            sum("attribution" in _lists_by_word().get(words[0], ()) for words in parts if words),
            len(parts),
        ),
        "lead begins with an attribution": any("attribution" in each for each in telling[:3]),
        "lead begins with an event": any("event" in each for each in telling[:_LEAD_WORDS]),
        "day in the opening": any("day" in each for each in telling[:_OPENING_WORDS]),
        "no verb of news": not any("attribution" in each or "event" in each for each in telling),
        "writer's own words": min(1.0, counts["self"] / hundreds / 1.5),
        "words for all of us": min(1.0, counts["ours"] / hundreds / 1.5),
        "words of argument": min(1.0, counts["argument"] / hundreds / 4),
        "words of notices": min(1.0, counts["notice"] / hundreds / 3),
        "questions": min(1.0, _count(unquoted, _QUESTION_MARKS) / hundreds),
        "exclamations": min(1.0, unquoted.count(_EXCLAMATION_MARKS) / hundreds),
        "numbers": min(1.0, sum(word[0].isdigit() for word in body) / hundreds / 3),
        "long quotations": _share_quoted(text, length),
        **{f"phrases: {name}": min(1.0, phrases[name] / most) for name, most in _ENOUGH.items()},
        **_of_form(texts, length),
        **_of_byline(article),
        **_named(article),
    }


_ENOUGH: Mapping[str, int] = {"letter": 2, "interview": 1, "feature": 2, "notice": 2, "caption": 1}
"""How many phrases of a kind say all that they can say."""


def _of_headline(text: str, words: Sequence[str], authors: Sequence[str]) -> dict[str, float]:
    title = f" {' '.join(words)} "
    return {
        "headline asks": _count(text, _QUESTION_MARKS) > 0,
        "headline exclaims": _EXCLAMATION_MARKS in text,
        "headline pauses": "…" in text or ".." in text,
        "headline has a colon": ":" in text,
        "headline of four words or less": len(words) <= 4,
        "headline of nine words or more": len(words) >= 9,
        "headline names the author": any(f" {key(name)} " in title for name in authors),
    }


def _of_form(texts: Sequence[str], length: int) -> dict[str, float]:
    lengths = [len(text.split()) for text in texts]
    asking = sum(
        _count(text, _QUESTION_MARKS) > 0 and words < _MAX_QUESTION_WORDS
        for text, words in zip(texts, lengths, strict=True)
    )
    turns = sum(bool(_TURN.match(text)) for text in texts)
    short = sum(words <= _MAX_SUBHEAD_WORDS for words in lengths)
    return {
        "fewer than 60 words": length < 60,
        "60 to 150 words": 60 <= length < 150,
        "300 words or more": length >= 300,
        "700 words or more": length >= 700,
        "1,100 words or more": length >= 1_100,
        "one paragraph": len(texts) == 1,
        "paragraphs that ask": _share(2 * asking, max(4, len(texts))),
        "turns of a talk": _share(turns, max(4, len(texts))),
        "subheads": _share(2 * short, max(6, len(texts))),
        "ends with a credit": bool(texts and _CREDIT.search(texts[-1][-40:])),
    }


def _of_byline(article: Article) -> dict[str, float]:
    writers = len(article.authors)
    return {
        "agency": article.agency is not None,
        "dateline with a place": article.place is not None,
        "one author": writers == 1,
        "several authors": writers > 1,
        "author and no dateline": writers == 1 and not (article.place or article.agency),
    }


def _named(article: Article) -> dict[str, float]:
    """Return which types the section, or a folder of the article's address, is called like."""
    folders = unquote(urlsplit(article.address or "").path).split("/")[:-1]
    named = {type_named(name) for name in (article.section or "", *folders)}
    return {f"named {kind}": kind in named for kind in article_types()}


def _share(part: int, whole: int) -> float:
    return min(1.0, part / whole) if whole else 0.0


def _share_quoted(text: str, length: int) -> float:
    quoted = (len(each.split()) for each in _QUOTATION.findall(text))
    return _share(2 * sum(words for words in quoted if words >= _MIN_SAYING_WORDS), length)


def _unquoted_words(text: str) -> Sequence[str]:
    """Return the words of a paragraph that nobody is quoted with."""
    words = split_words(text)
    quoted = [match.span() for match in _QUOTATION.finditer(text)]
    if not quoted:
        return words.keys
    is_quoted = [False] * len(text)
    for start, end in quoted:
        is_quoted[start:end] = [True] * (end - start)
    places = zip(words.keys, words.spans, strict=True)
    return [word for word, (start, _) in places if not is_quoted[start]]


def _count(text: str, signs: Sequence[str]) -> int:
    return sum(map(text.count, signs))


def _counted(words: Sequence[str]) -> Counter[str]:
    """Return how many words there are of each list."""
    lists = _lists_by_word()
    counts = Counter(chain.from_iterable(lists[word] for word in words if word in lists))
    # «our» is written onto the noun.
    counts["ours"] += sum(word.endswith("تنا") and len(word) > 5 for word in words)
    return counts


@cache
def _lists_by_word() -> Mapping[str, tuple[str, ...]]:
    """Return the names of the lists that have a word, by its comparison key."""
    lists: dict[str, tuple[str, ...]] = {}
    for name, words in table("article_types")["words"].items():
        for word in {prefix + key(each) for each in words.split() for prefix in _PREFIXES}:
            lists[word] = (*lists.get(word, ()), name)
    return lists


def _phrases_in(words: Sequence[str]) -> Counter[str]:
    """Return how many phrases there are of each kind."""
    by_first_word = _phrases_by_first_word()
    text = f" {' '.join(words)} "
    counts: Counter[str] = Counter()
    for first in by_first_word.keys() & set(words):
        for phrase, kind in by_first_word[first]:
            counts[kind] += text.count(f" {phrase} ")
    return counts


@cache
def _phrases_by_first_word() -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return the phrases and their kinds."""
    by_first_word: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, phrases in table("article_types")["phrases"].items():
        for phrase in sorted({prefix + key(each) for each in phrases for prefix in _PREFIXES}):
            by_first_word[phrase.split()[0]].append((phrase, kind))
    return by_first_word
