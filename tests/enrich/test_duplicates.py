"""Copies: what an update leaves is what one update from nothing leaves."""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.arabic.slugs import digest
from mujaz.enrich.duplicates import clusters as leading
from mujaz.enrich.duplicates.duplicates import Copies, Merged, merge
from mujaz.enrich.duplicates.shingles import is_copy, shingles, unpacked
from mujaz.model import Article

from tests.support import prose, sample

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


class _Kept:
    """What someone holds who is only told of changes."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.leaders: dict[str, Article] = {}
        self.duplicates: dict[str, str] = {}
        base = sqlite3.connect(":memory:")
        self.copies = Copies(base, lambda file: self.articles[file])

    def update(self, come: Iterable[Article], gone: Iterable[str] = ()) -> Merged:
        new = {article.file: article for article in come}
        left = [file for file in self.articles if file in new or file in set(gone)]
        self.articles = {f: a for f, a in self.articles.items() if f not in left} | new
        merged = self.copies.update(left, new.values())
        for file, article in merged.leaders.items():
            self.leaders.pop(file, None)
            if article:
                self.leaders[file] = article
        for file, stands in merged.duplicates.items():
            self.duplicates.pop(file, None)
            if stands:
                self.duplicates[file] = stands
        return merged


@pytest.mark.parametrize("common", [1, 2, 40])
@given(_CHANGES)
@settings(max_examples=60)
def test_any_history_ends_as_one_update_does(
    common: int, changes: list[tuple[list[Article], set[int]]]
) -> None:
    with patch.object(leading, "_COMMON", common):
        kept = _Kept()
        for come, gone in changes:
            kept.update(come, [f"{number:02}.txt" for number in gone])
        leaders, duplicates = merge(kept.articles.values())
        assert kept.leaders == {article.file: article for article in leaders}
        assert kept.duplicates == duplicates
        assert kept.copies.duplicates() == len(duplicates)
        for file in kept.articles:
            assert kept.copies.leader_of(file) == duplicates.get(file, file)
        assert len({article.id for article in leaders}) == len(leaders)
        assert _led(kept.articles.values(), common) == _led_in(kept)


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
            file for file in leaders if file in rivals and is_copy(frozenset(own), leaders[file])
        )
        led[article.file] = next(copied, article.file)
        if led[article.file] == article.file:
            leaders[article.file] = own
            for key in keys:
                holders.setdefault(key, []).append(article.file)
    return led


def _led_in(kept: _Kept) -> dict[str, str]:
    """Return what leads each: the fullest of its group."""
    found = leading.Leading(kept.copies._base, shingles)
    return {file: found.group(file)[0] for file in kept.articles}


def test_an_update_tells_what_changed_and_no_more() -> None:
    kept = _Kept()
    full, other = sample(1, source="سانا"), sample(2)
    kept.update([full, other, *(sample(number) for number in range(3, 30))])
    cut = replace(full, file="900.txt", source="الواحة", paragraphs=full.paragraphs[:1])
    told = kept.update([cut])
    assert dict(told.leaders) == {full.file: replace(full, also_in=("الواحة",))}
    assert told.duplicates == {cut.file: full.file}
    told = kept.update([], [full.file])
    assert dict(told.leaders) == {full.file: None, cut.file: cut}
    assert told.duplicates == {cut.file: None}
    told = kept.update([replace(other, place="حلب")])
    assert dict(told.leaders) == {other.file: replace(other, place="حلب")}
    assert told.duplicates == {}


def test_the_oldest_of_a_column_has_the_plain_id() -> None:
    kept = _Kept()
    days = [sample(n, title="الطقس", date=dt.date(2025, 1, n)) for n in range(1, 6)]
    kept.update(days[1:4])
    plain = digest("", "الطقس")
    ids = {file: article.id for file, article in kept.leaders.items()}
    assert ids["002.txt"] == plain
    assert len(set(ids.values())) == 3
    assert set(kept.update(days[4:]).leaders) == {"005.txt"}
    assert set(kept.update(days[:1]).leaders) == {"001.txt", "002.txt"}
    assert kept.leaders["001.txt"].id == plain
    assert kept.leaders["003.txt"].id == ids["003.txt"]


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
    assert merge([full, retold, cut])[1] == dict.fromkeys((retold.file, cut.file), full.file)


def test_a_closing_line_of_a_paper_makes_no_copies() -> None:
    closing = prose(7, 40)
    told = [sample(n, paragraphs=(prose(n, 200), closing)) for n in range(100, 160)]
    copies = [replace(article, file=f"x{article.file}") for article in told]
    assert merge([*told, *copies])[1] == {
        copy.file: article.file for copy, article in zip(copies, told, strict=True)
    }
