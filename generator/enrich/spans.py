"""Finds where an article first names what it is tagged with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from generator.arabic.normalise import key
from generator.arabic.phrases import split_words
from generator.arabic.tokens import bare_forms
from generator.model import Article, Tag


def with_spans(article: Article, tags: Sequence[Tag]) -> tuple[Tag, ...]:
    """Return `tags`, each with the span of its first mention in headline and body.

    What is only known by another word, a country by its people's name, has none.
    """
    words = split_words(article.text)
    places: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(words.keys):
        for form in dict.fromkeys((word, *bare_forms(word))):
            places[form].append(place)

    def first(name: str) -> tuple[int, int] | None:
        head, *rest = key(name).split() or [""]
        for place in places.get(head, ()):
            last = place + len(rest)
            if list(words.keys[place + 1 : last + 1]) == rest:
                return words.spans[place][0], words.spans[last][1]
        return None

    return tuple(replace(tag, span=first(tag.name)) for tag in tags)
