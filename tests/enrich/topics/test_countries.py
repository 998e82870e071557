"""Countries that texts name."""

from __future__ import annotations

from typing import Any

import pytest
from mujaz.arabic.phrases import split_words
from mujaz.enrich.topics.countries import country_mentions

from tests.support import cases


def mentions(title: str, dateline: str = "", body: str = "") -> dict[str, int]:
    return country_mentions(*(split_words(part).keys for part in (title, dateline, body)))


@pytest.mark.parametrize("case", cases("topics", "countries"))
def test_countries(case: dict[str, Any]) -> None:
    assert mentions("", body=case["text"]) == case["countries"]


def test_headline_and_dateline_count_more() -> None:
    assert mentions("في تونس", "القاهرة", "من المغرب") == {"EG": 3, "MA": 1, "TN": 3}


def test_the_end_of_a_long_text_does_not_count() -> None:
    assert mentions("", body="كلمة " * 200 + "تونس") == {}
