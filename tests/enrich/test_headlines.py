"""Headlines beside articles: what the gaps between words, other pages and known headlines tell."""

from __future__ import annotations

import itertools
import math
import sqlite3
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.arabic.normalise import fold_spaces, key
from mujaz.enrich import enrich_alone
from mujaz.enrich.headlines.boundary_features import FAMILIES, Lexicon, features, stem, stems_around
from mujaz.enrich.headlines.boundary_model import prior
from mujaz.enrich.headlines.calibration import trusted_from
from mujaz.enrich.headlines.headline_index import Span
from mujaz.enrich.headlines.overlap import Overlap, runs_of
from mujaz.enrich.headlines.segmentation import LONGEST, log_odds, segments

from tests.glued import GluedLines
from tests.support import ANY_TEXT, cases, prose, sample

HEADLINES = (
    "افتتاح مكتبة جديدة في حي البستان",
    "إقبال واسع على معرض الزهور في الحديقة العامة",
    "مدرسة القرية تكرم طلابها المتفوقين",
    "هل تعود القطارات إلى محطة الوادي؟",
    "مزارعو الزيتون: موسم وفير هذا العام",
    "انطلاق سباق القوارب الشراعية غداً",
    "ورشة لتعليم النجارة في المركز الثقافي",
    "بدء ترميم جسر الحجر القديم.. والمارة يرحبون",
    "«نوافذ» كتاب جديد عن بيوت المدينة",
    "35 متطوعاً يزرعون ألف شجرة",
    "العثور على نقوش نادرة قرب النهر",
    "فريق الحي يفوز بكأس الصداقة",
)
# In this order three letters of each length: the likeliest headline has three words.
LENGTHS = [-99.0, -5.0, -3.0, -1.0, -3.0, -5.0, -7.0]


def glued(parts: list[str], known: list[int]) -> tuple[str, list[Span]]:
    """Return a line of parts, and the spans of the known ones."""
    line = " ".join(parts)
    starts = [sum(len(part) + 1 for part in parts[:i]) for i in range(len(parts))]
    return line, [(starts[i], starts[i] + len(parts[i])) for i in known]


@pytest.mark.parametrize("case", cases("sidebars", "evidence"))
def test_evidence(case: dict[str, Any]) -> None:
    line, known = glued(case["line"], case["known"])
    found = [part.text for part in GluedLines([line], (), prior()).shown(line, known)]
    assert {fold_spaces(case["line"][i]) for i in case.get("shown", ())} <= set(found)
    assert not {fold_spaces(case["line"][i]) for i in case.get("not", ())} & set(found)


@pytest.mark.parametrize("case", cases("sidebars", "overlaps"))
def test_overlap(case: dict[str, Any]) -> None:
    lines = [line.replace("|", " ").split() for line in case["lines"]]
    overlap = Overlap(sqlite3.connect(":memory:"))
    overlap.change((), lines)
    odds = overlap.log_odds(runs_of(lines[0]))
    assert [i for i, found in enumerate(odds) if i and found > 0] == case["found"]


@pytest.mark.parametrize("case", cases("sidebars", "segments"))
def test_segments(case: dict[str, Any]) -> None:
    assert [[s.first, s.last] for s in segments(case["odds"], LENGTHS)] == case["cut"]


@given(st.lists(st.floats(-12, 12), max_size=60))
def test_segments_are_all_of_the_words(odds: list[float]) -> None:
    found = segments(odds, LENGTHS)
    assert [i for s in found for i in range(s.first, s.last)] == list(range(len(odds)))
    assert all(0 <= s.confidence <= 1 and s.last - s.first <= LONGEST for s in found)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=7))
def test_confidence_is_a_share_of_all_cuts(odds: list[float]) -> None:
    total, containing = 0.0, dict[tuple[int, int], float]()
    for cut in range(2 ** (len(odds) - 1)):
        starts = [0, *(i for i in range(1, len(odds)) if cut >> (i - 1) & 1), len(odds)]
        spans = list(itertools.pairwise(starts))
        lengths = [min(b - a, 6) for a, b in spans]
        over = sum(max(0, b - a - 6) for a, b in spans)
        weight = math.exp(
            sum(LENGTHS[n] for n in lengths) - over + sum(odds[a] for a, _ in spans[1:])
        )
        total += weight
        for span in spans:
            containing[span] = containing.get(span, 0) + weight
    for part in segments(odds, LENGTHS):
        assert part.confidence == pytest.approx(containing[part.first, part.last] / total)


@given(st.floats(0, 1))
def test_log_odds(probability: float) -> None:
    assert -12.001 <= log_odds(probability) <= 12.001
    assert log_odds(1 - probability) == pytest.approx(-log_odds(probability), abs=1e-6)


@pytest.mark.parametrize(
    ("word", "bare"),
    [("والمدرسه", "مدرس"), ("للكتاب", "كتاب"), ("مباريات", "مباري"), ("في", "في"), ("", "")],
)
def test_stem(word: str, bare: str) -> None:
    assert stem(word) == bare


def test_a_rare_word_has_the_class_of_words_like_it() -> None:
    lexicon = Lexicon({"كتاب": 3, "مدرسون": 5, "مزارعون": 5}, ())
    found = [lexicon.class_of(word) for word in ("كتاب", "وكتاب", "نجارون", "xyz", "")]
    assert found == [3, 3, 5, -1, -1]


def test_punctuation_does_not_hide_the_words_around_a_gap() -> None:
    pairs = stems_around(["الكتاب", ":", "والقلم", "»"], Lexicon({}, ()))
    assert pairs == [("", "كتاب"), ("كتاب", "قلم"), ("كتاب", "قلم"), ("قلم", "")]


@given(ANY_TEXT)
def test_features_name_their_families(text: str) -> None:
    words = text.split()
    rows = features(words, [True] * len(words), Lexicon({"كتاب": 0}, ["m"]))
    assert len(rows) == len(words)
    assert all(feature[1] in FAMILIES + "e" for row in rows for feature in row)


@given(ANY_TEXT, st.lists(st.sampled_from(HEADLINES), max_size=5))
@settings(max_examples=60)
def test_no_word_is_lost_and_none_added(text: str, headlines: list[str]) -> None:
    line = " ".join([*headlines[:2], text.replace("\n", " "), *headlines[2:]])
    parts = GluedLines([line], (), prior()).parts(line)
    assert key(" ".join(part.text for part in parts)) == key(line)
    assert all(line[slice(*part.span)].split() == part.text.split() for part in parts)
    assert all(a.span[1] <= b.span[0] for a, b in itertools.pairwise(parts))


def _sidebars(size: int = 6) -> list[str]:
    return [" ".join(HEADLINES[i : i + size]) for i in range(len(HEADLINES) - size + 1)]


def test_shifting_sidebars_give_their_headlines() -> None:
    lines = _sidebars()
    reader = GluedLines(lines, (), prior())
    for number, line in enumerate(lines):
        found = [part.text for part in reader.shown(line)]
        assert set(found) <= set(HEADLINES[number : number + 6])
    assert len(reader.shown(lines[3])) >= 4


@given(st.permutations(_sidebars()))
@settings(max_examples=10)
def test_the_order_of_pages_does_not_matter(lines: list[str]) -> None:
    articles = [sample(i, sidebar_raw=line) for i, line in enumerate(_sidebars())]
    expected = {each.sidebar_raw: each.sidebar for each in enrich_alone(articles, {})}
    shuffled = [next(a for a in articles if a.sidebar_raw == line) for line in lines]
    assert {each.sidebar_raw: each.sidebar for each in enrich_alone(shuffled, {})} == expected


def test_every_page_of_a_shifting_sidebar_shows_its_headlines() -> None:
    articles = [sample(i, sidebar_raw=line) for i, line in enumerate(_sidebars())]
    articles[4] = replace(articles[4], title=HEADLINES[6])
    for number, article in enumerate(enrich_alone(articles, {})):
        texts = [headline.text for headline in article.sidebar]
        in_line = [title for title in HEADLINES[number : number + 6] if title in texts]
        assert texts == in_line
        assert article.sidebar_raw == articles[number].sidebar_raw
        assert all(h.confidence == 1 for h in article.sidebar if h.article)


def test_prose_is_not_split() -> None:
    (article,) = enrich_alone([sample(1, sidebar_raw=prose(3, 60))], {})
    assert article.sidebar == ()


def test_the_model_is_trusted_only_where_it_was_tried() -> None:
    made_up = [prose(i, 7).rstrip(".") for i in range(150)]
    assert trusted_from(HEADLINES, prior()) > 1  # too few to tell
    assert trusted_from(made_up, prior()) > 1  # words without order: never right often enough
