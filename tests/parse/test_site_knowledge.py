"""What pages teach each other: after any history, each page reads as if all had come at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.arabic.normalise import key
from mujaz.model import Article, Document, Problem, Stated
from mujaz.parse import Lessons, article, draft, learn
from mujaz.parse.site_knowledge import evidence_counts as tallies
from mujaz.parse.site_knowledge import site_knowledge as lessons
from mujaz.parse.site_knowledge.page_evidence import asked, phrase, whole_line

from tests.support import prose, raw

PAPERS = ("السنديانة",)
_HEADLINES = tuple(prose(number, 5).rstrip(".") for number in range(5))
_LONG_SIGN = "نداء الهضبة – حلب – ليلى النجار، سامر حداد، منى الخطيب:"
_SIGNS = (
    "نداء الهضبة:",
    "نداء  الهَضبة:",
    "صحيفة نداء الهضبة",
    "حلب:",
    "14 تموز 2025",
    "",
    _LONG_SIGN,
)
_OPENINGS = tuple(
    head + prose(number, 50) for head in ("", "نداء الهضبة: ") for number in range(20, 25)
)
_TAILS = (
    "اقرأ أيضاً",
    " ".join(_HEADLINES[:2]),
    " ".join(_HEADLINES),
    _HEADLINES[0],
    f"{_HEADLINES[1]} {_HEADLINES[3]} وكان ذلك {prose(9, 6)}",
    "تابعونا على الشبكات",
    "تابعونا على الشبكات!",
    "جميع الحقوق محفوظة",
    prose(40, 30),
)


@st.composite
def _documents(draw: st.DrawFn) -> Document:
    """Draw a page with one of few headlines, signatures, openings and tails."""
    headline = draw(st.sampled_from((*_HEADLINES, " ".join(_HEADLINES[1:4]))))
    signatures = draw(st.lists(st.sampled_from(_SIGNS), min_size=1, max_size=2))
    body = draw(st.lists(st.sampled_from(_OPENINGS), min_size=1, max_size=2))
    tail = draw(st.lists(st.sampled_from(_TAILS), max_size=3))
    stated = {"title": Stated(headline, "feed"), "source": Stated("نداء الهضبة - حلب", "feed")}
    apart = draw(st.integers(0, 4)) == 0
    lines = (*(() if apart else (headline,)), *signatures, *body, *tail)
    return Document(
        f"{draw(st.integers(0, 19)):02}.txt",
        "\n".join(lines),
        stated=stated if apart else {},
        has_headline=not apart,
    )


class _Parsed:
    """What someone holds who parses again only what must be."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.pages: dict[str, Article | Problem] = {}
        self.again: set[str] = set()
        self.lessons = Lessons(sqlite3.connect(":memory:"), PAPERS)

    def update(self, come: Iterable[Document], gone: Iterable[str] = ()) -> None:
        new = {document.file: document for document in come}
        left = [file for file in self.documents if file in new or file in set(gone)]
        for file in left:
            del self.documents[file], self.pages[file]
        self.documents |= new
        self.again = self.lessons.update(left, map(draft, new.values()))
        assert self.again <= self.documents.keys() - new.keys()
        known = self.lessons.known()
        for file in {*new, *self.again}:
            page = draft(self.documents[file])
            self.pages[file] = article(page, known)
            self.lessons.asked(file, page)


@pytest.mark.parametrize(("batch", "few"), [(1_000, 20), (3, 0)])
@given(
    st.lists(
        st.tuples(st.lists(_documents(), max_size=12), st.sets(st.integers(0, 19), max_size=5)),
        max_size=6,
    )
)
@settings(max_examples=100)
def test_any_history_reads_as_one_update_does(
    batch: int, few: int, changes: list[tuple[list[Document], set[int]]]
) -> None:
    with (
        patch.object(tallies, "_BATCH", batch),
        patch.object(lessons, "_FEW", few),
        patch.object(tallies, "_RECURRING_SHARE", 0.5),
    ):
        parsed = _Parsed()
        for come, gone in changes:
            parsed.update(come, [f"{number:02}.txt" for number in gone])
        known = learn(map(draft, parsed.documents.values()), PAPERS)
        assert parsed.lessons.known().sources == known.sources
        assert parsed.pages == {
            file: article(draft(document), known) for file, document in parsed.documents.items()
        }


def _document(number: int, tail: str = "", **shape: Any) -> Document:
    return Document(f"{number:02}.txt", f"{raw(number, **shape)}\n{tail}")


def test_only_pages_that_asked_are_parsed_again() -> None:
    parsed = _Parsed()
    tail = f"{_HEADLINES[0]} {_HEADLINES[1]}"
    parsed.update([_document(1, tail), *map(_document, range(2, 12))])
    assert parsed.again == set()
    parsed.update([_document(20, headline=_HEADLINES[0])])
    assert parsed.again == {"01.txt"}
    parsed.update([_document(20, "سطر آخر", headline=_HEADLINES[0])])
    assert parsed.again == set()
    parsed.update([_document(21, headline=_HEADLINES[1])])
    found = parsed.pages["01.txt"]
    assert isinstance(found, Article)
    assert found.sidebar_raw == tail
    parsed.update([], ["20.txt"])
    assert parsed.again == {"01.txt"}


@pytest.mark.parametrize(
    "text",
    [
        f"{_HEADLINES[0]}\nحلب:\n{_LONG_SIGN}\n{_OPENINGS[0]}",
        f"{_HEADLINES[0]}\nنداء الهضبة: {_OPENINGS[0]}",
        f"{_HEADLINES[0]}\n14 تموز 2025\nنداء الهضبة – حلب: {_OPENINGS[0]}",
    ],
    ids=["second line", "before the text", "after a day"],
)
def test_wherever_a_paper_is_named_its_page_is_parsed_again(text: str) -> None:
    parsed = _Parsed()
    parsed.update([Document("90.txt", text)])
    parsed.update(_document(number, dateline="نداء الهضبة:") for number in range(4))
    assert parsed.again == {"90.txt"}
    found = parsed.pages["90.txt"]
    assert isinstance(found, Article)
    assert found.source == "نداء الهضبة"


def test_headlines_are_asked_about_in_long_lines() -> None:
    parsed = _Parsed()
    parsed.update([_document(1, " ".join(_HEADLINES) + " " + prose(60, 10).rstrip("."))])
    parsed.update([_document(2, headline=_HEADLINES[3])])
    assert parsed.again == {"01.txt"}


def test_boilerplate_comes_and_goes_with_the_number_of_pages() -> None:
    with patch.object(tallies, "_RECURRING_SHARE", 0.5):
        parsed = _Parsed()
        parsed.update(_document(number, "جميع الحقوق محفوظة") for number in range(4))
        assert key("جميع الحقوق محفوظة") in parsed.lessons.known().boilerplate
        parsed.update(map(_document, range(4, 9)))
        assert parsed.again == set()
        parsed.update([_document(9)])
        assert parsed.again == {f"{number:02}.txt" for number in range(4)}
        parsed.update([], ["09.txt"])
        assert parsed.again == {f"{number:02}.txt" for number in range(4)}


def test_a_paper_is_named_as_most_pages_spell_it() -> None:
    spelled = ["نداء الهضبه:", "نداء الهضبة:", "نداء الهضبة:"]
    parsed = _Parsed()
    parsed.update(_document(number, dateline=name) for number, name in enumerate(spelled))
    parsed.update([_document(9, dateline="السنديانة:")])
    assert parsed.again == set()
    parsed.update([_document(3, dateline="نداء الهَضبه:")])
    assert parsed.again == {"00.txt", "01.txt", "02.txt"}
    sources = {page.source for page in parsed.pages.values() if isinstance(page, Article)}
    assert sources == {"نداء الهضبة", "السنديانة"}


@pytest.mark.parametrize(
    ("pages", "enough"), [(0, 4), (249, 4), (250, 5), (499, 8), (500, 10), (10_000, 188)]
)
def test_boilerplate_stands_on_a_share_of_the_pages(pages: int, enough: int) -> None:
    base = sqlite3.connect(":memory:")
    tallies.create(base)
    base.execute("update lessons_total set pages = ?", (pages,))
    assert tallies.enough(base) == enough


def test_what_a_page_asked_about() -> None:
    text = f"{_HEADLINES[0]}\nالسنديانة:\n{_OPENINGS[0]}\n{_OPENINGS[1]}\nتابعونا"
    page = draft(Document("a.txt", text))
    article(page, learn([page], PAPERS))
    words = asked(page)
    assert whole_line(key(_HEADLINES[0])) in words
    assert whole_line(key("السنديانة")) in words
    assert whole_line(key("تابعونا")) in words
    assert phrase(key(" ".join(_OPENINGS[0].split()[:3]))) not in words
