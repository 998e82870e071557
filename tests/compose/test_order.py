"""The order of lists: all articles, newest first, and no source fills the first rows alone."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from itertools import groupby, pairwise

from hypothesis import given
from hypothesis import strategies as st
from mujaz.compose.order import each_report_once, interleaved
from mujaz.library.groups import day_of, sort_key_of
from mujaz.site_model import Card, Story
from mujaz.state.serialisation import card_of

from tests.support import SOURCES, days, sample

_TIMES = st.one_of(st.none(), st.times(timezones=st.sampled_from([None, dt.UTC])))


def _card(number: int, source: str | None, day: dt.date | None, time: dt.time | None) -> Card:
    return replace(card_of(sample(number, date=day)), source=source, time=time)


_CARDS = st.lists(
    st.tuples(
        st.integers(0, 30),
        st.sampled_from([None, *SOURCES]),
        st.sampled_from([None, *days(3)]),
        _TIMES,
    ),
    max_size=40,
).map(lambda rows: [_card(*row) for row in rows])


@given(_CARDS)
def test_all_stay_and_days_keep_their_order(cards: list[Card]) -> None:
    rows = interleaved(cards)
    assert Counter(map(repr, rows)) == Counter(map(repr, cards))
    assert [card.date for card in rows] == [card.date for card in cards]
    assert interleaved(cards) == rows


@given(st.lists(st.integers(0, 4), min_size=20, max_size=60))
def test_no_source_has_most_of_the_first_rows_where_others_have_enough(picks: list[int]) -> None:
    cards = [_card(n, SOURCES[pick % 4], dt.date(2025, 7, 1), None) for n, pick in enumerate(picks)]
    rows = [card.source for card in interleaved(cards)]
    for place, source in enumerate(rows):
        if source in rows[max(0, place - 2) : place]:  # only where no more than two are left
            assert len(set(rows[place:])) <= 2


def test_a_source_that_published_all_at_once_is_spread() -> None:
    day, late = dt.date(2025, 7, 1), dt.time(23, 48)
    burst = [_card(n, SOURCES[0], day, late) for n in range(20)]
    others = [_card(20 + n, SOURCES[1 + n % 3], day, dt.time(9)) for n in range(20)]
    first = [card.source for card in interleaved(burst + others)[:20]]
    assert max(Counter(first).values()) <= 8


def test_times_count_where_sources_alternate_already() -> None:
    cards = [
        _card(n, SOURCES[n % 4], dt.date(2025, 7, 1), dt.time(12, n)) for n in (3, 5, 0, 2, 4, 1)
    ]
    assert [card.time for card in interleaved(cards)] == [dt.time(12, n) for n in range(5, -1, -1)]


def test_a_report_of_an_agency_stands_once_in_each_story() -> None:
    cards = [
        replace(_card(n, SOURCES[n], None, None), agency=agency)
        for n, agency in enumerate(("رويترز", "رويترز", "أ ف ب", None))
    ]
    story = Story("s", "", tuple(card.id for card in cards), None, None)
    assert each_report_once(cards, lambda _: story) == [cards[0], *cards[2:]]
    assert each_report_once(cards, lambda _: None) == cards


def test_the_sort_key_knows_day_and_half_hour_and_nothing_else() -> None:
    day = dt.date(2025, 7, 1)
    articles = [
        sample(n, date=when, time=time)
        for n, (when, time) in enumerate(
            [
                (day, dt.time(23, 59)),
                (day, dt.time(12, 31)),
                (day, dt.time(12, 29)),
                (day - dt.timedelta(1), dt.time(23)),
                (None, None),
            ]
        )
    ]
    keys = [sort_key_of(article) for article in articles]
    assert sorted(keys) == keys
    assert [day_of(sort_key_of(article)) for article in articles] == [a.date for a in articles]
    bursts = [sample(n, date=day, source=SOURCES[n // 50]) for n in range(200)]
    order = [article.source for article in sorted(bursts, key=sort_key_of)]
    assert max(len(list(run)) for _, run in groupby(order)) < 10
    assert all(one != other for one, other in pairwise(map(sort_key_of, bursts)))
