"""What a site says itself: names of sources, lines of credit, dates with its readers' months."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.arabic.dates.month_names import month_names_in
from mujaz.arabic.numerals import ARTICLE
from mujaz.arabic.wording import Wording
from mujaz.data import table

from tests.support import cases

FORMS = {"zero", "one", "two", "few", "many", "other"}


@pytest.mark.parametrize("case", cases("arabic", "listed"))
def test_listed(case: dict[str, Any]) -> None:
    assert Wording().listed(case["names"], case["most"]) == case["text"]


@given(st.lists(st.sampled_from(["أ", "ب", "ت", "رويترز"])), st.integers(1, 6))
def test_listed_names_as_many_as_it_may(names: list[str], most: int) -> None:
    text = Wording().listed(names, most)
    named, _, _ = text.partition(" و")
    assert len(named.split("، ")) <= most
    assert (text == "، ".join(names)) == (len(names) <= most)


def test_joined_leaves_out_what_is_not_there() -> None:
    say = Wording("arabic")
    assert (
        say.joined("السنديانة", "", None, say.date(dt.date(2015, 8, 2))) == "السنديانة، ٢ آب ٢٠١٥"
    )
    assert say.joined("", None) == ""


@pytest.mark.parametrize("case", cases("arabic", "shown_dates"))
def test_dates_have_the_months_of_the_setting(case: dict[str, Any]) -> None:
    say, day = Wording(months=case["months"]), dt.date(2015, 8, 2)
    assert say.date(day) == case["day"]
    assert say.month(day) == case["month"]
    assert say.span(dt.date(2015, 7, 31), day) == case["span"]
    assert say.span(day, day) == case["day"]


@pytest.mark.parametrize("case", cases("arabic", "month_names"))
def test_month_names(case: dict[str, Any]) -> None:
    assert month_names_in(case["text"]) == case["months"]


def test_every_counted_noun_has_the_six_forms() -> None:
    assert [
        name for name, forms in table("interface")["counts"].items() if set(forms) != FORMS
    ] == []


def test_nouns_go_by_name_as_well() -> None:
    assert Wording("arabic").counted(3, "article") == Wording("arabic").counted(3, ARTICLE)
