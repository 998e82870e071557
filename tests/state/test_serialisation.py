"""Articles and stories that are kept are read as they were."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields

import pytest
from mujaz.model import Article, Duplicate, Headline, Image, Markup, Provenance, Run, Tag, Version
from mujaz.site_model import Story
from mujaz.state import serialisation as packing

from tests.support import sample

DAY = dt.date(2025, 7, 14)
FULL = sample(
    1,
    excerpt=True,
    markup=(Markup("bullet", (Run("نص", "strong", "https://mujaz.example/"),), 1),),
    source="السنديانة",
    place="حلب",
    authors=("ليلى النجار", "x"),
    agency="سانا",
    date=DAY,
    time=dt.time(14, 30, tzinfo=dt.timezone(dt.timedelta(hours=3))),
    updated=DAY,
    section="ثقافة",
    type="news",
    language="ar",
    headline_as_read="عنوان..",
    summary="ملخص «نص» \\ \"'\n",
    quote="«نص»",
    tags=(Tag("حلب", "place", 0.9, "model", (1, 5), ("الشهباء",)), Tag("ليلى", "person", 1.0)),
    sidebar=(Headline("عنوان", 0.97, "id"), Headline("آخر", 0.9)),
    sidebar_raw="سطر\nسطر",
    linked=("سطر",),
    address="https://mujaz.example/\udc80",
    guid="tag:mujaz.example,2025:1",
    images=(Image("a.png", "نص", "", "بعد", "f/a.png", "0" * 16 + ".png", 10, 20, (320,)),),
    also_in=("سانا",),
    duplicates=(Duplicate("d.txt", "سانا", "عنوان", None), Duplicate("e.txt", None, "x", "y")),
    first_source="سانا",
    also_told_in=("f.txt",),
    also_tells=("g.txt", "h.txt"),
    versions=(Version("v.txt", DAY, "عنوان", ("نص", "نص")),),
    settled=frozenset({"title", "place"}),
    provenance={"title": Provenance("rule", 0.5, (0, 3)), "date": Provenance("file name")},
)


@pytest.mark.parametrize("article", [FULL, sample(2)])
def test_articles(article: Article) -> None:
    assert packing.article(packing.packed(article)) == article
    card = packing.card_of(article)
    assert packing.card(packing.packed(card)) == card
    packing.packed(article).encode()  # as a database wants it


def test_every_field_is_tried() -> None:
    plain = sample(1)
    same = {f.name for f in fields(Article) if getattr(plain, f.name) == getattr(FULL, f.name)}
    assert same <= {"file", "id", "slug", "title", "paragraphs"}


def test_stories() -> None:
    story = Story(
        "id", "عنوان", ("a", "b"), DAY, None, ("سانا",), ("ليلى",), ("حلب",), ("وزارة",), "b"
    )
    assert packing.story(packing.packed(story)) == story
