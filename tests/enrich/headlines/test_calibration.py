"""From which confidence a model is reliable."""

from __future__ import annotations

from mujaz.enrich.headlines.boundary_model import shipped_model
from mujaz.enrich.headlines.calibration import calibrated_threshold

from tests.headline_splitter import HEADLINES
from tests.support import prose


def test_the_model_is_trusted_only_where_it_was_tried() -> None:
    made_up = [prose(i, 7).rstrip(".") for i in range(150)]
    assert calibrated_threshold(HEADLINES, shipped_model()) > 1  # too few to tell
    assert (
        calibrated_threshold(made_up, shipped_model()) > 1
    )  # words without order: never right often enough
