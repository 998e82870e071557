"""Trains the models of topics: `MUJAZ_DATA=… python -m mujaz.training.topics`.

Reads in that folder `ant.jsonl.gz` (`title`, `cat`, `text` a line), articles of a Tunisian paper,
and `sanad.jsonl.gz` (`cat`, `text` a line; or the file that `MUJAZ_SANAD` names), articles of an
Emirati paper; without it, the general model is left as it is. Writes
`generator/mujaz/data/topics.bin`. Needs the extra `training`. The same data gives the same weights.

The model of Tunisian papers learns their own desks. The general model cannot: what one paper calls
local another calls society or economy. It learns from both papers what section words say of each
text, and a little of what the paper says.
"""

from __future__ import annotations

import math
import os
from collections import defaultdict
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
    LinearModel,
    ReferenceCounts,
    Stems,
    TopicModel,
    feature_counts,
    feature_vector,
    packed_topic_model,
    pair_buckets,
    reference_counts,
    shipped_topic_model,
    stems,
)
from mujaz.enrich.topics.classifier import section_scores
from mujaz.enrich.topics.section_words import word_shares
from mujaz.training import ARTICLES, data_folder, json_records

OUT = Path(__file__).parent.parent / "data" / "topics.bin"
_HOME = "TN"
"""Of the paper whose desks are learned."""
_COST = 0.15
"""What a wrong side costs against large weights; the best in cross-validation."""
_BALANCE = 0.7
"""0 leaves small sections to their size, 1 weighs all alike; the best in cross-validation."""
_FOLDS = 10
_WORDS_AT_HOME = 0.3
"""Weight of section words where the desks are those that were learned; the best there."""
_GENERAL = {"home": "", "words": 6.0, "slope": 2.2, "offset": 0.0, "sure": 0.9}
"""The same elsewhere, and what turns scores into a decision: chosen on two days of other papers
that were read whole."""
_MAX_OF_CLASS = 1500
"""Articles of a class of the second paper."""
_SOURCE_SHARE = 0.15
"""What the section that the paper names counts against the shares of section words."""
_PRECISE = 0.93
"""Share of sure sections that is to be right in cross-validation; above what is promised, since
other papers' words are less well known."""
_PRECISE_EACH = 0.85
"""The same for each section by itself: papers themselves file news of society under local news."""
_MIN_RIGHT_ARTICLES = 5
"""Fewer that are right may be luck."""
_NEGLIGIBLE = 2
"""Steps: a weight below is dropped, which changes no decision and halves the file."""


class TopicExample(NamedTuple):
    """An article whose section is known."""

    text: Stems
    section: str


def read_topic_examples(path: Path, max_of_class: int | None = None) -> list[TopicExample]:
    """Return the articles in a file of JSON lines, gzipped or not, each text once.

    Of each class at most some are taken, from all over the file.
    """
    names = _sections()
    records = defaultdict[str, list[tuple[str, str]]](list)
    for record in json_records(path):
        section = names.get(str(record["cat"]).lower())
        if section:
            records[section].append((record.get("title", ""), record["text"]))
    examples: dict[tuple[tuple[str, ...], tuple[str, ...]], TopicExample] = {}
    for section, texts in records.items():
        for title, body in texts[:: math.ceil(len(texts) / (max_of_class or len(texts)))]:
            text = stems(split_words(title).keys, split_words(body).keys)
            examples.setdefault((text.title, text.body[:40]), TopicExample(text, section))
    return list(examples.values())


def _sections() -> dict[str, str]:
    """Return the section by each of its names."""
    sections = table("sections")
    return {name: s for s, entry in sections.items() for name in (s, *entry["also"])}


def count_features(examples: Sequence[TopicExample]) -> ReferenceCounts:
    """Return how many of the articles have each feature; pairs are those of whole texts."""
    counts = [0] * BUCKETS
    for example in examples:
        numbers = {number for _, counted in feature_counts(example.text) for number in counted}
        for number in numbers.union(pair_buckets(example.text)):
            counts[number] += 1
    return reference_counts(counts, len(examples))


def _matrix(examples: Sequence[TopicExample], reference: ReferenceCounts) -> Any:
    vectors = [feature_vector(example.text, reference) for example in examples]
    ends = np.cumsum([0, *map(len, vectors)])
    numbers = np.fromiter((n for each in vectors for n in each), np.int32, int(ends[-1]))
    values = np.fromiter((v for each in vectors for v in each.values()), float, int(ends[-1]))
    return csr_matrix((values, numbers, ends), shape=(len(vectors), BUCKETS))


def fit(examples: Sequence[TopicExample], reference: ReferenceCounts) -> LinearModel:
    """Return a model of the examples, without calibration."""
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
    return LinearModel(header, steps.T.astype(np.int8).tobytes())


Scores = dict[str, float]


def scores_at_home(example: TopicExample, model: LinearModel, reference: ReferenceCounts) -> Scores:
    """Return an example's scores by label, section words among what they are made of."""
    shares = word_shares(example.text)
    scores = section_scores(feature_vector(example.text, reference), model)
    return {label: it + _WORDS_AT_HOME * shares.get(label, 0) for label, it in scores.items()}


def cross_validated_scores(examples: Sequence[TopicExample]) -> list[Scores]:
    """Return each example's scores from a model that has not seen it."""
    right = [example.section for example in examples]
    scores: list[Scores] = [{} for _ in examples]
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    for seen, unseen in folds.split(np.zeros(len(right)), right):
        training = [examples[i] for i in seen]
        reference = count_features(training)
        model = fit(training, reference)
        for i in unseen:
            scores[i] = scores_at_home(examples[i], model, reference)
    return scores


def calibrate(scores: Sequence[Scores], right: Sequence[str]) -> dict[str, Any]:
    """Return what turns scores into confidence, and from which confidence a section is sure."""
    labels = sorted(set(right))
    values = np.array([[each[label] for label in labels] for each in scores])
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


def model_at_home(examples: Sequence[TopicExample], reference: ReferenceCounts) -> LinearModel:
    """Return the model of the paper whose desks are learned, calibrated by cross-validation."""
    curve = calibrate(cross_validated_scores(examples), [example.section for example in examples])
    model = fit(examples, reference)
    header = {**model.header, **curve, "home": _HOME, "words": _WORDS_AT_HOME}
    return LinearModel(header, model.rows)


def general_model(examples: Sequence[TopicExample], reference: ReferenceCounts) -> LinearModel:
    """Return the model of papers of any country."""
    model = fit([TopicExample(each.text, _by_words(each)) for each in examples], reference)
    each_label = {
        name: [_GENERAL[name]] * len(model.header["labels"]) for name in ("offset", "sure")
    }
    return LinearModel({**model.header, **_GENERAL, **each_label}, model.rows)


def _by_words(example: TopicExample) -> str:
    """Return the section that an article's words and its paper say; news of the world is none."""
    shares = word_shares(example.text)
    printed_in = "politics" if example.section == "world" else example.section
    shares[printed_in] = shares.get(printed_in, 0) + _SOURCE_SHARE
    return max(sorted(shares), key=shares.__getitem__)


def main() -> None:
    """Train on everything, and write the file."""
    examples = read_topic_examples(data_folder() / ARTICLES)
    reference = count_features(examples)
    sanad = Path(os.environ.get("MUJAZ_SANAD") or data_folder() / "sanad.jsonl.gz")
    if sanad.is_file():
        general = general_model([*examples, *read_topic_examples(sanad, _MAX_OF_CLASS)], reference)
    else:
        print(f"{sanad} is not there: the general model stays as it is")
        general = shipped_topic_model().models[-1]
    home = model_at_home(examples, reference)
    OUT.write_bytes(packed_topic_model(TopicModel(reference, (home, general))))
    print(
        f"{len(examples)} articles, {OUT.stat().st_size:,} bytes, {home.header}, {general.header}"
    )


if __name__ == "__main__":
    main()
