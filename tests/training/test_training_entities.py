"""Reading the texts with names marked, that models are trained on and measured by."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from mujaz.enrich.entities.gazetteer.gazetteer import Gazetteer
from mujaz.enrich.entities.lexicon import shipped_lexicon
from mujaz.training.corpus import labelled_documents, right_names

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
