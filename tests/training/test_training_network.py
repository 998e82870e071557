"""Learning what names are, and reckoning with it in whole numbers."""

from __future__ import annotations

import numpy as np
import pytest
from mujaz.data.word_vectors import WordVectors, packed_vectors
from mujaz.enrich.entities.entity_model import LABELS, EntityModel, packed_weights
from mujaz.enrich.entities.lexicon import Lexicon
from mujaz.enrich.entities.mentions import best_labels
from mujaz.enrich.entities.sentence_features import phrase_features
from mujaz.enrich.entities.word_features import FeatureExtractor
from mujaz.training.network import encoded, label_shares, trained_weights

PHRASES = "قال ثم|سامر الحداد|في دمشق|وصل وزير|إلى بيت|قرب نهر|كبير جدا".split("|")
WORDS = " ".join(PHRASES).split()
TAGS = {"سامر": "B-PERS", "الحداد": "I-PERS", "دمشق": "B-LOC"}


@pytest.fixture(scope="module")
def extractor() -> FeatureExtractor:
    chance = np.random.default_rng(3)
    vectors = chance.normal(size=(len(WORDS), 8))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    content = packed_vectors(dict(zip(WORDS, vectors, strict=True)))
    return FeatureExtractor(Lexicon({}), WordVectors(content))


def test_what_is_learnt_is_reckoned_alike(extractor: FeatureExtractor) -> None:
    chance = np.random.default_rng(5)
    text = [" ".join([*chance.permutation(PHRASES), "."]).split() for _ in range(60)]
    labels = [TAGS.get(word, "O") for sentence in text for word in sentence]
    numbers = [LABELS.index(label) for label in labels]
    texts = encoded([text], extractor, np.eye(len(LABELS), dtype=np.float32)[numbers])
    weights = trained_weights([(texts, 2)], 8, 150, 1)
    assert list(label_shares(weights, texts).argmax(1)) == numbers
    model = EntityModel(packed_weights(weights, 8), extractor.vectors)
    words = [[extractor.word(token) for token in sentence] for sentence in text]
    placed = [phrase_features(sentence, extractor.lexicon) for sentence in words]
    chances = model.chances(words, placed, extractor.word("."))
    assert [label for sentence in chances for label in best_labels(sentence)] == labels
    assert model.chances([], [], extractor.word(".")) == []
    assert len(model.chances(words[:1], [{}], extractor.word("."))[0]) == len(words[0])


def test_words_are_told_by_their_row(extractor: FeatureExtractor) -> None:
    vectors = extractor.vectors
    assert len({vectors.row(word) for word in WORDS}) == len(WORDS)
    assert vectors.row("لا_مثيل") is None
    assert vectors.vector("لا_مثيل") is None
    assert float(vectors.vector("نهر") @ vectors.vector("نهر")) == pytest.approx(1)


def test_all_digits_are_one() -> None:
    vectors = WordVectors(packed_vectors({"00": np.array([1.0, 0.0])}))
    assert vectors.row("47") == 0
    assert vectors.row("4") is None
