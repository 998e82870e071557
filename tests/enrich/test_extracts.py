"""Leads as summaries; pull quotes: word for word, whole in themselves, and never read twice."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.arabic.normalise import key
from mujaz.enrich import enrich_alone
from mujaz.enrich.extracts import lead, with_pull_quote
from mujaz.model import Article
from mujaz.parse.doubts import doubts
from mujaz.site_model import Page

from tests.support import ANY_TEXT, Collected, cases, compose, config, prose, sample

QUOTE = "«ندرب عشرين شاباً من القرى على تركيبها وصيانتها»"
MARKS = st.text(st.sampled_from("\u0645\u0646 :«»“”…(.\u060c"), max_size=80)
PULLED = re.compile(r'<blockquote class="pull" aria-hidden="true">(.*)</blockquote>')


def article_with(*paragraphs: str, **fields: Any) -> Article:
    """Return an article with `paragraphs` below its lead, among enough others."""
    return sample(1, paragraphs=(prose(1), *paragraphs, prose(2), prose(3), prose(4)), **fields)


def page(article: Article, folder: Path) -> list[str]:
    """Return the blocks of an article's page."""
    found = next(
        each
        for each in compose(Collected((article,), {}), config(folder))
        if isinstance(each, Page) and each.path.startswith("articles/")
    )
    return found.body.split("\n\n")


def pulled(article: Article, folder: Path) -> list[str]:
    """Return the pull quotes of an article's page as readers see them."""
    return [unescape(match[1]) for match in map(PULLED.match, page(article, folder)) if match]


@pytest.mark.parametrize("case", cases("quotes", "quote_cases"))
def test_what_makes_a_pull_quote(case: dict[str, Any]) -> None:
    found = with_pull_quote(article_with(case["text"]))
    assert found.quote == case.get("quote")
    assert ("quote" in found.provenance) == ("quote" in case)


@given(st.lists(st.one_of(ANY_TEXT, MARKS), max_size=6))
def test_nothing_is_altered(paragraphs: list[str]) -> None:
    article = article_with(*paragraphs)
    found = with_pull_quote(article)
    assert found.paragraphs == article.paragraphs
    assert found.quote is None or any(found.quote in text for text in article.paragraphs[1:])


def test_short_articles_leads_and_summaries_have_none() -> None:
    text = f"وقال: {QUOTE}."
    assert with_pull_quote(article_with(text)).quote == QUOTE
    assert with_pull_quote(article_with(text, excerpt=True)).quote is None
    assert with_pull_quote(sample(1, paragraphs=(prose(1), text, prose(2)))).quote is None
    assert with_pull_quote(sample(1, paragraphs=(text, prose(1), prose(2), prose(3)))).quote is None
    assert with_pull_quote(sample(1, paragraphs=("نص", text, "نص", "نص"))).quote is None


def test_the_editor_decides(tmp_path: Path) -> None:
    text, chosen = f"وقال: {QUOTE}.", "وقال"
    settled = frozenset({"quote"})
    assert with_pull_quote(article_with(text, settled=settled)).quote is None
    article = with_pull_quote(article_with(text, settled=settled, quote=chosen))
    assert article.quote == chosen
    assert pulled(article, tmp_path) == [chosen]
    foreign = with_pull_quote(article_with(text, settled=settled, quote="ما لم يقله أحد"))
    assert not pulled(foreign, tmp_path)
    assert "has a `quote` that its text does not hold" in [each.reason for each in doubts(foreign)]
    assert not [each for each in doubts(article) if "quote" in each.reason]


@pytest.mark.parametrize("before", range(4))
def test_it_stands_away_from_its_own_paragraph(before: int, tmp_path: Path) -> None:
    filler = [prose(10 + i) for i in range(before)]
    parts = page(with_pull_quote(article_with(*filler, f"وقال: {QUOTE}.")), tmp_path)
    [at] = [i for i, part in enumerate(parts) if PULLED.match(part)]
    [own] = [i for i, part in enumerate(parts) if QUOTE in part and i != at]
    assert abs(at - own) > 1
    assert at > 0


def test_a_hostile_quotation_stays_text(tmp_path: Path) -> None:
    said = "«ندرب <script>alert(1)</script> {{ x }} & [y](z) شاباً من القرى على تركيبها»"
    settled = frozenset({"quote"})
    parts = page(article_with(f"وقال: {said}.", quote=said, settled=settled), tmp_path)
    shown = next(match[1] for match in map(PULLED.match, parts) if match)
    assert not set("<>{}[]`*_") & set(shown)
    assert unescape(shown) == said


@pytest.mark.parametrize("case", cases("enrich", "summaries"))
def test_summary(case: dict[str, Any]) -> None:
    if "text" in case:
        text = case["text"]
    else:
        (word, count), (after, more) = case["repeat"], case.get("then", ("", 0))
        head, tail = " ".join([word] * count), " ".join([after] * more)
        text = f"{head} {tail}." if case.get("joined") else f"{head}. {tail}.".removesuffix(" .")
    (article,) = enrich_alone([sample(1, paragraphs=(text, *case.get("more", ())))], {})
    found = article.summary
    if "summary" in case:
        assert found == case["summary"]
    else:
        assert len(found.split()) == case["summary_words"]
        assert found.endswith(case.get("ends", "."))


@given(st.text("ابتث  ،.؟!«»؛:…1a", min_size=1, max_size=400).filter(str.strip))
def test_a_lead_is_the_beginning_in_45_words(text: str) -> None:
    found = lead(sample(1, paragraphs=(text.strip(),)))
    assert len(found.split()) <= 45
    shown = found.removesuffix("…")
    assert "".join(text.split()).startswith("".join(shown.split()))
    assert key(text).startswith(key(shown))
