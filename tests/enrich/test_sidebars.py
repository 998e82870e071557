"""Headlines beside articles, whatever comes, changes and goes."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.enrich.headlines import calibration as trust
from mujaz.enrich.headlines import site_model as own
from mujaz.enrich.headlines import training_sample as sample
from mujaz.enrich.headlines.overlap import Overlap, runs_of
from mujaz.enrich.headlines.sidebars import Sidebars
from mujaz.model import Article, Headline

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
        patch.setattr(sample, "SIZES", (2, 4, 8))
        patch.setattr(trust, "_FEWEST", 4)
        patch.setattr(trust, "PRECISION", 0.5)
        patch.setattr(own, "_FEWEST", 6)
        patch.setattr(own, "_CRF", {"c1": 0.3, "c2": 0.5, "max_iterations": 3})
        yield


def anew(collection: Collection) -> dict[str, tuple[Headline, ...]]:
    sidebars = Sidebars(sqlite3.connect(":memory:"))
    assert sidebars.update((), collection.values()) == set()
    return {file: sidebars.headlines(file) for file in collection}


@given(STEPS)
@settings(max_examples=60)
def test_whatever_happens(steps: list[tuple[list[Article], list[int]]]) -> None:
    base = sqlite3.connect(":memory:")
    now: Collection = {}
    beside: dict[str, tuple[Headline, ...]] = {}
    for come, numbers in steps:
        new = {each.file: each for each in come}
        gone = {f"{number:03}.txt" for number in numbers} & now.keys() - new.keys()
        now = {file: each for file, each in (now | new).items() if file not in gone}
        told = Sidebars(base).update([*gone, *(new.keys() & beside.keys())], new.values())
        after = {file: Sidebars(base).headlines(file) for file in now}
        assert after == anew(now)
        others = beside.keys() & after.keys() - new.keys()
        assert told == {file for file in others if beside[file] != after[file]}
        assert all(Sidebars(base).headlines(file) == () for file in gone)
        beside = after


@given(STEPS)
@settings(max_examples=20)
def test_what_is_gone_leaves_nothing(steps: list[tuple[list[Article], list[int]]]) -> None:
    base = sqlite3.connect(":memory:")
    files: set[str] = set()
    for come, _ in steps:
        Sidebars(base).update((), {each.file: each for each in come}.values())
        files |= {each.file for each in come}
    Sidebars(base).update(files, ())
    for table in ("titles", "pages", "lines", "beside", "edges", "sample"):
        assert base.execute(f"select count(*) from sidebars_{table}").fetchone() == (0,)


@given(st.lists(LINES.filter(bool), min_size=1, max_size=5), st.lists(LINES.filter(bool)))
def test_overlap_is_of_the_lines_there_are(lines: list[str], others: list[str]) -> None:
    words = [line.split() for line in lines]
    one, two = (Overlap(sqlite3.connect(":memory:")) for _ in range(2))
    one.change((), words)
    two.change((), [line.split() for line in others])
    changed = two.change([line.split() for line in others], words)
    for line in words:
        assert one.log_odds(runs_of(line)) == two.log_odds(runs_of(line))
    told = {run for line in words for run in runs_of(line)}
    assert changed <= told | {run for line in others for run in runs_of(line.split())}


def test_an_article_without_anything_beside_it_looks_at_nothing() -> None:
    base = sqlite3.connect(":memory:")
    Sidebars(base).update((), [article(i, sidebar_raw=" ".join(HEADLINES)) for i in range(5)])
    asked: list[str] = []
    base.set_trace_callback(asked.append)
    new = article(7)
    Sidebars(base).update((), [new])
    Sidebars(base).update([new.file], [replace(new, paragraphs=("متن آخر.",))])
    looked = [each for each in asked if not each.startswith("create")]
    assert not [each for each in looked if "runs" in each or "sidebars_edges" in each]
