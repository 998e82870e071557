"""Names are spelled as most articles spell them, however the articles came."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.arabic.normalise import key
from mujaz.delta import Delta
from mujaz.enrich.entities.spellings import Spellings
from mujaz.enrich.entities.tagger import EditorTable
from mujaz.model import Article, Tag
from mujaz.state.database import in_memory

from tests.support import cases, sample

NAMES = ("أحمد", "احمد", "آحمد", "هبة", "هبه", "حلب")
TAGS = st.lists(
    st.builds(
        Tag,
        st.sampled_from(NAMES),
        st.just("person"),
        st.just(0.9),
        st.sampled_from(["model", "model", "gazetteer", "stated"]),
    ),
    max_size=3,
    unique_by=lambda tag: tag.name,
)
STEPS = st.lists(
    st.tuples(st.lists(st.integers(0, 5)), st.dictionaries(st.integers(0, 5), TAGS)), max_size=6
)
SETTLED = ("gazetteer", "stated", "editor")


def tagged(file: str, tags: Sequence[Tag]) -> Article:
    return sample(0, file=file, tags=tuple(tags))


def expected(articles: Mapping[str, Sequence[Tag]], editor: Sequence[str]) -> dict[str, str]:
    """Return the usual spelling of each name, worked out from all articles at once."""
    tags = [tag for own in articles.values() for tag in own]
    counts = Counter(tag.name for tag in tags)
    found = {}
    for folded in {key(tag.name) for tag in tags}:
        own = [name for name in counts if key(name) == folded]
        settled = [t.name for t in tags if t.rule in SETTLED and key(t.name) == folded]
        found[folded] = min(settled) if settled else min(own, key=lambda n: (-counts[n], n))
    return {**found, **{key(name): name for name in editor}}


@pytest.mark.parametrize("case", cases("entities", "spelled"))
def test_the_most_frequent_or_what_is_settled(case: dict[str, Any]) -> None:
    articles = [(f"{i}", [Tag(n, "person", 0.9, "model")]) for i, n in enumerate(case["names"])]
    articles += [(f"s{i}", [Tag(n, "person", 0.9)]) for i, n in enumerate(case["settled"])]
    with closing(in_memory()) as base:
        spellings = Spellings(base, EditorTable({}))
        spellings.apply(Delta(upserted=itertools.starmap(tagged, articles)))
        assert spellings.usual(key(case["usual"])) == case["usual"]


@given(STEPS, st.sampled_from([(), ("هبة",)]))
def test_whatever_happens(
    steps: list[tuple[list[int], dict[int, list[Tag]]]], editor: tuple[str, ...]
) -> None:
    articles: dict[str, list[Tag]] = {}
    with closing(in_memory()) as base:
        spellings = Spellings(
            base, EditorTable({"rename": dict.fromkeys(["x"], *editor)} if editor else {})
        )
        for gone, come in steps:
            before = {f: spellings.spelled(own) for f, own in articles.items()}
            new = {str(number): tags for number, tags in come.items()}
            left = {str(number) for number in gone} | new.keys()
            upserted = itertools.starmap(tagged, new.items())
            changed = {*spellings.apply(Delta(left - new.keys(), upserted)).upserted}
            articles = {f: own for f, own in articles.items() if f not in left} | new
            usual = expected(articles, editor)
            for file, own in articles.items():
                shown = spellings.spelled(own)
                assert [tag.name for tag in shown] == [usual[key(tag.name)] for tag in own]
                if file not in left and shown != before[file]:
                    assert file in changed
