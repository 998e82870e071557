"""Stories kept up to date: any history of changes ends where one update from nothing does."""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mujaz.enrich.stories import tfidf_vectors
from mujaz.library.stories import StoryDelta
from mujaz.model import Article, Tag
from mujaz.site_model import Story
from mujaz.state.database import in_memory

from tests.support import StoryKeeper, sample

_LETTERS = "بتثجحخدذرزسشصضطظعغفقكلم"
_EVENTS = [[f"حدث{one}{other}ر" for other in _LETTERS[:16]] for one in _LETTERS[:4]]
"""Words that tell of an event."""
_REST = [f"كلام{one}{other}ر" for one in _LETTERS for other in _LETTERS[:5]]
_DAYS = [
    dt.date(2025, 1, 1) + dt.timedelta(days=days) for days in (0, 0, 1, 3, 6, 9, 31, 40, 400, 900)
]
Change = tuple[Sequence[int], Sequence[Article]]
"""Numbers of articles that leave, and those that come or change."""


def told(number: int, event: int, seed: int, day: dt.date | None, column: bool) -> Article:
    """Return a version of an article: about an event, in words that depend on the seed."""
    chance = random.Random(seed)
    words = [*chance.sample(_EVENTS[event], 8), *chance.sample(_REST, 4 + seed % 9)]
    title = " ".join(chance.sample(_EVENTS[event], 3))
    kinds = ("person", "place", "topic")
    tags = [Tag(word, chance.choice(kinds), 0.9) for word in words[: seed % 4]]  # type: ignore[arg-type]
    return sample(
        number,
        id=f"article{number}",
        title=f"حالة الطقس {title}" if column else title,
        paragraphs=(" ".join(words),),
        date=day,
        tags=tuple(tags),
        source=chance.choice((None, "السنديانة", "صدى الرابية")),
        also_in=("سانا",) * (seed % 2),
    )


NUMBERS = st.integers(0, 24)
VERSIONS = st.builds(
    told,
    NUMBERS,
    st.integers(0, len(_EVENTS) - 1),
    st.integers(0, 40),
    st.sampled_from([*_DAYS, None]),
    st.sampled_from([False] * 9 + [True]),
)
CHANGES: st.SearchStrategy[Change] = st.tuples(
    st.lists(NUMBERS, max_size=4),
    st.lists(VERSIONS, max_size=14, unique_by=lambda each: each.id),
)


_PAIRS = """
select one.id, other.id, similarity, shared_rare_stems, gap_days from similar_articles
join numbered_articles as one using (article)
join numbered_articles as other on other.article = similar_articles.other
"""


def pairs(base: sqlite3.Connection) -> list[tuple[Any, ...]]:
    return sorted(base.execute(_PAIRS), key=repr)


def everything(found: StoryKeeper, articles: Mapping[str, Article]) -> Any:
    """Return all that can be asked."""
    listed = found.stories()
    stories = {own: found.story(own) for own, _, _ in listed}
    for own, last, size in listed:
        story = stories[own]
        assert story
        assert (story.last.isoformat() if story.last else "", len(story.articles)) == (last, size)
    return (
        listed,
        stories,
        {
            own: (found.story_of(own), found.news_topic_of(own), found.related(own))
            for own in articles
        },
    )


def applied(found: StoryKeeper, there: dict[str, Article], change: Change) -> StoryDelta:
    """Update; keep in `there` which articles there are."""
    leave, come = change
    gone = {f"article{number}" for number in leave} | {each.id for each in come if each.id in there}
    for own in gone:
        there.pop(own, None)
    there.update({each.id: each for each in come})
    return found.update(gone, iter(come))


@pytest.mark.parametrize("prior", [1000, 1440])  # the latter is near where totals are rounded up
@settings(max_examples=40)
@given(changes=st.lists(CHANGES, max_size=8))
@example(
    changes=[
        ([], [told(i, int(i < 5), i, _DAYS[0], False) for i in range(8)]),
        ([], [told(9, 0, 9, _DAYS[0], False)]),  # the ninth makes the total be rounded up
    ]
)
def test_any_history_ends_where_one_update_does(prior: int, changes: list[Change]) -> None:
    there: dict[str, Article] = {}
    with patch.object(tfidf_vectors, "_LISTED_ARTICLES", prior):
        found, fresh = StoryKeeper(), StoryKeeper()
        for change in changes:
            applied(found, there, change)
        fresh.update((), there.values())
        assert everything(found, there) == everything(fresh, there)
        assert pairs(found.base) == pairs(fresh.base)


@given(st.lists(CHANGES, max_size=6))
def test_an_update_says_what_it_changed(changes: list[Change]) -> None:
    there: dict[str, Article] = {}
    found = StoryKeeper()
    stories: dict[str, Story | None] = {}
    members: dict[str, str | None] = {}
    related: dict[str, tuple[str, ...]] = {}
    for change in changes:
        before = dict(stories)
        new = applied(found, there, change)
        changed = {**dict.fromkeys(new.removed), **{each.id: each for each in new.upserted}}
        assert all(before.get(own) != story for own, story in changed.items())
        stories.update(changed)
        members.update(new.story_ids)
        related.update(new.related)
        assert not any(new.story_ids.get(own) for own in {*new.story_ids} - there.keys())
        assert not any(new.related.get(own) for own in {*new.related} - there.keys())
        for each in {*members, *related} - there.keys():
            members.pop(each, None)
            related.pop(each, None)
    told_of = {own: story for own, story in stories.items() if story}
    assert told_of == {own: found.story(own) for own, _, _ in found.stories()}
    for own in there:
        assert members.get(own) == found.story_of(own)
        assert related.get(own, ()) == found.related(own)


@given(st.lists(CHANGES, max_size=5))
def test_the_same_again_changes_nothing(changes: list[Change]) -> None:
    there: dict[str, Article] = {}
    found = StoryKeeper()
    for change in changes:
        applied(found, there, change)
    assert found.update(there, there.values()) == StoryDelta(set(), [], {}, {}, set())
    assert found.update(["no such article"], []) == StoryDelta(set(), [], {}, {}, set())


@given(st.lists(CHANGES, max_size=5))
def test_nothing_is_left_of_what_is_gone(changes: list[Change]) -> None:
    found, there = StoryKeeper(), dict[str, Article]()
    for change in changes:
        applied(found, there, change)
    found.update(there, [])
    query = "select name from sqlite_master where type = 'table' and name <> 'sqlite_sequence'"
    tables = [name for (name,) in found.base.execute(query)]
    assert "similar_articles" in tables
    assert [t for t in tables if found.base.execute(f"select * from {t}").fetchone()] == []


def test_what_is_kept_is_found_by_the_next_run() -> None:
    base = in_memory()
    articles = [told(number, 0, number, _DAYS[0], False) for number in range(4)]
    StoryKeeper(base).update((), articles[:3])
    StoryKeeper(base).update((), articles[3:])
    once = StoryKeeper()
    once.update((), articles)
    assert once.stories()
    by_id = {each.id: each for each in articles}
    assert everything(StoryKeeper(base), by_id) == everything(once, by_id)


def _chain() -> list[Article]:
    """Return articles each of which tells in part what the next one tells."""
    words = [f"حلقة{one}{other}ر" for one in _LETTERS[:12] for other in _LETTERS[:8]]
    return [
        sample(i, title=words[8 * i], paragraphs=(" ".join(words[8 * i : 8 * i + 26]),), date=day)
        for i, day in enumerate(_DAYS[0] + dt.timedelta(days=i) for i in range(9))
    ]


def _fixtures() -> list[Article]:
    """Return what is printed in the same words a month later, and once more a day after that."""
    teams = " ".join(_EVENTS[0])
    days = [_DAYS[0] + dt.timedelta(days=days) for days in (0, 31, 32)]
    return [
        sample(i, title=f"قمة {word}", paragraphs=(f"يلتقي {word} {teams}",), date=day)
        for i, (word, day) in enumerate(zip(("السبت", "الأحد", "الجمعة"), days, strict=True))
    ]


@pytest.mark.parametrize("articles", [_chain(), _fixtures()], ids=["chain", "fixtures"])
def test_a_change_reaches_what_hangs_on_it(articles: list[Article]) -> None:
    by_id = {each.id: each for each in articles}
    found = StoryKeeper()
    found.update((), articles)
    whole = everything(found, by_id)
    for each in articles:
        rest = {own: article for own, article in by_id.items() if own != each.id}
        fresh = StoryKeeper()
        fresh.update((), rest.values())
        assert everything(fresh, rest) != whole
        found.update([each.id], [])
        assert everything(found, rest) == everything(fresh, rest)
        found.update([], [each])
        assert everything(found, by_id) == whole


def test_a_change_of_title_is_told_by_its_story() -> None:
    articles = [told(number, 0, number, _DAYS[0], False) for number in range(3)]
    found = StoryKeeper()
    found.update((), articles)
    ((own, _, _),) = found.stories()
    told_story = found.story(own)
    assert told_story
    central = next(each for each in articles if each.id == told_story.central)
    changed = replace(central, title=central.title + "!", also_in=("وكالة",))
    new = found.update([central.id], [changed])
    (story,) = new.upserted
    assert story.id == own
    assert story.title == central.title + "!"
    assert "وكالة" in story.sources
    assert (new.story_ids, new.related) == ({}, {})


class _Steps:
    """Counts how much a database does."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self.taken = 0
        base.set_progress_handler(self._step, 100)

    def _step(self) -> int:
        self.taken += 1
        return 0


def _many(number: int) -> Iterator[Article]:
    for each in range(number):
        yield sample(each, id=f"{each}", date=_DAYS[0] + dt.timedelta(days=each // 4))


@pytest.mark.parametrize("which", ["new", "edited", "gone"])
def test_one_change_costs_the_same_among_many(which: str) -> None:
    taken = []
    for number in (200, 800):
        found = StoryKeeper()
        found.update((), _many(number))
        steps = _Steps(found.base)
        last = sample(number - 1, id=f"{number - 1}", date=_DAYS[0])
        for word in ("حريق", "معمل", "زجاج"):
            edited = replace(last, paragraphs=(f"{last.paragraphs[0]} {word}", "كتاب"))
            if which == "new":
                found.update((), [replace(edited, id=word, date=dt.date(2026, 1, 1))])
            elif which == "gone":
                found.update([last.id], [])
            else:
                found.update([last.id], [edited])
        taken.append(steps.taken)
    assert taken[1] < 2 * taken[0] + 100
