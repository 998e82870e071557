"""Decides which phrases are worth listing: what one article and all of them say, weighed."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple

from mujaz.arabic.normalise import key
from mujaz.enrich.keyphrases.noun_phrases import Phrase, noun_phrases, phrase_words
from mujaz.enrich.keyphrases.returns import MIN_RETURN_SHARE, returns_in_print
from mujaz.enrich.news_features import feature_stem, pair_bucket, shipped_topic_model
from mujaz.model import Article, TagKind

_MAX_KEYPHRASES_PER_ARTICLE = 5
_TITLE_WEIGHT, _LEAD_WEIGHT, _BODY_WEIGHT = 3.0, 1.5, 1.0
"""What an occurrence weighs by where it stands."""
_MAX_READ_CHARACTERS = 20_000
"""Characters of a body that are looked at."""
_MAX_SHARE_OF_ARTICLES = 0.03
"""Share of all articles above which a phrase tells none of them apart."""
_MAX_ARTICLES_IF_FEW = 10
"""Articles: in so few nothing is common."""
_MAX_SHARE_BESIDE_ONE_WORD = 0.5
"""Share of occurrences beside one and the same word above which that belongs to the phrase."""
_MIN_FREE_SHARE = 0.25
"""Share of occurrences that must prove that a phrase begins where it does."""
_MAX_INNER_SHARE = 0.8
"""Share of occurrences behind another noun above which it hardly ever stands alone."""
_SCORE_PER_DOUBLING = 0.4
"""What each doubling of the articles that have a phrase adds to its score."""
_MAX_SUPPORT = 4
"""Articles that have a phrase, from which more add nothing."""
_MIN_CONFIDENCE = 0.64
"""Confidence from which a phrase is shown, if it is so in another article as well: each phrase has
a page, and a page of one article is of no use."""


class Extraction(NamedTuple):
    """What an article by itself says of its phrases; those common in all of print are left out."""

    scores: dict[str, float]
    """How much the article is about a phrase (by the comparison keys of its words): what it weighs
    there, times how rare it is in print. Only those that may become its keyphrases."""
    occurrences: list[tuple[int, str]]
    """Each phrase's `phrase_id`, and its occurrences, one a line: whether it is free there, whether
    inner, its spelling, the words before and behind."""


def phrase_id(text: str) -> int:
    """Return the number of a phrase: so long a digest that no two will ever share one."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def extract(article: Article) -> Extraction:
    """Return what `article` says of its phrases."""
    weights: dict[str, float] = defaultdict(float)
    occurrences: dict[str, list[str]] = defaultdict(list)
    for weight, phrase in _weighed_phrases(article) if article.is_arabic else ():
        text = " ".join(phrase.keys)
        weights[text] += weight
        occurrences[text].append(_occurrence(phrase))
    extraction = Extraction({}, [])
    for text, weight in weights.items():
        rarity = _rarity(text)
        if rarity:
            extraction.occurrences.append((phrase_id(text), "\n".join(occurrences[text])))
            score = rarity * (weight - 1)
            if weight > 1 and phrase_confidence(score, _MAX_SUPPORT) >= _MIN_CONFIDENCE:
                extraction.scores[text] = score
    return extraction


def _occurrence(phrase: Phrase) -> str:
    _, surface, is_inner, is_free, before, after = phrase
    return f"{is_free:d}\t{is_inner:d}\t{surface}\t{before}\t{after}"


def _weighed_phrases(article: Article) -> Iterator[tuple[float, Phrase]]:
    for phrase in noun_phrases(article.title):
        yield _TITLE_WEIGHT, phrase
    room = _MAX_READ_CHARACTERS
    for i, paragraph in enumerate(article.paragraphs):
        for phrase in noun_phrases(paragraph[:room]):
            yield _BODY_WEIGHT if i else _LEAD_WEIGHT, phrase
        room -= len(paragraph)
        if room <= 0:
            return


@lru_cache(maxsize=20_000)
def _rarity(text: str) -> float:
    """Return how rare a phrase is in news at large, up to 1; 0 if it is in too many articles."""
    reference = shipped_topic_model().reference
    pairs = [pair_bucket(feature_stem(a), feature_stem(b)) for a, b in pairwise(text.split())]
    limit = _MAX_SHARE_OF_ARTICLES * reference.documents
    if any(reference.articles(pair) > limit for pair in pairs):
        return 0.0
    return sum(map(reference.idf, pairs)) / len(pairs) / (1 + math.log1p(reference.documents))


def max_articles(articles: int) -> int:
    """Return in how many of all articles a phrase may stand that is to tell them apart."""
    return max(_MAX_ARTICLES_IF_FEW, int(articles * _MAX_SHARE_OF_ARTICLES))


class Assessment(NamedTuple):
    """What all articles together say of a phrase."""

    support: int
    """The number of articles that have it, as far as that counts; 0 if it is not to be listed."""
    name: str
    """Its most frequent spelling."""


UNLISTED = Assessment(0, "")


def assess(occurrences: Iterable[str]) -> Assessment:
    """Assess a phrase, given its occurrences in each of the articles that have it.

    Nothing is listed that looks like a part of something longer, like no phrase, or like one that
    texts only mention: what they are about, they return to.
    """
    total = free = inner = articles = returning = 0
    names: Counter[str] = Counter()
    befores: Counter[str] = Counter()
    afters: Counter[str] = Counter()
    for in_article in occurrences:
        articles += 1
        returning += "\n" in in_article
        for occurrence in in_article.split("\n"):
            is_free, is_inner, name, before, after = occurrence.split("\t")
            total += 1
            free += is_free == "1"
            inner += is_inner == "1"
            names[name] += 1
            if before:
                befores[before] += 1
            if after:
                afters[after] += 1
    beside_one_word = max((*befores.values(), *afters.values()), default=0)
    is_cut = (
        free < total * _MIN_FREE_SHARE
        or inner > total * _MAX_INNER_SHARE
        or beside_one_word > total * _MAX_SHARE_BESIDE_ONE_WORD
    )
    if articles < 2 or is_cut:
        return UNLISTED
    usual_name = min(names, key=lambda name: (-names[name], name))
    if returns_in_print(key(usual_name)).share(articles, returning) < MIN_RETURN_SHARE:
        return UNLISTED
    return Assessment(min(articles, _MAX_SUPPORT), usual_name)


def phrase_confidence(score: float, support: int) -> float:
    """Return how sure it is that a reader of the article wants more of a phrase, from 0 to 1."""
    if not support:
        return 0.0
    score += _SCORE_PER_DOUBLING * math.log2(support)
    return round(min(0.95, 1 - math.pow(0.5, score)), 2)


def rank(scores: Mapping[str, float], support_of: Callable[[str], int]) -> dict[str, float]:
    """Return the phrases that an article is confident of, surest first, with their confidence.

    `support_of` tells `Assessment.support` of a phrase.
    """
    sure = {text: phrase_confidence(score, support_of(text)) for text, score in scores.items()}
    ordered = sorted(sure, key=lambda text: (-sure[text], -text.count(" "), text.split(), text))
    return {text: sure[text] for text in ordered if sure[text] >= _MIN_CONFIDENCE}


def select(ranked: Iterable[str], is_shared: Callable[[str], bool]) -> list[str]:
    """Return the surest of `ranked` phrases, of two where one holds the other only the surer.

    `is_shared` tells whether another article is confident of it as well.
    """
    selected: list[str] = []
    for text in ranked:
        overlaps = is_within(text, selected) or any(is_within(each, [text]) for each in selected)
        if not overlaps and len(selected) < _MAX_KEYPHRASES_PER_ARTICLE and is_shared(text):
            selected.append(text)
    return selected


def is_within(text: str, others: Iterable[str]) -> bool:
    """Whether one of the other phrases has all words of `text` in a row."""
    return any(f" {text} " in f" {other} " for other in others)


def phrase_kind(text: str) -> TagKind:
    """Return what a phrase names: of what begins with a ministry, readers want its page."""
    return "organisation" if text.split()[0] in phrase_words("organisations") else "topic"
