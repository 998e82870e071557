"""The law of renewed pages: they are what composing everything anew gives, and no more is made."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.compose import Composer, page_text
from mujaz.config import Config
from mujaz.delta import Delta
from mujaz.library import Library, StalePages
from mujaz.library.groups import ALL, DependencyKey, Size, group
from mujaz.library.stories import StoryDelta
from mujaz.model import Article, Headline, Tag, Version
from mujaz.site_model import Story
from mujaz.state import serialisation as packing
from mujaz.state.database import in_memory

from tests.support import Collected, compose, config, sample

SETTINGS = config(
    Path("/nowhere"),
    page_size=5,
    tag_page_articles=3,  # tags win and lose their pages
    site_url="https://mujaz.example/",
    search=True,
)
DAYS = [None, *(dt.date(2025, 7, 25) + dt.timedelta(i) for i in range(0, 16, 2))]
TAGS = [
    Tag("حلب", "place", 0.9, also=("الشهباء",)),
    Tag("حلب", "topic", 0.8),
    Tag("ليلى النجار", "person", 0.9),
    Tag("وزارة الثقافة", "organisation", 0.7, also=("الوزارة",)),
]


def article(number: int, day: dt.date | None, choice: int) -> Article:
    """Return one of several states of an article."""
    held = sample((number + 1) % 12)
    return sample(
        number,
        id=sample(number).id,
        date=day,
        section=("ثقافة", "رياضة", None)[choice % 3],
        source=("السنديانة", "سانا", None)[choice // 2 % 3],
        also_in=("صدى الرابية",) if choice % 5 == 1 else (),
        also_told_in=(held.file,) if choice % 5 == 2 else (),
        also_tells=(held.file, sample((number + 2) % 12).file) if choice % 5 == 3 else (),
        tags=tuple({tag.name: tag for tag in TAGS[: choice % 5]}.values()),
        summary=f"ملخص {choice % 2}.",
        paragraphs=(f"بدأ العمل {number} في 3 {('آب', 'أغسطس', 'الشهر')[choice % 3]} 2024.",),
        sidebar=(Headline(held.title, 1.0, held.id),) if choice % 4 == 2 else (),
        versions=(Version("v", dt.date(2025, 1, 1), "عنوان", ("نص.",)),) if choice == 7 else (),
        updated=day if choice == 7 else None,
    )


STATES = st.builds(article, st.integers(0, 11), st.sampled_from(DAYS), st.integers(0, 9))
STEPS = st.lists(
    st.tuples(st.lists(STATES, max_size=6), st.lists(st.integers(0, 11), max_size=3)),
    min_size=1,
    max_size=5,
)


def stories_among(articles: Mapping[str, Article]) -> list[Story]:
    """Return stories of articles in threes, if there are two of these."""
    found = []
    for first in range(0, 12, 3):
        members = [a for i in range(first, first + 3) if (a := articles.get(sample(i).id))]
        if len(members) > 1:
            members.sort(key=lambda each: (each.date is None, each.date or dt.date.min, each.id))
            days = [each.date for each in members if each.date]
            ids = tuple(each.id for each in members)
            dates = (min(days, default=None), max(days, default=None))
            found.append(Story(ids[0], members[0].title, ids, *dates))
    return sorted(found, key=lambda s: (-(s.last or dt.date.min).toordinal(), s.id))


def topics_among(articles: Mapping[str, Article]) -> dict[str, str]:
    """Return the news topic of each story: that of the first two of them is one."""
    firsts = sorted(story.id for story in stories_among(articles))
    return dict.fromkeys(firsts[:2], firsts[0]) if firsts else {}


def corpus(articles: Mapping[str, Article]) -> Collected:
    newest_first = sorted(
        articles.values(), key=lambda a: (-(a.date or dt.date.min).toordinal(), a.file)
    )
    topics = topics_among(articles)
    return Collected(
        tuple(newest_first), {}, tuple(stories_among(articles)), related(articles), topics
    )


def related(articles: Mapping[str, Article]) -> dict[str, tuple[str, ...]]:
    ids = sorted(articles)
    return {own: (other,) for own, other in pairwise(ids)}


def fresh(articles: Mapping[str, Article], site: Config = SETTINGS) -> dict[str, str]:
    return {page.path: page_text(page) for page in compose(corpus(articles), site)}


class Site:
    """Pages that are kept up to date."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base = base
        self.library = Library(base)
        self.articles: dict[str, Article] = {}
        self.pages: dict[str, str] = {}

    def change(self, come: Sequence[Article], gone: Sequence[str]) -> set[str]:
        """Make changes, and return the paths of the pages that were made again."""
        before = dict(self.articles)
        told = stories_among(before)
        for own in gone:
            self.articles.pop(own, None)
        self.articles |= {each.id: each for each in come}
        left = before.keys() - self.articles.keys()
        facts = self.library.apply(Delta(left, {each.id: each for each in come}.values()))
        stories, members, reading = self._told(told, before, left)
        for story_id, story in stories.items():
            if story:
                self.library.put_story(story)
            else:
                self.library.remove_story(story_id)
        for article_id, member in members.items():
            self.library.story_members.put(article_id, member)
            self.library.put_related(article_id, reading[article_id])
        removed = {story_id for story_id, story in stories.items() if story is None}
        upserted = [story for story in stories.values() if story]
        topics = self._move_topics()
        facts |= StoryDelta(removed, upserted, members, reading, topics).dependency_keys()
        return self.renew(facts, ())

    def _told(
        self, told: Sequence[Story], before: Mapping[str, Article], left: set[str]
    ) -> tuple[dict[str, Story | None], dict[str, str | None], dict[str, tuple[str, ...]]]:
        now = stories_among(self.articles)
        stories: dict[str, Story | None] = {each.id: None for each in told}
        stories |= {each.id: each for each in now}
        members: dict[str, str | None] = dict.fromkeys([*before, *self.articles])
        members |= {own: each.id for each in now for own in each.articles}
        reading = {own: related(self.articles).get(own, ()) for own in [*before, *self.articles]}
        return stories, members, reading

    def _move_topics(self) -> set[str]:
        """Put stories into the news topics that they are in; return ids of what moved."""
        topics, moved = topics_among(self.articles), set[str]()
        for article_id in [sample(i).id for i in range(12)]:
            topic = topics.get(article_id)
            if self.library.news_topic_members.group_of(article_id) != topic:
                self.library.news_topic_members.put(article_id, topic)
                moved.add(article_id)
        return moved

    def renew(self, keys: set[DependencyKey], damaged: Sequence[str]) -> set[str]:
        stale = StalePages(self.base, Composer(self.library, SETTINGS))
        made = {p.path: page_text(p) for p in stale.compose(keys, damaged)}
        before = self.pages.keys()
        paths = stale.paths()
        assert stale.have_paths_changed or paths == before
        self.pages = {p: t for p, t in (self.pages | made).items() if p in paths}
        assert paths == self.pages.keys()
        return set(made)


@contextmanager
def site() -> Iterator[Site]:
    base = in_memory()
    yield Site(base)
    base.close()


@given(STEPS)
@settings(max_examples=60)
def test_whatever_happens(steps: list[tuple[list[Article], list[int]]]) -> None:
    with site() as pages:
        for come, gone in steps:
            new = {each.id for each in come}
            pages.change(come, [sample(i).id for i in gone if sample(i).id not in new])
            assert pages.pages == fresh(pages.articles)
            sizes = pages.library.size()
            undated = sum(each.date is None for each in pages.articles.values())
            assert sizes == Size(len(pages.articles) - undated, undated)


def test_nothing_is_made_where_nothing_changed() -> None:
    articles = [article(i, DAYS[i % 9], i % 10) for i in range(12)]
    with site() as pages:
        assert pages.change(articles, ()) == pages.pages.keys()
        assert pages.change(articles, ()) == set()
        assert pages.renew(set(), ["index.md", "by-hand.md"]) == {"index.md"}


def test_what_nobody_shows_changes_one_page() -> None:
    articles = [article(i, DAYS[i % 9], 0) for i in range(12)]
    with site() as pages:
        pages.change(articles, ())
        old = articles[3]
        whole = sum(map(len, old.paragraphs))
        paragraphs = (old.paragraphs[0], "س" * (whole - len(old.paragraphs[0])))
        changed = packing.article(packing.packed(old))
        assert changed == old
        new = article(3, old.date, 0)
        made = pages.change([_with(new, paragraphs)], ())
        shows_sentences = ("articles/", "feed.", "digest/", "stories/")
        assert made == {page for page in made if page.startswith(shows_sentences)}
        assert len(made) <= 6


def _with(found: Article, paragraphs: tuple[str, ...]) -> Article:
    text = packing.packed(found).replace(
        packing.packed(found.paragraphs), packing.packed(paragraphs)
    )
    return packing.article(text)


def test_articles_may_change_places() -> None:
    one, other = article(1, DAYS[1], 4), article(2, DAYS[1], 4)
    with site() as pages:
        pages.change([one, other], ())
        swapped = [
            packing.article(packing.packed(each).replace(each.file, file, 1))
            for each, file in ((one, other.file), (other, one.file))
        ]
        pages.change(swapped, ())
        assert pages.pages == fresh(pages.articles)
        found = [own for _, own in pages.library.articles_of(group("day", DAYS[1] or ""))]
        assert sorted(found) == sorted([other.id, one.id])
        assert pages.library.size(ALL).all == 2
