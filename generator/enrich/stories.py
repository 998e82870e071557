"""Threads articles about one event into stories, over time and across papers."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generator.enrich.neighbours import Neighbours
from generator.enrich.vectors import Alike, Vector, likeness, oldest_first
from generator.model import Article, Story, TagKind

_WINDOW = 7
"""Days after which an article no longer continues another."""
_ALIKE = 0.46
"""Likeness from which two articles of one day, or of two in a row, are about one event."""
_DAILY = 0.03
"""What each further day between them adds to that."""
_RARE = 3
"""Rare stems that two articles about one event share at least."""
_RARER = 0.01
"""What each further one of these takes off the likeness that is asked for."""
_LEAST_ALIKE = 0.36
"""Below this likeness, no number of rare stems makes two articles of one day one event."""
_UNDATED = 0.7
"""Likeness from which they are about one event if either has no date."""
_CENTRAL = 0.36
"""Likeness to the story as a whole that is asked for as well, so that no chain runs away."""
_NEWER = 1.2
"""How much more alike articles of one event are than either is to what was printed long before:
fixtures and bulletins return with the same words."""


def stories(
    articles: Sequence[Article], vectors: Mapping[str, Vector], near: Neighbours
) -> tuple[Story, ...]:
    """Return the stories of two or more articles, the one last reported on first.

    Articles are taken oldest first, and each joins the story that it fits best or begins one: a
    newer article never changes what older ones are, only an older one does. `vectors` are by
    article id, `near` says which articles are like which older ones. Thresholds were chosen by
    reading headlines of the ANT corpus; `benchmarks.stories` shows what they give.
    """
    drafts = _drafts(oldest_first(articles), vectors, near)
    found = [_story(draft.articles) for draft in drafts if len(draft.articles) > 1]
    return tuple(sorted(found, key=lambda s: (-(s.last or dt.date.min).toordinal(), s.id)))


class _Draft:
    """A story as far as it is read."""

    def __init__(self) -> None:
        self.articles: list[Article] = []
        self._sum: dict[str, float] = defaultdict(float)

    def add(self, article: Article, vector: Vector) -> None:
        self.articles.append(article)
        for term, weight in vector.weights.items():
            self._sum[term] += weight

    def likeness(self, vector: Vector) -> float:
        """Return how like an article is to all of the story, from 0 to 1."""
        length = sum(weight * weight for weight in self._sum.values()) ** 0.5
        return likeness(self._sum, vector.weights) / (length or 1.0)


def _drafts(
    articles: Sequence[Article], vectors: Mapping[str, Vector], near: Neighbours
) -> list[_Draft]:
    """Return the stories, those of a single article among them; columns are in none.

    `articles` are oldest first.
    """
    drafts: list[_Draft] = []
    by_article: dict[str, _Draft] = {}
    known: dict[str, float] = {}  # how like it is to what was printed long before
    days = {article.id: article.date for article in articles}
    for article in articles:
        if article.id not in near:  # a column
            continue
        vector = vectors[article.id]
        alike = [(other, _between(days[other.id], article.date)) for other in near[article.id]]
        known[article.id] = max(
            (o.likeness for o, gap in alike if gap and gap > _WINDOW), default=0
        )
        fitting = sorted(
            (-other.likeness, other.id)
            for other, gap in alike
            if other.likeness >= max(_least(other, gap), _NEWER * known[article.id])
            and other.likeness >= _NEWER * known[other.id]
        )
        rivals = dict.fromkeys(by_article[other] for _, other in fitting)
        draft = next((each for each in rivals if each.likeness(vector) >= _CENTRAL), None)
        if draft is None:
            draft = _Draft()
            drafts.append(draft)
        draft.add(article, vector)
        by_article[article.id] = draft
    return drafts


def _between(earlier: dt.date | None, later: dt.date | None) -> int | None:
    """Return the days between two articles, or None if either is not dated."""
    return (later - earlier).days if earlier and later else None


def _least(other: Alike, gap: int | None) -> float:
    """Return the likeness from which two articles with `gap` days between are about one event."""
    if other.rare < _RARE or (gap is not None and gap > _WINDOW):
        return 2.0  # more than there is
    if gap is None:
        return _UNDATED
    least = max(_LEAST_ALIKE, _ALIKE - _RARER * (other.rare - _RARE))
    return least + _DAILY * max(0, gap - 1)


def _story(articles: Sequence[Article]) -> Story:
    days = [article.date for article in articles if article.date]
    papers = (paper for article in articles for paper in (article.source, *article.also_in))
    return Story(
        id=articles[0].id,
        title=articles[0].title,
        articles=tuple(article.id for article in articles),
        first=min(days, default=None),
        last=max(days, default=None),
        sources=tuple(dict.fromkeys(paper for paper in papers if paper)),
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
