"""Training: what is learned from a few clear examples, and that it is learned the same twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from mujaz.arabic.phrases import split_words
from mujaz.enrich.news_features import packed_topic_model
from mujaz.enrich.topics.classifier import decide, section_scores
from mujaz.training.topics import calibrate, fit, read_topic_examples

from tests.support import prose

SPORT = "فاز فريق المرفأ في مباراة كرة القدم وسجل اللاعب الهدف في الملعب"
ECONOMY = "ارتفعت أسعار القمح في السوق وقال المصرف إن التجارة والصادرات تنمو"

CULTURE = "افتتح المعرض في المتحف أمام الزوار وعرض الفنان لوحات وكتباً قديمة"

UNSEEN = "مباراة في كرة القدم", "يلعب فريق المرفأ مع فريق الهضبة في الملعب"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Sixty articles of three sections, one of them twice, and one of no section that is known."""
    records = [
        {"title": prose(i, 5), "cat": cat, "text": f"{text} {prose(100 + i, 10)}"}
        for i in range(20)
        for cat, text in (("sport", SPORT), ("economy", ECONOMY), ("culture", CULTURE))
    ]
    records += [records[0], {**records[1], "cat": "weather"}]
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), "utf-8")
    return path


def test_each_text_is_read_once(file: Path) -> None:
    examples = read_topic_examples(file)
    assert len(examples) == 60
    assert {example.section for example in examples} == {"sport", "economy", "culture"}


def test_sections_are_learned(file: Path) -> None:
    examples = read_topic_examples(file)
    model = fit(examples)
    labels = model.header["labels"]
    for example in examples:
        found = section_scores(example.title, example.body, model)
        assert labels[found.index(max(found))] == example.section
    title, body = (split_words(text).keys for text in UNSEEN)
    unseen = section_scores(title, body, model)
    assert labels[unseen.index(max(unseen))] == "sport"


def test_confidence_is_the_share_that_is_right() -> None:
    """A wide lead is always right here, a narrow one every other time."""
    found = [[2.0, 0.0], [0.0, 2.0], [0.1, 0.0], [0.0, 0.1]] * 40
    right = ["a", "b", "a", "b", "a", "b", "b", "a"] * 20
    header = {"labels": ["a", "b"], **calibrate(found, right)}
    wide, narrow = decide([2.0, 0.0], header), decide([0.1, 0.0], header)
    assert wide.confidence > 0.9
    assert 0.4 < narrow.confidence < 0.6
    assert wide.is_sure
    assert not narrow.is_sure


def test_the_same_examples_give_the_same_bytes(file: Path) -> None:
    assert packed_topic_model(fit(read_topic_examples(file))) == packed_topic_model(
        fit(read_topic_examples(file))
    )
