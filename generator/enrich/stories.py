"""Threads articles about one event into stories, over time and across papers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from generator.arabic.phrases import Phrases, split_words
from generator.arabic.stems import stem
from generator.data import table
from generator.enrich.vectors import Index, Vector, likeness, oldest_first
from generator.model import Article, Story, TagKind

_WINDOW = 7
"""Days after which an article no longer continues another."""
_ALIKE = 0.45
"""Likeness from which two articles of one day or of two days in a row are about one event."""
_DAILY = 0.03
"""What each further day between them adds to that."""
_UNDATED = 0.7
"""Likeness from which an article joins another when either has no date."""
_CENTRAL = 0.36
"""Likeness to the whole story that an article must have as well: a chain does not run away."""
_RARE_SHARED = 4
"""Rare stems that two articles about one event share."""
_RARER = 0.01
"""What each further rare stem takes off the likeness that is asked for."""
_LEAST_ALIKE = 0.36
"""Below this likeness, no number of rare stems makes one event."""
_NEWER = 1.2
"""How much more alike two articles of one event are than either is to what was printed before."""


class _Draft:
    """A story as far as it is read."""

    def __init__(self, article: Article, vector: Vector) -> None:
        self.articles = [article]
        self._sum: Counter[str] = Counter(vector.weights)

    def add(self, article: Article, vector: Vector) -> None:
        self.articles.append(article)
        for term, weight in vector.weights.items():
            self._sum[term] += weight

    def likeness(self, vector: Vector) -> float:
        """Return the cosine of an article and all of the story."""
        length = sum(weight * weight for weight in self._sum.values()) ** 0.5
        return likeness(self._sum, vector.weights) / (length or 1.0)


def stories(articles: Sequence[Article], vectors: Mapping[str, Vector]) -> tuple[Story, ...]:
    """Return the stories of two or more articles, the one last reported on first.

    Articles are taken oldest first, and each joins the story that it fits best or begins one: what
    comes later never changes the stories of earlier days. `vectors` are by article id.
    """
    drafts: dict[str, _Draft] = {}
    before: dict[str, float] = {}
    by_id = {article.id: article for article in articles}
    index = Index()
    for article in oldest_first(articles):
        vector = vectors[article.id]
        draft = None
        if not is_column(article):
            alike = [(by_id[o], found, rare) for o, found, rare in index.alike(vector)]
            before[article.id] = max(
                (found for other, found, _ in alike if not _is_near(article, other)), default=0.0
            )
            draft = _best(article, vector, alike, before, drafts)
            index.add(article.id, vector)
        if draft:
            draft.add(article, vector)
        drafts[article.id] = draft or _Draft(article, vector)
    found = [_story(draft.articles) for own, draft in drafts.items() if own == draft.articles[0].id and len(draft.articles) > 1]
    return tuple(sorted(found, key=lambda s: (-(s.last or dt.date.min).toordinal(), s.id)))


@cache
def _columns() -> Phrases:
    return Phrases(" ".join(map(stem, split_words(name).keys)) for name in table("columns"))


def is_column(article: Article) -> bool:
    """Return whether the article is one of a column, such as the weather."""
    return bool(_columns().find([stem(word) for word in split_words(article.title).keys]))


def _best(article: Article, vector: Vector, alike: Sequence[tuple[Article, float, int]], before: Mapping[str, float], drafts: Mapping[str, _Draft]) -> _Draft | None:
    """Return the story that an article continues, if any."""
    ranked = sorted(alike, key=lambda a: (-a[1], a[0].id))
    for other, found, rare in ranked:
        known = max(before[article.id], before[other.id])
        if rare >= _RARE_SHARED and found >= max(_least(article, other, rare), known * _NEWER):
            draft = drafts[other.id]
            if draft.likeness(vector) >= _CENTRAL:
                return draft
    return None


def _is_near(article: Article, other: Article) -> bool:
    if article.date is None or other.date is None:
        return True
    return (article.date - other.date).days <= _WINDOW


def _least(article: Article, other: Article, rare: int) -> float:
    """Return the likeness from which an article continues another."""
    if article.date is None or other.date is None:
        return _UNDATED
    days = (article.date - other.date).days
    if days > _WINDOW:
        return 2.0
    alike = max(_LEAST_ALIKE, _ALIKE - _RARER * (rare - _RARE_SHARED))
    return alike + _DAILY * max(0, days - 1)


def _story(articles: Sequence[Article]) -> Story:
    days = [article.date for article in articles if article.date]
    papers = (paper for article in articles for paper in (article.source, *article.also_in))
    return Story(
        id=articles[0].id,
        title=articles[0].title,
        articles=tuple(article.id for article in articles),
        first=min(days, default=None),
        last=max(days, default=None),
        sources=tuple(dict.fromkeys(filter(None, papers))),
        people=tuple(_shared(articles, "person")),
        places=tuple(_shared(articles, "place")),
        organisations=tuple(_shared(articles, "organisation")),
    )


def _shared(articles: Sequence[Article], kind: TagKind) -> Iterator[str]:
    """Yield the names that at least two articles are tagged with, most often named first."""
    counts = Counter(tag.name for article in articles for tag in article.tags if tag.kind == kind)
    for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        if count >= 2:
            yield name
