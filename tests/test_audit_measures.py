"""What the audit of a site measures without a browser."""

from __future__ import annotations

import pytest

from benchmarks.audit_measures import (
    Figure,
    StoryLink,
    first_rows,
    headlines,
    largest_share,
    other_titles,
    page_title,
    parsed,
    percentile,
    story_links,
)
from benchmarks.newsday import leading

LIST = """<html><body><nav><a href="../articles/x/">لا</a></nav><main><h1>الأخبار</h1><ul>
<li><h3><a href="../articles/%D8%A7/">جسر\u2069 الوادي</a></h3>
<p><a href="../stories/s1/?q#p">7 صحف</a></p></li>
<li><h3><a href="../articles/ا/">جسر</a></h3></li>
<li><a href="../articles/b/">سطر</a> <a href="https://example.org/articles/c/">خارج</a></li>
</ul><section><h2>من القصة</h2><p><a href="../stories/s1/">القصة</a></p></section>
</main></body></html>"""


def test_rows_are_the_articles_that_a_list_leads_to() -> None:
    assert first_rows(parsed(LIST), "headlines/", 9) == ["articles/ا/", "articles/b/"]
    assert first_rows(parsed(LIST), "headlines/", 1) == ["articles/ا/"]


def test_a_story_is_linked_under_the_headline_of_its_entry() -> None:
    tree = parsed(LIST)
    links = [*story_links(tree, "headlines/")]
    assert links == [StoryLink("stories/s1/", "جسر الوادي")]
    assert other_titles(links, {"stories/s1/": ["جسر الوادي"]}) == []
    assert other_titles(links, {"stories/s1/": ["جسر"]}) == links == other_titles(links, {})
    assert page_title(tree) == "الأخبار"
    assert headlines(tree) >= {"الأخبار", "جسر الوادي", "سطر"}
    assert "لا" not in headlines(tree)


@pytest.mark.parametrize(
    ("sources", "share"), [([], 0), (["أ"], 1), (["أ", "ب"], 0.5), (["أ", "ب", "أ", "ج"], 0.5)]
)
def test_the_largest_share_is_that_of_one_source(sources: list[str], share: float) -> None:
    assert largest_share(sources) == share


def test_a_percentile_leaves_out_the_longest() -> None:
    assert percentile([*range(1, 101)], 0.95) == 95
    assert percentile([3], 0.95) == 3


def test_a_figure_says_whether_it_is_as_wanted() -> None:
    assert str(Figure("a", 9, 8, "KB")).endswith("MISSED")
    assert Figure("a", 11, 11, at_least=True).is_met
    assert not Figure("a", 10, 11, at_least=True).is_met


def test_a_top_story_leads_if_an_entry_has_an_article_of_it() -> None:
    assert leading([{"1", "2"}, {"3"}, {"4"}], [{"2", "9"}, {"4", "3"}]) == 3
    assert leading([{"1"}], []) == 0
