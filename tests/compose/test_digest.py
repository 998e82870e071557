"""The digest and what is told over time: stories, versions, months, and how often."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.arabic.calendars import span_text
from mujaz.arabic.wording import Wording
from mujaz.compose import page_text
from mujaz.compose.entries import digest_entries
from mujaz.compose.pages import tags
from mujaz.compose.pages.charts import chart, chart_steps
from mujaz.compose.permalinks import (
    article_path,
    day_path,
    month_path,
    site_address,
    story_path,
    week_path,
)
from mujaz.model import Article, Tag, Version
from mujaz.site_model import Page, Story
from mujaz.state.serialisation import card_of

from tests.support import Collected, breakable, compose, config, days, prose, sample

DAY = dt.date(2025, 7, 14)


def story_of(*members: Article, **fields: Any) -> Story:
    dated = sorted(each.date for each in members if each.date)
    names = tuple(dict.fromkeys(each.source for each in members if each.source))
    times = {"first": dated[0] if dated else None, "last": dated[-1] if dated else None}
    ids = tuple(each.id for each in members)
    given = {"people": (), "places": (), "organisations": (), "sources": names, **times, **fields}
    return Story(members[0].id, members[0].title, ids, **given)


def pages(
    articles: Sequence[Article], stories: Sequence[Story] = (), **related: tuple[str, ...]
) -> dict[str, str]:
    newest_first = sorted(articles, key=lambda each: str(each.date or ""), reverse=True)
    corpus = Collected(tuple(newest_first), {}, tuple(stories), related)
    found = compose(corpus, config(Path("/nowhere"), page_size=5))
    return {page.path: page_text(page) for page in found if isinstance(page, Page)}


def test_most_covered_first_and_each_story_once() -> None:
    lone = sample(1, date=DAY, source="السنديانة")
    copied = sample(2, date=DAY, source="السنديانة", also_in=("سانا",))
    first = sample(3, date=DAY, source="السنديانة")
    second = sample(4, date=DAY, source="صدى الرابية", paragraphs=(prose(1), prose(2), prose(3)))
    third = sample(5, date=DAY, source="مرصد المرفأ")
    story = story_of(first, second, third)
    cards = [card_of(each) for each in (lone, copied, first, second, third)]
    lengths = {each.id: sum(map(len, each.paragraphs)) for each in (first, second, third)}
    found = digest_entries(
        cards, dict.fromkeys(story.articles, story).get, lengths.__getitem__, str
    )
    assert [entry.fullest.id for entry in found] == [second.id, copied.id, lone.id]
    assert found[0].sources == ("السنديانة", "صدى الرابية", "مرصد المرفأ")
    assert [len(entry.cards) for entry in found] == [3, 1, 1]


def test_an_agency_is_one_witness() -> None:
    printed = [
        sample(number, date=DAY, source=source, agency="سانا")
        for number, source in enumerate(("السنديانة", "صدى الرابية", "مرصد المرفأ"), 1)
    ]
    written = [sample(4, date=DAY, source="السنديانة"), sample(5, date=DAY, source="صدى الرابية")]
    wire, event = story_of(*printed), story_of(*written)
    stories = dict.fromkeys(wire.articles, wire) | dict.fromkeys(event.articles, event)
    cards = [card_of(each) for each in (*printed, *written)]
    found = digest_entries(cards, stories.get, len, str)
    assert [(each.id, each.importance.texts) for each in found] == [(event.id, 2), (wire.id, 1)]
    assert [each.title for each in found] == [event.title, wire.title]


@given(st.permutations(range(6)))
def test_order_of_equals_is_that_of_the_articles(order: list[int]) -> None:
    cards = [card_of(sample(number, date=DAY)) for number in order]
    assert [entry.fullest for entry in digest_entries(cards, lambda own: None, len, str)] == cards


def test_every_dated_article_is_in_its_day_week_and_month() -> None:
    articles = [sample(i, date=day) for i, day in enumerate(days(40))]
    undated = sample(99)
    texts = pages([*articles, undated])
    for article in articles:
        assert article.date
        for path in (day_path(article.date), week_path(article.date)):
            assert article.title in texts[path]
        month = month_path(article.date).removesuffix(".md")
        assert any(article.title in text for path, text in texts.items() if path.startswith(month))
    assert undated.title in texts["digest/index.md"]
    assert undated.title in texts["archive/undated.md"]
    dated = [path for path in texts if path.startswith(("digest/2", "archive/2"))]
    assert not [path for path in dated if undated.title in texts[path]]


def test_a_closed_month_does_not_change() -> None:
    articles = [sample(i, date=day) for i, day in enumerate(days(70))]
    before, after = pages(articles[:-1]), pages(articles)
    changed = {path for path in after if before.get(path) != after[path]}
    assert not [path for path in changed if path.startswith(("archive/2025-01", "digest/2025-01"))]
    assert day_path(days_last(articles)) in changed


def days_last(articles: Sequence[Article]) -> dt.date:
    return max(each.date for each in articles if each.date)


def test_home_is_the_latest_day_and_tells_a_story_once() -> None:
    old = sample(1, date=DAY - dt.timedelta(1), source="السنديانة")
    new = sample(2, date=DAY, source="صدى الرابية")
    texts = pages([old, new], [story_of(old, new)])
    home = texts["index.md"].split("\n---\n")[1]
    assert home.count(f'<h2><a href="stories/{old.id}/">{old.title}</a></h2>') == 1
    assert "<h3>" not in home
    assert "القصة كاملة" in home


def test_story_page_tells_who_was_first_and_what_changed() -> None:
    tags = (Tag("حلب", "place", 0.9),)
    first = sample(1, date=DAY, source="السنديانة", tags=tags)
    same = "فقرة لا تتغير."
    old = Version("0.txt", DAY, "عنوان قديم", ("يعبر النهر جسر قديم قرب المكتبة.", same))
    news = "افتتحت البلدية صباح الاثنين الجسر الجديد على النهر أمام السيارات."
    second = sample(
        2,
        date=DAY + dt.timedelta(1),
        updated=DAY + dt.timedelta(2),
        source="صدى الرابية",
        title="عنوان جديد",
        paragraphs=(news, "يعبر النهر جسر جديد قرب المكتبة.", same),
        versions=(old,),
    )
    undated = sample(3)
    story = story_of(first, second, undated, places=("حلب",), central=second.id)
    text = pages([first, second, undated], [story])[story_path(story)]
    body = text.split("\n---\n")[1]
    opening = body[: body.index("أول من نشر")]
    assert f'<p>{news} <small><a href="../../{site_address(article_path(second))}">' in opening
    body = body[len(opening) :]
    assert body.index("أول من نشر") < body.index(first.title) < body.index(second.title)
    assert body.index(second.title) < body.index("بلا تاريخ") < body.index(undated.title)
    assert all(text.count(f'id="{each.id}"') == 1 for each in (first, second, undated))
    changes = "تغيّر العنوان وجملة واحدة، أُضيفت جملة واحدة"
    assert f"صدى الرابية، 16 تموز 2025: {changes}" in breakable(unescape(body))
    assert "<del>قديم</del> <ins>جديد</ins>" in body
    assert same not in body
    assert '<a href="../../tags/حلب/">حلب</a>' in body
    assert "من 14 إلى 15 تموز 2025" in text


def test_article_page_leads_to_its_story_and_to_related_ones() -> None:
    first, second, other = sample(1, date=DAY), sample(2, date=DAY), sample(3, date=DAY)
    texts = pages(
        [first, second, other], [story_of(first, second)], **{first.id: (second.id, other.id)}
    )
    body = texts[article_path(first)].split("\n---\n")[1]
    assert body.count(second.title) == 1
    assert body.index("القصة كاملة") < body.index(other.title)
    assert body.index(">القصة</p>") < body.index(second.title) < body.index("القصة كاملة")


def test_tag_page_says_what_it_appears_with() -> None:
    tags = (Tag("حلب", "place", 0.9), Tag("ليلى النجار", "person", 0.9))
    articles = [sample(i, date=day, tags=tags[: 1 + i % 2]) for i, day in enumerate(days(4))]
    texts = pages(articles)
    assert '<a href="../ليلى-النجار/">ليلى النجار</a> <small>2</small>' in texts["tags/حلب.md"]
    assert "kicker: مكان" in texts["tags/حلب.md"]
    people = texts["people/index.md"]
    assert '<a href="../tags/ليلى-النجار/">ليلى النجار</a> <small>2</small>' in people
    assert "ليلى النجار" not in texts["places/index.md"]


def test_source_page_has_what_others_copied() -> None:
    article = sample(1, source="السنديانة", also_in=("صدى الرابية",))
    texts = pages([article, sample(2, source="السنديانة")])
    assert article.title in texts["sources/صدى-الرابية.md"]
    assert '<a href="السنديانة/">السنديانة</a> <small>2</small>' in texts["sources/index.md"]


@pytest.mark.parametrize(
    ("offsets", "bars"),
    [
        ([], 0),
        ([0, 1], 0),
        ([0, 0, 0], 0),
        ([0, 1, 4], 5),
        ([0, 15, 30], 31),
        ([0, 15, 31], 2),
        ([0, 0, 400], 14),
    ],
)
def test_chart(offsets: list[int], bars: int) -> None:
    start = dt.date(2025, 1, 10)
    dates = [start + dt.timedelta(offset) for offset in offsets]
    articles = [sample(i, date=day) for i, day in enumerate(dates)]
    counts = chart_steps(Counter(each.date for each in articles if each.date))
    assert len(counts) == bars
    assert sum(counts.values()) == (len(offsets) if bars else 0)
    drawn = chart(counts, Wording())
    assert bool(drawn) == bool(bars)
    if bars:
        assert drawn["chart"].count("M") == len([count for count in counts.values() if count])
        assert drawn["chart"].startswith("M0 "), "the newest bar stands at the left"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2025-07-14", "2025-07-14", "14 تموز 2025"),
        ("2025-07-14", "2025-07-20", "من 14 إلى 20 تموز 2025"),
        ("2025-07-28", "2025-08-03", "من 28 تموز إلى 3 آب 2025"),
        ("2024-12-30", "2025-01-05", "من 30 كانون الأول 2024 إلى 5 كانون الثاني 2025"),
    ],
)
def test_span(first: str, last: str, text: str) -> None:
    assert span_text(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == text


def test_tag_page_says_how_else_it_is_written() -> None:
    tags = (Tag("مأدبا", "place", 0.9, also=("مادبا", "مدينة الفسيفساء")),)
    texts = pages([sample(1, tags=tags), sample(2, tags=(Tag("مأدبا", "place", 0.9),))])
    assert "يُكتب أيضاً: مدينة الفسيفساء\n" in texts["tags/مأدبا.md"].replace("&#58;", ":")


def test_section_page_has_its_articles() -> None:
    articles = [sample(i, section="ثقافة" if i else None) for i in range(3)]
    texts = pages(articles)
    assert [each.title in texts["sections/ثقافة.md"] for each in articles] == [False, True, True]
    assert "## [ثقافة](ثقافة.md)" in texts["sections/index.md"]
    assert articles[1].title in texts["sections/index.md"]
    home = pages([sample(i, date=day, section="ثقافة") for i, day in enumerate(days(14))])
    assert '<h2><a href="sections/ثقافة/">ثقافة</a></h2>' in home["index.md"]


def test_home_has_the_largest_of_the_sections_that_a_site_adds() -> None:
    sections = ["ثقافة", *(f"قسم {letter}" for letter in "ابتثجحخدذر")]
    articles = [
        sample(50 * i + j, date=day, section=section)
        for i, section in enumerate(sections)
        for j, day in enumerate(days(i + 12))
    ]
    titles = re.findall(r'<h2><a href="sections/[^"]+">([^<]+)</a>', pages(articles)["index.md"])
    assert titles == [sections[0], *reversed(sections[3:])]


@pytest.mark.parametrize("searched", [True, False])
def test_long_lists_of_tags_are_cut_and_say_so(
    searched: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tags, "_MAX_OF_KIND", 2)
    monkeypatch.setattr(tags, "_MAX_TOGETHER", 1)
    names = ("حلب", "دمشق", "حمص")
    articles = [
        sample(i, date=DAY, tags=tuple(Tag(name, "place", 0.9) for name in names[: i + 1]))
        for i in range(3)
    ]
    site = config(Path("/nowhere"), page_size=5, search=searched)
    texts = {page.path: page_text(page) for page in compose(Collected(tuple(articles), {}), site)}
    places, together = texts["places/index.md"], texts["tags/index.md"]
    assert [name in places for name in names] == [True, True, False]
    assert "3 أماكن" in places
    assert "هذه أكثرها ذكراً" in places
    assert ("../search.md" in places) is searched
    assert [name in together for name in names] == [True, False, False]
    assert "[كل الأماكن](../places/index.md)" in together


def chips_of(text: str) -> str:
    return text.split("<span>أماكن</span> ")[1].split("</li>")[0]


@pytest.mark.parametrize(
    ("articles", "searched", "chip"),
    [
        (
            2,
            True,
            '<a href="../../search/?q=حلب">حلب</a> <a href="../../search/?q=بيت+C">بيت C</a>',
        ),
        (2, False, "<b>حلب</b> <b>بيت C</b>"),
        (3, True, '<a href="../../tags/حلب/">حلب</a> <a href="../../search/?q=بيت+C">بيت C</a>'),
        (3, False, '<a href="../../tags/حلب/">حلب</a> <b>بيت C</b>'),
    ],
)
def test_a_tag_of_few_articles_leads_to_a_search(articles: int, searched: bool, chip: str) -> None:
    names = (Tag("حلب", "place", 0.9), Tag("بيت C", "place", 0.9))
    samples = [sample(i, date=DAY, tags=names[: 2 - (i > 0)]) for i in range(articles)]
    site = config(Path("/nowhere"), search=searched, tag_page_articles=3)
    texts = {page.path: page_text(page) for page in compose(Collected(tuple(samples), {}), site)}
    assert chips_of(texts[article_path(samples[0])]) == chip
    has_page = articles == 3
    assert ("tags/حلب.md" in texts) is has_page
    for path in ("tags/index.md", "places/index.md"):
        assert ("حلب" in texts[path]) is has_page
        assert "بيت" not in texts[path]
    if searched:
        name, _, count, address = json.loads(texts["search/names.json"])[0]
        assert (name, count) == ("حلب", articles)
        assert address == ("tags/حلب/" if has_page else "search/?q=حلب")


def test_what_is_only_mentioned_is_no_chip_and_counts_for_no_page() -> None:
    tag = Tag("حلب", "place", 0.9)
    samples = [sample(i, date=DAY, tags=(replace(tag, shown=i > 0),)) for i in range(3)]
    site = config(Path("/nowhere"), tag_page_articles=3)
    texts = {page.path: page_text(page) for page in compose(Collected(tuple(samples), {}), site)}
    assert "حلب" not in texts[article_path(samples[0])]
    assert "tags/حلب.md" not in texts
    assert "search/?q=حلب" in texts[article_path(samples[1])]
