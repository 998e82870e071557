"""Addresses that were given stay, whatever becomes of normalising, slugs and digests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest
from mujaz.compose.permalinks import (
    article_path,
    day_archive_path,
    day_path,
    month_path,
    numbered,
    section_path,
    source_path,
    tag_path,
    week_path,
)
from mujaz.model import Article, Document
from mujaz.parse import draft, learn_vocabulary, parse_article

from tests.support import SOURCES, cases

BODY = (
    "هذه فقرة أولى من النص فيها كلمات كثيرة تكفي لأن تكون خبراً كاملاً.",
    "وهذه فقرة ثانية.",
)


@pytest.mark.parametrize("case", cases("addresses", "articles"))
def test_articles_keep_their_addresses(case: Mapping[str, str]) -> None:
    parts = (case["headline"], case["dateline"], *BODY)
    document = Document("a.txt", "\n\n".join(filter(None, parts)))
    article = parse_article(draft(document), learn_vocabulary([], SOURCES))
    assert isinstance(article, Article)
    assert article_path(article) == case["page"]


@pytest.mark.parametrize("case", cases("addresses", "names"))
def test_names_keep_their_addresses(case: Mapping[str, str]) -> None:
    page = case["page"].partition("/")[2]
    assert tag_path(case["name"]) == f"tags/{page}"
    assert section_path(case["name"]) == f"sections/{page}"
    assert source_path(case["name"]) == f"sources/{page}"


def test_days_keep_their_addresses() -> None:
    day = dt.date(2024, 12, 30)
    assert day_path(day) == "digest/2024-12-30.md"
    assert week_path(day) == "digest/2025-w01.md"
    assert month_path(day) == "archive/2024-12.md"
    assert day_archive_path(day) == f"archive/{day.isoformat()}.md"
    assert numbered("headlines/index.md", 3) == "headlines/3.md"
    assert numbered(tag_path("حلب"), 2) == "tags/حلب/2.md"
