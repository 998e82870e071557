"""What an article leads on to: its story, three of its section, its neighbours; nothing twice."""

from __future__ import annotations

import datetime as dt
import re

from mujaz.compose.permalinks import article_path
from mujaz.model import Article

from tests.compose.test_digest import pages, story_of
from tests.support import sample

DAY = dt.date(2025, 7, 14)
SECTION = re.compile('<section class="further">.*?</section>')
DAY_WAYS = re.compile('<nav class="neighbours".*?</nav>')


def of_the_day(count: int) -> list[Article]:
    """Return articles of one section and day, an hour between them, two by each source."""
    return [
        sample(n, date=DAY, time=dt.time(n), section="ثقافة", source=f"صحيفة {n // 2}")
        for n in range(count)
    ]


def test_an_article_leads_on_and_names_nothing_twice() -> None:
    articles = of_the_day(12)
    own, story = articles[5], story_of(articles[5], articles[7], articles[9])
    text = pages(articles, [story], **{own.id: (articles[7].id, articles[1].id)})[article_path(own)]
    of_story, of_section = SECTION.findall(text)
    [of_day] = DAY_WAYS.findall(text)
    shown = [n for n, each in enumerate(articles) if each.title in of_story]
    assert shown == [7, 9]  # readers have just read its own headline, which is the story's
    near = [n for n, each in enumerate(articles) if each.title in of_section]
    assert len(near) == 3
    assert 1 in near  # which is related
    assert len({articles[n].source for n in near}) == 3
    assert re.findall('rel="([a-z]+)"', of_day) == ["prev", "next"]
    assert of_day.index(articles[4].title) < of_day.index(articles[6].title)
    assert not {4, 5, 6, 7, 9} & {*near}


def test_stubs_are_passed_over_and_lead_on_at_once() -> None:
    articles = of_the_day(4)
    stub = sample(
        9,
        date=DAY,
        time=dt.time(1, 30),
        section="ثقافة",
        paragraphs=("عادت المراكب قبل العاصفة.",),
        also_told_in=(articles[0].file,),
    )
    texts = pages([*articles, stub])
    for each in articles[1:]:
        assert stub.title not in texts[article_path(each)]
    own = texts[article_path(stub)].split("\n---\n")[1]
    assert own.index(articles[0].title) < own.index("عادت المراكب قبل العاصفة.")


def test_an_article_alone_leads_nowhere() -> None:
    [article] = of_the_day(1)
    text = pages([article])[article_path(article)]
    assert not SECTION.findall(text)
    assert not DAY_WAYS.findall(text)
