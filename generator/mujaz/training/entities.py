"""Trains the model of names: `MUJAZ_DATA=… python -m mujaz.training.entities`.

Reads `anercorp.train.txt.gz` (`token LABEL` a line) and `ant.jsonl.gz` (articles), and writes the
table of words, the model and the calibration into `data/`. Takes half an hour.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pycrfsuite
import yaml
from sklearn.linear_model import LogisticRegression

from mujaz.arabic.normalise import key, word_key
from mujaz.data import HERE
from mujaz.data.lookup import laid_out
from mujaz.enrich.entities.candidates import CandidateFinder
from mujaz.enrich.entities.gazetteer.gazetteer import Gazetteer
from mujaz.enrich.entities.lexicon import Lexicon, WordEntry
from mujaz.enrich.entities.sentence_features import document_hints, sentence_features
from mujaz.enrich.entities.tagger import Calibration
from mujaz.enrich.entities.word_features import FeatureExtractor
from mujaz.model import TagKind
from mujaz.training import ARTICLES, LABELLED, data_folder, trained_crf
from mujaz.training.chain import put_together, taken_apart
from mujaz.training.corpus import Document, Judged, judge, labelled_documents, raw_sentences
from mujaz.training.words import word_table

FOLDS = 5
TARGETS: Mapping[TagKind, float] = {"person": 0.55, "place": 0.78, "organisation": 0.35}
"""The share of names of each kind that is to be found."""
PRECISION = 0.91
"""The share of shown names that is to be right; a little more than is promised."""
_ITERATIONS = 80
_THRESHOLDS = np.arange(0.3, 0.96, 0.05)
_SCALES_HEADER = (
    "# How evidence for a name becomes a confidence, by kind, and from which one it is shown.\n"
    "# Learnt from ANERcorp, CC BY-SA 4.0, see NOTICE. Made by mujaz.training.entities.\n"
)


def train_model(documents: Sequence[Document], words: Mapping[str, WordEntry]) -> bytes:
    """Return a model of the names marked in `documents`, given the table of words."""
    extractor = FeatureExtractor(Lexicon(words))
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.05, "c2": 0.1, "max_iterations": _ITERATIONS})
    for document in documents:
        sentences = [[extractor.word(token) for token in each.tokens] for each in document]
        hints = document_hints(sentences, extractor)
        for sentence, labelled in zip(sentences, document, strict=True):
            features = sentence_features(sentence, extractor, hints)
            trainer.append(list(map(list, features)), labelled.labels)
    return trained_crf(trainer)


def cross_validated_judgements(
    documents: Sequence[Document], sentences: Sequence[Sequence[str]]
) -> Iterator[list[Judged]]:
    """Yield each fifth of `documents`, in a row, as judged by what was learnt from the others."""
    for fold in range(FOLDS):
        first, last = (len(documents) * i // FOLDS for i in (fold, fold + 1))
        others = [*documents[:first], *documents[last:]]
        words = word_table(others, sentences)
        model = put_together(*taken_apart(train_model(others, words)))
        lexicon, weights = Lexicon(words), model.weights
        extractor = FeatureExtractor(lexicon, weights.summed, weights.predictive_words)
        finder = CandidateFinder(extractor, model, Gazetteer())
        yield judge(documents[first:last], lexicon, finder)


def fit_calibrations(judged: Sequence[Judged]) -> dict[TagKind, Calibration]:
    """Return how sure to be of candidates, learnt from those that were judged."""
    calibrations = {}
    for kind in TARGETS:
        cases = [
            (candidate.evidence, (kind, key(candidate.name)) in each.right)
            for each in judged
            for candidate in each.candidates
            if candidate.kind == kind and candidate.mentions
        ]
        names = list(cases[0][0])
        evidence = np.array([list(case[0].values()) for case in cases], dtype=float)
        mean, spread = evidence.mean(0), evidence.std(0) + 1e-9
        fitted = LogisticRegression(C=0.05, max_iter=3000)
        fitted.fit((evidence - mean) / spread, [case[1] for case in cases])
        weights = fitted.coef_[0] / spread
        bias = float(fitted.intercept_[0] - weights @ mean)
        by_name = dict(zip(names, map(float, weights), strict=True))
        calibrations[kind] = Calibration(0.0, bias, by_name)
    curves = {kind: _curve(kind, each, judged) for kind, each in calibrations.items()}
    thresholds = _thresholds(curves)
    return {kind: each._replace(threshold=thresholds[kind]) for kind, each in calibrations.items()}


_Curve = list[tuple[float, int, int, float]]
"""Threshold, names shown, right ones among them, share of all right ones."""


def _curve(kind: TagKind, calibration: Calibration, judged: Sequence[Judged]) -> _Curve:
    scored = [
        (calibration.confidence(candidate.evidence), (kind, key(candidate.name)) in each.right)
        for each in judged
        for candidate in each.candidates
        if candidate.kind == kind and candidate.mentions
    ]
    wanted = sum(name[0] == kind for each in judged for name in each.right)
    curve: _Curve = []
    for threshold in _THRESHOLDS:
        shown = [right for confidence, right in scored if confidence >= threshold]
        curve.append((round(float(threshold), 2), len(shown), sum(shown), sum(shown) / wanted))
    return curve


def _thresholds(curves: Mapping[TagKind, _Curve]) -> dict[TagKind, float]:
    """Return from which confidence to show each kind.

    Together they are as precise as asked for; the kind that falls most short of its target falls
    as little short as can be.
    """
    kinds = list(curves)
    best: tuple[float, ...] = ()
    result = dict.fromkeys(kinds, float(_THRESHOLDS[-1]))
    for points in itertools.product(*(curves[kind] for kind in kinds)):
        shown, right = sum(point[1] for point in points), sum(point[2] for point in points)
        if shown and right >= PRECISION * shown:
            least = min(point[3] / TARGETS[kind] for kind, point in zip(kinds, points, strict=True))
            if (least, right) > best:
                best = (least, right)
                result = {kind: point[0] for kind, point in zip(kinds, points, strict=True)}
    return result


def read_training_data(data: Path) -> tuple[list[Document], list[list[str]]]:
    """Return the documents with names marked, and more sentences as comparison keys."""
    documents = labelled_documents(data / LABELLED)
    raw = raw_sentences(data / ARTICLES)
    return documents, [[word_key(token) or token for token in tokens] for tokens in raw]


def main() -> None:
    """Write the trained tables."""
    documents, sentences = read_training_data(data_folder())
    judged = list(itertools.chain.from_iterable(cross_validated_judgements(documents, sentences)))
    write_calibrations(fit_calibrations(judged))
    words = word_table(documents, sentences)
    write_words(words)
    weights, labels = taken_apart(train_model(documents, words))
    (HERE / "entities.bin").write_bytes(weights)
    (HERE / "entities.crfsuite").write_bytes(labels)


def write_words(words: Mapping[str, WordEntry]) -> None:
    """Write the table of words."""
    entries = {word: " ".join(map(str, entry)) for word, entry in words.items()}
    (HERE / "words.bin").write_bytes(laid_out(entries))


def write_calibrations(calibrations: Mapping[TagKind, Calibration]) -> None:
    """Write the calibration of each kind."""
    content = {
        kind: {
            "shown": each.threshold,
            "bias": round(each.bias, 4),
            "weights": {name: round(weight, 4) for name, weight in each.weights.items()},
        }
        for kind, each in calibrations.items()
    }
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    (HERE / "entity_scales.yml").write_text(_SCALES_HEADER + text, "utf-8")


if __name__ == "__main__":
    main()
