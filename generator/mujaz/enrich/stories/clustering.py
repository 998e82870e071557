"""Threads articles about one event into stories, over time and across papers."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mujaz.enrich.stories.similarity_graph import Alike
from mujaz.enrich.stories.vectors import Vector, likeness
from mujaz.model import Story

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


class Told(NamedTuple):
    """What a story tells of one of its articles."""

    id: str
    day: int | None
    """Of its publication, counted from the year 1."""
    title: str
    papers: tuple[str, ...]
    """Those that printed it."""
    names: tuple[tuple[str, str], ...]
    """Kind and name of each person, place and organisation that it is about."""


def known(alike: Sequence[Alike]) -> float:
    """Return how like an article is to what was printed long before."""
    before = (each.likeness for each in alike if each.gap is not None and each.gap < -_WINDOW)
    return max(before, default=0.0)


def may_fit(each: Alike) -> bool:
    """Return whether two articles could be about one event, whatever was printed long before."""
    return each.rare >= _RARE and each.likeness >= _least(each)


def fits(each: Alike, own_known: float, its_known: float) -> bool:
    """Return whether two articles are about one event, if the story as a whole is that too."""
    return may_fit(each) and each.likeness >= _NEWER * max(own_known, its_known)


def _least(each: Alike) -> float:
    """Return the likeness from which two articles are about one event."""
    if each.gap is None:
        return _UNDATED
    days = abs(each.gap)
    if days > _WINDOW:
        return 2.0  # more than there is
    least = max(_LEAST_ALIKE, _ALIKE - _RARER * (each.rare - _RARE))
    return least + _DAILY * max(0, days - 1)


class _Draft:
    """A story as far as it is read."""

    def __init__(self) -> None:
        self.articles: list[int] = []
        self._sum: dict[int, int] = defaultdict(int)

    def add(self, article: int, vector: Vector) -> None:
        self.articles.append(article)
        for stem, weight in zip(vector.stems, vector.weights, strict=True):
            self._sum[stem] += weight

    def likeness(self, vector: Vector) -> float:
        """Return how like an article is to all of the story, from 0 to 1."""
        length = sum(weight * weight for weight in self._sum.values()) ** 0.5
        return likeness(self._sum, vector) / (length or 1.0)


def threaded(
    articles: Sequence[int],
    fitting: Mapping[int, Sequence[int]],
    vector: Callable[[int], Vector],
) -> list[list[int]]:
    """Return the stories, those of a single article among them.

    `articles`, oldest first, are taken one by one: each joins the story that it fits best or begins
    one, so that a newer article never changes what older ones are. `fitting` are the articles that
    each fits, best first. Thresholds were chosen by reading headlines of the ANT corpus;
    `benchmarks.stories` shows what they give.
    """
    drafts: list[_Draft] = []
    by_article: dict[int, _Draft] = {}
    for article in articles:
        own = vector(article)
        rivals = dict.fromkeys(by_article[each] for each in fitting[article] if each in by_article)
        draft = next((each for each in rivals if each.likeness(own) >= _CENTRAL), None)
        if draft is None:
            draft = _Draft()
            drafts.append(draft)
        draft.add(article, own)
        by_article[article] = draft
    return [draft.articles for draft in drafts]


def story(articles: Sequence[Told]) -> Story:
    """Return the story of two or more articles, oldest first."""
    days = [article.day for article in articles if article.day]
    papers = dict.fromkeys(paper for article in articles for paper in article.papers)
    return Story(
        id=articles[0].id,
        title=articles[0].title,
        articles=tuple(article.id for article in articles),
        first=dt.date.fromordinal(min(days)) if days else None,
        last=dt.date.fromordinal(max(days)) if days else None,
        sources=tuple(papers),
        people=tuple(_shared(articles, "person")),
        places=tuple(_shared(articles, "place")),
        organisations=tuple(_shared(articles, "organisation")),
    )


def _shared(articles: Sequence[Told], kind: str) -> Iterator[str]:
    """Yield the names that at least two articles are tagged with, most often named first."""
    counts = Counter(name for each in articles for its, name in each.names if its == kind)
    for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        if count >= 2:
            yield name
