"""Where sources differ: numbers of one event that are not the same in all of them, side by side."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mujaz.arabic.tokens import sentences
from mujaz.compose.stories.figures import AMOUNT, Figure, figures_of, numbers_in
from mujaz.compose.stories.sentences import shared, stems_of
from mujaz.model import Article

_MAX_SENTENCES = 2
"""At the beginning of an article, of which the headline and these say what it is about."""
_MIN_SHARED, _MIN_SHARED_OF_AMOUNTS = 0.37, 0.52
"""Share of the weight of each of two sentences that the other has as well: then both tell of the
same. Of victims it is less, since nothing else is counted in such words."""
_MAX_RATIO, _MAX_RATIO_OF_VICTIMS = 1.5, 3
"""Between numbers that may be two reports of one thing."""
_ROUNDED = 0.02
"""Share of an amount by which others may differ: they are rounded."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one article states about something."""

    figure: Figure
    article_id: str
    source: str
    day: dt.date | None
    time: dt.time | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Something of which sources state different numbers on one day."""

    kind: str
    """See `Figure.kind`."""
    statements: tuple[Statement, ...]
    """One of each article, in the order of publication."""

    @property
    def rises(self) -> bool:
        """Whether the number only grew with the time of publication: so later ones may be news."""
        timed = [each for each in self.statements if each.time]
        timed.sort(key=lambda each: each.time.replace(tzinfo=None) if each.time else dt.time.min)
        values = [each.figure.value for each in timed]
        return len(timed) == len(self.statements) and values == sorted(values)


@dataclass(frozen=True, slots=True)
class _Stated:
    """A figure, and where it is stated."""

    figure: Figure
    article: Article
    stems: frozenset[str]
    """Of the headline or sentence that states it."""


def differences_of(articles: Sequence[Article]) -> list[Difference]:
    """Return the numbers in which articles of one story, in order of time, differ.

    Compared is what headlines and first sentences of one day say of the same, in much the same
    words. An article that states two numbers of something states none of it.
    """
    stated = [each for article in articles for each in _stated(article)]
    by_subject: dict[tuple[dt.date | None, str, str], list[_Stated]] = defaultdict(list)
    for each in stated:
        by_subject[each.article.date, each.figure.kind, each.figure.whom].append(each)
    return [
        Difference(kind, tuple(map(_statement, _one_an_article(group))))
        for (_, kind, _), one_subject in by_subject.items()
        for group in _of_one_event(one_subject)
        if _differ(group)
    ]


def _stated(article: Article) -> Iterator[_Stated]:
    """Yield the numbers that the headline and the first sentences of an article state."""
    texts = [article.title]
    for paragraph in article.paragraphs:
        if len(texts) <= _MAX_SENTENCES:
            texts += sentences(paragraph)
    by_subject: dict[tuple[str, str], list[_Stated]] = defaultdict(list)
    for text in texts[: _MAX_SENTENCES + 1]:
        figures = list(figures_of(text))
        stems = stems_of(text) if figures else frozenset()
        for figure in figures:
            by_subject[figure.kind, figure.whom].append(_Stated(figure, article, stems))
    for one_subject in by_subject.values():
        if len({each.figure.value for each in one_subject}) == 1:
            yield from one_subject


def _of_one_event(stated: Sequence[_Stated]) -> list[list[_Stated]]:
    """Return statements by event: each is in much the same words as another one of its event."""
    groups: list[list[_Stated]] = []
    for each in stated:
        near = [group for group in groups if any(_is_near(each, other) for other in group)]
        merged = [one for group in near for one in group] + [each]
        groups = [group for group in groups if group not in near] + [merged]
    return groups


def _is_near(one: _Stated, other: _Stated) -> bool:
    """Whether two statements are of one thing: so their words say, and their places allow."""
    if one.article is other.article:
        return True
    if not _places_agree(one.article, other.article):
        return False
    alike = min(shared(one.stems, other.stems), shared(other.stems, one.stems))
    low, high = sorted((one.figure.value, other.figure.value))
    if one.figure.kind != AMOUNT:
        return alike >= _MIN_SHARED and high <= low * _MAX_RATIO_OF_VICTIMS
    if low != high and (_has(one.article, other.figure) or _has(other.article, one.figure)):
        return False  # an article with both numbers tells of two things
    return alike >= _MIN_SHARED_OF_AMOUNTS and high <= low * _MAX_RATIO


def _places_agree(one: Article, other: Article) -> bool:
    """Whether articles may tell of one place: where headlines name some, the other has one too."""
    (places, in_title), (others, in_other_title) = _places(one), _places(other)
    pairs = (places, others), (in_title, others), (in_other_title, places)
    return all(not first or not second or first & second for first, second in pairs)


def _places(article: Article) -> tuple[set[str], set[str]]:
    """Return the places that an article is tagged with, and those of them in its headline."""
    names = {tag.name: (tag.name, *tag.also) for tag in article.tags if tag.kind == "place"}
    in_title = {
        name for name, forms in names.items() if any(form in article.title for form in forms)
    }
    return set(names), in_title


def _has(article: Article, figure: Figure) -> bool:
    """Whether an article has the number of a figure anywhere in its text."""
    return figure.value in numbers_in(article.text)


def _differ(group: Sequence[_Stated]) -> bool:
    """Whether at least two sources state different numbers."""
    by_value: dict[float, set[str | None]] = defaultdict(set)
    for each in group:
        by_value[each.figure.value].add(each.article.source)
    values = sorted(by_value)
    if group[0].figure.kind == AMOUNT and values[-1] - values[0] < values[-1] * _ROUNDED:
        return False
    return len(values) > 1 and len(set().union(*by_value.values())) > 1


def _one_an_article(group: Sequence[_Stated]) -> list[_Stated]:
    """Return of each article the statement that says most."""
    best: dict[str, _Stated] = {}
    for each in group:
        current = best.get(each.article.id)
        if current is None or len(each.figure.shown) > len(current.figure.shown):
            best[each.article.id] = each
    return list(best.values())


def _statement(stated: _Stated) -> Statement:
    article = stated.article
    return Statement(stated.figure, article.id, article.source or "", article.date, article.time)
