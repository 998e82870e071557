"""Trains the model of topics: `MUJAZ_DATA=… python -m mujaz.training.topics`.

Reads `ant.jsonl.gz` (`title`, `cat`, `text` a line) in that folder, and writes
`generator/mujaz/data/topics.bin`. Needs the extra `training`. The same data gives the same weights.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from mujaz.arabic.phrases import split_words
from mujaz.data import table
from mujaz.enrich.news_features import (
    BUCKETS,
    ReferenceCounts,
    TopicModel,
    feature_counts,
    feature_vector,
    packed_topic_model,
    reference_counts,
)
from mujaz.training import ARTICLES, data_folder, json_records

OUT = Path(__file__).parent.parent / "data" / "topics.bin"
_COST = 0.15
"""What a wrong side costs against large weights; the best in cross-validation."""
_BALANCE = 0.7
"""0 leaves small sections to their size, 1 weighs all alike; the best in cross-validation."""
_FOLDS = 10
_PRECISE = 0.93
"""Share of shown sections that is to be right in cross-validation; above what is promised, since
other papers' words are less well reference."""
_PRECISE_EACH = 0.85
"""The same for each section by itself: papers themselves file news of society under local news."""
_MIN_RIGHT_ARTICLES = 5
"""Fewer that are right may be luck."""
_NEGLIGIBLE = 2
"""Steps: a weight below is dropped, which changes no decision and halves the file."""


class TopicExample(NamedTuple):
    """An article whose section is reference; its words are comparison keys."""

    title: tuple[str, ...]
    body: tuple[str, ...]
    section: str


def read_topic_examples(path: Path) -> list[TopicExample]:
    """Return the articles in a file of JSON lines, gzipped or not, each text once."""
    names = _sections()
    examples: dict[tuple[tuple[str, ...], tuple[str, ...]], TopicExample] = {}
    for record in json_records(path):
        section = names.get(str(record["cat"]).lower())
        if section:
            title, body = split_words(record["title"]).keys, split_words(record["text"]).keys
            examples.setdefault((title, body[:40]), TopicExample(title, body, section))
    return list(examples.values())


def _sections() -> dict[str, str]:
    """Return the section by each of its names."""
    sections = table("sections")
    return {name: s for s, entry in sections.items() for name in (s, *entry["also"])}


def count_features(examples: Sequence[TopicExample]) -> ReferenceCounts:
    """Return how many of the articles have each feature."""
    counts = [0] * BUCKETS
    for example in examples:
        kinds = feature_counts(example.title, example.body)
        for number in {number for _, counted in kinds for number in counted}:
            counts[number] += 1
    return reference_counts(counts, len(examples))


def _matrix(examples: Sequence[TopicExample], reference: ReferenceCounts) -> Any:
    vectors = [feature_vector(example.title, example.body, reference) for example in examples]
    ends = np.cumsum([0, *map(len, vectors)])
    numbers = np.fromiter((n for each in vectors for n in each), np.int32, int(ends[-1]))
    values = np.fromiter((v for each in vectors for v in each.values()), float, int(ends[-1]))
    return csr_matrix((values, numbers, ends), shape=(len(vectors), BUCKETS))


def fit(examples: Sequence[TopicExample]) -> TopicModel:
    """Return a model of the examples, without calibration."""
    reference = count_features(examples)
    right = np.array([example.section for example in examples])
    labels, sizes = np.unique(right, return_counts=True)
    even = {
        str(a): (len(right) / len(labels) / n) ** _BALANCE
        for a, n in zip(labels, sizes, strict=True)
    }
    machine = LinearSVC(C=_COST, class_weight=even, random_state=0)
    machine.fit(_matrix(examples, reference), right)
    scales = np.abs(machine.coef_).max(axis=1) / 127
    steps = np.rint(machine.coef_ / scales[:, None]).astype(int)
    steps[np.abs(steps) < _NEGLIGIBLE] = 0
    header = {
        "labels": [str(label) for label in labels],
        "bias": [round(float(bias), 6) for bias in machine.intercept_],
        "scale": [round(float(scale), 9) for scale in scales],
    }
    return TopicModel(reference, header, steps.T.astype(np.int8).tobytes())


def cross_validated_scores(examples: Sequence[TopicExample]) -> list[list[float]]:
    """Return each example's scores, by label, from a model that has not seen it."""
    right = [example.section for example in examples]
    scores: list[list[float]] = [[] for _ in examples]
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    for seen, unseen in folds.split(np.zeros(len(right)), right):
        model = fit([examples[i] for i in seen])
        columns = np.frombuffer(model.rows, np.int8).reshape(BUCKETS, -1).T
        weights = columns * np.array(model.header["scale"])[:, None]
        held = _matrix([examples[i] for i in unseen], model.reference)
        for i, row in zip(unseen, held @ weights.T + np.array(model.header["bias"]), strict=True):
            scores[i] = row.tolist()
    return scores


def calibrate(scores: Sequence[Sequence[float]], right: Sequence[str]) -> dict[str, Any]:
    """Return what turns scores into confidence, and from which confidence a section is shown."""
    labels = sorted(set(right))
    values = np.array(scores)
    ranked = np.sort(values, axis=1)
    margin, first = ranked[:, -1] - ranked[:, -2], values.argmax(axis=1)
    hits = np.array([labels[i] == section for i, section in zip(first, right, strict=True)])
    inputs = np.column_stack([margin, np.eye(len(labels))[first]])
    curve = LogisticRegression(C=10.0, fit_intercept=False, max_iter=1000).fit(inputs, hits)
    confidence = curve.predict_proba(inputs)[:, 1]
    least = _threshold(confidence, hits, _PRECISE)
    each = [
        _threshold(confidence[first == i], hits[first == i], _PRECISE_EACH)
        for i in range(len(labels))
    ]
    slope, *offset = (round(float(value), 4) for value in curve.coef_[0])
    return {"slope": slope, "offset": offset, "sure": [max(least, threshold) for threshold in each]}


def _threshold(confidence: Any, hits: Any, precise: float) -> float:
    """Return the lowest confidence from which so many are right; 1 if none is."""
    by_confidence = np.argsort(-confidence, kind="stable")
    ranked = confidence[by_confidence]
    precision = np.cumsum(hits[by_confidence]) / np.arange(1, len(ranked) + 1)
    lowest = np.append(np.diff(ranked) != 0, True)  # of equals, all are shown or none
    enough = np.nonzero(lowest & (precision >= precise))[0]
    if not len(enough) or enough[-1] < _MIN_RIGHT_ARTICLES:
        return 1.0
    return math.floor(1000 * float(ranked[enough[-1]])) / 1000


def main() -> None:
    """Train on everything, calibrate by cross-validation, and write the file."""
    examples = read_topic_examples(data_folder() / ARTICLES)
    curve = calibrate(cross_validated_scores(examples), [example.section for example in examples])
    model = fit(examples)
    data = packed_topic_model(TopicModel(model.reference, {**model.header, **curve}, model.rows))
    OUT.write_bytes(data)
    print(f"{len(examples)} articles, {OUT.stat().st_size:,} bytes, {curve}")


if __name__ == "__main__":
    main()
