"""Sentences as tokens, and the names that labels of tokens mark."""

from __future__ import annotations

from typing import Any

import pytest
from mujaz.enrich.entities.mentions import label_spans, split_sentences


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        (["O", "B-PERS", "I-PERS", "O"], [("person", 1, 3)]),
        (["B-LOC", "B-LOC"], [("place", 0, 1), ("place", 1, 2)]),
        (["I-ORG", "I-LOC"], [("organisation", 0, 1), ("place", 1, 2)]),
        (["B-MISC", "O"], []),
        ([], []),
    ],
    ids=["one", "neighbours", "no beginning", "other", "none"],
)
def test_label_spans(labels: list[str], spans: list[Any]) -> None:
    assert label_spans(labels) == spans


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("وصل سامر. ثم عاد", [["وصل", "سامر", "."], ["ثم", "عاد"]]),
        ("بلغ 3.5 في المئة", [["بلغ", "3.5", "في", "المئة"]]),
        ("«كُتُب»", [["«", "كُتُب", "»"]]),
        ("", []),
    ],
    ids=["two", "number", "marks and quotes", "empty"],
)
def test_sentences(text: str, sentences: list[list[str]]) -> None:
    assert split_sentences([text]) == sentences
