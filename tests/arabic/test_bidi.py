"""Isolates: set around what a browser shows in the wrong order, and around nothing else."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.arabic.bidi import isolated

from tests.support import ANY_TEXT, case_table, cases, without_isolates

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIGNS = st.text(st.sampled_from("\u0645\u0662\u0640aB0159 @#+-.,:/()%\u2212\u2066\u2067\u2069\n"))
"""Text of what isolates stand beside."""

_ORDER = """([text, start, end]) => {
    document.body.innerHTML = '<p dir="rtl" style="white-space: pre; font: 16px monospace"></p>';
    const paragraph = document.querySelector('p');
    paragraph.textContent = text;
    const left = i => {
        const range = document.createRange();
        range.setStart(paragraph.firstChild, i);
        range.setEnd(paragraph.firstChild, i + 1);
        return range.getBoundingClientRect().left;
    };
    const places = [];
    for (let i = start; i < end; i++)
        if (!/[\\u2066-\\u2069\\s]/.test(text[i])) places.push([left(i), text[i]]);
    return places.sort((a, b) => a[0] - b[0]).map(place => place[1]).join('');
}"""
"""Gives the characters of a part of `text` as they stand in a paragraph, from left to right."""


@pytest.mark.parametrize("case", cases("bidi", "bidi_cases"))
def test_isolated(case: dict[str, Any]) -> None:
    found = isolated(case["text"])
    assert re.findall("\u2066(.*?)\u2069", found) == case["isolates"]
    assert without_isolates(found) == case["text"]


@pytest.mark.browser
def test_a_browser_shows_the_order_that_is_meant(browser: Browser) -> None:
    page = browser.new_page()
    faults = []
    for case in case_table("bidi")["bidi_cases"]:
        run = case.get("run") or case["isolates"][0]
        expected = case["shown"].replace(" ", "")
        shown = _shown(page, isolated(case["text"]), run)
        if shown != expected:
            faults.append(f"{case['name']}: shown as {shown}")
        # An isolate stands only where the text would be shown in another order without it.
        if case["isolates"] and _shown(page, case["text"], case["isolates"][0]) == expected:
            faults.append(f"{case['name']}: needs no isolate")
    page.close()
    assert not faults


def _shown(page: Page, text: str, run: str) -> str:
    """Return the characters of `run` in `text` from left to right, without spaces."""
    pattern = "[\u2066\u2069]?".join(map(re.escape, run))
    place = re.search(pattern, text)
    assert place, (text, run)
    order: str = page.evaluate(_ORDER, [text, *place.span()])
    return order


@given(st.one_of(st.text(), ANY_TEXT, SIGNS))
def test_isolates_change_nothing_else(text: str) -> None:
    assert without_isolates(isolated(text)) == without_isolates(text)
    assert isolated(isolated(text)) == isolated(text)


@given(st.one_of(ANY_TEXT, SIGNS))
def test_isolates_are_closed_and_part_no_number(text: str) -> None:
    found = isolated(text)
    marks = re.findall("[\u2066-\u2069]", found)
    assert marks == ["\u2066", "\u2069"] * (len(marks) // 2)
    assert not [pair for pair in pairwise(found) if pair[0].isdigit() and pair[1] == "\u2066"]
    assert all("\n" not in run for run in re.findall("\u2066([^\u2069]*)", found))
