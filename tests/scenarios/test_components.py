"""The law of components: any order and any split of the same changes ends in the same state.

A component is a line of the table below: how it is made, and what is seen of its state.
"""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.delta import Delta
from mujaz.enrich import Duplicates, Stories
from mujaz.enrich.entities.collection import Spellings
from mujaz.enrich.entities.tagger import Tagger
from mujaz.enrich.headlines import Sidebars
from mujaz.enrich.keyphrases import KeyPhrases
from mujaz.library import Library
from mujaz.model import Article, Document, Tag
from mujaz.parse import SiteKnowledge, draft
from mujaz.state.database import in_memory

from tests.support import prose, sample

Articles = dict[str, Article]
"""Articles by file."""
Apply = Callable[[Iterable[str], Sequence[Article]], object]
"""Takes the files that were removed, and the articles that are new or changed."""

_FILES = 9
_NAMES = ("أحمد الخطيب", "احمد الخطيب", "أحمد سامر الخطيب", "وزارة الثقافة")


def article(number: int, choice: int) -> Article:
    """Return one of several states of an article; some of them are duplicates of others."""
    text = number if choice % 3 else number // 2
    phrase = f"مهرجان {('الزيتون', 'القمح')[choice % 2]} السنوي"
    return sample(
        number,
        id=f"id{number}",
        date=dt.date(2025, 7, 1 + choice) if choice % 4 else None,
        source=("السنديانة", "صدى الرابية")[choice % 2],
        section=("ثقافة", None)[choice % 2],
        paragraphs=(f"{prose(text, 40)} {phrase}. {phrase} في القرية.", prose(50 + text, 30)),
        tags=tuple(Tag(name, "person", 0.9, "model") for name in _NAMES[: choice % 5]),
        sidebar_raw="\n".join(sample((number + i) % _FILES).title for i in range(1, choice % 4)),
    )


def _site_knowledge(base: sqlite3.Connection, articles: Articles) -> Apply:
    component = SiteKnowledge(base, ())

    def apply(removed: Iterable[str], upserted: Sequence[Article]) -> None:
        drafts = (
            draft(Document(each.file, "\n".join((each.title, *each.paragraphs, "للاشتراك اتصلوا"))))
            for each in upserted
        )
        component.apply(Delta({*removed}, drafts))

    return apply


def _duplicates(base: sqlite3.Connection, articles: Articles) -> Apply:
    component = Duplicates(base, articles.__getitem__)
    return lambda removed, upserted: component.apply(
        Delta({*removed}, [each.file for each in upserted])
    )


def _of_articles(make: Callable[[sqlite3.Connection], Any]) -> Callable[..., Apply]:
    def made(base: sqlite3.Connection, articles: Articles) -> Apply:
        component = make(base)
        return lambda removed, upserted: component.apply(Delta({*removed}, upserted))

    return made


def _library(base: sqlite3.Connection, articles: Articles) -> Apply:
    component = Library(base)
    return lambda removed, upserted: component.apply(
        Delta({f"id{int(file[:3])}" for file in removed}, upserted)
    )


def _stories(base: sqlite3.Connection, articles: Articles) -> Apply:
    component = Stories(base)
    return lambda removed, upserted: component.apply(
        Delta({f"id{int(file[:3])}" for file in removed}, upserted)
    )


COMPONENTS: Mapping[str, tuple[Callable[..., Apply], Sequence[str]]] = {
    "site knowledge": (
        _site_knowledge,
        ("select key, pages from site_headlines", "select key, articles from site_lines"),
    ),
    "duplicates": (
        _duplicates,
        (
            "select * from deduplicated",
            "select * from assigned_ids",
            "select t.file, r.file from cluster_texts t"
            " join cluster_texts r on r.number = t.representative",
        ),
    ),
    "spellings": (
        _of_articles(lambda base: Spellings(base, Tagger({}).editor)),
        (
            "select * from name_spellings",
            "select * from article_names",
            "select * from joined_names",
            "select * from short_names",
            "select * from short_forms",
        ),
    ),
    "keyphrases": (
        _of_articles(lambda base: KeyPhrases(base, {})),
        ("select file, keyphrases from keyphrase_articles",),
    ),
    "sidebars": (_of_articles(Sidebars), ("select file, headlines from sidebars",)),
    "library": (
        _library,
        (
            "select * from articles",
            "select * from groups",
            "select * from group_members",
            "select * from article_tags",
        ),
    ),
    "stories": (
        _stories,
        (
            "select * from stories",
            "select * from story_members",
            "select * from related_articles",
        ),
    ),
}
"""How each component is made, and the queries that show its state."""

_STEPS = st.lists(
    st.tuples(
        st.dictionaries(st.integers(0, _FILES - 1), st.integers(0, 9), max_size=4),
        st.sets(st.integers(0, _FILES - 1), max_size=2),
    ),
    max_size=5,
)


@pytest.mark.parametrize("name", COMPONENTS)
@given(_STEPS, st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_any_order_and_split_ends_in_the_same_state(
    name: str, steps: list[tuple[dict[int, int], set[int]]], dice: random.Random
) -> None:
    make, queries = COMPONENTS[name]

    def state_after(history: Iterable[tuple[Sequence[Article], set[str]]]) -> list[Any]:
        articles: Articles = {}
        with closing(in_memory()) as base:
            apply = make(base, articles)
            for upserted, removed in history:
                articles.update({each.file: each for each in upserted})
                apply(removed, upserted)
                for file in removed:
                    del articles[file]
            return [sorted(base.execute(query).fetchall(), key=repr) for query in queries]

    there: Articles = {}
    history = []
    for choices, numbers in steps:
        upserted = [article(number, choice) for number, choice in choices.items()]
        removed = {f"{number:03}.txt" for number in numbers if number not in choices}
        removed &= there.keys()
        there = {f: a for f, a in there.items() if f not in removed}
        there |= {each.file: each for each in upserted}
        history.append((upserted, removed))
    final = dice.sample(sorted(there.values(), key=lambda each: each.file), len(there))
    parts = [final[start : start + 2] for start in range(0, len(final), 2)]
    assert state_after(history) == state_after((part, set()) for part in parts)
