"""Decides which phrases are worth listing: what one article and all of them say, weighed."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple

from mujaz.enrich.keyphrases.noun_phrases import Phrase, phrases, word_list
from mujaz.enrich.news_features import bucket, shipped, stem
from mujaz.model import Article, TagKind

_MOST = 5
"""Phrases an article."""
_TITLE, _LEAD, _BODY = 3.0, 1.5, 1.0
"""What an occurrence weighs by where it stands."""
_LONGEST = 20_000
"""Characters of a text that are looked at."""
_COMMON = 0.03
"""Share of all articles above which a phrase tells none of them apart."""
_FEW = 10
"""Articles: so few have nothing that is common."""
_TOGETHER = 0.5
"""Share of occurrences beside one and the same word from which that word belongs to the phrase."""
_FREE = 0.25
"""Share of occurrences that must prove that a phrase begins where it does."""
_INNER = 0.8
"""Share of occurrences behind another noun above which it hardly ever stands alone."""
_SHARED = 0.4
"""What each doubling of the articles that have a phrase adds to its strength."""
_MANY = 4
"""Articles from which more add nothing."""
_SURE = 0.64
"""Confidence from which a phrase is shown, if it is so in another article as well: each phrase has
a page, and a page of one article is of no use."""


class Reading(NamedTuple):
    """What an article by itself says of its phrases; those common in all of print are left out."""

    strengths: dict[str, float]
    """How much the article is about a phrase (by the comparison keys of its words): what it weighs
    there, times how rare it is in print. Only those that the article may be sure of."""
    places: list[tuple[int, str]]
    """Each phrase's `number`, and the places where it stands, one a line: whether it is free there,
    whether inner, its spelling, the words before and behind."""


def number(text: str) -> int:
    """Return the number of a phrase: so long a digest that no two will ever share one."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def read(article: Article) -> Reading:
    """Return what `article` says of its phrases."""
    weights: dict[str, float] = defaultdict(float)
    places: dict[str, list[str]] = defaultdict(list)
    for weight, phrase in _phrases(article):
        text = " ".join(phrase.keys)
        weights[text] += weight
        places[text].append(_place(phrase))
    reading = Reading({}, [])
    for text, weight in weights.items():
        rarity = _rarity(text)
        if rarity:
            reading.places.append((number(text), "\n".join(places[text])))
            if weight > 1 and may_be_sure(rarity * (weight - 1)):
                reading.strengths[text] = rarity * (weight - 1)
    return reading


def _place(phrase: Phrase) -> str:
    _, surface, inner, free, before, after = phrase
    return f"{free:d}\t{inner:d}\t{surface}\t{before}\t{after}"


def _phrases(article: Article) -> Iterator[tuple[float, Phrase]]:
    for phrase in phrases(article.title):
        yield _TITLE, phrase
    room = _LONGEST
    for i, paragraph in enumerate(article.paragraphs):
        for phrase in phrases(paragraph[:room]):
            yield _BODY if i else _LEAD, phrase
        room -= len(paragraph)
        if room <= 0:
            return


@lru_cache(maxsize=20_000)
def _rarity(text: str) -> float:
    """Return how rare a phrase is in news at large, up to 1; 0 if it is in too many articles."""
    known = shipped().known
    pairs = [bucket("b", f"{stem(a)} {stem(b)}") for a, b in pairwise(text.split())]
    if any(known.articles(pair) > _COMMON * known.documents for pair in pairs):
        return 0.0
    return sum(map(known.rarity, pairs)) / len(pairs) / (1 + math.log1p(known.documents))


def most_articles(size: int) -> int:
    """Return in how many of `size` articles a phrase may stand that is to tell them apart."""
    return max(_FEW, int(size * _COMMON))


class Verdict(NamedTuple):
    """What all articles together say of a phrase."""

    articles: int
    """How many have it, as far as that counts; 0 if it is not to be listed."""
    name: str
    """Its most frequent spelling."""


NOTHING = Verdict(0, "")


def judge(places: Iterable[str]) -> Verdict:
    """Return the verdict on a phrase, given its places in each of the articles that have it.

    Nothing is listed that looks like a part of something longer, or like no phrase.
    """
    times = frees = inners = articles = 0
    names: Counter[str] = Counter()
    befores: Counter[str] = Counter()
    afters: Counter[str] = Counter()
    for each in places:
        articles += 1
        for place in each.split("\n"):
            free, inner, name, before, after = place.split("\t")
            times += 1
            frees += free == "1"
            inners += inner == "1"
            names[name] += 1
            if before:
                befores[before] += 1
            if after:
                afters[after] += 1
    is_cut = (
        frees < times * _FREE
        or inners > times * _INNER
        or max((*befores.values(), *afters.values()), default=0) > times * _TOGETHER
    )
    if articles < 2 or is_cut:
        return NOTHING
    return Verdict(min(articles, _MANY), min(names, key=lambda name: (-names[name], name)))


def confidence(strength: float, articles: int) -> float:
    """Return how sure it is that a reader of the article wants more of a phrase."""
    if not articles:
        return 0.0
    strength += _SHARED * math.log2(articles)
    return round(min(0.95, 1 - math.pow(0.5, strength)), 2)


def may_be_sure(strength: float) -> bool:
    """Whether an article can be sure of a phrase, whatever the others say."""
    return confidence(strength, _MANY) >= _SURE


def rank(strengths: Mapping[str, float], articles: Callable[[str], int]) -> dict[str, float]:
    """Return the phrases that an article is sure of, surest first, with their confidence.

    `articles` tells `Verdict.articles` of a phrase.
    """
    found = {text: confidence(strength, articles(text)) for text, strength in strengths.items()}
    sure = [(-each, -text.count(" "), text.split(), text) for text, each in found.items()]
    return {text: -each for each, _, _, text in sorted(sure) if -each >= _SURE}


def choose(ranked: Iterable[str], is_shared: Callable[[str], bool]) -> list[str]:
    """Return the surest of `ranked` phrases, of two where one holds the other only the surer.

    `is_shared` tells whether another article is sure of it as well.
    """
    chosen: list[str] = []
    for text in ranked:
        inside = is_within(text, chosen) or any(f" {other} " in f" {text} " for other in chosen)
        if not inside and len(chosen) < _MOST and is_shared(text):
            chosen.append(text)
    return chosen


def is_within(text: str, others: Iterable[str]) -> bool:
    """Whether one of the other phrases has all words of `text` in a row."""
    return any(f" {text} " in f" {other} " for other in others)


def kind(text: str) -> TagKind:
    """Return what a phrase names: of what begins with a ministry, readers want its page."""
    return "organisation" if text.split()[0] in word_list("organisations") else "topic"
