"""Structured data: only what is known, whole under any text, no addresses without a site."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import jinja2
import pytest
from hypothesis import given
from mkdocs.utils.meta import get_data
from mujaz.compose import page_text
from mujaz.compose.permalinks import article_path
from mujaz.compose.schema_org import json_ld
from mujaz.model import Article, Tag
from mujaz.site_model import Page

from tests.support import ANY_TEXT, Collected, compose, config, days, sample

SITE = "https://mujaz.example/news/"
TAG = Tag("سوريا", "place", 0.9)


def facts(articles: list[Article], site_url: str = SITE) -> dict[str, list[dict[str, Any]]]:
    """Return what is told of each page, read from the page as it stands on disk."""
    site = config(Path("/nowhere"), page_size=5, site_url=site_url, site_name="موجز")
    return {
        page.path: json.loads(get_data(page_text(page))[1]["mujaz"]["json_ld"])["@graph"]
        for page in compose(Collected(tuple(articles), {}), site)
        if isinstance(page, Page)
    }


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, {}),
        ({"source": "السنديانة"}, {"publisher": {"@type": "Organization", "name": "السنديانة"}}),
        ({"authors": ("ليلى",)}, {"author": [{"@type": "Person", "name": "ليلى"}]}),
        (
            {"authors": ("ليلى",), "agency": "رويترز"},
            {
                "author": [
                    {"@type": "Person", "name": "ليلى"},
                    {"@type": "Organization", "name": "رويترز"},
                ]
            },
        ),
        ({"section": "ثقافة"}, {"articleSection": "ثقافة"}),
        ({"date": dt.date(2025, 7, 14)}, {"datePublished": "2025-07-14"}),
        ({"updated": dt.date(2025, 7, 15)}, {"dateModified": "2025-07-15"}),
        ({"summary": "نص."}, {"description": "نص."}),
    ],
)
def test_an_article_tells_what_is_known(fields: dict[str, Any], told: dict[str, Any]) -> None:
    article = sample(1, **fields)
    assert facts([article], "")[article_path(article)] == [
        {
            "@type": "NewsArticle",
            "headline": article.title,
            "inLanguage": "ar",
            "isPartOf": {"@type": "WebSite", "name": "موجز"},
            **told,
        }
    ]


ARTICLE = sample(1, title="خبر", slug="خبر", id="a", date=dt.date(2025, 7, 14))
UNDATED = sample(2, title="آخر", slug="آخر", id="b")


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("articles/خبر-a.md", ["الرئيسية", "الأرشيف", "تموز 2025", "خبر"]),
        ("articles/آخر-b.md", ["الرئيسية", "الأرشيف", "أخبار بلا تاريخ", "آخر"]),
        ("tags/سوريا/2.md", ["الرئيسية", "الوسوم", "سوريا", "سوريا: صفحة 2"]),
        ("digest/2025-07-14.md", ["الرئيسية", "الموجز", "موجز الاثنين 14 تموز 2025"]),
        ("headlines/index.md", ["الرئيسية", "العناوين"]),
    ],
)
def test_breadcrumbs(path: str, names: list[str]) -> None:
    tagged = [sample(10 + i, date=day, tags=(TAG,)) for i, day in enumerate(days(8))][::-1]
    found = facts([ARTICLE, *tagged, UNDATED])
    items = found[path][-1]["itemListElement"]
    assert [item["name"] for item in items] == names
    assert [item["position"] for item in items] == [*range(1, len(names) + 1)]
    assert all(item["item"].startswith(SITE) for item in items[:-1])
    assert [each["@type"] for each in found["index.md"]] == ["WebSite"]


def test_no_addresses_without_a_site() -> None:
    for path, graph in facts([ARTICLE, UNDATED], "").items():
        assert "http" not in json.dumps(graph), path
        assert len(graph) == 1, path


@given(ANY_TEXT)
def test_any_text_stays_itself_and_inside(text: str) -> None:
    data = json_ld([{"name": f"{text}</script><!--\u2028"}])
    assert json.loads(data)["@graph"] == [{"name": f"{text}</script><!--\u2028"}]
    assert not set("<>&\u2028\u2029") & set(data)


TEMPLATE = Path(__file__).parents[2] / "theme_overrides" / "base.html"


@given(ANY_TEXT)
def test_the_template_alone_lets_nothing_out(text: str) -> None:
    (line,) = (
        line for line in TEMPLATE.read_text("utf-8").splitlines() if "ours.json_ld|replace" in line
    )
    hostile = [f"</script><script>{text}"]
    shown = jinja2.Template(line).render(ours={"json_ld": json.dumps(hostile, ensure_ascii=False)})
    opening, data, closing = re.split(r"(?<=json\">)|(?=</)", shown.strip())
    assert (opening, closing) == ('<script type="application/ld+json">', "</script>")
    assert json.loads(data) == hostile
