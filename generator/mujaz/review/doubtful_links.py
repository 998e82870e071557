"""What may be put together wrongly, or kept apart wrongly: stories, duplicates, names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from mujaz.library import Library
from mujaz.model import Article

_NAMING_KINDS = frozenset({"person", "place", "organisation"})
_MIN_TAGGINGS = 2
"""Articles with the shorter of two names, from which it is worth an editor's time."""


class DoubtfulLink(NamedTuple):
    """An article that may be in the wrong place."""

    article: Article
    reason: str
    """The fault, in one clause."""
    hint: str
    """The next step for an editor."""


def doubtful_joins(articles: Iterable[Article], library: Library) -> Iterator[DoubtfulLink]:
    """Yield the articles that share no person, place or organisation with the rest of their story.

    The first article of a story is none of these: it is what the others were joined to.
    """
    by_story: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        if story_id := library.story_id_of(article.id):
            by_story[story_id].append(article)
    for story_id, in_story in by_story.items():
        first = next((each for each in in_story if each.id == story_id), in_story[0])
        for article in in_story:
            others = (_named(each) for each in in_story if each is not article)
            names = set[str]().union(*others)
            if article is not first and _named(article) and names and not _named(article) & names:
                reason = f"shares no name with the others of its story, such as «{first.title}»"
                hint = "split it from the story, or say that it is right"
                yield DoubtfulLink(article, reason, hint)


def probable_duplicates(articles: Sequence[Article]) -> Iterator[DoubtfulLink]:
    """Yield the articles whose text a longer one of the same source holds."""
    by_file = {article.file: article for article in articles}
    for article in articles:
        for other in filter(None, map(by_file.get, article.also_told_in)):
            if other.source == article.source:
                reason = f"a longer article of the same source holds its text: «{other.title}»"
                yield DoubtfulLink(article, reason, "hide one of them, or say that it is right")


def shortened_names(articles: Iterable[Article]) -> Iterator[tuple[str, str]]:
    """Yield pairs of persons' names of which the longer one ends with the shorter one's words.

    Names that are tagged once are left out, as are short names that several longer ones end with:
    nothing tells which of them is meant.
    """
    counts: dict[str, int] = defaultdict(int)
    for article in articles:
        for tag in article.tags:
            if tag.kind == "person" and tag.shown:
                counts[tag.name] += 1
    by_last_word: dict[str, list[str]] = defaultdict(list)
    for name in sorted(counts):
        by_last_word[name.split()[-1]].append(name)
    for names in by_last_word.values():
        longer: dict[str, list[str]] = defaultdict(list)
        for one, other in combinations(sorted(names, key=len), 2):
            if other.endswith(f" {one}") and counts[one] >= _MIN_TAGGINGS:
                longer[one].append(other)
        yield from ((one, others[0]) for one, others in longer.items() if len(others) == 1)


def _named(article: Article) -> set[str]:
    return {tag.name for tag in article.tags if tag.kind in _NAMING_KINDS}
