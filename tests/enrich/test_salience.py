"""Which of its tags an article is about: their order, how many are shown, and whose word stands."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.enrich.salience import MAX_SHOWN_TAGS, with_salience
from mujaz.model import Article, Tag

from tests.support import ANY_TEXT, cases, sample


def article_of(case: dict[str, Any]) -> Article:
    return sample(
        1,
        title=case["title"],
        paragraphs=tuple(case["text"]),
        authors=tuple(case.get("authors", ())),
        settled=frozenset({"tags"} if case.get("settled") else ()),
        tags=tuple(
            Tag(name, kind, 0.9, *(more or ["model"])) for name, kind, *more in case["tags"]
        ),
    )


@pytest.mark.parametrize("case", cases("salience", "salience"))
def test_salience(case: dict[str, Any]) -> None:
    tags = with_salience(article_of(case)).tags
    assert [tag.name for tag in tags if tag.shown] == case["shown"], tags
    assert [tag.name for tag in tags if not tag.shown] == case.get("mentioned", [])


NAMES = st.text(alphabet="سليم نوران", max_size=9)


@given(ANY_TEXT, st.lists(st.tuples(NAMES, st.sampled_from(["person", "topic"])), max_size=9))
def test_the_order_of_tags_changes_nothing(text: str, named: list[tuple[str, Any]]) -> None:
    tags = tuple(Tag(name, kind, 0.9, "model") for name, kind in dict(named).items())
    article = sample(1, title=text, paragraphs=(" ".join(name for name, _ in named), text))
    article, other = (
        with_salience(sample(1, title=text, paragraphs=article.paragraphs, tags=each))
        for each in (tags, tags[::-1])
    )
    assert article.tags == other.tags
    assert {tag.name for tag in article.tags} == {tag.name for tag in tags}
    assert len(article.shown_tags) <= MAX_SHOWN_TAGS
    assert all(0 <= tag.salience <= 1 for tag in article.tags)
