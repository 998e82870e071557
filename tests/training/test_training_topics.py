"""Training: what is learned from a few clear examples, and that it is learned the same twice."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from mujaz.arabic.phrases import split_words
from mujaz.enrich.news_features import stems
from mujaz.enrich.topics.classifier import likeliest_section
from mujaz.training.topics import (
    TopicExample,
    calibrate,
    count_features,
    fit,
    general_model,
    read_topic_examples,
    scores_at_home,
)

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


def test_some_of_each_class_are_enough(file: Path) -> None:
    examples = read_topic_examples(file, 7)
    sections = Counter(example.section for example in examples)
    assert sections == {"sport": 7, "economy": 7, "culture": 7}


def test_sections_are_learned(file: Path) -> None:
    examples = read_topic_examples(file)
    reference = count_features(examples)
    model = fit(examples, reference)
    for example in examples:
        scores = scores_at_home(example, model, reference)
        assert max(scores, key=scores.__getitem__) == example.section
    unseen = TopicExample(stems(*(split_words(text).keys for text in UNSEEN)), "sport")
    scores = scores_at_home(unseen, model, reference)
    assert max(scores, key=scores.__getitem__) == "sport"


def test_the_general_model_learns_from_words_what_texts_are_about(file: Path) -> None:
    examples = [example._replace(section="culture") for example in read_topic_examples(file)]
    model = general_model(examples, count_features(examples))
    assert model.header["labels"] == ["culture", "economy", "sport"]
    assert len(model.header["sure"]) == 3


def test_confidence_is_the_share_that_is_right() -> None:
    """A wide lead is always right here, a narrow one every other time."""
    found = [{"a": a, "b": b} for a, b in [(2.0, 0.0), (0.0, 2.0), (0.1, 0.0), (0.0, 0.1)] * 40]
    right = ["a", "b", "a", "b", "a", "b", "b", "a"] * 20
    header = {"labels": ["a", "b"], **calibrate(found, right)}
    wide = likeliest_section({"a": 2.0, "b": 0.0}, header)
    narrow = likeliest_section({"a": 0.1, "b": 0.0}, header)
    assert wide.confidence > 0.9
    assert 0.4 < narrow.confidence < 0.6
    assert wide.is_sure
    assert not narrow.is_sure


def test_the_same_examples_give_the_same_model(file: Path) -> None:
    examples = read_topic_examples(file)
    reference = count_features(examples)
    assert reference == count_features(read_topic_examples(file))
    assert fit(examples, reference) == fit(examples, reference)
