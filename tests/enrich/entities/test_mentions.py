"""Sentences as tokens, and the names that labels of tokens mark."""

from __future__ import annotations

from typing import Any

import pytest
from mujaz.enrich.entities.mentions import best_labels, find_mentions, label_spans, split_sentences


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


def chances(**by_label: float) -> list[float]:
    """Return how likely each label is: of those not named, the first has what remains."""
    names = ["O", "BP", "IP", "BL", "IL", "BO", "IO"]
    return [by_label.get(name, 1 - sum(by_label.values()) if name == "O" else 0) for name in names]


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ([None, chances(BP=0.9), chances(IP=0.6), None], ["O", "B-PERS", "I-PERS", "O"]),
        ([chances(BP=0.9), chances(IO=0.6, IP=0.1)], ["B-PERS", "O"]),
        ([chances(BO=0.4, BP=0.5), chances(IO=0.9)], ["B-ORG", "I-ORG"]),
        ([chances(BL=0.9), None, chances(IL=0.8, BL=0.05)], ["B-LOC", "O", "O"]),
        ([chances(BL=1.0)] * 3_000, ["B-LOC"] * 3_000),
        ([], []),
    ],
    ids=["name", "other kind", "as a whole", "gap", "long", "none"],
)
def test_best_labels(words: list[Any], labels: list[str]) -> None:
    assert best_labels(words) == labels


def test_what_is_likely_enough_is_a_mention() -> None:
    words = [chances(BP=0.3, IP=0.1), None, chances(BL=0.8), chances(IL=0.25)]
    assert [
        (each.kind, each.first, each.last, round(each.probability, 2))
        for each in find_mentions(words)
    ] == [("person", 0, 1, 0.3), ("place", 2, 3, 0.6)]
