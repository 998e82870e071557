"""From which confidence the shipped model is reliable on a site's own headlines."""

from __future__ import annotations

import random
from collections.abc import Sequence

from mujaz.enrich.headlines.boundary_model import shipped_boundary_model
from mujaz.enrich.headlines.calibration import calibrated_threshold, glue

from tests.headline_splitter import HEADLINES, titles
from tests.support import prose


class Oracle:
    """A scorer that knows where headlines begin, each of which has six words."""

    lengths: Sequence[float] = [-9.0] * 6 + [-0.1] + [-9.0] * 20

    def __init__(self, starts: set[str]) -> None:
        self._starts = starts

    def probabilities(self, words: Sequence[str]) -> list[float]:
        return [0.999 if word in self._starts else 0.001 for word in words]


def test_a_model_that_is_right_is_reliable() -> None:
    ours = [f"بداية{i} " + prose(i, 5).rstrip(".") for i in range(150)]
    right = Oracle({title.split()[0] for title in ours})
    assert calibrated_threshold(ours, right) < 1
    assert calibrated_threshold(ours[::-1], right) == calibrated_threshold(ours, right)
    wrong = Oracle({title.split()[2] for title in ours})
    assert calibrated_threshold(ours, wrong) > 1


def test_the_model_is_trusted_where_it_was_tested_and_a_little_where_it_cannot_be() -> None:
    made_up = [prose(i, 7).rstrip(".") for i in range(150)]
    assert 0.97 < calibrated_threshold(HEADLINES, shipped_boundary_model()) < 1  # too few to tell
    assert calibrated_threshold((), shipped_boundary_model()) < 1
    # Words without order: never right often enough.
    assert calibrated_threshold(made_up, shipped_boundary_model()) > 1


def test_every_headline_is_glued_as_often() -> None:
    lines = list(glue(titles(40), 3, random.Random(1)))
    assert sorted(title for line in lines for title in line) == sorted(titles(40) * 3)
