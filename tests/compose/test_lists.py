"""Pages that lead to others: each says what it leads to, and none is empty."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from mujaz.compose import page_text
from mujaz.model import Article, Headline, Tag

from tests.support import SOURCES, Collected, breakable, compose, config, sample

DAY = dt.date(2025, 7, 14)


def pages(articles: list[Article], **settings: int) -> dict[str, str]:
    site = config(Path("/nowhere"), **{"page_size": 40, "tag_page_articles": 3, **settings})
    return {
        page.path: breakable(page_text(page))
        for page in compose(Collected(tuple(articles), {}), site)
    }


def test_the_archive_is_a_calendar_that_leads_to_the_days() -> None:
    articles = [sample(n, date=DAY) for n in range(5)] + [sample(9, date=DAY - dt.timedelta(3))]
    text = pages(articles)["archive/index.md"]
    assert '<td class="d5"><a href="../digest/2025-07-14/">14<span class="unseen">' in text
    assert '<td class="d1"><a href="../digest/2025-07-11/">11<span class="unseen"> مقال' in text
    assert "<td>12</td>" in text
    assert '<caption><a href="2025-07/">تموز 2025</a></caption>' in text
    week = text.partition("<tbody><tr>")[2].partition("</tr>")[0]
    assert week == "<td></td><td></td><td></td><td>1</td><td>2</td><td>3</td><td>4</td>"


def test_a_day_has_all_its_headlines_by_section() -> None:
    articles = [sample(n, date=DAY, section=("رياضة", "سياسة", None)[n % 3]) for n in range(9)]
    text = pages(articles)["archive/2025-07-14.md"]
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings == [
        "## [سياسة](../sections/سياسة.md)",
        "## [رياضة](../sections/رياضة.md)",
        "## أخبار أخرى",
    ]
    assert all(article.title in text for article in articles)
    assert "../digest/2025-07-14.md" in text
    long = pages(articles, page_size=5)
    assert "(2025-07-14/2.md)" in long["archive/2025-07-14.md"]
    assert {"archive/2025-07-14/1.md", "archive/2025-07-14/2.md"} <= long.keys()


def test_a_section_leads_with_one_and_tells_each_story_once() -> None:
    articles = [
        sample(n, date=DAY, section="سياسة", summary=f"موجز الخبر رقم {n}.") for n in range(20)
    ]
    text = pages(articles)["sections/سياسة.md"]
    assert text.count("- ## ") == 1
    assert text.count("- ### ") == 5
    assert all(text.count(f"[{article.title}]") == 1 for article in articles)


def test_sources_say_what_they_report_and_whose_texts() -> None:
    articles = [
        sample(n, date=DAY, source=SOURCES[0], section="رياضة", agency="رويترز" if n < 2 else None)
        for n in range(6)
    ]
    text = pages(articles)["sources/index.md"]
    assert 'class="texts" x="0" width="4"' in text
    assert 'class="agencies" x="4" width="2"' in text
    assert "6 مقالات، منها عن الوكالات&#58; 2، أحدثها 14 تموز 2025" in text
    assert '<a href="../sections/رياضة/">رياضة</a>' in text


def test_a_person_is_named_with_the_role_that_texts_give() -> None:
    tag = Tag("سالم الراوي", "person", 0.9)
    body = ("قال وزير الصحة سالم الراوي إن اللقاح متوفر.",)
    articles = [sample(n, date=DAY, tags=(tag,), paragraphs=body) for n in range(3)]
    text = pages(articles)["tags/سالم-الراوي.md"]
    assert "role: وزير الصحة\n" in text
    assert "kicker: شخص\n" in text


def test_places_stand_under_their_countries() -> None:
    cities = (
        "حلب دمشق حمص القاهرة بيروت الرياض جدة عدن لندن باريس مصر سوريا قطر عمّان تونس روما مدريد"
        " برلين أنقرة بغداد موسكو طوكيو بكين الخليج صنعاء تعز"
    ).split()
    articles = [
        sample(n, date=DAY, tags=tuple(Tag(each, "place", 0.9) for each in cities))
        for n in range(3)
    ]
    text = pages(articles)["places/index.md"]
    syria = text.partition('<dt><a href="../tags/سوريا/">سوريا</a> <small>3</small></dt>')[2]
    assert all(f">{city}</a>" in syria.partition("</dd>")[0] for city in ("حلب", "دمشق", "حمص"))
    assert "<dt>بلدان أخرى</dt>" in text
    assert all(text.count(f">{city}</a>") == 1 for city in cities)


def test_headlines_seen_beside_articles_stand_apart_each_once() -> None:
    one = Headline("عنوان لا مقال له هنا بعد", 0.99)
    doubtful = Headline("عنوان قُصّ في غير موضعه", 0.5)
    articles = [
        sample(1, date=DAY, source=SOURCES[0], sidebar=(one, doubtful)),
        sample(2, date=DAY - dt.timedelta(1), sidebar=(one,)),
    ]
    text = pages(articles)["headlines/index.md"]
    assert text.count("- عنوان لا مقال له هنا بعد") == 1
    assert "قُصّ" not in text
    where = text.partition("إلى جانب&#58;")[2].partition("\n")[0]
    assert articles[0].title in where
    assert "14 تموز 2025" in where
    assert "عناوين من خارج الموقع" not in pages([sample(3, date=DAY)])["headlines/index.md"]


def test_a_site_of_one_article_leads_nowhere_twice() -> None:
    texts = pages([sample(1, date=DAY, source=SOURCES[0], section="ثقافة")])
    assert "## [الأشخاص]" not in texts["browse/index.md"]
    assert "(../sources/index.md)" in texts["browse/index.md"]
    for path, text in texts.items():
        lines = text.splitlines()
        for heading, following in zip(lines, [*lines[2:], ""], strict=False):
            assert not (heading.startswith("## ") and following.startswith("## ")), path


def test_days_with_hardly_an_article_each_are_one_list() -> None:
    tag = (Tag("حلب", "place", 0.9),)
    articles = [sample(n, date=DAY - dt.timedelta(n), tags=tag) for n in range(6)]
    text = pages(articles)["tags/حلب.md"]
    assert "## الأحدث أولاً" in text
    assert "12 تموز 2025" in text
    assert "## 1" not in text
