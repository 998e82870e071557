"""Training of the shipped model that splits glued headlines."""

from __future__ import annotations

from mujaz.enrich.headlines.boundary_model import BoundaryModel
from mujaz.training import headlines

from tests.headline_splitter import titles
from tests.support import prose


def test_the_shipped_model_is_trained_the_same_each_time() -> None:
    examples = [headlines.Example(t, f"{t}. {prose(i, 30)}") for i, t in enumerate(titles(60))]
    texts = [prose(i, 20).rstrip(".").split() for i in range(40)]
    model = headlines.train(examples, texts)
    assert model == headlines.train(examples, texts)
    assert len(BoundaryModel(model).probabilities(examples[0].title.split())) == 6
