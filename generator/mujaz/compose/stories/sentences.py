"""The sentences that tell a story: whole, word for word, of different sources, none said twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from mujaz.arabic.normalise import word_key
from mujaz.arabic.stems import stem, without_clitics
from mujaz.arabic.tokens import sentences, word_list
from mujaz.arabic.typography import without_loose_signs
from mujaz.data import rows, table
from mujaz.model import Article

_MAX_PARAGRAPHS = 5
"""Of an article in which sentences are looked for: what matters stands at its beginning."""
_MIN_WORDS, _MAX_WORDS, _MAX_LONG_WORDS = 7, 40, 55
"""Of a sentence. Longer ones are taken only where a story has no other."""
_MIN_OPEN_WORDS = 16
"""Of one without a full stop at its paragraph's end: a shorter one is a heading or a caption."""
_MAX_SHARED, _MAX_SHARED_WITH_TITLE = 0.5, 0.8
"""Share of a sentence's weight that another one, and that the headline, may say already."""
_FIRST, _OF_PARAGRAPH, _LATER = 1.0, 0.7, 0.55
"""What the first sentence of an article, of another paragraph, and any other count for."""
_GOES_ON = 0.75
"""What one that begins with "and" counts for beside others of its place."""
_LENGTH_LIKED = 12
"""Words added to the length that a sentence's weight is divided by: short ones would win."""
_ENDS = re.compile(r"(?<!\.)[.!][»”\"')\]]*$")
_LABEL = re.compile(
    r"(?:\S+\s+){0,4}?\S*\s?[:–ـ_/|]\s|(?:\S+\s+){1,4}[-–]\s|\S+\s?[:-]\s?[«\"“]?\S+:"
)
"""How datelines, bylines and speakers' labels begin a text: few words, and a mark after them."""
_PAIRS = ("«»", "“”", "()", "[]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article, word for word."""

    text: str
    """As written."""
    article_id: str
    source: str
    """The paper or agency; empty if unknown."""
    stems: frozenset[str]
    """Of its words."""
    words: int
    """Their number."""
    place: float
    """What it counts for by where it stands, from 0 to 1."""


def sentences_of(article: Article) -> Iterator[Sentence]:
    """Yield the sentences of an article's beginning that a reader understands by themselves."""
    source = article.source or ""
    kinds = [each.kind for each in article.markup] or ["text"] * len(article.paragraphs)
    paragraphs = [p for p, kind in zip(article.paragraphs, kinds, strict=False) if kind == "text"]
    for number, paragraph in enumerate(paragraphs[:_MAX_PARAGRAPHS]):
        for index, text in enumerate(parts := sentences(without_loose_signs(paragraph))):
            if _stands_alone(text, is_last=index == len(parts) - 1):
                place = _LATER if index else _OF_PARAGRAPH if number else _FIRST
                place *= _GOES_ON if _begins_with_and(text) else 1
                yield Sentence(text, article.id, source, stems_of(text), len(text.split()), place)


def chosen(
    candidates: Sequence[Sentence], title: str, limit: int, said: Iterable[str] = ()
) -> list[Sentence]:
    """Return the most informative sentences, best first: at most one of a source, and `limit`.

    What counts is what several sources say, and what neither the headline `title` nor a better
    sentence says already; `said` are texts that a reader has before.
    """
    support = _support(candidates)
    before = [stems_of(text) for text in said]
    heading = stems_of(title)
    picked: list[Sentence] = []
    for most in (_MAX_WORDS, _MAX_LONG_WORDS):
        rest = [each for each in candidates if each.words <= most]
        while len(picked) < limit:
            sources = {each.source for each in picked}
            fresh = [
                each
                for each in rest
                if each.source not in sources
                and shared(each.stems, heading) <= _MAX_SHARED_WITH_TITLE
                and not _repeats(each.stems, (*before, *(one.stems for one in picked)))
            ]
            if not fresh:
                break
            picked.append(max(fresh, key=lambda each: _value(each, support)))
        if picked:
            break
    return picked


@lru_cache(maxsize=2_000)  # several pages show a story
def stems_of(text: str) -> frozenset[str]:
    """Return the stems of a text's words."""
    return frozenset(map(_stem, word_list(text)))


@lru_cache(maxsize=30_000)
def _stem(word: str) -> str:
    return stem(word_key(word))


def _support(candidates: Iterable[Sentence]) -> Counter[str]:
    """Return of each stem the number of sources with a sentence that has it."""
    by_source: dict[str, set[str]] = {}
    for each in candidates:
        by_source.setdefault(each.source or each.article_id, set()).update(each.stems)
    return Counter(one for stems in by_source.values() for one in stems)


def _value(sentence: Sentence, support: Counter[str]) -> float:
    total = sum(_weight(each) * min(support[each], 4) for each in sorted(sentence.stems))
    return sentence.place * total / (sentence.words + _LENGTH_LIKED)


def _repeats(stems: frozenset[str], others: Iterable[frozenset[str]]) -> bool:
    return any(
        max(shared(stems, each), shared(each, stems)) > _MAX_SHARED for each in others if each
    )


def shared(stems: frozenset[str], others: frozenset[str]) -> float:
    """Return the share of the weight of `stems` that `others` have as well."""
    whole = sum(map(_weight, sorted(stems)))
    return sum(map(_weight, sorted(stems & others))) / whole if whole else 1.0


def _stands_alone(text: str, *, is_last: bool) -> bool:
    """Whether `text` is a whole sentence, and one that says something by itself."""
    if not _MIN_WORDS <= len(text.split()) <= _MAX_LONG_WORDS or _LABEL.match(text):
        return False
    if not text[0].isalnum() and text[0] not in '«"“(':
        return False
    if "…" in text or ".." in text or "؟" in text or text.endswith((":", "،", "؛", ",", "-")):
        return False
    if text.count('"') % 2 or any(text.count(pair[0]) != text.count(pair[1]) for pair in _PAIRS):
        return False
    is_ended = bool(_ENDS.search(text)) or (is_last and len(text.split()) >= _MIN_OPEN_WORDS)
    return is_ended and not _leans(text)


def _begins_with_and(text: str) -> bool:
    first = word_key(next(iter(word_list(text)), ""))
    return first.startswith("و") and without_clitics(first) != first


def _leans(text: str) -> bool:
    """Whether a sentence begins by pointing at the one before it."""
    first, second, *_ = [*map(word_key, word_list(text)[:2]), "", ""]
    bare = first.removeprefix("و").removeprefix("ف")
    return not {first, bare, f"{first} {second}", f"{bare} {second}"}.isdisjoint(_leaning())


@cache
def _leaning() -> frozenset[str]:
    listed = (*table("quote_words")["leaning"], *table("story_words")["leaning"])
    return frozenset(" ".join(map(word_key, each.split())) for each in listed)


@lru_cache(maxsize=20_000)
def _weight(one: str) -> float:
    """Return what a stem tells, from 0 to 1: the less the more texts have it."""
    return 0.0 if len(one) < 2 and not one.isdigit() else max(0.0, 1 - 2.5 * _shares().get(one, 0))


@cache
def _shares() -> dict[str, float]:
    return {row["stem"]: int(row["share"]) / 1000 for row in rows("frequent_stems")}
