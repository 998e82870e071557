"""Names as tags: which are shown, in what order and spelling, and what the editor says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.arabic.normalise import key
from mujaz.enrich import enrich_alone
from mujaz.enrich.entities.tagger import DOUBTFUL, Tagger, shipped_calibrations
from mujaz.model import Article, Tag

from tests.support import ANY_TEXT, cases, sample


@cache
def tagger() -> Tagger:
    return Tagger({})


@pytest.mark.parametrize("case", cases("entities", "tags"))
def test_tags(case: dict[str, Any]) -> None:
    article = sample(1, title=case["title"], paragraphs=(case["text"],), source=case.get("source"))
    (found,) = enrich_alone([article], case.get("editor", {}))
    kinds = {tag.name: tag.kind for tag in found.tags}
    assert case.get("tags", {}).items() <= kinds.items()
    assert not set(case.get("not", ())) & set(kinds)
    for kind, names in case.get("not_kind", {}).items():
        assert not [name for name in names if kinds.get(name) == kind]


@pytest.mark.parametrize(
    ("article", "rule"),
    [
        (sample(1, tags=(Tag("تركيا", "topic", 1.0),)), "stated"),
        (sample(1, title="معرض في تركيا", paragraphs=("شاركت تركيا في المعرض.",)), "gazetteer"),
    ],
    ids=["stated", "gazetteer"],
)
def test_rules(article: Article, rule: str) -> None:
    tags = [tag for tag in tagger().tags(article) if tag.rule != DOUBTFUL]
    assert [(tag.name, tag.kind, tag.rule) for tag in tags] == [("تركيا", "place", rule)]


def test_one_spelling_in_the_whole_collection() -> None:
    texts = [f"قال الدكتور {name} الحداد إن المعرض مفتوح." for name in ("أحمد", "احمد", "احمد")]
    articles = [sample(i, paragraphs=(text,)) for i, text in enumerate(texts)]
    names = [[tag.name for tag in found.tags] for found in enrich_alone(articles, {})]
    assert names == [["احمد الحداد"]] * 3


@given(st.permutations(range(4)))
@settings(max_examples=10)
def test_tags_do_not_depend_on_the_order_of_articles(order: Sequence[int]) -> None:
    texts = (
        "قال الدكتور سامر الحداد إن المعرض في دمشق.",
        "زار سامر الحداد تركيا وليبيا.",
        "أعلنت الأمم المتحدة تقريرها.",
        "قال أحمد الحداد واحمد الحداد.",
    )
    articles = [sample(i, paragraphs=(text,)) for i, text in enumerate(texts)]
    straight = {a.file: a.tags for a in enrich_alone(articles, {})}
    shuffled = {a.file: a.tags for a in enrich_alone([articles[i] for i in order], {})}
    assert straight == shuffled


@given(ANY_TEXT.filter(str.strip), ANY_TEXT.filter(str.strip))
@settings(max_examples=60)
def test_any_text_has_tags_in_order(title: str, text: str) -> None:
    tags = tagger().tags(sample(1, title=title, paragraphs=(text,)))
    lowest = min(each.threshold for each in shipped_calibrations().values())
    assert all(lowest - 0.01 <= tag.confidence <= 1 for tag in tags if tag.rule != DOUBTFUL)
    assert [tag.confidence for tag in tags] == sorted((t.confidence for t in tags), reverse=True)
    assert all(key(tag.name) for tag in tags)
