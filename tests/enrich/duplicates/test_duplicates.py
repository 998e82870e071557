"""Copies: what an update leaves is what one update from nothing leaves."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.arabic.slugs import digest
from mujaz.delta import Delta
from mujaz.enrich import Duplicates
from mujaz.enrich.duplicates import cluster_update, clusters
from mujaz.enrich.duplicates import shingles as shingles_module
from mujaz.enrich.duplicates.shingles import Shingles, relation, shingles, unpacked
from mujaz.model import Article, Duplicate
from mujaz.state.database import in_memory

from tests.support import cases, duplicates_in, prose, sample

_SENTENCES = tuple(prose(number, 12) for number in range(8))


@st.composite
def _articles(draw: st.DrawFn) -> Article:
    """Draw one of few files, of few sentences, papers, headlines and days: many are alike."""
    told = draw(st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=8))
    title = draw(st.sampled_from(("الطقس اليوم", "أسعار السوق")))
    source = draw(st.sampled_from((None, "سانا", "الواحة")))
    day = draw(st.sampled_from((None, dt.date(2025, 1, 1), dt.date(2025, 1, 2))))
    file = f"{draw(st.integers(0, 14)):02}.txt"
    return sample(0, file=file, title=title, source=source, date=day, paragraphs=tuple(told))


_CHANGES = st.lists(
    st.tuples(st.lists(_articles(), max_size=8), st.sets(st.integers(0, 14), max_size=4)),
    max_size=6,
)


class _Follower:
    """What someone holds who is only told of changes."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.representatives: dict[str, Article] = {}
        self.base = in_memory()
        self.duplicates = Duplicates(self.base, lambda file: self.articles[file])

    def update(self, upserted: Iterable[Article], removed: Iterable[str] = ()) -> Delta[str]:
        """Apply a change; of the removed files, those that are not there are left out."""
        new = {article.file: article for article in upserted}
        gone = {file for file in removed if file in self.articles and file not in new}
        self.articles = {f: a for f, a in self.articles.items() if f not in gone} | new
        delta = self.duplicates.apply(Delta(gone, new))
        for file in delta.removed:
            self.representatives.pop(file, None)
        for file in delta.upserted:
            self.representatives[file] = self.duplicates.article(file)
        return delta


def _at_once(articles: Iterable[Article]) -> _Follower:
    """Return what one update from nothing leaves."""
    follower = _Follower()
    follower.update(articles)
    return follower


@pytest.mark.parametrize("common", [1, 2, 40])
@given(_CHANGES)
@settings(max_examples=60)
def test_any_history_ends_as_one_update_does(
    common: int, changes: list[tuple[list[Article], set[int]]]
) -> None:
    with (
        patch.object(cluster_update, "MAX_REPRESENTATIVES_WITH_KEY", common),
        patch.object(shingles_module, "_MIN_CUT_SHINGLES", 20),
    ):
        follower = _Follower()
        for upserted, removed in changes:
            follower.update(upserted, [f"{number:02}.txt" for number in removed])
        expected = _at_once(follower.articles.values())
        assert follower.representatives == expected.representatives
        duplicates = duplicates_in(expected.base)
        assert duplicates_in(follower.base) == duplicates
        assert follower.duplicates.count() == len(duplicates)
        for file in follower.articles:
            assert follower.duplicates.representative_of(file) == duplicates.get(file, file)
        ids = {article.id for article in expected.representatives.values()}
        assert len(ids) == len(expected.representatives)
        led, containers = _led(follower.articles.values(), common)
        assert led == _led_in(follower)
        for article in expected.representatives.values():
            told = {duplicates.get(each, each) for each in containers[led[article.file]]}
            assert set(article.also_told_in) == told
            for container in article.also_told_in:
                assert article.file in expected.representatives[container].also_tells


def _led(articles: Iterable[Article], common: int) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Return what leads each, and what contains leaders, by definition: from the fullest on."""
    leaders: dict[str, Shingles] = {}
    holders: dict[int, list[str]] = {}
    led, containers = dict[str, str](), dict[str, set[str]]()
    for article in sorted(articles, key=lambda a: (-sum(map(len, a.paragraphs)), a.file)):
        own = unpacked(shingles(article))
        found = [holders.get(key, []) for key in own.keys]
        rivals = {file for each in found if len(each) <= common for file in each}
        relations = {file: relation(own, leaders[file]) for file in leaders if file in rivals}
        copied = (file for file, each in relations.items() if each == "duplicate")
        led[article.file] = next(copied, article.file)
        containers[article.file] = {f for f, each in relations.items() if each == "contained"}
        if led[article.file] == article.file:
            leaders[article.file] = own
            for key in own.keys:
                holders.setdefault(key, []).append(article.file)
    return led, containers


def _led_in(follower: _Follower) -> dict[str, str]:
    """Return what leads each: the fullest of its group."""
    leading = clusters.Clusters(follower.base)
    return {file: leading.files_with(file)[0] for file in follower.articles}


def test_an_update_tells_what_changed_and_no_more() -> None:
    follower = _Follower()
    full, other = sample(1, source="سانا"), sample(2)
    follower.update([full, other, *(sample(number) for number in range(3, 30))])
    cut = replace(full, file="900.txt", source="الواحة", paragraphs=full.paragraphs[:1])
    assert follower.update([cut]) == Delta(set(), [full.file])
    listed = (Duplicate(cut.file, "الواحة", cut.title, None),)
    assert follower.representatives[full.file] == replace(
        full, also_in=("الواحة",), duplicates=listed
    )
    assert duplicates_in(follower.base) == {cut.file: full.file}
    assert follower.update([], [full.file]) == Delta({full.file}, [cut.file])
    assert follower.representatives[cut.file] == cut
    assert duplicates_in(follower.base) == {}
    elsewhere = replace(other, place="حلب")
    assert follower.update([elsewhere]) == Delta(set(), [other.file])
    assert follower.representatives[other.file] == elsewhere


def test_the_oldest_of_a_column_has_the_plain_id() -> None:
    follower = _Follower()
    days = [sample(n, title="الطقس", date=dt.date(2025, 1, n)) for n in range(1, 6)]
    follower.update(days[1:4])
    plain = digest("", "الطقس")
    ids = {file: article.id for file, article in follower.representatives.items()}
    assert ids["002.txt"] == plain
    assert len(set(ids.values())) == 3
    assert follower.update(days[4:]).upserted == ["005.txt"]
    assert follower.update(days[:1]).upserted == ["001.txt", "002.txt"]
    assert follower.representatives["001.txt"].id == plain
    assert follower.representatives["003.txt"].id == ids["003.txt"]


@pytest.mark.parametrize("case", cases("duplicates", "pairs"))
def test_one_text_or_one_formula(case: dict[str, Any]) -> None:
    formula = prose(3, 120)
    one, other = (
        sample(
            number,
            title=case[name]["title"],
            paragraphs=(case[name]["text"], formula),
            date=case[name].get("date"),
        )
        for number, name in enumerate(("one", "other"), 1)
    )
    assert bool(duplicates_in(_at_once([one, other]).base)) is case["duplicates"]


def _retold(text: str, share: float, seed: int) -> str:
    one = random.Random(seed)
    return " ".join("لا" if one.random() < share else word for word in text.split())


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("first", [0, 250, 500, 750])
def test_cuts_and_retold_texts_are_found(seed: int, first: int) -> None:
    words = prose(seed, 1_000).split()
    full = sample(1, paragraphs=(" ".join(words),))
    retold = sample(2, paragraphs=(_retold(" ".join(words), 0.08, seed),))
    cut = sample(3, paragraphs=(" ".join(words[first // 2 : first // 2 + 500]),))
    assert duplicates_in(_at_once([full, retold, cut]).base) == dict.fromkeys(
        (retold.file, cut.file), full.file
    )


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("first", [0, 250, 500, 800])
def test_a_statement_in_a_round_up_keeps_its_page(seed: int, first: int) -> None:
    words = prose(seed, 1_000).split()
    round_up = sample(1, paragraphs=(" ".join(words),))
    statement = sample(2, paragraphs=(" ".join(words[first : first + 200]),))
    copied = replace(statement, file="003.txt", source="الواحة")
    follower = _at_once([round_up, statement, copied])
    assert duplicates_in(follower.base) == {copied.file: statement.file}
    articles = follower.representatives
    assert articles[statement.file].also_told_in == (round_up.file,)
    assert articles[round_up.file].also_tells == (statement.file,)
    assert articles[round_up.file].also_told_in == articles[statement.file].also_tells == ()


def test_who_contains_a_text_is_told_of_what_becomes_of_it() -> None:
    follower = _Follower()
    words = prose(1, 500).split()
    round_up, other = sample(1, paragraphs=(" ".join(words),)), sample(9)
    statement = sample(2, paragraphs=(" ".join(words[:100]),))
    fuller = sample(3, paragraphs=(" ".join(words[:101]),))
    follower.update([round_up, other])
    assert follower.update([statement]) == Delta(set(), [round_up.file, statement.file])
    # The fuller text represents both.
    change = follower.update([fuller])
    assert change == Delta({statement.file}, [round_up.file, fuller.file])
    assert follower.representatives[round_up.file].also_tells == (fuller.file,)
    assert follower.update([], [round_up.file]) == Delta({round_up.file}, [fuller.file])
    assert follower.representatives[fuller.file].also_told_in == ()


def test_a_round_up_of_many_statements_costs_no_more_than_they_do() -> None:
    statements = [sample(n, paragraphs=(prose(n, 60),)) for n in range(100, 220)]
    round_up = sample(1, paragraphs=tuple(each.paragraphs[0] for each in statements))
    follower = _at_once(statements)
    asked: list[str] = []
    follower.base.set_trace_callback(asked.append)
    change = follower.update([round_up])
    follower.base.set_trace_callback(None)
    told = follower.representatives[round_up.file].also_tells
    assert len(told) > 0.6 * len(statements)
    assert change.upserted == sorted([round_up.file, *told])
    assert len(asked) < 60 * len(statements)


def test_a_closing_line_of_a_paper_makes_no_copies() -> None:
    closing = prose(7, 40)
    told = [sample(n, paragraphs=(prose(n, 200), closing)) for n in range(100, 160)]
    copies = [replace(article, file=f"x{article.file}") for article in told]
    assert duplicates_in(_at_once([*told, *copies]).base) == {
        copy.file: article.file for copy, article in zip(copies, told, strict=True)
    }
