"""Site knowledge: after any history, each page is parsed as if all pages had come at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.arabic.normalise import key
from mujaz.delta import Delta
from mujaz.model import Article, Document, Problem, Stated
from mujaz.parse import SiteKnowledge, draft, learn_vocabulary, parse_article
from mujaz.parse.site_knowledge import evidence_counts, site_knowledge
from mujaz.state.database import in_memory

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
    f"{prose(41, 30)} نداء الهضبة معكم دائما",
)
_HEADS = ((), ("بوابة الهضبة",), ("بوابة الهضبة", "من هنا وهناك"), ("نداء الهضبة",))


@st.composite
def _documents(draw: st.DrawFn) -> Document:
    """Draw a page with one of few headlines, signatures, openings and tails."""
    headline = draw(st.sampled_from((*_HEADLINES, " ".join(_HEADLINES[1:4]))))
    signatures = draw(st.lists(st.sampled_from(_SIGNS), min_size=1, max_size=2))
    body = draw(st.lists(st.sampled_from(_OPENINGS), min_size=1, max_size=2))
    tail = draw(st.lists(st.sampled_from(_TAILS), max_size=3))
    stated = {"title": Stated(headline, "feed"), "source": Stated("نداء الهضبة - حلب", "feed")}
    apart = draw(st.integers(0, 4)) == 0
    head = draw(st.sampled_from(_HEADS))
    lines = (*head, *(() if apart else (headline,)), *signatures, *body, *tail)
    return Document(
        f"{draw(st.integers(0, 19)):02}.txt",
        "\n".join(lines),
        stated=stated if apart else {},
        has_headline=not apart,
    )


class _Parsed:
    """The parsed pages of a caller who parses again only those that must be."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.pages: dict[str, Article | Problem] = {}
        self.again: set[str] = set()
        self.knowledge = SiteKnowledge(in_memory(), PAPERS)

    def apply(self, upserted: Iterable[Document], removed: Iterable[str] = ()) -> None:
        new = {document.file: document for document in upserted}
        gone = self.documents.keys() & set(removed) - new.keys()
        for file in gone:
            del self.documents[file], self.pages[file]
        self.documents |= new
        self.again = {*self.knowledge.apply(Delta(gone, map(draft, new.values()))).upserted}
        assert self.again <= self.documents.keys() - new.keys()
        vocabulary = self.knowledge.vocabulary()
        for file in {*new, *self.again}:
            page = draft(self.documents[file])
            self.pages[file] = parse_article(page, vocabulary)
            self.knowledge.index_mentions(page)


@pytest.mark.parametrize(("batch_size", "single_queries"), [(1_000, 20), (3, 0)])
@given(
    st.lists(
        st.tuples(st.lists(_documents(), max_size=12), st.sets(st.integers(0, 19), max_size=5)),
        max_size=6,
    )
)
@settings(max_examples=100)
def test_any_history_reads_as_one_update_does(
    batch_size: int, single_queries: int, changes: list[tuple[list[Document], set[int]]]
) -> None:
    with (
        patch.object(evidence_counts, "_PAGES_PER_BATCH", batch_size),
        patch.object(site_knowledge, "_MAX_SINGLE_QUERIES", single_queries),
        patch.object(evidence_counts, "_MIN_BOILERPLATE_SHARE", 0.5),
    ):
        parsed = _Parsed()
        for upserted, removed in changes:
            parsed.apply(upserted, [f"{number:02}.txt" for number in removed])
        vocabulary = learn_vocabulary(map(draft, parsed.documents.values()), PAPERS)
        assert parsed.knowledge.vocabulary().sources == vocabulary.sources
        assert parsed.pages == {
            file: parse_article(draft(document), vocabulary)
            for file, document in parsed.documents.items()
        }


def _document(number: int, tail: str = "", **shape: Any) -> Document:
    return Document(f"{number:02}.txt", f"{raw(number, **shape)}\n{tail}")


def test_only_pages_with_mentions_are_parsed_again() -> None:
    parsed = _Parsed()
    tail = f"{_HEADLINES[0]} {_HEADLINES[1]}"
    parsed.apply([_document(1, tail), *map(_document, range(2, 12))])
    assert parsed.again == set()
    parsed.apply([_document(20, headline=_HEADLINES[0])])
    assert parsed.again == {"01.txt"}
    parsed.apply([_document(20, "سطر آخر", headline=_HEADLINES[0])])
    assert parsed.again == set()
    parsed.apply([_document(21, headline=_HEADLINES[1])])
    found = parsed.pages["01.txt"]
    assert isinstance(found, Article)
    assert found.sidebar_raw == tail
    parsed.apply([], ["20.txt"])
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
    parsed.apply([Document("90.txt", text)])
    parsed.apply(_document(number, dateline="نداء الهضبة:") for number in range(4))
    assert parsed.again == {"90.txt"}
    found = parsed.pages["90.txt"]
    assert isinstance(found, Article)
    assert found.source == "نداء الهضبة"


def test_headlines_are_mentioned_in_long_lines() -> None:
    parsed = _Parsed()
    parsed.apply([_document(1, " ".join(_HEADLINES) + " " + prose(60, 10).rstrip("."))])
    parsed.apply([_document(2, headline=_HEADLINES[3])])
    assert parsed.again == {"01.txt"}


def test_boilerplate_comes_and_goes_with_the_number_of_pages() -> None:
    with patch.object(evidence_counts, "_MIN_BOILERPLATE_SHARE", 0.5):
        parsed = _Parsed()
        parsed.apply(_document(number, "جميع الحقوق محفوظة") for number in range(4))
        assert key("جميع الحقوق محفوظة") in parsed.knowledge.vocabulary().boilerplate
        parsed.apply(map(_document, range(4, 9)))
        assert parsed.again == set()
        parsed.apply([_document(9)])
        assert parsed.again == {f"{number:02}.txt" for number in range(4)}
        parsed.apply([], ["09.txt"])
        assert parsed.again == {f"{number:02}.txt" for number in range(4)}


def test_a_paper_is_named_as_most_pages_spell_it() -> None:
    spelled = ["نداء الهضبه:", "نداء الهضبة:", "نداء الهضبة:"]
    parsed = _Parsed()
    parsed.apply(_document(number, dateline=name) for number, name in enumerate(spelled))
    parsed.apply([_document(9, dateline="السنديانة:")])
    assert parsed.again == set()
    parsed.apply([_document(3, dateline="نداء الهَضبه:")])
    assert parsed.again == {"00.txt", "01.txt", "02.txt"}
    sources = {page.source for page in parsed.pages.values() if isinstance(page, Article)}
    assert sources == {"نداء الهضبة", "السنديانة"}


@pytest.mark.parametrize(
    ("name", "signs", "source"),
    [
        ("نداء الهضبة", 4, "نداء الهضبة"),
        ("نداء الهضبة", 3, None),
        ("حلب", 4, None),
        ("كان يا ما كان", 4, None),
    ],
)
def test_a_name_that_signs_many_articles_is_a_paper(
    name: str, signs: int, source: str | None
) -> None:
    drafts = [draft(Document(f"{i}.txt", raw(i, dateline=f"{name}:"))) for i in range(signs)]
    vocabulary = learn_vocabulary(drafts, PAPERS)
    found = [parse_article(page, vocabulary) for page in drafts]
    assert {page.source for page in found if isinstance(page, Article)} == {source}


def test_headlines_of_other_pages_are_cut() -> None:
    texts = {f"{i}.txt": raw(i, headline=title) for i, title in enumerate(_HEADLINES[:3])}
    texts["2.txt"] += "\n" + " ".join(_HEADLINES[:2])
    drafts = [draft(Document(file, text)) for file, text in texts.items()]
    vocabulary = learn_vocabulary(drafts, PAPERS)
    found = parse_article(drafts[2], vocabulary)
    assert isinstance(found, Article)
    assert found.sidebar_raw == " ".join(_HEADLINES[:2])


def test_lines_above_many_headlines_are_no_headlines() -> None:
    above = "بوابة الهضبة\nمن هنا وهناك\n"
    drafts = [draft(Document(f"{i}.txt", above + raw(i))) for i in range(5)]
    vocabulary = learn_vocabulary(drafts, PAPERS)
    for number, page in enumerate(drafts):
        found = parse_article(page, vocabulary)
        assert isinstance(found, Article)
        assert found.title == raw(number).partition("\n")[0]
        assert found.sidebar_raw == above.rstrip()


def test_words_below_the_last_sentences_of_many_texts_are_cut() -> None:
    tail = "نداء الهضبة معكم دائما"
    drafts = [draft(Document(f"{i}.txt", f"{raw(i).rstrip()} {tail}")) for i in range(5)]
    vocabulary = learn_vocabulary(drafts, PAPERS)
    for page in drafts:
        found = parse_article(page, vocabulary)
        assert isinstance(found, Article)
        assert found.sidebar_raw == tail
        assert found.paragraphs[-1].endswith(".")
