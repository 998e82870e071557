"""Splitting glued headlines by the gaps between words, other pages, and headlines that are held."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.arabic.normalise import fold_spaces, key
from mujaz.enrich import enrich_alone
from mujaz.enrich.headlines.boundary_model import shipped_boundary_model
from mujaz.enrich.headlines.headline_index import Span

from tests.headline_splitter import HEADLINES, HeadlineSplitter
from tests.support import ANY_TEXT, cases, prose, sample


def glued(parts: list[str], known: list[int]) -> tuple[str, list[Span]]:
    """Return a line of parts, and the spans of the known ones."""
    line = " ".join(parts)
    starts = [sum(len(part) + 1 for part in parts[:i]) for i in range(len(parts))]
    return line, [(starts[i], starts[i] + len(parts[i])) for i in known]


@pytest.mark.parametrize("case", cases("sidebars", "evidence"))
def test_evidence(case: dict[str, Any]) -> None:
    line, known = glued(case["line"], case["known"])
    found = [
        part.text
        for part in HeadlineSplitter([line], (), shipped_boundary_model()).reliable(line, known)
    ]
    assert {fold_spaces(case["line"][i]) for i in case.get("shown", ())} <= set(found)
    assert not {fold_spaces(case["line"][i]) for i in case.get("not", ())} & set(found)


@given(ANY_TEXT, st.lists(st.sampled_from(HEADLINES), max_size=5))
@settings(max_examples=60)
def test_no_word_is_lost_and_none_added(text: str, headlines: list[str]) -> None:
    line = " ".join([*headlines[:2], text.replace("\n", " "), *headlines[2:]])
    parts = HeadlineSplitter([line], (), shipped_boundary_model()).candidates(line)
    assert key(" ".join(part.text for part in parts)) == key(line)
    assert all(line[slice(*part.span)].split() == part.text.split() for part in parts)
    assert all(a.span[1] <= b.span[0] for a, b in itertools.pairwise(parts))


def _sidebars(size: int = 6) -> list[str]:
    return [" ".join(HEADLINES[i : i + size]) for i in range(len(HEADLINES) - size + 1)]


def test_shifting_sidebars_give_their_headlines() -> None:
    lines = _sidebars()
    splitter = HeadlineSplitter(lines, (), shipped_boundary_model())
    for number, line in enumerate(lines):
        found = [part.text for part in splitter.reliable(line)]
        assert set(found) <= set(HEADLINES[number : number + 6])
    assert len(splitter.reliable(lines[3])) >= 4


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
