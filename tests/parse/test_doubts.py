"""Doubts: what an editor should look at in an article that is published."""

from __future__ import annotations

import pytest
from mujaz.model import Article, Document, Stated
from mujaz.parse import doubts, draft, learn_vocabulary, parse_article

from tests.support import SOURCES, prose, raw


@pytest.mark.parametrize(
    ("text", "file", "reasons"),
    [
        (raw(1), "2025-07-14.txt", []),
        (raw(1), "a.txt", ["day"]),
        (raw(1, dateline="حلب:"), "2025-07-14.txt", ["known source"]),
        (raw(1, words=401), "2025-07-14.txt", ["1th", "2th"]),
        (raw(1, words=400), "2025-07-14.txt", []),
    ],
)
def test_doubts(text: str, file: str, reasons: list[str]) -> None:
    page = draft(Document(file, text))
    parsed = parse_article(page, learn_vocabulary([page], SOURCES))
    assert isinstance(parsed, Article)
    raised = list(doubts(parsed))
    assert len(raised) == len(reasons)
    assert all(part in doubt.reason for part, doubt in zip(reasons, raised, strict=True))
    assert all(doubt.file == file and doubt.hint for doubt in raised)


def test_a_first_sentence_in_the_place_of_a_headline_is_doubted() -> None:
    title = {"title": Stated("جملة أولى من النص", "first sentence")}
    page = draft(Document("2025-07-14.txt", raw(1), stated=title, has_headline=False))
    parsed = parse_article(page, learn_vocabulary([page], SOURCES))
    assert isinstance(parsed, Article)
    assert any("no headline" in doubt.reason for doubt in doubts(parsed))


@pytest.mark.parametrize(
    ("text", "is_doubted"),
    [
        ("ليلى النجار خلال افتتاح المكتبة", True),
        ("افتتحت المكتبة أمس.", False),
        ("ليلى النجار خلال افتتاح المكتبة أمس في حي السوق القديم", False),
        (f"ليلى النجار\n{prose(1)}", False),
    ],
)
def test_no_more_than_a_caption_is_doubted(text: str, is_doubted: bool) -> None:
    title = {"title": Stated("بلدية الرابية تفتتح مكتبة عامة", "json")}
    page = draft(Document("2025-07-14.txt", text, stated=title, has_headline=False))
    parsed = parse_article(page, learn_vocabulary([page], SOURCES))
    assert isinstance(parsed, Article)
    assert any("caption" in doubt.reason for doubt in doubts(parsed)) == is_doubted
