"""Training of the shipped model that splits glued headlines."""

from __future__ import annotations

import random

from mujaz.data.word_vectors import shipped_vectors
from mujaz.enrich.headlines.boundary_model import BoundaryModel
from mujaz.training.headline_data.units import clauses, units
from mujaz.training.headlines import length_prior, train

from tests.headline_splitter import titles
from tests.support import prose


def test_the_shipped_model_is_trained_the_same_each_time() -> None:
    ours = titles(60)
    of_texts = units([clauses(prose(i, 60)) for i in range(40)], random.Random(0))
    file = train(ours, of_texts, steps=3)
    assert file == train(ours, of_texts, steps=3)
    assert len(BoundaryModel(file, shipped_vectors()).probabilities(ours[0].split())) == 6


def test_where_headlines_begin_is_learned() -> None:
    model = BoundaryModel(train(titles(60), (), steps=40), shipped_vectors())
    begins = model.probabilities(" ".join(titles(3)).split())
    assert sorted(range(len(begins)), key=begins.__getitem__)[-2:] in ([6, 12], [12, 6])


def test_common_lengths_are_likelier() -> None:
    lengths = length_prior(["a b c"] * 9 + ["a b c d e f"])
    assert max(range(len(lengths)), key=lengths.__getitem__) == 3
    assert max(lengths) == 0
