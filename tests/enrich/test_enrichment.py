"""The collection: copies, order, ids, tags, headlines beside articles, and summaries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.enrich import enrich_alone
from mujaz.enrich.entities import Tagger
from mujaz.model import Article

from tests.support import Kept, cases, collect, prose, sample

SHORT = ("التفاصيل في العدد المطبوع.",)


def one(article: Article, editor: dict[str, Any] | None = None) -> Article:
    (found,) = enrich_alone([article], editor or {})
    return found


def _retouched(text: str, every: int) -> str:
    words = text.split()
    return " ".join("وأيضاً" if i % every == every - 1 else word for i, word in enumerate(words))


@pytest.mark.parametrize(
    ("change", "merged"),
    [
        (lambda a: a, True),
        (lambda a: replace(a, title="عنوان آخر تماماً"), True),
        (lambda a: replace(a, source="سانا", place="حلب"), True),
        (lambda a: replace(a, paragraphs=(" ".join(a.paragraphs),)), True),
        (lambda a: replace(a, paragraphs=tuple(p.replace("ة", "ه") for p in a.paragraphs)), True),
        (lambda a: replace(a, paragraphs=tuple(_retouched(p, 20) for p in a.paragraphs)), True),
        (lambda a: replace(a, paragraphs=a.paragraphs[:1]), True),
        (lambda a: replace(a, paragraphs=tuple(_retouched(p, 4) for p in a.paragraphs)), False),
        (lambda a: replace(a, paragraphs=(a.paragraphs[0], *sample(8).paragraphs)), False),
        (lambda a: replace(a, paragraphs=sample(9).paragraphs), False),
    ],
    ids="same headline paper one-paragraph spelling near contained retold partly other".split(),
)
def test_copies(change: Callable[[Article], Article], merged: bool) -> None:
    article = sample(1)
    copy = replace(change(article), file="002.txt")
    corpus = collect([article, copy], {})
    assert len(corpus.articles) == (1 if merged else 2)
    assert len(corpus.duplicates) == (1 if merged else 0)


@pytest.mark.parametrize(
    ("first", "second", "merged"),
    [
        ({"title": "عنوان أول هنا"}, {"title": "عنوان ثان هناك"}, False),
        ({"title": "عنوان أول هنا"}, {"title": "عنوان أول هنا"}, True),
        ({}, {"paragraphs": ("تفاصيل أخرى في العدد المطبوع.",)}, False),
    ],
    ids=["headlines differ", "all the same", "texts differ"],
)
def test_short_texts(first: dict[str, Any], second: dict[str, Any], merged: bool) -> None:
    base = {"paragraphs": SHORT, "title": "عنوان أول هنا"}
    articles = [sample(1, **{**base, **first}), sample(2, **{**base, **second})]
    assert len(collect(articles, {}).duplicates) == (1 if merged else 0)


def test_the_fullest_copy_leads_and_names_the_others() -> None:
    full = sample(5, source="السنديانة")
    cut = replace(full, file="001.txt", source="سانا", paragraphs=full.paragraphs[:1])
    same = replace(full, file="009.txt", source="بريد الواحة")
    own = replace(full, file="010.txt")
    unsigned = replace(full, file="011.txt", source=None)
    corpus = collect([own, unsigned, cut, same, full], {})
    (leader,) = corpus.articles
    assert leader.file == "005.txt"
    assert leader.also_in == ("سانا", "بريد الواحة")
    assert corpus.duplicates == dict.fromkeys(
        ("001.txt", "009.txt", "010.txt", "011.txt"), "005.txt"
    )


@pytest.mark.parametrize(
    ("printed", "first"),
    [
        ([("السنديانة", 2, None), ("سانا", 1, None)], "سانا"),
        ([("السنديانة", 1, None), ("سانا", 1, None)], None),
        ([("السنديانة", 1, None), ("سانا", None, None)], None),
        ([("السنديانة", 1, 9), ("سانا", 1, 8), ("بريد الواحة", 2, 7)], "سانا"),
        ([("السنديانة", 1, 8), ("سانا", 1, 8)], None),
        ([("السنديانة", 1, 9), ("سانا", 1, None)], None),
        ([("السنديانة", 1, None), ("السنديانة", 1, 8)], None),
    ],
)
def test_the_first_source_of_a_text(
    printed: list[tuple[str, int | None, int | None]], first: str | None
) -> None:
    articles = [
        sample(
            5,
            file=f"{number}.txt",
            source=source,
            date=dt.date(2025, 3, day) if day else None,
            time=dt.time(hour) if hour else None,
        )
        for number, (source, day, hour) in enumerate(printed)
    ]
    (article,) = collect(articles, {}).articles
    assert article.first_source == first


def _printed(day: int, text: str, title: str = "", **fields: Any) -> Article:
    base = sample(1, source="السنديانة", date=dt.date(2025, 3, day), **fields)
    return replace(
        base,
        file=f"{day:03}.txt",
        title=title or base.title,
        paragraphs=(*base.paragraphs, text),
    )


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ([_printed(1, "حضر 30.")], []),
        ([_printed(1, "حضر 30."), _printed(2, "حضر 45.")], [1]),
        ([_printed(1, "حضر 30."), _printed(2, "حضر 45."), _printed(4, "حضر 50.")], [1, 2]),
        ([_printed(1, "حضر 30."), _printed(2, "حضر 30."), _printed(4, "حضر 50.")], [2]),
        ([_printed(1, "حضر."), _printed(2, "حضر.", "عنوان مصحح"), _printed(4, "نعم.")], [1, 2]),
        ([_printed(day, f"حضر {day}.") for day in range(1, 9)], [1, 5, 6, 7]),
        ([_printed(1, "حضر 30."), replace(_printed(2, "حضر 45."), source="سانا")], []),
    ],
    ids="alone corrected twice same-text headline often other-paper".split(),
)
def test_versions_that_a_correction_replaced(printed: list[Article], kept: list[int]) -> None:
    (found,) = collect(printed, {}).articles
    by_file = {article.file: article for article in printed}
    assert [version.date and version.date.day for version in found.versions] == kept
    for version in found.versions:
        was = by_file[version.file]
        assert (version.title, version.paragraphs) == (was.title, was.paragraphs)


@given(st.permutations(range(6)))
@settings(max_examples=20)
def test_order_of_inputs_does_not_matter(order: Sequence[int]) -> None:
    articles = [sample(i, date=dt.date(2025, 1, 1 + i // 2)) for i in range(4)]
    articles.append(replace(articles[0], file="100.txt", source="سانا"))
    articles.append(sample(6, title=articles[1].title))
    corpus, other = collect(articles, {}), collect([articles[i] for i in order], {})
    assert (corpus.articles, corpus.duplicates) == (other.articles, other.duplicates)


def test_newest_first_undated_last() -> None:
    dates = [None, dt.date(2025, 1, 2), dt.date(2025, 3, 1), dt.date(2025, 1, 2)]
    corpus = collect([sample(i, date=date) for i, date in enumerate(dates)], {})
    assert [article.file[:3] for article in corpus.articles] == ["002", "001", "003", "000"]


COLUMN: dict[str, Any] = {"title": "حالة الطقس اليوم"}
FIRST, SECOND = dt.date(2025, 1, 1), dt.date(2025, 1, 2)
OPENING = "وفيما يلي درجات الحرارة المتوقعة."


def _same_opening(number: int) -> dict[str, Any]:
    return {"paragraphs": (OPENING, prose(number)), **COLUMN}


@pytest.mark.parametrize(
    "articles",
    [
        [sample(1, date=FIRST, **COLUMN), sample(2, date=SECOND, **COLUMN)],
        [sample(1, **COLUMN), sample(2, **COLUMN), sample(3, **COLUMN)],
        [sample(1, date=FIRST, **COLUMN), sample(2, date=FIRST, **COLUMN), sample(3, **COLUMN)],
        [sample(i, date=FIRST, **_same_opening(i)) for i in range(3)],
        [
            sample(i, date=FIRST, source=source, **_same_opening(i))
            for i, source in enumerate(["سانا", "سانا", "سبق", "سبق"])
        ],
    ],
    ids=["days", "texts", "mixed", "same opening", "two papers"],
)
def test_ids_are_distinct(articles: list[Article]) -> None:
    found = collect(articles, {}).articles
    assert len({article.id for article in found}) == len(found) == len(articles)


@pytest.mark.parametrize(
    ("there", "new"),
    [
        (sample(1, date=FIRST, **COLUMN), sample(2, date=SECOND, **COLUMN)),
        (sample(2, date=FIRST, **COLUMN), sample(1, date=SECOND, **COLUMN)),
        (sample(1, date=FIRST, **COLUMN), sample(2, **COLUMN)),
        (sample(1, date=FIRST, **COLUMN), sample(2, date=FIRST, **COLUMN)),
    ],
    ids=["newer", "newer, earlier file", "undated", "same day, later file"],
)
def test_a_new_article_changes_no_id(there: Article, new: Article) -> None:
    before = collect([there], {}).articles[0]
    after = {article.file: article.id for article in collect([there, new], {}).articles}
    assert after[there.file] == before.id


@pytest.mark.parametrize("case", cases("enrich", "tags"))
def test_tags(case: dict[str, Any]) -> None:
    paragraphs = (case["text"], *case.get("more", ()))
    title = case.get("title", "خبر جديد هذا الصباح")
    tags = one(sample(1, title=title, paragraphs=paragraphs), case.get("editor")).tags
    names = [tag.name for tag in tags]
    assert set(case.get("tags", ())) <= set(names)
    assert not set(case.get("not", ())) & set(names)
    if "kinds" in case:
        assert [tag.kind for tag in tags if tag.name in case["tags"]] == case["kinds"]
    assert [tag.salience for tag in tags] == sorted((t.salience for t in tags), reverse=True)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("case", cases("enrich", "sidebars"))
def test_sidebar(case: dict[str, Any]) -> None:
    held = [sample(i, title=title) for i, title in enumerate(case["held"], 1)]
    beside = sample(0, sidebar_raw="\n".join(case["raw"]))
    found = next(enrich_alone([beside, *held], {})).sidebar
    ids = {article.title: article.id for article in held}
    assert [headline.text for headline in found] == case["shown"]
    assert [headline.article for headline in found] == [ids.get(t) for t in case["shown"]]
    assert all(0 < headline.confidence <= 1 for headline in found)


def test_tags_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    remember = Kept()
    articles = [sample(1, title="وفد من تركيا يزور حلب"), sample(2, title="مطر في بيروت")]
    first = list(enrich_alone(articles, {}, remember))
    assert {"تركيا", "حلب"} <= {tag.name for tag in first[0].tags}
    assert "بيروت" in {tag.name for tag in first[1].tags}
    monkeypatch.setattr(Tagger, "tags", None)
    assert list(enrich_alone(articles, {}, remember)) == first
    with pytest.raises(TypeError):
        list(enrich_alone(articles, {"block": ["حلب"]}, remember))


def test_only_the_opening_of_a_book_is_read_for_names() -> None:
    far = sample(1, paragraphs=(*(prose(i) for i in range(120)), "وصل الوفد إلى تركيا."))
    near = sample(2, paragraphs=("وصل الوفد إلى تركيا.", *(prose(i) for i in range(120))))
    tagged = list(enrich_alone([far, near], {}))
    assert ["تركيا" in {tag.name for tag in each.tags} for each in tagged] == [False, True]
    assert [each.paragraphs for each in tagged] == [far.paragraphs, near.paragraphs]
