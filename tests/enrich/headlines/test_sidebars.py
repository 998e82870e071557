"""Headlines beside articles, whatever is added, changed and removed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.delta import Delta
from mujaz.enrich.headlines import Sidebars, calibration
from mujaz.model import Article, Headline
from mujaz.state.database import in_memory

from tests.support import prose
from tests.support import sample as article

Collection = dict[str, Article]
HEADLINES = [prose(10_000 + i, 3 + i % 5).rstrip(".") for i in range(14)]
HEADLINES += [f"{HEADLINES[0]} {HEADLINES[1]}", HEADLINES[2].replace("ة", "ه"), "قصير جداً"]
LINES = st.one_of(
    st.lists(st.sampled_from(HEADLINES), min_size=4, max_size=9).map(" ".join),
    st.tuples(st.integers(0, 8), st.integers(5, 8)).map(
        lambda at: " ".join(HEADLINES[at[0] : at[0] + at[1]])
    ),
    st.sampled_from(HEADLINES),
    st.sampled_from(["", "آخر الأخبار", prose(3, 40)]),
)
ARTICLES = st.builds(
    lambda number, title, lines, day, linked: article(
        number,
        title=title,
        sidebar_raw="\n".join(lines),
        date=day and dt.date(2025, 1, day),
        linked=tuple(lines[:2]) if linked else None,
        id=f"{number}",
    ),
    st.integers(0, 9),
    st.sampled_from(HEADLINES),
    st.lists(LINES, max_size=4),
    st.sampled_from([None, 1, 2, 3]),
    st.sampled_from([False, False, False, True]),
)
STEPS = st.lists(
    st.tuples(st.lists(ARTICLES, max_size=4), st.lists(st.integers(0, 9), max_size=2)),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module", autouse=True)
def _small() -> Iterator[None]:
    """Let a few headlines be enough to try the model, and some few to trust it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calibration, "SAMPLE_SIZES", (2, 4, 8))
        patch.setattr(calibration, "_MIN_TESTED_HEADLINES", 4)
        patch.setattr(calibration, "TARGET_PRECISION", 0.5)
        yield


def built_at_once(collection: Collection) -> dict[str, tuple[Headline, ...]]:
    sidebars = Sidebars(in_memory())
    assert not sidebars.apply(Delta(upserted=collection.values())).upserted
    return {file: sidebars.headlines(file) for file in collection}


@given(STEPS)
@settings(max_examples=60)
def test_whatever_happens(steps: list[tuple[list[Article], list[int]]]) -> None:
    base = in_memory()
    collection: Collection = {}
    before: dict[str, tuple[Headline, ...]] = {}
    for articles, numbers in steps:
        upserted = {each.file: each for each in articles}
        removed = {f"{number:03}.txt" for number in numbers} & collection.keys() - upserted.keys()
        collection = {f: each for f, each in (collection | upserted).items() if f not in removed}
        delta = Sidebars(base).apply(Delta(removed, upserted.values()))
        after = {file: Sidebars(base).headlines(file) for file in collection}
        assert after == built_at_once(collection)
        others = before.keys() & after.keys() - upserted.keys()
        assert not delta.removed
        assert {*delta.upserted} == {file for file in others if before[file] != after[file]}
        assert all(Sidebars(base).headlines(file) == () for file in removed)
        before = after


@given(STEPS)
@settings(max_examples=20)
def test_what_is_removed_leaves_nothing(steps: list[tuple[list[Article], list[int]]]) -> None:
    base = in_memory()
    files: set[str] = set()
    for articles, _ in steps:
        Sidebars(base).apply(Delta(upserted={each.file: each for each in articles}.values()))
        files |= {each.file for each in articles}
    Sidebars(base).apply(Delta(files))
    for table in (
        "headline_index",
        "sidebars",
        "glued_lines",
        "glued_line_files",
        "line_contexts",
        "calibration",
    ):
        assert base.execute(f"select count(*) from {table}").fetchone() == (0,)


def test_an_article_without_a_sidebar_reads_no_line() -> None:
    base = in_memory()
    glued = [article(i, sidebar_raw=" ".join(HEADLINES)) for i in range(5)]
    Sidebars(base).apply(Delta(upserted=glued))
    statements: list[str] = []
    base.set_trace_callback(statements.append)
    new = article(7)
    Sidebars(base).apply(Delta(upserted=[new]))
    Sidebars(base).apply(Delta(upserted=[replace(new, paragraphs=("متن آخر.",))]))
    assert statements
    assert not [each for each in statements if "contexts" in each]
