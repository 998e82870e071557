"""Keyphrases: whole noun phrases that articles share, and nothing else."""

from __future__ import annotations

import json
import random
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.arabic.normalise import key
from mujaz.delta import Delta
from mujaz.enrich.keyphrases import KeyPhrases, selection
from mujaz.enrich.keyphrases.noun_phrases import noun_phrases
from mujaz.enrich.keyphrases.selection import extract
from mujaz.model import Article, Tag, TagKind
from mujaz.state.database import in_memory

from tests.support import ANY_TEXT, cases, sample


def _collection(case: dict[str, Any]) -> list[Article]:
    texts = [(case["title"], case["text"]), *case["others"]]
    return [sample(i, title=title, paragraphs=(text,)) for i, (title, text) in enumerate(texts)]


def _keyphrases(
    articles: Iterable[Article],
    tag_table: Mapping[str, Any],
    base: sqlite3.Connection | None = None,
) -> KeyPhrases:
    keyphrases = KeyPhrases(base or in_memory(), tag_table)
    assert keyphrases.apply(Delta(upserted=articles)).upserted == set()
    return keyphrases


@pytest.mark.parametrize("case", cases("topics", "phrases"))
def test_phrases(case: dict[str, Any]) -> None:
    articles = _collection(case)
    found = _keyphrases(articles, case.get("editor") or {}).with_tags(articles[0]).tags
    assert [tag.name for tag in found] == case["shown"]
    assert all(tag.kind == "topic" and 0 < tag.confidence < 1 for tag in found)


LIBRARY: dict[str, Any] = {
    "title": "افتتاح مكتبة البلدية بعد ترميمها",
    "paragraphs": ("استقبلت مكتبة البلدية زوارها.",),
}


@pytest.mark.parametrize(
    ("name", "kind", "settled", "names"),
    [
        ("مكتبة البلدية", "organisation", False, ["مكتبة البلدية"]),
        ("مكتبه البلديه", "topic", False, ["مكتبه البلديه"]),
        ("مكتبة البلدية الكبرى", "organisation", False, ["مكتبة البلدية الكبرى"]),
        ("مكتبة", "topic", False, ["مكتبة", "مكتبة البلدية"]),
        ("معارض", "topic", True, ["معارض"]),
    ],
    ids=["the same", "in another spelling", "a longer one", "a part of it", "settled"],
)
def test_tags_that_are_there(name: str, kind: TagKind, settled: bool, names: list[str]) -> None:
    has = frozenset({"tags"}) if settled else frozenset()
    article = sample(1, **LIBRARY, tags=(Tag(name, kind, 1.0),), settled=has)
    keyphrases = _keyphrases([article, sample(2, **LIBRARY)], {})
    assert [tag.name for tag in keyphrases.with_tags(article).tags] == names


NOUN = st.sampled_from("كتاب مكتبة مدرسة فريق قال في من التي مشروع تقليدية سوق 12 ، . و".split())
ARTICLE = st.sampled_from(["", "ال", "بال", "و", "لل", "ب"])
SENTENCE = st.lists(st.tuples(ARTICLE, NOUN), max_size=12).map(
    lambda parts: " ".join(map("".join, parts))
)


@given(st.one_of(SENTENCE, ANY_TEXT))
def test_phrases_are_two_to_four_words(text: str) -> None:
    for phrase in noun_phrases(text):
        assert 2 <= len(phrase.keys) <= 4
        assert key(phrase.surface).split() == list(phrase.keys)
        assert not {"في", "من", "التي", "12"} & set(phrase.keys)


@given(st.lists(SENTENCE, min_size=1, max_size=6))
@settings(max_examples=50)
def test_every_shown_phrase_is_shown_twice(texts: list[str]) -> None:
    articles = [sample(i, title=text or "عنوان") for i, text in enumerate(texts)]
    keyphrases = _keyphrases(articles, {})
    shown = [[tag.name for tag in keyphrases.tags(article.file)] for article in articles]
    assert all(len(names) == len(set(names)) <= 5 for names in shown)
    pages = Counter(name for names in shown for name in names)
    assert all(articles >= 2 for articles in pages.values())


_CHUNKS = (
    "مكتبة البلدية,في مكتبة البلدية,المكتبة البلدية,معرض الكتاب,معرض الكتب القديمة,مَعرض الكتاب,"
    "سوق المدينة,في سوق المدينة,سوق المدينة القديمة,مشروع سوق المدينة,جامعة البلدة,مدرسة الفريق"
).split(",")


def _text(seed: int) -> list[str]:
    """Return a headline and two paragraphs, the same for the same seed."""
    chance = random.Random(seed)
    return [" ، ".join(chance.choices(_CHUNKS, k=chance.randint(1, 4))) for _ in range(3)]


ARTICLES = st.dictionaries(
    st.sampled_from("abcdefghij"), st.none() | st.integers(0, 999).map(_text), max_size=8
)
"""By file what becomes of an article: its title and paragraphs, or None if it goes."""
EDITORS: list[dict[str, Any]] = [
    {},
    {"block": ["مكتبة البلدية"], "rename": {"سوق المدينة": "السوق"}},
    {"rename": {"مكتبة البلدية": "المكتبة", "سوق المدينة": "سوقنا"}},
]
_COUNTS = "select * from shared_phrases order by phrase"


@given(st.lists(st.tuples(ARTICLES, st.sampled_from(EDITORS)), min_size=1, max_size=8))
@settings(max_examples=100)
def test_only_the_articles_matter_not_how_they_came(
    history: list[tuple[dict[str, list[str] | None], dict[str, Any]]],
) -> None:
    """Also where a phrase is common from three articles on, if that is over half of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mujaz.enrich.keyphrases.selection._MAX_ARTICLES_IF_FEW", 2)
        patch.setattr("mujaz.enrich.keyphrases.selection._MAX_SHARE_OF_ARTICLES", 0.5)
        base = in_memory()
        articles: dict[str, Article] = {}
        shown: dict[str, list[Tag]] = {}
        for step, editor in history:
            upserted = [
                sample(0, file=file, title=text[0], paragraphs=tuple(text[1:]))
                for file, text in step.items()
                if text
            ]
            removed = (step.keys() & articles.keys()) - {article.file for article in upserted}
            articles = {file: a for file, a in articles.items() if file not in step}
            stay = set(articles)
            articles |= {article.file: article for article in upserted}

            keyphrases = KeyPhrases(base, editor)
            changed = keyphrases.apply(Delta(removed, upserted)).upserted

            before, shown = shown, {file: keyphrases.tags(file) for file in articles}
            assert changed == {file for file in stay if shown[file] != before[file]}
            anew = _keyphrases(articles.values(), editor, fresh := in_memory())
            assert shown == {file: anew.tags(file) for file in articles}
            assert base.execute(_COUNTS).fetchall() == fresh.execute(_COUNTS).fetchall()


def test_what_another_article_lists_decides_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has the longer phrase lists only that, while another article shares it."""
    monkeypatch.setattr(selection, "MIN_RETURN_SHARE", 0.0)
    titles = [
        "مكتبة المخطوطات",
        "مكتبة المخطوطات ، مكتبة المخطوطات الطبية",
        "مكتبة المخطوطات الطبية",
    ]
    short, both, long = (sample(i, title=title) for i, title in enumerate(titles))
    keyphrases = _keyphrases([short, both, long], {})
    shown = [[tag.name for tag in keyphrases.tags(article.file)] for article in (short, both, long)]
    assert shown == [[], ["مكتبة المخطوطات الطبية"], ["مكتبة المخطوطات الطبية"]]
    assert keyphrases.apply(Delta({long.file})).upserted == {short.file, both.file}
    shown = [[tag.name for tag in keyphrases.tags(article.file)] for article in (short, both)]
    assert shown == [["مكتبة المخطوطات"], ["مكتبة المخطوطات"]]


def test_an_extraction_is_plain() -> None:
    extraction = extract(sample(1, **LIBRARY))
    assert extraction.scores
    scores, occurrences = json.loads(json.dumps(extraction))
    assert (scores, [tuple(each) for each in occurrences]) == extraction


@pytest.mark.parametrize("word", ["كتاب", "الكتاب", "بالكتاب", "قال"])
def test_endless_runs_take_no_endless_time(word: str) -> None:
    article = sample(1, title=" ".join([word] * 20_000), paragraphs=(" ".join([word] * 20_000),))
    assert _keyphrases([article], {}).tags(article.file) == []
