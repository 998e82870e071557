"""Learning how headlines begin and end: from a site's own, and for the shipped model."""

from __future__ import annotations

import random

import pytest
from mujaz.enrich.headlines.boundary_model import Boundaries, prior
from mujaz.enrich.headlines.segmentation import log_odds, segments
from mujaz.enrich.headlines.site_model import adapt, own, study
from mujaz.enrich.headlines.training import glue, labels, length_prior
from mujaz.training import headlines

from tests.glued import GluedLines
from tests.support import prose

_PLACES = "القرية المدينة الحي الوادي الجبل الساحل الميناء السوق المحطة الحديقة".split()
_OPENINGS = "افتتاح ترميم زيارة إغلاق توسعة".split()
_THINGS = "مكتبة مدرسة نافذة ورشة ملعب متحف جسر بستان معرض قاعة".split()


def titles(count: int) -> list[str]:
    """Return headlines of a made-up paper, all of one pattern."""
    dice = random.Random(7)
    found: dict[str, None] = {}
    while len(found) < count:
        parts = dice.choice(_OPENINGS), dice.choice(_THINGS), dice.randint(2, 99)
        found[f"{parts[0]} {parts[1]} رقم {parts[2]} في {dice.choice(_PLACES)}"] = None
    return list(found)


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


def test_own_headlines_teach_the_papers_way() -> None:
    ours = titles(400)
    model = adapt(ours[:340], [ours[340:360], ours[360:380]], prior())
    words = " ".join(ours[380:]).split()
    found = segments([log_odds(p) for p in model.probabilities(words)], model.lengths)
    assert [" ".join(words[s.first : s.last]) for s in found] == ours[380:]


def test_learning_is_repeatable() -> None:
    words = titles(430)[-1].split()
    first, second, other = (
        study(sample, prior()) for sample in (titles(420), titles(420)[::-1], titles(425))
    )
    assert first == second
    one, another = (own(studied, prior()).model.probabilities(words) for studied in (first, other))
    assert one != another
    assert one != prior().probabilities(words)


def test_few_headlines_are_not_learned() -> None:
    assert own(study(titles(300), prior()), prior()).model is prior()


def test_headlines_of_a_known_pattern_are_shown_on_the_models_word() -> None:
    own = titles(640)
    line = " ".join(own[620:])
    found = [part.text for part in GluedLines([line], own[:620], prior()).shown(line)]
    assert len(found) >= 15
    assert set(found) <= set(own[620:])
    assert GluedLines([line], reversed(own[:620]), prior()).shown(line) == GluedLines(
        [line], own[:620], prior()
    ).shown(line)


def test_the_shipped_model_is_trained_the_same_each_time() -> None:
    examples = [headlines.Example(t, f"{t}. {prose(i, 30)}") for i, t in enumerate(titles(60))]
    texts = [prose(i, 20).rstrip(".").split() for i in range(40)]
    model = headlines.train(examples, texts)
    assert model == headlines.train(examples, texts)
    assert len(Boundaries(model).probabilities(examples[0].title.split())) == 6
