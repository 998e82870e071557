"""Clusters articles about one event into stories, over time and across sources."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mujaz.enrich.stories.similarity_graph import Neighbour
from mujaz.enrich.stories.tfidf_vectors import Vector, cosine
from mujaz.site_model import Story

_MAX_GAP_DAYS = 7
"""Days after which an article no longer continues another."""
_MIN_SIMILARITY = 0.46
"""Similarity from which two articles of one day, or of two in a row, are about one event."""
_SIMILARITY_PER_DAY = 0.03
"""What each further day between them adds to that."""
_MIN_SHARED_RARE_STEMS = 3
"""Rare stems that two articles about one event share at least."""
_SIMILARITY_PER_RARE_STEM = 0.01
"""What each further one of these takes off the similarity that is required."""
_MIN_SIMILARITY_WITH_RARE_STEMS = 0.36
"""Below this similarity, no number of rare stems makes two articles of one day one event."""
_MIN_SIMILARITY_UNDATED = 0.7
"""Similarity from which they are about one event if either has no date."""
_MIN_CENTROID_SIMILARITY = 0.36
"""Similarity to the story as a whole that is required as well, so that no chain runs away."""
_MIN_BACKGROUND_RATIO = 1.2
"""How much more similar articles of one event are than either is to what was printed long before:
fixtures and bulletins return with the same words."""


class StoryArticle(NamedTuple):
    """What a story tells of one of its articles."""

    id: str
    day: int | None
    """Of its publication, counted from the year 1."""
    title: str
    sources: tuple[str, ...]
    """Those that printed it."""
    entities: tuple[tuple[str, str], ...]
    """Kind and name of each person, place and organisation that it is about."""


def background_similarity(neighbours: Sequence[Neighbour]) -> float:
    """Return how similar an article is to what was printed long before."""
    similarities = (
        neighbour.similarity
        for neighbour in neighbours
        if neighbour.gap_days is not None and neighbour.gap_days < -_MAX_GAP_DAYS
    )
    return max(similarities, default=0.0)


def may_share_story(neighbour: Neighbour) -> bool:
    """Return whether two articles could be about one event, whatever was printed long before."""
    return (
        neighbour.shared_rare_stems >= _MIN_SHARED_RARE_STEMS
        and neighbour.similarity >= _required_similarity(neighbour)
    )


def shares_story(neighbour: Neighbour, background: float, its_background: float) -> bool:
    """Return whether two articles are about one event, if the story as a whole is that too."""
    return may_share_story(neighbour) and (
        neighbour.similarity >= _MIN_BACKGROUND_RATIO * max(background, its_background)
    )


def _required_similarity(neighbour: Neighbour) -> float:
    """Return the similarity from which two articles are about one event."""
    if neighbour.gap_days is None:
        return _MIN_SIMILARITY_UNDATED
    gap_days = abs(neighbour.gap_days)
    if gap_days > _MAX_GAP_DAYS:
        return 2.0  # more than there is
    further_stems = neighbour.shared_rare_stems - _MIN_SHARED_RARE_STEMS
    required = max(
        _MIN_SIMILARITY_WITH_RARE_STEMS,
        _MIN_SIMILARITY - _SIMILARITY_PER_RARE_STEM * further_stems,
    )
    return required + _SIMILARITY_PER_DAY * max(0, gap_days - 1)


class _Cluster:
    """A story as far as it is read."""

    def __init__(self) -> None:
        self.articles: list[int] = []
        self._sum: dict[int, int] = defaultdict(int)

    def add(self, article: int, vector: Vector) -> None:
        self.articles.append(article)
        for stem, weight in zip(vector.stems, vector.weights, strict=True):
            self._sum[stem] += weight

    def similarity(self, vector: Vector) -> float:
        """Return how similar an article is to all of the story, from 0 to 1."""
        length = sum(weight * weight for weight in self._sum.values()) ** 0.5
        return cosine(self._sum, vector) / (length or 1.0)


def clusters(
    articles: Sequence[int],
    matches: Mapping[int, Sequence[int]],
    vector_of: Callable[[int], Vector],
) -> list[list[int]]:
    """Return the stories, those of a single article among them.

    `articles`, oldest first, are taken one by one: each joins the story that it fits best or begins
    one, so that a newer article never changes what older ones are. `matches` are the articles that
    each may share a story with, best first. Thresholds were chosen by reading headlines of the ANT
    corpus; `benchmarks.stories` shows what they give.
    """
    result: list[_Cluster] = []
    by_article: dict[int, _Cluster] = {}
    for article in articles:
        vector = vector_of(article)
        candidates = dict.fromkeys(
            by_article[each] for each in matches[article] if each in by_article
        )
        close = (each for each in candidates if each.similarity(vector) >= _MIN_CENTROID_SIMILARITY)
        cluster = next(close, None)
        if cluster is None:
            cluster = _Cluster()
            result.append(cluster)
        cluster.add(article, vector)
        by_article[article] = cluster
    return [cluster.articles for cluster in result]


def story(articles: Sequence[StoryArticle]) -> Story:
    """Return the story of two or more articles, oldest first."""
    days = [article.day for article in articles if article.day]
    sources = dict.fromkeys(source for article in articles for source in article.sources)
    return Story(
        id=articles[0].id,
        title=articles[0].title,
        articles=tuple(article.id for article in articles),
        first=dt.date.fromordinal(min(days)) if days else None,
        last=dt.date.fromordinal(max(days)) if days else None,
        sources=tuple(sources),
        people=tuple(_shared_names(articles, "person")),
        places=tuple(_shared_names(articles, "place")),
        organisations=tuple(_shared_names(articles, "organisation")),
    )


def _shared_names(articles: Sequence[StoryArticle], kind: str) -> Iterator[str]:
    """Yield the names that at least two articles are tagged with, most often named first."""
    counts = Counter(name for each in articles for its, name in each.entities if its == kind)
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if count >= 2:
            yield name
