"""Parsing: every shape of a raw page, and that no line of one is ever lost."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.arabic.normalise import clean, fold_spaces, key
from mujaz.arabic.phrases import Phrases
from mujaz.data import table
from mujaz.model import Article, Document, Problem, Stated
from mujaz.parse import SiteVocabulary, draft, learn_vocabulary, parse_article

from tests.support import ANY_TEXT, SOURCES, cases, prose, raw

PAPERS = (*table("sources"), *SOURCES)
OTHERS = ("قطاف الزيتون يبدأ في الوادي", "تعادل فريق المرفأ في الجولة الأخيرة")
HEADLINE = "افتتاح مكتبة عامة في حي السوق"
DATELINES = ("السنديانة:", "السنديانة – حلب ليلى النجار:", "14 تموز 2025")


def parse(text: str, file: str = "a.txt", known: tuple[str, ...] = ()) -> Article | Problem:
    section = file.split("/")[-2] if "/" in file else None
    page = draft(Document(file, text, section))
    learned = learn_vocabulary([page], PAPERS)
    headlines = Phrases(map(key, known)) if known else learned.headlines
    return parse_article(page, SiteVocabulary(headlines, learned.sources, learned.places))


def text_of(case: dict[str, Any]) -> str:
    lines = case["raw"]
    if isinstance(lines, str):
        return lines
    return "\n".join(" ".join(line) if isinstance(line, list) else str(line) for line in lines)


@pytest.mark.parametrize("case", cases("articles", "articles"))
def test_article(case: dict[str, Any]) -> None:
    found = parse(text_of(case), case.get("file", "a.txt"), tuple(case.get("known", ())))
    assert isinstance(found, Article), found
    assert {
        "title": found.title,
        "source": found.source,
        "place": found.place,
        "authors": list(found.authors),
        "date": found.date,
        "section": found.section,
        "paragraphs": list(found.paragraphs),
    } == {
        "title": case["title"],
        "source": case.get("source"),
        "place": case.get("place"),
        "authors": case.get("authors", []),
        "date": case.get("date"),
        "section": case.get("section"),
        "paragraphs": case["paragraphs"],
    }
    cut = case.get("cut", [])
    assert bool(found.sidebar_raw) == bool(cut), found.sidebar_raw
    assert [part for part in cut if part not in found.sidebar_raw] == []
    assert [part for part in cut if part in "\n".join(found.paragraphs)] == []


@pytest.mark.parametrize("case", cases("articles", "articles", bugs=False))
def test_says_where_each_field_comes_from(case: dict[str, Any]) -> None:
    text = text_of(case)
    found = parse(text, case.get("file", "a.txt"), tuple(case.get("known", ())))
    assert isinstance(found, Article)
    fields = "title source place authors agency date time section language".split()
    assert set(found.provenance) == {name for name in fields if getattr(found, name)}
    start, end = found.provenance["title"].span or (0, 0)
    assert fold_spaces(clean(text)[start:end]) == found.title
    for name in ("source", "place"):
        if name in found.provenance:
            start, end = found.provenance[name].span or (0, 0)
            assert key(getattr(found, name)) in key(clean(text)[start:end])


@pytest.mark.parametrize("case", cases("articles", "problems"))
def test_problem(case: dict[str, Any]) -> None:
    found = parse(text_of(case), "inbox/a.txt")
    assert isinstance(found, Problem), found
    assert case["reason"] in found.reason
    assert found.file == "inbox/a.txt"
    assert found.hint


PIECES = st.sampled_from(
    [
        *OTHERS,
        " ".join(OTHERS),
        f"{OTHERS[0]} {HEADLINE} {OTHERS[1]}",
        HEADLINE,
        "آخر الأخبار",
        "اقرأ أيضاً: " + OTHERS[1],
        "// انتهى //",
        "#مكتبة_الحي",
        "وقال المدير: المكتبة للجميع.",
        *(prose(number, 15) for number in range(6)),
    ]
)


@given(
    st.lists(PIECES, max_size=3),
    st.lists(st.sampled_from(DATELINES), max_size=2, unique=True),
    st.lists(PIECES, min_size=1, max_size=8),
)
def test_no_line_is_lost_or_doubled(above: list[str], dated: list[str], below: list[str]) -> None:
    lines = [*above, HEADLINE, *dated, *below]
    found = parse("\n".join(lines), known=(*OTHERS, HEADLINE))
    if isinstance(found, Article):
        kept = Counter(
            [found.title, *found.paragraphs, *filter(None, found.sidebar_raw.split("\n"))]
        )
        assert not kept - Counter(lines)
        assert set(Counter(lines) - kept) <= set(DATELINES)


@given(ANY_TEXT)
def test_any_text_is_an_article_or_a_problem(text: str) -> None:
    found = parse(text)
    if isinstance(found, Article):
        assert key(found.title)
        assert all(paragraph.strip() for paragraph in found.paragraphs)
        words = Counter(clean(text).split())
        title = found.headline_as_read or found.title
        shown = Counter(" ".join((title, *found.paragraphs, found.sidebar_raw)).split())
        assert not shown - words


# The control character that old typesetting programs set before captions says something uncleaned.
@given(ANY_TEXT.filter(lambda text: "\x1a" not in text))
def test_cleaning_twice_gives_the_same_article(text: str) -> None:
    assert parse(clean(text)) == parse(text) == parse(text)


@given(st.lists(st.sampled_from("\u064b\u064f\u0652\u0640\u0670\u200c"), max_size=9))
def test_marks_in_the_headline_do_not_change_the_id(marks: list[str]) -> None:
    words = HEADLINE.split()
    marked = " ".join(
        word[:1] + (marks[i] if i < len(marks) else "") + word[1:] for i, word in enumerate(words)
    )
    plain, other = parse(f"{HEADLINE}\n{prose(1)}"), parse(f"{marked}\n{prose(1)}")
    assert isinstance(plain, Article)
    assert isinstance(other, Article)
    assert other.id == plain.id


@pytest.mark.parametrize("number", range(3))
def test_ids_tell_papers_and_headlines_apart(number: int) -> None:
    pages = [parse(raw(number, dateline=line)) for line in ("السنديانة:", "سانا:", "حلب:")]
    pages.append(parse(raw(number + 1)))
    assert len({page.id for page in pages if isinstance(page, Article)}) == len(pages)


@pytest.mark.parametrize(
    ("languages", "refused"), [((), False), (("ar",), True), (("ar", "en"), False)]
)
def test_languages_that_the_site_admits(languages: tuple[str, ...], refused: bool) -> None:
    lines = ["Library opens after repairs", "The town opened its library in the old market."]
    page = draft(Document("a.txt", "\n".join(lines)))
    result = parse_article(page, learn_vocabulary([page], PAPERS), languages)
    assert isinstance(result, Problem) == refused
    if isinstance(result, Problem):
        assert result.reason == "is in en; the site admits ar"
    else:
        assert result.language == "en"


def test_an_editor_says_which_language_it_is() -> None:
    corrected = {"language": Stated("العربية", "sidecar")}
    page = draft(
        Document("a.txt", "Breaking News\n\nThe town and the library", corrected=corrected)
    )
    result = parse_article(page, learn_vocabulary([page], PAPERS))
    assert isinstance(result, Article)
    assert result.language == "ar"
