"""The order of a digest: what makes one story more important than another."""

from __future__ import annotations

from typing import Any

import pytest
from mujaz.arabic.press.agencies import same_agency
from mujaz.compose.importance import importance_of
from mujaz.data import table
from mujaz.state.serialisation import card_of

from tests.support import cases, sample


def story(articles: list[dict[str, Any]]) -> Any:
    labels = {name: entry["label"] for name, entry in table("sections").items()}
    made = [
        {**each, "section": labels.get(each.get("section", "")), "also_in": tuple(each["in"][1:])}
        for each in articles
    ]
    return importance_of(
        [
            card_of(sample(number, source=each.pop("in")[0], **each))
            for number, each in enumerate(made, 1)
        ]
    )


@pytest.mark.parametrize("case", cases("digest", "orders"))
def test_the_more_important_comes_first(case: dict[str, Any]) -> None:
    assert story(case["first"]).score > story(case["then"]).score


@pytest.mark.parametrize("case", cases("digest", "counts"))
def test_texts_and_sources_are_counted(case: dict[str, Any]) -> None:
    counted = story(case["articles"])
    assert (counted.texts, counted.sources) == (case["texts"], case["sources"])


@pytest.mark.parametrize("case", cases("digest", "agencies"))
def test_names_of_one_agency_are_equal(case: dict[str, Any]) -> None:
    assert len({same_agency(name) for name in case["names"]}) == case["agencies"]
    assert (None in {same_agency(name) for name in case["names"]}) == case["unnamed"]
