"""Stories: what is one event and what is not, what to read next, and that nothing moves later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.arabic.press.columns import is_column
from mujaz.enrich.stories.tfidf_vectors import UNIT, cosine, stem_counts, tfidf_vector
from mujaz.model import Article, Tag
from mujaz.site_model import Story

from tests.support import StoryKeeper, case_table, cases, collect, sample


def _articles() -> dict[str, Article]:
    found = {}
    for number, (name, case) in enumerate(case_table("stories")["articles"].items()):
        day = dt.date(2025, 6, case["day"]) if "day" in case else None
        found[name] = sample(
            number,
            title=case["title"],
            source=case["source"],
            paragraphs=(case["text"].strip(),),
            date=day,
        )
    return found


ARTICLES = _articles()
NAMES = {article.id: name for name, article in ARTICLES.items()}
ALL = tuple(ARTICLES.values())
SOME = st.lists(st.sampled_from(sorted(ARTICLES)), unique=True).map(
    lambda names: [ARTICLES[name] for name in names]
)
FIRE = ("fire", "fire_elsewhere", "fire_follow_up")


def keeper_of(articles: Iterable[Article]) -> StoryKeeper:
    found = StoryKeeper()
    found.update((), articles)
    return found


def stories(found: StoryKeeper) -> tuple[Story, ...]:
    return tuple(filter(None, (found.story(own) for own, _, _ in found.stories())))


def stories_of(articles: Iterable[Article]) -> tuple[Story, ...]:
    return stories(keeper_of(articles))


def related(articles: Sequence[Article]) -> dict[str, tuple[str, ...]]:
    found = keeper_of(articles)
    return {each.id: found.related(each.id) for each in articles if found.related(each.id)}


def story(*names: str, **fields: Any) -> Story:
    (found,) = stories_of([replace(ARTICLES[name], **fields) for name in names])
    return found


@pytest.mark.parametrize("case", cases("stories", "stories"))
def test_stories(case: dict[str, Any]) -> None:
    found = stories_of([ARTICLES[name] for name in case["of"]])
    members = [{NAMES[own] for own in each.articles} for each in found]
    assert sorted(members, key=sorted) == sorted(map(set, case["are"]), key=sorted)


@pytest.mark.parametrize("case", cases("stories", "related"))
def test_related(case: dict[str, Any]) -> None:
    articles = [ARTICLES[name] for name in case["of"]]
    nearest = related(articles).get(ARTICLES[case["to"]].id, ())
    assert [NAMES[own] for own in nearest] == case["are"]


def test_a_story_says_who_told_what_when() -> None:
    found = story(*FIRE, "fire_undated", also_in=("سانا",))
    first = min(ARTICLES["fire"], ARTICLES["fire_elsewhere"], key=lambda article: article.id)
    second = ARTICLES["fire_elsewhere" if first is ARTICLES["fire"] else "fire"]
    assert found.id == first.id
    assert found.title == ARTICLES["fire_follow_up"].title
    assert found.central == ARTICLES["fire_follow_up"].id
    assert [NAMES[own] for own in found.articles][2:] == ["fire_follow_up", "fire_undated"]
    assert (found.first, found.last) == (dt.date(2025, 6, 3), dt.date(2025, 6, 5))
    assert found.sources == (first.source, "سانا", second.source, "بريد الواحة")


def test_a_story_names_what_two_articles_are_tagged_with() -> None:
    tags = [("دمشق", "place"), ("نديم الصفصافي", "person"), ("بلدية عين السنبلة", "organisation")]
    all_three = tuple(Tag(name, kind, 0.9) for name, kind in tags)  # type: ignore[arg-type]
    one = replace(ARTICLES["fire"], tags=(*all_three, Tag("حلب", "place", 0.9)))
    other = replace(ARTICLES["fire_elsewhere"], tags=(*all_three, Tag("حماة", "place", 0.9)))
    more = replace(ARTICLES["fire_follow_up"], tags=(Tag("حماة", "place", 0.9), all_three[0]))
    (found,) = stories_of([one, other, more])
    assert found.people == ("نديم الصفصافي",)
    assert found.places == ("دمشق", "حماة")
    assert found.organisations == ("بلدية عين السنبلة",)


def test_what_comes_of_an_event_is_of_its_news_topic_and_no_part_of_its_story() -> None:
    articles = [ARTICLES[name] for name in ("fire", "fire_inquiry", "other_fire", "museum")]
    found = keeper_of(articles)
    assert stories(found) == ()
    topics = [found.news_topic_of(article.id) for article in articles]
    assert topics[0] == topics[1] == ARTICLES["fire"].id
    assert topics[2:] == [article.id for article in articles[2:]]


def test_a_story_is_of_one_news_topic() -> None:
    articles = [ARTICLES[name] for name in (*FIRE, "museum")]
    found = keeper_of(articles)
    topics = {name: found.news_topic_of(ARTICLES[name].id) for name in (*FIRE, "museum")}
    assert len({topics[name] for name in FIRE}) == 1
    assert topics["museum"] == ARTICLES["museum"].id


def test_a_story_of_undated_articles_has_no_days() -> None:
    found = story("fire", "fire_undated", date=None)
    assert (found.first, found.last) == (None, None)


def test_an_earlier_article_leaves_the_story_to_be_found_by_its_old_id() -> None:
    before = story("fire_elsewhere", "fire_follow_up")
    earlier = replace(ARTICLES["fire"], date=dt.date(2025, 6, 2))
    (after,) = stories_of([earlier, *(ARTICLES[name] for name in FIRE[1:])])
    assert after.id == earlier.id
    assert before.id in after.articles


def test_a_chain_does_not_run_away() -> None:
    words = [f"كلمة{letter}{other}" for letter in "ابتثجحخدذرزس" for other in "صضطظعغفق"]
    links = [
        sample(i, title=words[8 * i], paragraphs=(" ".join(words[8 * i : 8 * i + 24]),), date=day)
        for i, day in enumerate(dt.date(2025, 6, 1 + i) for i in range(8))
    ]
    assert all(len(each.articles) <= 5 for each in stories_of(links))


def test_fixtures_return_in_the_same_words() -> None:
    teams = "نجوم الرابية وأهلي المرفأ واتحاد السنديانة وشباب الواحة وأمل الدفلى ونادي القوارير"
    rounds = [
        sample(i, title=f"قمة منتظرة {word}", paragraphs=(f"يلتقي {word} {teams}.",), date=day)
        for i, (word, day) in enumerate(
            [
                ("السبت", dt.date(2025, 5, 1)),
                ("الأحد", dt.date(2025, 6, 1)),
                ("الجمعة", dt.date(2025, 6, 3)),
            ]
        )
    ]
    assert stories_of(rounds) == ()
    assert len(stories_of(rounds[1:])) == 1


@given(SOME, st.randoms(use_true_random=False))
def test_order_of_articles_does_not_matter(articles: list[Article], random: Any) -> None:
    shuffled = list(articles)
    random.shuffle(shuffled)
    found, other = stories_of(articles), stories_of(shuffled)
    assert found == other
    assert related(articles) == related(shuffled)


@given(SOME)
def test_each_article_is_in_one_story_at_most(articles: list[Article]) -> None:
    found = stories_of(articles)
    members = [own for each in found for own in each.articles]
    assert len(members) == len(set(members))
    assert set(members) <= {article.id for article in articles}
    for each in found:
        assert len(each.articles) >= 2
        assert each.id == each.articles[0]
    assert stories_of([a for a in articles if a.id in members]) == found


@given(SOME, st.dates(dt.date(2025, 6, 1), dt.date(2025, 6, 28)))
def test_newer_articles_leave_older_stories_as_they_were(
    articles: list[Article], today: dt.date
) -> None:
    dated = [article for article in articles if article.date]
    old = {article.id for article in dated if article.date and article.date <= today}
    before = [each.articles for each in stories_of([a for a in dated if a.id in old])]
    kept = [tuple(own for own in each.articles if own in old) for each in stories_of(dated)]
    assert sorted(before) == sorted(each for each in kept if len(each) > 1)


@given(
    SOME, st.integers(100, 200), st.sampled_from([None, dt.date(2025, 6, 3), dt.date(2025, 6, 5)])
)
def test_an_unrelated_article_changes_no_story(
    articles: list[Article], number: int, day: dt.date | None
) -> None:
    assert stories_of([*articles, sample(number, date=day)]) == stories_of(articles)


@given(SOME)
def test_related_are_others_and_four_at_most(articles: list[Article]) -> None:
    found = stories_of(articles)
    nearest = related(articles)
    for own, others in nearest.items():
        assert 1 <= len(others) == len(set(others)) <= 4
        assert own not in others
        assert not any(
            is_column(article.title) for article in articles if article.id in (own, *others)
        )
    for each in found:
        for own in each.articles:
            assert set(nearest[own][: len(each.articles) - 1]) <= set(each.articles)


@given(SOME)
def test_likeness(articles: list[Article]) -> None:
    vectors = [tfidf_vector(stem_counts(article), lambda _: None) for article in articles]
    for one in vectors:
        for other in vectors:
            found = cosine(dict(zip(one.stems, one.weights, strict=True)), other)
            assert found == cosine(dict(zip(other.stems, other.weights, strict=True)), one)
            assert 0 <= found <= 1.002 * UNIT
            assert one is not other or found == pytest.approx(UNIT, rel=0.002)


def test_the_collection_has_its_stories() -> None:
    corpus = collect(ALL, {})
    members = [{NAMES[own] for own in each.articles} for each in corpus.stories]
    assert sorted(members, key=sorted) == [
        {*FIRE},
        {"museum", "museum_next_day"},
        {"shares", "shares_elsewhere"},
    ]
    assert {NAMES[own] for own in corpus.related} == {
        *FIRE,
        "shares",
        "shares_elsewhere",
        "shares_next_day",
        "fire_weeks_later",
        "museum",
        "museum_next_day",
    }
