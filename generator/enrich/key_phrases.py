"""Chooses the key phrases of an article: whole, telling, and shared with other articles."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

from generator.arabic.normalise import key, word_key
from generator.arabic.tokens import words
from generator.enrich.kept import Remember, fingerprint, make, name
from generator.enrich.noun_phrases import Grammar, Phrase, nouns, word_list
from generator.enrich.topic_features import bucket, shipped, stem
from generator.model import Article, Tag, TagKind

_MOST = 5
"""Phrases an article."""
_TITLE, _LEAD, _BODY = 3.0, 1.5, 1.0
"""What an occurrence weighs by where it stands."""
_LONGEST = 20_000
"""Characters of a text that are looked at."""
_COMMON = 0.03
"""Share of all articles above which a phrase tells none of them apart."""
_TOGETHER = 0.5
"""Share of occurrences beside one and the same word from which that word belongs to the phrase."""
_FREE = 0.25
"""Share of occurrences that must prove that a phrase begins where it does."""
_INNER = 0.8
"""Share of occurrences behind another noun above which it hardly ever stands alone."""
_SHARED = 0.4
"""What each doubling of the articles that have a phrase adds to its strength, up to four."""
_SURE = 0.64
"""Confidence from which a phrase is shown, if it is so in another article as well: each phrase has
a page, and a page of one article is of no use."""
_Keys = tuple[str, ...]


class _Seen:
    """All occurrences of a phrase in the collection."""

    def __init__(self) -> None:
        self.times = self.free = self.inner = 0
        self.surfaces: Counter[str] = Counter()
        self.before: Counter[str] = Counter()
        self.after: Counter[str] = Counter()

    def add(self, phrase: Phrase) -> None:
        """Count an occurrence."""
        self.times += 1
        self.free += phrase.free
        self.inner += phrase.inner
        self.surfaces[phrase.surface] += 1
        if phrase.before:
            self.before[phrase.before] += 1
        if phrase.after:
            self.after[phrase.after] += 1


class KeyPhrases:
    """The noun phrases of a collection, ready to be chosen from."""

    def __init__(
        self,
        articles: Sequence[Article],
        tag_table: Mapping[str, Any],
        remember: Remember = make,
    ) -> None:
        """Read all articles: what others say decides what is worth listing.

        Of the editor's table, phrases to block and to rename are heeded. What takes long is asked
        of `remember`.
        """
        self._remember = remember
        self._blocked = {key(str(name)) for name in tag_table.get("block") or ()}
        self._rename = {key(k): str(v) for k, v in (tag_table.get("rename") or {}).items()}
        model = shipped()
        counts = Counter(word for article in articles for word in self._vocabulary(article))
        known = nouns(counts) | frozenset(model.header["nouns"].split())
        self._grammar = Grammar(known)
        self._nouns = name("nouns", sorted(known))
        self._known = model.known
        self._articles: Counter[_Keys] = Counter()
        self._seen: dict[_Keys, _Seen] = defaultdict(_Seen)
        self._size = len(articles)
        self._rarest = 1 + math.log1p(model.known.documents)
        weights = {article.file: self._read(article) for article in articles}
        ranked = {file: self._rank(found) for file, found in weights.items()}
        self._likely = Counter(keys for found in ranked.values() for keys in found)
        self._chosen = {file: self._choose(found) for file, found in ranked.items()}
        self._carriers = Counter(keys for found in self._chosen.values() for keys in found)

    def _read(self, article: Article) -> dict[_Keys, float]:
        weights: dict[_Keys, float] = defaultdict(float)
        for weight, phrase in self._found(article):
            weights[phrase.keys] += weight
            self._seen[phrase.keys].add(phrase)
        self._articles.update(weights.keys())
        return weights

    def _vocabulary(self, article: Article) -> list[str]:
        """Return the different words of an article that are no forms of well-known nouns."""
        named = name("words", fingerprint(article))
        return self._remember(named, lambda: " ".join(_words(article)).encode()).decode().split()

    def _found(self, article: Article) -> Iterator[tuple[float, Phrase]]:
        """Yield the phrases of an article; they are the same while it and the nouns are."""
        named = name("phrases", fingerprint(article), self._nouns)
        kept = json.loads(self._remember(named, lambda: _plain(self._phrases(article))))
        for weight, keys, *rest in kept:
            yield weight, Phrase(tuple(keys), *rest)

    def _phrases(self, article: Article) -> Iterator[tuple[float, Phrase]]:
        for phrase in self._grammar.phrases(article.title):
            yield _TITLE, phrase
        room = _LONGEST
        for number, paragraph in enumerate(article.paragraphs):
            for phrase in self._grammar.phrases(paragraph[:room]):
                yield _BODY if number else _LEAD, phrase
            room -= len(paragraph)
            if room <= 0:
                return

    def with_tags(self, article: Article) -> Article:
        """Return `article` with its key phrases among its tags, unless an editor settled those."""
        if "tags" in article.settled:
            return article
        named = [f" {key(tag.name)} " for tag in article.tags]
        found = [tag for tag in self.tags(article) if not _within(key(tag.name), named)]
        tags = sorted((*article.tags, *found), key=lambda tag: (-tag.confidence, tag.name))
        return replace(article, tags=tuple(tags))

    def tags(self, article: Article) -> list[Tag]:
        """Return the key phrases of one of the articles, surest first."""
        chosen = self._chosen[article.file]
        shared = [keys for keys in chosen if self._carriers[keys] >= 2]
        return [Tag(self._shown(keys), _kind(keys), chosen[keys], "key phrase") for keys in shared]

    def _choose(self, ranked: Mapping[_Keys, float]) -> dict[_Keys, float]:
        """Return the surest phrases, of two where one holds the other only the surer."""
        chosen: dict[_Keys, float] = {}
        for keys, confidence in ranked.items():
            text = " ".join(keys)
            named = [f" {' '.join(other)} " for other in chosen]
            inside = _within(text, named) or any(other in f" {text} " for other in named)
            if not inside and len(chosen) < _MOST and self._likely[keys] >= 2:
                chosen[keys] = confidence
        return chosen

    def _rank(self, weights: Mapping[_Keys, float]) -> dict[_Keys, float]:
        """Return the phrases that are sure enough, surest first, with their confidence."""
        found = {keys: self._confidence(keys, weight) for keys, weight in weights.items()}
        order = sorted(found, key=lambda keys: (-found[keys], -len(keys), keys))
        return {
            keys: found[keys]
            for keys in order
            if found[keys] >= _SURE and " ".join(keys) not in self._blocked
        }

    def _confidence(self, keys: _Keys, weight: float) -> float:
        """Return how sure it is that a reader of the article wants more of the phrase."""
        articles = self._articles[keys]
        if not 2 <= articles <= max(10, self._size * _COMMON) or self._is_cut(keys):
            return 0.0
        pairs = [bucket("b", f"{stem(a)} {stem(b)}") for a, b in pairwise(keys)]
        if any(self._known.articles(pair) > _COMMON * self._known.documents for pair in pairs):
            return 0.0
        rarity = sum(map(self._known.rarity, pairs)) / len(pairs) / self._rarest
        strength = rarity * (weight - 1) + _SHARED * min(math.log2(articles), 2)
        return round(min(0.95, 1 - math.pow(0.5, strength)), 2)

    def _is_cut(self, keys: _Keys) -> bool:
        """Return whether the phrase looks like a part of something longer, or like no phrase."""
        seen = self._seen[keys]
        beside = max((*seen.before.values(), *seen.after.values()), default=0)
        return (
            seen.free < seen.times * _FREE
            or seen.inner > seen.times * _INNER
            or beside > seen.times * _TOGETHER
        )

    def _shown(self, keys: _Keys) -> str:
        """Return the editor's name for it, or its most frequent spelling."""
        surfaces = self._seen[keys].surfaces
        usual = min(surfaces, key=lambda surface: (-surfaces[surface], surface))
        return self._rename.get(" ".join(keys), usual)


def _kind(keys: _Keys) -> TagKind:
    """Return what a phrase names: of what begins with a ministry, readers want its page."""
    return "organisation" if keys[0] in word_list("organisations") else "topic"


def _within(text: str, others: Sequence[str]) -> bool:
    return any(f" {text} " in other for other in others)


def _plain(phrases: Iterable[tuple[float, Phrase]]) -> bytes:
    return json.dumps([[weight, *phrase] for weight, phrase in phrases]).encode()


def _words(article: Article) -> list[str]:
    """Return the different words of an article.

    Forms of nouns that are well known are not among them: they can prove nothing.
    """
    text = " ".join((article.title, *article.paragraphs))[:_LONGEST]
    found = {word_key(word) for word, _, _ in words(text)}
    return sorted(found - _known_forms())


@cache
def _known_forms() -> frozenset[str]:
    """Return the well-known nouns, alone, with their article, and behind a preposition."""
    known = shipped().header["nouns"].split()
    return frozenset(before + noun for noun in known for before in ("", "ال", "لل", "بال"))
