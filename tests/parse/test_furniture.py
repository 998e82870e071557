"""Furniture, captions and prefixes of headlines: told from prose with the same words."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.arabic.normalise import fold_spaces, key
from mujaz.model import Article, Document, Stated
from mujaz.parse import draft, learn_vocabulary, parse_article
from mujaz.parse.captions import glued_caption_end, is_caption, word_set
from mujaz.parse.furniture import is_closing, is_navigation, tail_start
from mujaz.parse.sections import split_section_prefix

from tests.support import ANY_TEXT, SOURCES, case_table, cases

TABLE = case_table("furniture")
PARAGRAPH = "وقال رئيس البلدية إن المشروع سيخدم ثلاثة أحياء طوال أيام الأسبوع. "
HEADLINE = "الطريفي يشارك في افتتاح المكتبة"
TEXT = "افتتح رئيس البلدية المكتبة أمس بحضور الطريفي وأعضاء فريق الرائد في حي السوق القديم."


@pytest.mark.parametrize("closing", TABLE["closing"])
def test_what_closes_a_text_is_cut_from_where_it_begins(closing: str) -> None:
    assert is_closing(closing)
    start = tail_start(PARAGRAPH + closing)
    assert start is not None
    assert PARAGRAPH.rstrip() == (PARAGRAPH + closing)[:start].rstrip(" ـ")


@pytest.mark.parametrize("prose", TABLE["prose"])
def test_prose_with_the_same_words_stays(prose: str) -> None:
    assert not is_closing(prose)
    assert tail_start(PARAGRAPH + prose) is None


@pytest.mark.parametrize("line", TABLE["navigation"])
def test_menus_and_buttons(line: str) -> None:
    assert is_navigation(line)


@pytest.mark.parametrize("line", [*TABLE["headings"], *TABLE["prose"]])
def test_headings_are_no_menus(line: str) -> None:
    assert not is_navigation(line)


@pytest.mark.parametrize("case", cases("furniture", "captions"))
def test_captions(case: dict[str, Any]) -> None:
    assert is_caption(case["text"], word_set(HEADLINE), word_set(TEXT)) == case["caption"]


def test_a_caption_without_a_space_before_the_text() -> None:
    caption = "سالم الطريفي"
    text = f"{caption}{TEXT}"
    assert glued_caption_end(text, HEADLINE, ()) == len(caption)
    assert glued_caption_end(TEXT, HEADLINE, ()) == 0
    assert glued_caption_end(f"ليلى النجار{TEXT}", HEADLINE, ()) == 0


@pytest.mark.parametrize("case", cases("furniture", "ends"))
def test_what_stands_at_the_end(case: dict[str, Any]) -> None:
    stated = {"title": Stated(HEADLINE, "json")}
    if "author" in case:
        stated["authors"] = Stated(case["author"], "json")
    text = f"{TEXT}\n{PARAGRAPH}\n{case['end']}"
    page = draft(Document("a.json#1", text, stated=stated, has_headline=False))
    result = parse_article(page, learn_vocabulary([page], SOURCES))
    assert isinstance(result, Article)
    assert fold("\n".join(result.paragraphs)) == fold(f"{TEXT}\n{PARAGRAPH}\n{case['text']}")
    for line in page.lines:
        assert page.text[slice(*line.span)] == line.text
    # Nothing is lost without a trace.
    shown = " ".join((*result.paragraphs, result.sidebar_raw))
    assert not Counter(key(text).split()) - Counter(key(shown).split())


def fold(text: str) -> list[str]:
    """Return the lines of a text, their white space folded."""
    return [fold_spaces(line) for line in text.strip().split("\n")]


@pytest.mark.parametrize("case", cases("furniture", "section_prefixes"))
def test_the_desk_before_a_headline(case: dict[str, Any]) -> None:
    assert split_section_prefix(case["headline"]) == (case.get("section"), case["title"])


@given(st.one_of(ANY_TEXT, st.lists(st.sampled_from(TABLE["closing"])).map(" . ".join)))
def test_whatever_the_text(text: str) -> None:
    start = tail_start(text)
    assert start is None or 0 <= start <= len(text)
    assert 0 <= glued_caption_end(text, text, (text,)) <= len(text)
    is_navigation(text)
