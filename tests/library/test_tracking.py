"""Tracked queries: a later run can ask each again, and gets the same answer until that changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import closing

import pytest
from mujaz.delta import Delta
from mujaz.library import Library, TrackedLibrary
from mujaz.library.groups import ALL, dependency_key, group
from mujaz.library.tracking import QUERY_SEPARATOR
from mujaz.model import Tag
from mujaz.state.database import in_memory

from tests.support import sample

DAY = dt.date(2025, 7, 14)
ARTICLES = [
    sample(1, date=DAY, section="ثقافة", source="سانا", tags=(Tag("حلب", "place", 0.9),)),
    sample(2, date=DAY - dt.timedelta(1), source="2025"),
    sample(3),
]
OWN_ID = ARTICLES[0].id
QUERIES: dict[str, tuple[str, Callable[[TrackedLibrary], object]]] = {
    "card": (f"article\x1f{OWN_ID}", lambda library: library.card(OWN_ID)),
    "article": (f"article\x1f{OWN_ID}", lambda library: library.article(OWN_ID)),
    "newest": ("group\x1fsource\x1f2025", lambda library: library.newest(group("source", "2025"))),
    "page": (f"group\x1f{ALL}", lambda library: library.cards_on_page(ALL, "dated", 1, 2)),
    "last page": (f"group\x1f{ALL}", lambda library: library.is_last_page(ALL, "dated", 1, 2)),
    "around": (f"group\x1f{ALL}", lambda library: library.around(ALL, OWN_ID, 2)),
    "groups": ("names\x1fsource", lambda library: library.names("source")),
    "tags": ("names\x1ftag", lambda library: library.most_tagged(["place", "person"], 5)),
    "days": ("names\x1fday", lambda library: library.days_around(DAY.isoformat())),
    "months": ("names\x1fmonth-names", lambda library: library.month_names()),
    "of a day": (
        "group\x1fsection\x1fثقافة",
        lambda library: library.newest_of_day(group("section", "ثقافة"), DAY),
    ),
    "reported": (
        "group\x1fsource\x1fسانا",
        lambda library: library.reported(group("source", "سانا")),
    ),
    "outside": ("outside-headlines", lambda library: library.outside_headlines(5)),
    "stories": ("stories", lambda library: library.latest_stories(3)),
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_recorded_query_names_its_key_and_can_be_asked_again(name: str) -> None:
    key, ask = QUERIES[name]
    with closing(in_memory()) as base:
        library = Library(base)
        library.apply(Delta(upserted=ARTICLES))
        first, later = TrackedLibrary(library), TrackedLibrary(library)
        answer = ask(first)
        assert key in {query.partition(QUERY_SEPARATOR)[0] for query in first.recorded}
        fingerprints = {query: first.fingerprint(query) for query in first.recorded}
        assert {query: later.fingerprint(query) for query in first.recorded} == fingerprints
        assert later.recorded == set()
        assert ask(later) == answer


def test_an_answer_that_stays_has_its_fingerprint_still() -> None:
    with closing(in_memory()) as base:
        library = Library(base)
        library.apply(Delta(upserted=ARTICLES))
        before = TrackedLibrary(library)
        assert before.is_last_page(ALL, "dated", 1, 1) is False
        assert before.size(ALL).all == 3
        changed = library.apply(Delta(upserted=[sample(4, date=DAY)]))
        assert dependency_key("group", ALL) in changed
        after = TrackedLibrary(library)
        is_same = {
            query.split(QUERY_SEPARATOR)[1]: after.fingerprint(query) == before.fingerprint(query)
            for query in before.recorded
        }
        assert is_same == {"is_last_page": True, "size": False}


def test_months_are_those_that_most_articles_name() -> None:
    with closing(in_memory()) as base:
        library = Library(base)
        names = []
        for number, text in enumerate(["", "في 3 أغسطس 2015", "في 4 آب 2015", "في 5 أوت", "6 أوت"]):
            library.apply(Delta(upserted=[sample(number, paragraphs=(text,))]))
            names.append(library.month_names())
        assert names == ["levant", "gulf", "levant", "levant", "maghreb"]
        library.apply(Delta(removed={sample(4).id}))
        assert library.month_names() == "levant"
