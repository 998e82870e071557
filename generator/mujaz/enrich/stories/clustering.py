"""Clusters articles about one event into stories, over time and across sources."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from mujaz.enrich.stories.similarity_graph import Neighbour
from mujaz.enrich.stories.tfidf_vectors import UNIT
from mujaz.site_model import Story

_MIN_SHARED_RARE_STEMS = 3
"""Rare stems that two articles about one event share at least."""
_MIN_BACKGROUND_RATIO = 1.2
"""How much more similar articles of one event are than either is to what was printed long before:
fixtures and bulletins return with the same words."""


class Level(NamedTuple):
    """How much alike articles are that are put together; similarities in units."""

    max_gap_days: int
    """Days after which an article no longer continues another."""
    min_similarity: int
    """Similarity beyond which two articles of one day, or of two in a row, may belong together."""
    similarity_per_day: int
    """What each further day between them adds to that."""
    min_similarity_undated: int
    """The same if either has no date."""
    max_excess: int
    """By how much two may be more similar than they have to be before that tells no more: a copy
    joins two groups no better than a report, and no chain runs away."""
    min_mean_excess: int
    """Root mean square of that over all pairs of two groups from which they are one."""


STORY = Level(7, 3_200, 300, 6_500, 800, 400)
"""One event."""
NEWS_TOPIC = Level(7, 2_000, 100, 5_500, 1_500, 160)
"""What belongs together: its articles go on from week to week."""


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
        if neighbour.gap_days is not None and neighbour.gap_days < -STORY.max_gap_days
    )
    return max(similarities, default=0.0)


def strength(neighbour: Neighbour, level: Level) -> int:
    """Return how strongly two articles seem to belong together, whatever was printed before.

    Squared, because a few pairs that are much alike tell more of two groups than many that are so
    a little.
    """
    if neighbour.gap_days is None:
        required = level.min_similarity_undated
    else:
        further_days = max(0, abs(neighbour.gap_days) - 1)
        required = level.min_similarity + level.similarity_per_day * further_days
    is_too_late = neighbour.gap_days is not None and abs(neighbour.gap_days) > level.max_gap_days
    if is_too_late or neighbour.shared_rare_stems < _MIN_SHARED_RARE_STEMS:
        return 0
    excess = max(0, round(UNIT * neighbour.similarity) - required)
    return min(level.max_excess, excess) ** 2


def is_background(neighbour: Neighbour, background: float, its_background: float) -> bool:
    """Return whether two articles are hardly more similar than either is to older ones."""
    return neighbour.similarity < _MIN_BACKGROUND_RATIO * max(background, its_background)


class Group(NamedTuple):
    """Articles that belong together so far."""

    size: int
    """Number of its articles that could go on."""
    is_older: bool
    """Whether it is of before the day that is looked at."""


def clusters(
    groups: Sequence[Group], strengths: Mapping[tuple[int, int], int], level: Level
) -> list[list[int]]:
    """Return which groups are one, by their places.

    `strengths` are the sums over all pairs of articles of two groups, the one with the lower place
    first. The two with the highest mean strength become one, again and again (average linkage);
    two older groups never do, so that a newer article never changes what older ones are. Thresholds
    were chosen on labelled days; `benchmarks.newsday` shows what they give.
    """
    sums: list[dict[int, int]] = [{} for _ in groups]
    for (one, other), total in strengths.items():
        sums[one][other] = sums[other][one] = total
    sizes = [group.size for group in groups]
    older = [group.is_older for group in groups]
    merged = [[place] for place in range(len(groups))]
    waiting = [
        _Merger(-total / (sizes[one] * sizes[other]), one, other, sizes[one], sizes[other])
        for (one, other), total in strengths.items()
        if not (older[one] and older[other])
    ]
    heapify(waiting)
    while waiting and -waiting[0].negative_mean >= level.min_mean_excess**2:
        _, one, other, size, other_size = heappop(waiting)
        if (sizes[one], sizes[other]) != (size, other_size):
            continue  # one of them is another group by now
        merged[one] += merged[other]
        merged[other] = []
        older[one] |= older[other]
        sizes[one], sizes[other] = size + other_size, 0
        for third, total in sums[other].items():
            del sums[third][other]
            if third != one:
                sums[one][third] = sums[third][one] = sums[one].get(third, 0) + total
        for third, total in sums[one].items():
            if not (older[one] and older[third]):
                low, high = min(one, third), max(one, third)
                mean = total / (sizes[low] * sizes[high])
                heappush(waiting, _Merger(-mean, low, high, sizes[low], sizes[high]))
    return [sorted(places) for places in merged if places]


class _Merger(NamedTuple):
    """Two groups that may become one, and how large they are; of these the first is the best."""

    negative_mean: float
    one: int
    other: int
    size: int
    other_size: int


def central(articles: Sequence[StoryArticle], similarities: Mapping[str, int]) -> StoryArticle:
    """Return the article of the latest day that is most similar to the others, of equals the first.

    `similarities` are sums by id, in units. Undated articles count only if there are no others.
    """
    latest = max((article.day for article in articles if article.day), default=None)
    of_latest_day = (article for article in articles if article.day == latest)
    return max(of_latest_day, key=lambda article: similarities.get(article.id, 0))


def story(articles: Sequence[StoryArticle], similarities: Mapping[str, int]) -> Story:
    """Return the story of two or more articles, oldest first; for the rest see `central`."""
    days = [article.day for article in articles if article.day]
    newest = central(articles, similarities)
    sources = dict.fromkeys(source for article in articles for source in article.sources)
    return Story(
        id=articles[0].id,
        title=newest.title,
        articles=tuple(article.id for article in articles),
        first=dt.date.fromordinal(min(days)) if days else None,
        last=dt.date.fromordinal(max(days)) if days else None,
        sources=tuple(sources),
        people=tuple(_shared_names(articles, "person")),
        places=tuple(_shared_names(articles, "place")),
        organisations=tuple(_shared_names(articles, "organisation")),
        central=newest.id,
    )


def _shared_names(articles: Sequence[StoryArticle], kind: str) -> Iterator[str]:
    """Yield the names that at least two articles are tagged with, most often named first."""
    counts = Counter(name for each in articles for its, name in each.entities if its == kind)
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if count >= 2:
            yield name
