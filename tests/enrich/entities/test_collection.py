"""Names go by one name in the whole collection, however its articles came."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.arabic.normalise import key
from mujaz.delta import Delta
from mujaz.enrich.entities.collection import Spellings
from mujaz.enrich.entities.tagger import DOUBTFUL, EditorTable
from mujaz.model import Article, Tag
from mujaz.state.database import in_memory

from tests.support import cases, sample

NAMES = (
    "أحمد",
    "احمد",
    "هبة",
    "هبه",
    "حلب",
    "سامر الحداد",
    "سامر علي الحداد",
    "الحداد",
    "داعش",
    "سامر علي عبد الله الحداد",
    "سامر علي عبدالله الحداد",
    "ليلى الحداد",
    "تنظيم داعش",
)
FORMS = ("الحداد", "سامر الحداد", "الدكتور سامر")
TAGS = st.lists(
    st.builds(
        Tag,
        st.sampled_from(NAMES),
        st.sampled_from(["person", "person", "organisation"]),
        st.just(0.9),
        st.sampled_from(["model", "model", DOUBTFUL, "gazetteer", "stated"]),
        also=st.lists(st.sampled_from(FORMS), max_size=2, unique=True).map(tuple),
    ),
    max_size=3,
    unique_by=lambda tag: key(tag.name),
)
STEPS = st.lists(
    st.tuples(st.lists(st.integers(0, 5)), st.dictionaries(st.integers(0, 5), TAGS)), max_size=6
)
Tags = Sequence[Tag]


def tagged(file: str, tags: Sequence[Tag]) -> Article:
    return sample(0, file=file, tags=tuple(tags))


def shown(articles: Mapping[str, Tags], editor: EditorTable) -> dict[str, Tags]:
    """Return the tags of articles as a collection shows them that gets all of them at once."""
    with closing(in_memory()) as base:
        spellings = Spellings(base, editor)
        spellings.apply(Delta(upserted=itertools.starmap(tagged, articles.items())))
        return {file: spellings.spelled(tags) for file, tags in articles.items()}


@pytest.mark.parametrize("case", cases("entities", "spelled"))
def test_the_most_frequent_or_what_is_settled(case: dict[str, Any]) -> None:
    articles = {f"{i}": [Tag(n, "person", 0.9, "model")] for i, n in enumerate(case["names"])}
    articles |= {f"s{i}": [Tag(n, "person", 0.9)] for i, n in enumerate(case["settled"])}
    names = {tag.name for tags in shown(articles, EditorTable({})).values() for tag in tags}
    assert names == {case["usual"]}


@pytest.mark.parametrize("case", cases("entities", "across the collection"))
def test_one_name_for_one(case: dict[str, Any]) -> None:
    """Each article of a case is what it names, and with `=` the shorter forms it has for that."""
    kind = case.get("kind", "person")
    articles: dict[str, Tags] = {}
    for text, times in case["articles"].items():
        names = [name.strip().split(" = ") for name in text.split(",")]
        tags = [Tag(name, kind, 0.9, "model", also=tuple(short)) for name, *short in names]
        articles |= {f"{text} {number}": tags for number in range(times)}
    all_shown = shown(articles, EditorTable(case.get("editor", {})))
    firsts = [all_shown[f"{text} 0"] for text in case["articles"]]
    assert [", ".join(tag.name for tag in tags) for tags in firsts] == case["shown"]


def test_sources_of_the_collection_are_no_organisations() -> None:
    article = sample(1, source="السنديانة", tags=(Tag("السنديانة", "organisation", 0.9, "model"),))
    with closing(in_memory()) as base:
        spellings = Spellings(base, EditorTable({}))
        spellings.apply(Delta(upserted=[article]))
        assert not spellings.spelled(article.tags)
        changed = spellings.apply(Delta(upserted=[replace(article, source=None)]))
        assert article.file in changed.upserted
        assert spellings.spelled(article.tags) == article.tags


def test_what_is_doubtful_is_shown_if_another_article_is_sure() -> None:
    doubtful = Tag("سامر الزنبقان", "person", 0.4, DOUBTFUL)
    sure = Tag("سامر علي الزنبقان", "person", 0.9, "model")
    assert shown({"1": [doubtful], "2": [doubtful]}, EditorTable({})) == {"1": (), "2": ()}
    tags = shown({"1": [doubtful], "2": [sure]}, EditorTable({}))
    assert [(tag.name, tag.rule) for tag in tags["1"]] == [(sure.name, "collection")]


@given(STEPS, st.sampled_from([{}, {"rename": {"x": "هبة"}}, {"rename": {"x": "سامر الحداد"}}]))
def test_whatever_happens(
    steps: list[tuple[list[int], dict[int, list[Tag]]]], table: dict[str, Any]
) -> None:
    articles: dict[str, Tags] = {}
    editor = EditorTable(table)
    with closing(in_memory()) as base:
        spellings = Spellings(base, editor)
        for gone, come in steps:
            before = {file: spellings.spelled(tags) for file, tags in articles.items()}
            new = {str(number): tags for number, tags in come.items()}
            left = {str(number) for number in gone} | new.keys()
            upserted = itertools.starmap(tagged, new.items())
            changed = {*spellings.apply(Delta(left - new.keys(), upserted)).upserted}
            articles = {f: tags for f, tags in articles.items() if f not in left} | new
            now = {file: spellings.spelled(tags) for file, tags in articles.items()}
            assert now == shown(articles, editor)
            assert {f for f in now if f not in left and now[f] != before[f]} <= changed
