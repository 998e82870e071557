"""Training of the shipped model that splits glued headlines."""

from __future__ import annotations

import pytest
from mujaz.enrich.headlines.boundary_model import BoundaryModel
from mujaz.training import headlines
from mujaz.training.headline_data.running_text import RunningText, clauses
from mujaz.training.headlines import labels, length_prior

from tests.headline_splitter import titles
from tests.support import prose


def test_the_shipped_model_is_trained_the_same_each_time() -> None:
    examples = [headlines.Example(t, f"{t}. {prose(i, 30)}") for i, t in enumerate(titles(60))]
    texts = [clauses(prose(i, 20)) for i in range(40)]
    elsewhere = RunningText(texts)
    model = headlines.train(examples, texts, elsewhere)
    assert model == headlines.train(examples, texts, elsewhere)
    assert len(BoundaryModel(model).probabilities(examples[0].title.split())) == 6


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


def test_common_lengths_are_likelier() -> None:
    lengths = length_prior(["a b c"] * 9 + ["a b c d e f"])
    assert max(range(len(lengths)), key=lengths.__getitem__) == 3
    assert all(value < 0 for value in lengths)
