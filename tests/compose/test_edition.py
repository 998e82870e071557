"""The edition: which stories it has, of which days it is, and where its pages lead on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from mujaz.compose import page_text
from mujaz.compose.edition import latest_edition
from mujaz.compose.entries import DigestEntry, digest_entries
from mujaz.compose.permalinks import (
    article_path,
    day_archive_path,
    day_path,
    section_path,
    site_address,
    story_path,
    week_path,
)
from mujaz.compose.selection import EditionRules, chosen_entries
from mujaz.config import pin_name
from mujaz.data import table
from mujaz.delta import Delta
from mujaz.library import Library, TrackedLibrary
from mujaz.model import Article
from mujaz.site_model import Page, Story
from mujaz.state.database import in_memory
from mujaz.state.serialisation import card_of

from tests.support import SOURCES, Collected, breakable, cases, compose, config, sample

MONDAY = dt.date(2025, 7, 14)
THIN = "أخبار أحدث يوم قليلة"
UNDATED = "أخبار لم تُذكر تواريخها"
NUMBER = '<span class="number">'


def label(section: str) -> str:
    return str(table("sections")[section]["label"])


def articles_of(case: dict[str, Any]) -> Iterator[Article]:
    """Yield the articles of a case of `days`: those of the newest day first."""
    number = 0
    for age, count in enumerate([*case["articles"], None]):
        for _ in range(count or 0):
            number += 1
            yield sample(number, date=MONDAY - dt.timedelta(age))
    for _ in range(case.get("undated", 0)):
        number += 1
        yield sample(number)


def pages(
    articles: Sequence[Article], stories: Sequence[Story] = (), **settings: Any
) -> dict[str, Page]:
    corpus = Collected(tuple(articles), {}, tuple(stories))
    found = compose(corpus, config(Path("/nowhere"), **settings))
    return {page.path: page for page in found if isinstance(page, Page)}


def readable(page: Page) -> str:
    return breakable(unescape(page_text(page)))


def story_of(*members: Article) -> Story:
    ids = tuple(each.id for each in members)
    return Story(members[0].id, members[0].title, ids, members[0].date, members[-1].date)


def entries_of(articles: Sequence[Article], *stories: Story) -> list[DigestEntry]:
    by_article = {each: story for story in stories for each in story.articles}
    return digest_entries([card_of(each) for each in articles], by_article.get, len, str)


@pytest.mark.parametrize("case", cases("editions", "selections"))
def test_stories_of_an_edition(case: dict[str, Any]) -> None:
    letters, articles = dict[str, str](), list[Article]()
    for number, (letter, story) in enumerate(case["stories"].items()):
        section = label(story["section"]) if "section" in story else None
        papers = SOURCES[: story["in"]]
        fields = {"section": section, "source": papers[0], "also_in": papers[1:]}
        articles.append(sample(number, date=MONDAY, type=story.get("type"), **fields))
        letters[articles[-1].id] = letter
    pins = tuple(
        next((own for own, each in letters.items() if each == pin), pin)
        for pin in case.get("pins", [])
    )
    chosen, others = chosen_entries(entries_of(articles), EditionRules(case["size"], pins))
    assert [letters[each.id] for each in chosen] == case["chosen"]
    assert [letters[each.id] for each in others] == case.get("others", [])
    moved = {letters[each.id]: each.moved for each in (*chosen, *others) if each.moved}
    assert moved == case.get("moved", {})


_FIRST, _SECOND = sample(1, date=MONDAY), sample(2, date=MONDAY)
_STORY = story_of(_FIRST, _SECOND)


@pytest.mark.parametrize(
    "pin",
    [
        _STORY.id,
        _SECOND.id,
        _SECOND.file,
        site_address(article_path(_SECOND)),
        f"https://news.example/{site_address(article_path(_SECOND))}",
        site_address(story_path(_STORY)),
        f"https://news.example/{site_address(story_path(_STORY))}",
    ],
)
def test_a_story_is_pinned_by_what_it_may_be_called(pin: str) -> None:
    major = sample(3, date=MONDAY, source=SOURCES[0], also_in=SOURCES[1:])
    entries = entries_of([major, _FIRST, _SECOND], _STORY)
    rules = EditionRules(pins=(pin_name(pin),))
    assert [each.id for each in chosen_entries(entries, rules)[0]] == [_STORY.id, major.id]


@pytest.mark.parametrize("case", cases("editions", "days"))
def test_days_of_the_latest_edition(case: dict[str, Any]) -> None:
    articles = [*articles_of(case)]
    library = Library(in_memory())
    library.apply(Delta(upserted=articles))
    edition = latest_edition(TrackedLibrary(library), EditionRules(case["size"]))
    dated = sorted({each.date for each in articles if each.date}, reverse=True)
    assert edition.days == tuple(dated[: case["days"]])
    assert edition.has_undated == case.get("with_undated", False)
    assert edition.articles == sum(
        each.date in edition.days or (edition.has_undated and not each.date) for each in articles
    )


@pytest.mark.parametrize("case", cases("editions", "days"))
def test_the_home_page_says_of_what_its_edition_is(case: dict[str, Any]) -> None:
    home = readable(pages([*articles_of(case)], edition_size=case["size"])["index.md"])
    assert (THIN in home) == (case["days"] > 1)
    assert (UNDATED in home) == (case["days"] > 0 and case.get("with_undated", False))


def test_no_news() -> None:
    home = readable(pages([])["index.md"])
    assert "لا أخبار بعد." in home
    assert "نهاية الموجز" not in home


@pytest.mark.parametrize(("articles", "numbers"), [(1, 0), (2, 2), (5, 3)])
def test_one_story_has_no_number(articles: int, numbers: int) -> None:
    made = [sample(number, date=MONDAY) for number in range(articles)]
    home = readable(pages(made, edition_size=3)["index.md"])
    assert home.count(NUMBER) == numbers
    assert home.count("نهاية الموجز") == 1


@pytest.mark.parametrize(
    ("last", "span"), [(0, "14 تموز 2025"), (2, "من 14 إلى 16 تموز 2025"), (7, "من 14 إلى 20 تموز")]
)
def test_a_week_ends_with_the_newest_day(last: int, span: str) -> None:
    articles = [sample(number, date=MONDAY + dt.timedelta(number)) for number in (0, last)]
    title = breakable(pages(articles)[week_path(MONDAY)].meta["title"])
    assert title.startswith(f"موجز الأسبوع {span}")


def test_a_week_has_at_most_thirty_stories() -> None:
    articles = [sample(number, date=MONDAY) for number in range(35)]
    week = readable(pages(articles, edition_size=3)[week_path(MONDAY)])
    assert week.count('<article class="story') == 30


def test_the_count_of_a_section_leads_to_all_of_it() -> None:
    section = label("culture")
    older = [sample(number, date=MONDAY, section=section) for number in range(2)]
    newest = [
        sample(10 + number, date=MONDAY + dt.timedelta(1), section=section) for number in range(4)
    ]
    made, day = pages([*newest, *older], edition_size=3), MONDAY + dt.timedelta(1)
    for page, target, count in (
        ("index.md", section_path(section), 6),
        (day_path(day), day_archive_path(day), 4),
    ):
        whole = rf'<a href="([^"]+)">أخبار القسم كلها: {count} [^<]*</a>'
        address = re.search(whole, readable(made[page]))
        assert address, page
        assert address[1].strip("./") == site_address(target).strip("/")


def test_a_story_has_the_title_of_its_page() -> None:
    articles = [sample(number, date=MONDAY, source=SOURCES[number % 4]) for number in range(5)]
    stories = [story_of(*articles[:3])]
    made = pages(articles, stories)
    entries = entries_of(articles, *stories)
    assert [len(each.cards) for each in entries] == [3, 1, 1]
    for entry in entries:
        assert made[entry.path].meta["title"] == entry.title
        assert f">{entry.title}</a>" in readable(made["index.md"])
