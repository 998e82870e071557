"""Reading the texts with names marked, that models are trained on and measured by."""

from __future__ import annotations

import gzip
import random
from itertools import product
from pathlib import Path

import pycrfsuite
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.enrich.entities.entity_model import (
    LABELS,
    FeatureWeights,
    packed_scores,
    packed_weights,
    unpacked_scores,
)
from mujaz.enrich.entities.gazetteer.gazetteer import Gazetteer
from mujaz.enrich.entities.lexicon import shipped_lexicon
from mujaz.training.chain import put_together, taken_apart
from mujaz.training.corpus import labelled_documents, right_names

ANY_NAME = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1)
SENTENCE = (
    "قال O\nالدكتور O\nسامر B-PERS\nالحداد I-PERS\nفي O\nدمشق B-LOC\n. O\n"
    "ووصل O\nالحداد B-PERS\nإلى O\nالولايات B-LOC\nالمتحدة I-LOC\nالأمريكية I-LOC\n. O\n"
)


@pytest.mark.parametrize("packed", [False, True])
def test_labelled_documents(tmp_path: Path, packed: bool) -> None:
    file = tmp_path / ("names.txt.gz" if packed else "names.txt")
    content = (SENTENCE * 30).encode()
    file.write_bytes(gzip.compress(content) if packed else content)
    documents = labelled_documents(file)
    sizes = [sum(len(sentence.tokens) for sentence in document) for document in documents]
    assert sum(sizes) == 14 * 30
    assert all(size >= 350 for size in sizes[:-1])
    assert documents[0][0].tokens[-1] == "."


@pytest.mark.parametrize(
    ("lines", "labels"),
    [("x B-MISC\n", ["O"]), ("x B-ORG\n", ["B-ORG"]), ("x ?\n", ["O"]), ("\n O\n", [])],
    ids=["another kind", "organisation", "no label", "no token"],
)
def test_labels(tmp_path: Path, lines: str, labels: list[str]) -> None:
    file = tmp_path / "names.txt"
    file.write_text(lines, "utf-8")
    found = [label for document in labelled_documents(file) for s in document for label in s.labels]
    assert found == labels


def test_right_names_are_as_tags_are(tmp_path: Path) -> None:
    file = tmp_path / "names.txt"
    file.write_text(SENTENCE, "utf-8")
    (document,) = labelled_documents(file)
    assert right_names(document, shipped_lexicon(), Gazetteer()) == {
        ("person", "سامر الحداد"),
        ("place", "دمشق"),
        ("place", "الولايات المتحده"),
    }


def test_a_model_taken_apart_decides_as_the_whole(tmp_path: Path) -> None:
    chance = random.Random(2)
    rows = [[[f"a{chance.randint(0, 9)}", "1"] for _ in range(6)] for _ in range(60)]
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for row in rows:
        labels = [LABELS[int(names[0][1:]) % 7] for names in row]
        trainer.append(row, labels[1:] + labels[:1])
    trainer.train(str(tmp_path / "model"))
    whole = pycrfsuite.Tagger()
    whole.open(str(tmp_path / "model"))
    model = put_together(*taken_apart((tmp_path / "model").read_bytes()))
    for row in rows:
        assert model.label([model.weights.summed(names) for names in row]) == whole.tag(row)
        for label, position in product(LABELS, range(6)):
            found = model.crf.marginal(label, position)
            assert found == pytest.approx(whole.marginal(label, position))


@given(st.dictionaries(ANY_NAME, st.tuples(*[st.floats(-9, 9)] * 7), min_size=1, max_size=9))
def test_weights_are_summed(known: dict[str, tuple[float, ...]]) -> None:
    weights = FeatureWeights(packed_weights(known))
    part = tuple(map(float, range(7)))
    for _ in range(2):
        found = unpacked_scores(weights.summed([*known, "never met\t"], packed_scores(part)))
        assert found == pytest.approx([*map(sum, zip(part, *known.values(), strict=True))])
