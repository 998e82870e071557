"""Subheads of plain texts: what is one is set as such, and no text changes."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.arabic.normalise import fold_spaces
from mujaz.compose.articles.body import body_parts
from mujaz.compose.articles.subheads import begins_with_label, subheads
from mujaz.library.stubs import is_stub

from tests.support import cases, sample, without_isolates

LONG = (
    "انتظر الصيادون على رصيف المرفأ حتى عادت المراكب كلها قبيل المغرب، وقالوا إن ما جاءت به "
    "من السمك يكفي أسواق المدينة أسبوعاً كاملاً."
)
TITLE = "المراكب تعود إلى المرفأ قبل العاصفة"


@pytest.mark.parametrize("case", cases("subheads", "subhead_cases"))
def test_what_is_a_subhead(case: dict[str, Any]) -> None:
    text = [LONG if each == "LONG" else each for each in case["text"]]
    title = case.get("title", TITLE)
    assert sorted(subheads(title, text)) == case["subheads"]
    assert begins_with_label(title, text) is case.get("label", False)


@given(st.lists(st.sampled_from([LONG, "موسم قصير", "- قصب", "* <b>x</b>", "1"]), min_size=1))
def test_no_text_changes(texts: list[str]) -> None:
    article = sample(1, title=TITLE, paragraphs=tuple(texts))
    shown = "\n".join(block for part in body_parts(article) for block in part)
    shown = unescape(re.sub("<[^>]*>", "", shown))
    assert without_isolates(shown).split("\n") == [fold_spaces(each) for each in texts]


@pytest.mark.parametrize(
    ("text", "title", "holders", "stub"),
    [
        ("ليلى النجار", TITLE, (), True),
        ("المراكب قبل العاصفة والمرفأ إلى", TITLE, (), False),
        ("تعود المراكب قبل العاصفة", TITLE, (), True),
        ("عادت المراكب إلى المرفأ.", TITLE, (), False),
        ("عادت المراكب إلى المرفأ قبل العاصفة. ولم يصب أحد.", TITLE, ("other.txt",), True),
        ("عادت المراكب إلى المرفأ قبل العاصفة. ولم يصب أحد.", TITLE, (), False),
        (LONG * 5, TITLE, ("other.txt",), False),
    ],
)
def test_what_is_a_stub(text: str, title: str, holders: tuple[str, ...], stub: bool) -> None:
    assert is_stub(sample(1, title=title, paragraphs=(text,), also_told_in=holders)) is stub
