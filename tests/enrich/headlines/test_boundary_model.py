"""What a CRF learns headlines from."""

from __future__ import annotations

import random

import pytest
from mujaz.enrich.headlines.boundary_model import glue, labels, length_prior

from tests.headline_splitter import titles


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("", ""),
        ("a", "B"),
        ("a b", "BE"),
        ("a b c", "BCE"),
        ("a b c d", "BCDE"),
        ("a b c d e", "BCIDE"),
    ],
)
def test_labels(title: str, found: str) -> None:
    assert "".join(labels(title)) == found


def test_every_headline_is_glued_as_often() -> None:
    lines = list(glue(titles(40), 3, random.Random(1)))
    assert sorted(title for line in lines for title in line) == sorted(titles(40) * 3)


def test_common_lengths_are_likelier() -> None:
    lengths = length_prior(["a b c"] * 9 + ["a b c d e f"])
    assert max(range(len(lengths)), key=lengths.__getitem__) == 3
    assert all(value < 0 for value in lengths)
