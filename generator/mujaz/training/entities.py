"""Trains the model of names: `MUJAZ_DATA=… python -m mujaz.training.entities`.

Reads `anercorp.train.txt.gz` (`token LABEL` a line) and articles without labels, as
`training.word_vectors` does, whose vectors it takes from `data/`, and writes the model and the
calibration there. Five networks learn from four fifths of the labelled texts each; how they judge
the remaining fifth calibrates what is shown, and what they together make of articles without
labels is what the network that ships learns from, beside all labelled texts (Hinton, Vinyals and
Dean 2015, "Distilling the knowledge in a neural network"). Takes six minutes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

from mujaz.arabic.normalise import key
from mujaz.data import HERE
from mujaz.enrich.entities.candidates import CandidateFinder
from mujaz.enrich.entities.entity_model import LABELS, EntityModel, Weights, packed_weights
from mujaz.enrich.entities.gazetteer.gazetteer import Gazetteer
from mujaz.enrich.entities.tagger import Calibration
from mujaz.enrich.entities.word_features import FeatureExtractor, shipped_extractor
from mujaz.model import TagKind
from mujaz.training import LABELLED, data_folder
from mujaz.training.corpus import Document, Judged, judge, labelled_documents
from mujaz.training.network import EncodedTexts, encoded, label_shares, trained_weights
from mujaz.training.word_vectors import article_sentences, unlabelled_files

FOLDS = 5
PRECISION: Mapping[TagKind, float] = {"person": 0.89, "place": 0.93, "organisation": 0.8}
"""The share of shown names of each kind that is to be right where the model alone sees them, as
judged by the networks of the folds; what ships learnt from more, and is a little better."""
_FOLD_STEPS, _FOLD_WINDOWS = 450, 12
_STEPS, _LABELLED_WINDOWS, _UNLABELLED_WINDOWS = 1_500, 4, 12
"""How often a network learns, and from how many stretches of text at a time."""
_ARTICLES, _ARTICLE_WORDS, _SENTENCE_WORDS = 6_000, 250, 150
"""How many articles without labels are learnt from, and how many words of each."""
_THRESHOLDS = np.arange(0.3, 0.96, 0.05)
_SCALES_HEADER = (
    "# How evidence for a name becomes a confidence, by kind, and from which one it is shown.\n"
    "# Learnt from ANERcorp, CC BY-SA 4.0, see NOTICE. Made by mujaz.training.entities.\n"
)


def encoded_documents(documents: Sequence[Document], extractor: FeatureExtractor) -> EncodedTexts:
    """Return documents with names marked as numbers."""
    labels = [label for document in documents for s in document for label in s.labels]
    targets = np.eye(len(LABELS), dtype=np.float32)[[LABELS.index(label) for label in labels]]
    texts = [[sentence.tokens for sentence in document] for document in documents]
    return encoded(texts, extractor, targets)


def fold_of(documents: Sequence[Document], fold: int) -> tuple[list[Document], list[Document]]:
    """Return a fifth of `documents`, in a row, and the others."""
    first, last = (len(documents) * i // FOLDS for i in (fold, fold + 1))
    return [*documents[first:last]], [*documents[:first], *documents[last:]]


def fold_weights(documents: Sequence[Document], extractor: FeatureExtractor) -> list[Weights]:
    """Return networks of which each learnt from `documents` but a fifth."""
    dimensions, networks = extractor.vectors.dimensions, []
    for fold in range(FOLDS):
        _, others = fold_of(documents, fold)
        texts = [(encoded_documents(others, extractor), _FOLD_WINDOWS)]
        networks.append(trained_weights(texts, dimensions, _FOLD_STEPS, fold))
    return networks


def cross_validated_judgements(
    documents: Sequence[Document], networks: Sequence[Weights]
) -> Iterator[list[Judged]]:
    """Yield each fifth of `documents` as judged by what was learnt from the others."""
    for fold, weights in enumerate(networks):
        finder = _finder(weights)
        yield judge(fold_of(documents, fold)[0], shipped_extractor().lexicon, finder)


def _finder(weights: Weights) -> CandidateFinder:
    # Of its own, as words note what a model makes of them.
    extractor = FeatureExtractor(shipped_extractor().lexicon, shipped_extractor().vectors)
    dimensions = extractor.vectors.dimensions
    model = EntityModel(packed_weights(weights, dimensions), extractor.vectors)
    return CandidateFinder(extractor, model, Gazetteer())


def distilled_weights(
    documents: Sequence[Document],
    networks: Sequence[Weights],
    articles: Sequence[Sequence[Sequence[str]]],
    extractor: FeatureExtractor,
) -> Weights:
    """Return a network that learnt from `documents` and what `networks` make of `articles`."""
    unlabelled = encoded(articles, extractor)
    shares: Any = sum(label_shares(weights, unlabelled) for weights in networks)
    unlabelled = unlabelled._replace(targets=shares / len(networks))
    texts = [
        (encoded_documents(documents, extractor), _LABELLED_WINDOWS),
        (unlabelled, _UNLABELLED_WINDOWS),
    ]
    return trained_weights(texts, extractor.vectors.dimensions, _STEPS, FOLDS)


def unlabelled_articles(data: Path) -> list[list[list[str]]]:
    """Return the beginnings of articles, as many of each file as its share, evenly spread."""
    articles = [
        sentences for file in unlabelled_files(data) for sentences in article_sentences(file)
    ]
    chosen = articles[:: max(1, len(articles) // _ARTICLES)]
    return [_beginning(sentences) for sentences in chosen]


def _beginning(sentences: Sequence[Sequence[str]]) -> list[list[str]]:
    starts = itertools.accumulate(map(len, sentences), initial=0)
    pairs = zip(sentences, starts, strict=False)
    return [[*sentence[:_SENTENCE_WORDS]] for sentence, start in pairs if start < _ARTICLE_WORDS]


def fit_calibrations(judged: Sequence[Judged]) -> dict[TagKind, Calibration]:
    """Return how sure to be of candidates, learnt from those that were judged."""
    calibrations = {}
    for kind in PRECISION:
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
    return {
        kind: each._replace(threshold=_threshold(kind, each, judged))
        for kind, each in calibrations.items()
    }


def _threshold(kind: TagKind, calibration: Calibration, judged: Sequence[Judged]) -> float:
    """Return the lowest confidence from which names of a kind are as precise as asked for."""
    scored = [
        (calibration.confidence(candidate.evidence), (kind, key(candidate.name)) in each.right)
        for each in judged
        for candidate in each.candidates
        if candidate.kind == kind and candidate.mentions
    ]
    for threshold in _THRESHOLDS:
        shown = [right for confidence, right in scored if confidence >= threshold]
        if sum(shown) >= PRECISION[kind] * len(shown):
            return round(float(threshold), 2)
    return round(float(_THRESHOLDS[-1]), 2)


def main() -> None:
    """Write the trained model and its calibration."""
    data, extractor = data_folder(), shipped_extractor()
    documents = labelled_documents(data / LABELLED)
    networks = fold_weights(documents, extractor)
    judged = list(itertools.chain.from_iterable(cross_validated_judgements(documents, networks)))
    write_calibrations(fit_calibrations(judged))
    articles = unlabelled_articles(data)
    weights = distilled_weights(documents, networks, articles, extractor)
    content = packed_weights(weights, extractor.vectors.dimensions)
    (HERE / "entities.bin").write_bytes(content)


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
