"""Copies: what an update leaves is what one update from nothing leaves."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.arabic.slugs import digest
from mujaz.delta import Delta
from mujaz.enrich import Duplicates
from mujaz.enrich.duplicates import clusters
from mujaz.enrich.duplicates.shingles import is_duplicate, shingles, unpacked
from mujaz.model import Article
from mujaz.state.database import in_memory

from tests.support import duplicates_in, prose, sample

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
    with patch.object(clusters, "MAX_REPRESENTATIVES_WITH_KEY", common):
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
        assert _led(follower.articles.values(), common) == _led_in(follower)


def _led(articles: Iterable[Article], common: int) -> dict[str, str]:
    """Return what leads each by its definition: a look at all, from the fullest on."""
    leaders: dict[str, tuple[int, ...]] = {}
    holders: dict[int, list[str]] = {}
    led = {}
    for article in sorted(articles, key=lambda a: (-sum(map(len, a.paragraphs)), a.file)):
        keys, own = unpacked(shingles(article))
        found = [holders.get(key, []) for key in keys]
        rivals = {file for each in found if len(each) <= common for file in each}
        copied = (
            file
            for file in leaders
            if file in rivals and is_duplicate(frozenset(own), leaders[file])
        )
        led[article.file] = next(copied, article.file)
        if led[article.file] == article.file:
            leaders[article.file] = own
            for key in keys:
                holders.setdefault(key, []).append(article.file)
    return led


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
    assert follower.representatives[full.file] == replace(full, also_in=("الواحة",))
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


def _retold(text: str, share: float, seed: int) -> str:
    one = random.Random(seed)
    return " ".join("لا" if one.random() < share else word for word in text.split())


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("first", [0, 250, 500, 750])
def test_cuts_and_retold_texts_are_found(seed: int, first: int) -> None:
    words = prose(seed, 1_000).split()
    full = sample(1, paragraphs=(" ".join(words),))
    retold = sample(2, paragraphs=(_retold(" ".join(words), 0.08, seed),))
    cut = sample(3, paragraphs=(" ".join(words[first : first + 250]),))
    assert duplicates_in(_at_once([full, retold, cut]).base) == dict.fromkeys(
        (retold.file, cut.file), full.file
    )


def test_a_closing_line_of_a_paper_makes_no_copies() -> None:
    closing = prose(7, 40)
    told = [sample(n, paragraphs=(prose(n, 200), closing)) for n in range(100, 160)]
    copies = [replace(article, file=f"x{article.file}") for article in told]
    assert duplicates_in(_at_once([*told, *copies]).base) == {
        copy.file: article.file for copy, article in zip(copies, told, strict=True)
    }
