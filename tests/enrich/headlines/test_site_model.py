"""A model that learns from a site's own headlines."""

from __future__ import annotations

from mujaz.enrich.headlines.segmentation import log_odds, segments
from mujaz.enrich.headlines.site_model import (
    adapt_model,
    calibrated_threshold,
    load_site_model,
    train_site_model,
)

from tests.headline_splitter import HEADLINES, HeadlineSplitter, shipped_model, titles
from tests.support import prose


def test_own_headlines_teach_the_papers_way() -> None:
    ours = titles(400)
    model = adapt_model(ours[:340], [ours[340:360], ours[360:380]], shipped_model())
    words = " ".join(ours[380:]).split()
    found = segments([log_odds(p) for p in model.probabilities(words)], model.lengths)
    assert [" ".join(words[s.first : s.last]) for s in found] == ours[380:]


def test_learning_is_repeatable() -> None:
    words = titles(430)[-1].split()
    first, second, other = (
        train_site_model(sample, shipped_model())
        for sample in (titles(420), titles(420)[::-1], titles(425))
    )
    assert first == second
    one, another = (
        load_site_model(studied, shipped_model()).scorer.probabilities(words)
        for studied in (first, other)
    )
    assert one != another
    assert one != shipped_model().probabilities(words)


def test_few_headlines_are_not_learned() -> None:
    shipped = shipped_model()
    assert load_site_model(train_site_model(titles(300), shipped), shipped).scorer is shipped


def test_headlines_of_a_known_pattern_are_shown_on_the_models_word() -> None:
    ours = titles(640)
    line = " ".join(ours[620:])
    shown = HeadlineSplitter([line], ours[:620], shipped_model()).reliable(line)
    assert len(shown) >= 15
    assert {each.text for each in shown} <= set(ours[620:])
    assert HeadlineSplitter([line], reversed(ours[:620]), shipped_model()).reliable(line) == shown


def test_the_model_is_trusted_only_where_it_was_tried() -> None:
    made_up = [prose(i, 7).rstrip(".") for i in range(150)]
    assert calibrated_threshold(HEADLINES, shipped_model()) > 1  # too few to tell
    assert (
        calibrated_threshold(made_up, shipped_model()) > 1
    )  # words without order: never right often enough
