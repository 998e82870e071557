"""How what was understood of one record is compared with the record, and with its label."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from mujaz.arabic.normalise import key
from mujaz.model import Article

from benchmarks.records import Label, Record, Result

_EDGE_WORDS = 8
_MAX_CAPTION_WORDS = 6
_FEWEST_SUMMARY_WORDS = 4
_MAX_LOST_SHARE = 0.02
_TITLES = frozenset(
    key(word) for word in "د م أ الدكتور الدكتورة المهندس المهندسة الأستاذ اللواء الركن".split()
)
_AGENCIES = [key(name) for name in "واس,رويترز,أ ف ب,د ب أ,وكالات,الوكالات,متابعات".split(",")]
_FURNITURE = [
    key(phrase)
    for phrase in (
        "Next Previous,رابط الخبر,شارك على,شارك الخبر,فيسبوك تويتر,حجم الخط,مقالات أخرى للكاتب,"
        "للتواصل أرسل,للتواصل مع الكاتب,email protected"
    ).split(",")
]
"""What share bars and links say: it does not stand among the first words of a summary."""
_OPENINGS = tuple(f"{key(phrase)} " for phrase in "تصوير,جانب من,سمات,طباعة,شاركها".split(","))
"""What captions, lists of tags and share bars begin with."""
_TAG = re.compile(r"<[^<>]{1,200}>")
_DATELINE = re.compile(r"([^:.،؛]{2,60})[:–—]\s")
_CLOSED = re.compile(r"[.!؟?…»”\")\]]\W*$")


class Count(NamedTuple):
    """What is right, what is wrong, and what is missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: object) -> Count:
        assert isinstance(other, Count)
        return Count(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        """Return the share of what was given that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Return the share of what was to be given that was."""
        return self.right / max(1, self.right + self.missed)


class Edges(NamedTuple):
    """How the two ends of a body came out; None where the record has no head, or no tail."""

    head_is_cut: bool | None
    tail_is_cut: bool | None
    lead_is_whole: bool
    end_is_whole: bool


def words(text: str) -> list[str]:
    """Return the words of a text in their comparison form, ligatures taken apart."""
    return key(unicodedata.normalize("NFKC", text)).split()


def person(name: str) -> str:
    """Return a name for comparison: folded, without the titles before it."""
    parts = words(name)
    while len(parts) > 1 and parts[0] in _TITLES:
        parts = parts[1:]
    return " ".join(parts)


def agency(name: str) -> str:
    """Return an agency for comparison: letters only, since «أ. ف. ب» has many spacings."""
    return "".join(words(name)).removeprefix("ال")


def compare(given: Sequence[str], right: Sequence[str]) -> Count:
    """Count names, each of them once."""
    both = len({*given} & {*right})
    return Count(both, len({*given}) - both, len({*right}) - both)


def compare_one(given: str | None, right: Sequence[str]) -> Count:
    """Count a name where any of `right`, or all of them in a row, is right."""
    hit = given is not None and given in (*right, " ".join(right)) and bool(right)
    return Count(hit, given is not None and not hit, bool(right) and not hit)


def edges(label: Label, paragraphs: Sequence[str]) -> Edges:
    """Return how head, tail and the two ends of the body came out."""
    text: str = label.record["text"]
    head, tail = Counter(words(_head_without_deck(label))), words(text[len(text) - label.tail :])
    deck = Counter(words(text[slice(*label.deck)]))
    body, stands = words(label.body), words("\n".join(paragraphs))
    if label.head and not text[label.head - 1].isspace():
        body = body[1:]  # glued to the caption before it, the first word may stay so
    start = _position(body[:_EDGE_WORDS], stands)
    end = _position(body[-_EDGE_WORDS:], stands, last=True)
    before = stands[: start if start is not None else head.total()]
    after = stands[end + min(len(body), _EDGE_WORDS) :] if end is not None else stands[-len(tail) :]
    return Edges(
        bool(stands) and not (Counter(before) - deck) & head if label.head else None,
        bool(stands) and not set(after) & set(tail) if label.tail else None,
        start is not None,
        end is not None,
    )


def _head_without_deck(label: Label) -> str:
    text: str = label.record["text"]
    start, end = label.deck
    return text[:start] + text[end : label.head] if end else text[: label.head]


def _names_any(phrases: Sequence[str], text: str) -> bool:
    """Tell whether one of the phrases stands in a text; both are in their comparison form."""
    return any(f" {phrase} " in f" {text} " for phrase in phrases)


def _position(part: Sequence[str], whole: Sequence[str], *, last: bool = False) -> int | None:
    """Return where `part` stands in `whole` in a row, first or last; None if nowhere."""
    places = range(len(whole) - len(part) + 1)
    fits = (
        i for i in (reversed(places) if last else places) if [*whole[i : i + len(part)]] == part
    )
    return next(fits, None)


def lost_words(record: Record, article: Article) -> Counter[str]:
    """Return the words of a record's text that are neither in the article nor in what was cut.

    None if they are at most 2 % of the text. What a dateline says is in the article's fields.
    """
    text = html.unescape(_TAG.sub(" ", record["text"] or ""))
    fields = (article.title, article.source, article.place, article.agency, *article.authors)
    day = str(article.date or "")
    held = (*article.paragraphs, article.sidebar_raw, *filter(None, fields), day)
    lost = Counter(words(text)) - Counter(words("\n".join(held)))
    return lost if lost.total() > _MAX_LOST_SHARE * len(words(text)) else Counter()


def cut_share(article: Article) -> float:
    """Return the share of an article's words that was cut around its body."""
    cut, body = len(words(article.sidebar_raw)), len(words("\n".join(article.paragraphs)))
    return cut / max(1, cut + body)


def junk(record: Record, result: Result) -> str | None:
    """Return why the summary of an article is none, if it is none."""
    if not isinstance(result, Article) or not result.paragraphs:
        return None
    summary, said = result.summary.strip(), words(result.summary)
    if not said:
        return "empty"
    if len(said) < _FEWEST_SUMMARY_WORDS:
        return "short"
    if summary.endswith((":", "،")):
        return "ends with a colon or comma"
    if said == words(record["title"]):
        return "the title"
    if said[-1] not in words("\n".join(result.paragraphs)):
        return "cut in a word"
    return _junk_opening(record, summary, said)


def _junk_opening(record: Record, summary: str, said: list[str]) -> str | None:
    """Return what stands before the first sentence of a summary."""
    opening = " ".join(said[: _EDGE_WORDS + _MAX_CAPTION_WORDS])
    if _names_any(_FURNITURE, opening) or f"{opening} ".startswith(_OPENINGS):
        return "share bar, caption or link"
    author = words(html.unescape(record["author"] or ""))
    if author and len(author) <= _EDGE_WORDS and said[: len(author)] == author:
        return "the author field"
    dateline = _DATELINE.match(summary)
    if dateline and _names_any([*_AGENCIES, key(record["source"])], " ".join(words(dateline[1]))):
        return "dateline"
    first, _, rest = (record["text"] or "").strip().partition("\n")
    line = words(first)
    is_line = rest.strip() and len(line) <= _MAX_CAPTION_WORDS and not _CLOSED.search(first)
    return "caption, byline or heading" if is_line and said[: len(line)] == line else None
