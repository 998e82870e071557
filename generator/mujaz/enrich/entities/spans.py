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
    words, word_spans, start = list[str](), list[tuple[int, int]](), 0
    for text in (article.title, *article.paragraphs):
        split = split_words(text)
        words += split.keys
        word_spans += [(start + first, start + last) for first, last in split.spans]
        start += len(text) + 1
    positions: dict[str, list[int]] = defaultdict(list)
    for position, word in enumerate(words):
        positions[word].append(position)
    heads = {head for tag in tags for head in key(tag.name).split()[:1]}
    head_positions: dict[str, list[int]] = defaultdict(list)
    for word, where in positions.items():
        for form in heads.intersection(bare_forms(word)):
            head_positions[form] += where

    def mentions(name: str) -> Iterator[tuple[int, int]]:
        head, *rest = key(name).split() or [""]
        for position in sorted(head_positions.get(head, ())):
            last = position + len(rest)
            if words[position + 1 : last + 1] == rest:
                yield word_spans[position][0], word_spans[last][1]

    def with_span(tag: Tag) -> Tag:
        spans = list(mentions(tag.name))
        written = {fold_spaces(article.text[start:end]) for start, end in spans}
        # With a clitic, it is no other spelling.
        others = {each for each in written if key(each) == key(tag.name)} | {*tag.also}
        also = tuple(sorted(others - {tag.name}))
        return replace(tag, span=spans[0] if spans else None, also=also)

    return tuple(map(with_span, tags))
