"""Finds where an article names what it is tagged with, and how else it spells it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mujaz.arabic.normalise import fold_spaces, key
from mujaz.arabic.phrases import split_words
from mujaz.arabic.tokens import bare_forms
from mujaz.model import Article, Tag


def with_spans(article: Article, tags: Sequence[Tag]) -> tuple[Tag, ...]:
    """Return `tags`, each with the span of its first mention, and its other spellings.

    What is only known by another word, a country by its people's name, has none.
    """
    words, ends, start = list[str](), list[tuple[int, int]](), 0
    for text in (article.title, *article.paragraphs):
        found_here = split_words(text)
        words += found_here.keys
        ends += [(start + first, start + last) for first, last in found_here.spans]
        start += len(text) + 1
    standing: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(words):
        standing[word].append(place)
    heads = {head for tag in tags for head in key(tag.name).split()[:1]}
    places: dict[str, list[int]] = defaultdict(list)
    for word, where in standing.items():
        for form in heads.intersection(bare_forms(word)):
            places[form] += where

    def mentions(name: str) -> Iterator[tuple[int, int]]:
        head, *rest = key(name).split() or [""]
        for place in sorted(places.get(head, ())):
            last = place + len(rest)
            if words[place + 1 : last + 1] == rest:
                yield ends[place][0], ends[last][1]

    def found(tag: Tag) -> Tag:
        spans = list(mentions(tag.name))
        written = {fold_spaces(article.text[start:end]) for start, end in spans}
        # With a clitic, it is no other spelling.
        others = {each for each in written if key(each) == key(tag.name)} | {*tag.also}
        return replace(
            tag, span=spans[0] if spans else None, also=tuple(sorted(others - {tag.name}))
        )

    return tuple(map(found, tags))
