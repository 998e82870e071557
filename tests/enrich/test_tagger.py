"""Names as tags: canonical forms, short and long names, spellings, and what the editor says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.arabic.normalise import key
from mujaz.enrich import enrich_alone
from mujaz.enrich.entities.lexicon import shipped_lexicon
from mujaz.enrich.entities.mentions import label_spans, split_sentences
from mujaz.enrich.entities.names import canonical, join_short
from mujaz.enrich.entities.tagger import Tagger, shipped_scales
from mujaz.model import Article, Tag

from tests.support import ANY_TEXT, cases, sample

NAMES = st.text("ابتثوسملي", min_size=1, max_size=4)
NAME = st.lists(NAMES, min_size=1, max_size=3).map(" ".join)


@cache
def tagger() -> Tagger:
    return Tagger({})


@pytest.mark.parametrize("case", cases("entities", "canonical"))
def test_canonical(case: dict[str, Any]) -> None:
    beside = frozenset(key(word) for word in (*case["words"], *case.get("beside", ())))
    found = canonical(case["words"], case["kind"], shipped_lexicon(), beside)
    assert found == case["shown"]
    if found:
        assert canonical(found.split(), case["kind"], shipped_lexicon(), beside) == found


@pytest.mark.parametrize("case", cases("entities", "joined"))
def test_short_names(case: dict[str, Any]) -> None:
    assert join_short(case["support"]) == case["full"]


@given(st.dictionaries(NAME, st.floats(0, 9), max_size=7), st.randoms())
def test_joining_ends_and_knows_no_order(support: dict[str, float], random: Any) -> None:
    full = join_short(support)
    shuffled = list(support.items())
    random.shuffle(shuffled)
    assert join_short(dict(shuffled)) == full
    assert set(full) == set(support)
    assert all(full[name] == name for name in full.values())


@pytest.mark.parametrize("case", cases("entities", "tags"))
def test_tags(case: dict[str, Any]) -> None:
    article = sample(1, title=case["title"], paragraphs=(case["text"],), source=case.get("source"))
    (found,) = enrich_alone([article], case.get("editor", {}))
    kinds = {tag.name: tag.kind for tag in found.tags}
    assert case.get("tags", {}).items() <= kinds.items()
    assert not set(case.get("not", ())) & set(kinds)


@pytest.mark.parametrize(
    ("article", "rule"),
    [
        (sample(1, tags=(Tag("تركيا", "topic", 1.0),)), "stated"),
        (sample(1, title="معرض في تركيا", paragraphs=("شاركت تركيا في المعرض.",)), "gazetteer"),
    ],
    ids=["stated", "gazetteer"],
)
def test_rules(article: Article, rule: str) -> None:
    assert [(t.name, t.kind, t.rule) for t in tagger().tags(article)] == [("تركيا", "place", rule)]


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
    least = min(scale.shown for scale in shipped_scales().values())
    assert all(least - 0.01 <= tag.confidence <= 1 for tag in tags)
    assert [tag.confidence for tag in tags] == sorted((t.confidence for t in tags), reverse=True)
    assert all(key(tag.name) for tag in tags)


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        (["O", "B-PERS", "I-PERS", "O"], [("person", 1, 3)]),
        (["B-LOC", "B-LOC"], [("place", 0, 1), ("place", 1, 2)]),
        (["I-ORG", "I-LOC"], [("organisation", 0, 1), ("place", 1, 2)]),
        (["B-MISC", "O"], []),
        ([], []),
    ],
    ids=["one", "neighbours", "no beginning", "other", "none"],
)
def test_label_spans(labels: list[str], spans: list[Any]) -> None:
    assert label_spans(labels) == spans


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("وصل سامر. ثم عاد", [["وصل", "سامر", "."], ["ثم", "عاد"]]),
        ("بلغ 3.5 في المئة", [["بلغ", "3.5", "في", "المئة"]]),
        ("«كُتُب»", [["«", "كُتُب", "»"]]),
        ("", []),
    ],
    ids=["two", "number", "marks and quotes", "empty"],
)
def test_sentences(text: str, sentences: list[list[str]]) -> None:
    assert split_sentences([text]) == sentences
