"""What a story's texts say: sentences, quotations, differences, text changes, coverage, time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.arabic.normalise import clean
from mujaz.arabic.wording import Wording
from mujaz.compose.pages.story_block import coverage_text, story_block
from mujaz.compose.pages.story_sections import counted_changes
from mujaz.compose.permalinks import site_address, story_path
from mujaz.compose.stories.coverage import coverage_of, one_a_source, source_headlines
from mujaz.compose.stories.differences import differences_of
from mujaz.compose.stories.figures import figures_of
from mujaz.compose.stories.quotations import best_quotations, quotations_of
from mujaz.compose.stories.sentences import chosen, sentences_of
from mujaz.compose.stories.text_changes import text_changes_of
from mujaz.compose.stories.timeline import first_reported, in_order, timeline_of
from mujaz.delta import Delta
from mujaz.library import Library, TrackedLibrary
from mujaz.model import Article, Duplicate, Tag, Version
from mujaz.site_model import Story
from mujaz.state.database import in_memory
from mujaz.state.serialisation import card_of

from tests.compose.test_digest import pages, story_of
from tests.support import ANY_TEXT, cases, sample

DAY = dt.date(2025, 8, 3)
SAY = Wording()
SOURCES = ("السنديانة", "صدى الرابية", "مرصد المرفأ", "بريد الواحة")
NEWS = "افتتحت البلدية صباح الاثنين الجسر الجديد على النهر أمام السيارات."
OUR_TAG = re.compile(
    "</?(?:article|p|a|h[1-6]|small|b|span|button|svg|path|div|ul|ol|li|dl|dt|dd|figure|figcaption"
    "|blockquote|details|summary|ins|del|time)[ >]"
)
MORE = "يربط الجسر الحي القديم بالسوق وقد بناه ثمانون عاملاً خلال سنتين."


@pytest.mark.parametrize("case", cases("story_texts", "sentences"))
def test_sentences_are_whole_and_stand_alone(case: Mapping[str, Any]) -> None:
    article = sample(1, paragraphs=(case["text"],))
    assert [each.text for each in sentences_of(article)] == case["whole"]


@given(st.lists(ANY_TEXT, max_size=4))
def test_sentences_are_word_for_word(paragraphs: list[str]) -> None:
    article = sample(1, paragraphs=tuple(paragraphs))
    text = re.sub(r"\s", "", "".join(paragraphs))
    assert all(re.sub(r"\s", "", each.text) in text for each in sentences_of(article))


def test_sentences_are_of_different_sources_and_say_nothing_twice() -> None:
    again = "افتتحت البلدية صباح الاثنين الجسر الجديد على النهر أمام السيارات والمشاة."
    articles = [
        sample(1, source=SOURCES[0], paragraphs=(NEWS, MORE)),
        sample(2, source=SOURCES[1], paragraphs=(again,)),
        sample(3, source=SOURCES[2], paragraphs=(MORE,)),
    ]
    candidates = [each for article in articles for each in sentences_of(article)]
    picked = chosen(candidates, "جسر", 3)
    assert len({each.source for each in picked}) == len(picked) == 2
    assert not chosen(candidates, NEWS, 1, [MORE, again])


@pytest.mark.parametrize("case", cases("story_texts", "quotations"))
def test_quotations_have_a_speaker_whom_the_text_names(case: Mapping[str, Any]) -> None:
    tags = tuple(Tag(name, "person", 0.9) for name in case.get("people", ()))
    article = sample(1, paragraphs=(case["text"],), tags=tags)
    assert {each.said: each.speaker for each in quotations_of(article)} == case["said"]


@given(st.lists(st.sampled_from(["وقال مدير المكتبة سامر: «", "» ", '"', "أن ", NEWS]) | ANY_TEXT))
def test_quotations_are_word_for_word(parts: list[str]) -> None:
    text = "".join(parts)
    for each in quotations_of(sample(1, paragraphs=(text,))):
        assert each.said in text
        assert all(word in text for word in each.speaker.split())


def test_a_quotation_stands_once_and_each_speaker_before_any_speaks_twice() -> None:
    said = "لم أتوقع أن يصل كل هؤلاء الناس إلى المكتبة"
    other = "ستبقى الأبواب مفتوحة حتى منتصف الليل طوال أيام المعرض"
    texts = (f"وقال الوزير سامر حداد: «{said}».", f"وأضاف الوزير سامر حداد: «{other}».")
    hers = "وقالت المهندسة ريم ديب: «بنينا الجسر في سنتين ولم نتأخر عن موعدنا يوماً واحداً»."
    articles = [sample(1, paragraphs=texts), sample(2, paragraphs=(texts[0], hers))]
    quotations = [each for article in articles for each in quotations_of(article)]
    speakers = [each.speaker for each in best_quotations(quotations, 2)]
    assert speakers == ["الوزير سامر حداد", "المهندسة ريم ديب"]
    assert len(best_quotations(quotations, 9)) == 3


@pytest.mark.parametrize("case", cases("story_texts", "figures"))
def test_figures_say_what_they_count(case: Mapping[str, Any]) -> None:
    found = [[each.kind, each.value, each.shown] for each in figures_of(case["text"])]
    assert found == case["figures"]


@given(ANY_TEXT)
def test_figures_are_word_for_word(text: str) -> None:
    assert all(each.shown in text for each in figures_of(text))


@pytest.mark.parametrize("case", cases("story_texts", "differences"))
def test_differences_are_of_one_thing(case: Mapping[str, Any]) -> None:
    articles = [
        sample(
            number,
            title="خبر",
            source=case.get("sources", SOURCES)[number],
            date=DAY + dt.timedelta(case.get("days", (0, 0))[number]),
            time=dt.time(9 + number),
            paragraphs=(text,),
        )
        for number, text in enumerate(case["articles"])
    ]
    differences = differences_of(articles)
    found = [
        [each.kind, sorted({one.figure.value for one in each.statements})] for each in differences
    ]
    assert found == case["differ"]
    assert all(each.rises == case.get("rises", True) for each in differences)


@pytest.mark.parametrize("case", cases("story_texts", "changes"))
def test_text_changes_are_counted(case: Mapping[str, Any]) -> None:
    (old_title, *old), (title, *new) = case["old"], case["new"]
    version = Version("0.txt", DAY, old_title, tuple(old))
    article = sample(1, title=title, paragraphs=tuple(new), updated=DAY, versions=(version,))
    found = [counted_changes(each, SAY) for each in text_changes_of(article)]
    assert found == ([case["says"]] if case["says"] else [])


def test_coverage_counts_sources_and_independent_texts() -> None:
    articles = [
        sample(1, source=SOURCES[0], also_in=SOURCES[1:3], agency="سانا"),
        sample(2, source=SOURCES[3], agency="سانا"),
        sample(3, source=SOURCES[3]),
        sample(4, source=SOURCES[3]),
    ]
    cards = [card_of(each) for each in articles]
    assert coverage_text(coverage_of(cards), SAY) == "4 صحف، 3 نصوص مستقلة"
    assert coverage_text(coverage_of(cards[:1]), SAY) == "3 صحف، نص واحد"
    assert coverage_text(coverage_of(cards[2:]), SAY) == SOURCES[3]
    with_agency = [card_of(sample(5, source="سانا")), *cards[2:]]
    assert coverage_text(coverage_of(with_agency), SAY) == "مصدران، 3 نصوص مستقلة"


def test_every_source_has_its_own_headline() -> None:
    other = Duplicate("b.txt", SOURCES[1], "عنوانهم", None)
    articles = {
        each.id: each
        for each in (
            sample(1, source=SOURCES[0], also_in=(SOURCES[1], SOURCES[2]), duplicates=(other,)),
            sample(2, source=SOURCES[0]),
        )
    }
    first, second = articles.values()
    headlines = source_headlines([card_of(each) for each in articles.values()], articles.get)
    assert [(each.source, each.title) for each in headlines] == [
        (SOURCES[0], first.title),
        (SOURCES[1], "عنوانهم"),
        (SOURCES[2], first.title),
        (SOURCES[0], second.title),
    ]
    shown = one_a_source(headlines, [second.id])
    assert [each.title for each in shown] == [second.title, "عنوانهم", first.title]


def test_a_timeline_is_in_order_of_time_and_leaves_out_what_is_between() -> None:
    times = [dt.time(hour) for hour in range(20)]
    cards = [card_of(sample(n, date=DAY, time=time)) for n, time in enumerate(times)]
    cards.append(card_of(sample(20, date=DAY - dt.timedelta(1), source=SOURCES[0])))
    days, left_out = timeline_of(cards[::-1])
    assert [day.day for day in days] == [DAY - dt.timedelta(1), DAY]
    assert not left_out
    assert days[1].left_out == 8
    assert [card.time for card in days[1].shown] == times[:6] + times[-6:]
    assert first_reported(cards) == cards[20]
    long = [card_of(sample(n, date=DAY + dt.timedelta(n))) for n in range(30)]
    days, left_out = timeline_of(long)
    assert len(days) + left_out == 30
    assert (days[0].day, days[-1].day) == (long[0].date, long[-1].date)


def test_nobody_is_first_where_times_leave_it_open() -> None:
    cards = [card_of(sample(n, date=DAY, source=SOURCES[n])) for n in range(2)]
    assert first_reported(cards) is None
    assert first_reported(cards[:1]) is None
    timed = card_of(sample(3, date=DAY, time=dt.time(9), source=SOURCES[0]))
    assert first_reported([*cards, timed]) == timed
    assert in_order([*cards, timed])[0] == timed


def block(articles: Sequence[Article], story: Story | None, **options: Any) -> str:
    """Return the block of a story whose articles of the newest day are the last ones."""
    with closing(in_memory()) as base:
        library = Library(base)
        library.apply(Delta(upserted=articles))
        if story:
            library.put_story(story)
        newest = max(each.date or dt.date.min for each in articles)
        cards = [card_of(each) for each in articles if (each.date or dt.date.min) == newest]
        return story_block(story, cards, "index.md", TrackedLibrary(library), SAY, **options)


def test_a_block_tells_the_news_first_and_then_what_went_before() -> None:
    old = sample(1, date=DAY - dt.timedelta(1), source=SOURCES[0], paragraphs=(MORE,))
    new = sample(2, date=DAY, time=dt.time(9), source=SOURCES[1], paragraphs=(NEWS,))
    story = story_of(old, new)
    html = unescape(block([old, new], story)).replace("\xa0", " ")
    assert f'<h3><a href="{site_address(story_path(story))}">{story.title}</a></h3>' in html
    assert html.index("الجديد:") < html.index(NEWS) < html.index("09:00") < html.index(MORE)
    assert html.index(MORE) < html.index("2 آب 2025") < html.index("صحيفتان، نصان مستقلان")
    assert html.count(f'id="coverage-{story.id}"') == html.count("popovertarget") == 1
    brief = block([old, new], story, tier="text", number=3, section=False)
    assert brief.count("<p>") == 1
    assert '<span class="number">3</span>' in brief
    line = block([old, new], story, tier="line")
    assert "<p>" not in line
    assert "popover" not in line


def test_an_article_in_no_story_leads_to_itself() -> None:
    article = sample(1, date=DAY, source=SOURCES[0], paragraphs=(NEWS,))
    html = block([article], None)
    assert article.title in html
    assert "الجديد:" not in unescape(html)
    assert "button" not in html
    assert html.count(SOURCES[0]) == 1
    line = block([article], None, tier="line")
    assert line.endswith(f'<p class="coverage">{SOURCES[0]}</p></article>')


@given(*3 * [ANY_TEXT.map(clean)])
@settings(max_examples=40)
def test_hostile_texts_are_shown_and_do_nothing(title: str, text: str, source: str) -> None:
    said = f"وقال الوزير {source}: «{text}»."
    articles = [
        sample(
            number,
            date=DAY,
            title=f"{title} {number}",
            source=f"{source}{number}",
            section=title or None,
            paragraphs=(NEWS, text, said, f"قتل {number + 3} أشخاص {text}"),
            versions=(Version("0.txt", DAY, text, (title, said)),),
        )
        for number in range(2)
    ]
    story = story_of(*articles, people=(title,) if title else ())
    bodies = [block(articles, story, tier="lead")]
    bodies += [pages(articles, [story])[story_path(story)].split("\n---\n", 1)[1]]
    for body in bodies:
        assert "<" not in OUR_TAG.sub("", body)
        assert not re.search(r"\s(?:style|on\w+)=", body)
