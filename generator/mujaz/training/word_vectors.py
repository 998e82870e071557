"""Makes the vectors of words: `MUJAZ_DATA=… python -m mujaz.training.word_vectors`.

Reads unlabelled news: `sanad.jsonl.gz` (or the file that `MUJAZ_SANAD` names), `ant.jsonl.gz`, and
the words of `anercorp.train.txt.gz`. Takes two minutes.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import coo_matrix
from sklearn.utils.extmath import randomized_svd

from mujaz.arabic.normalise import word_key
from mujaz.data import HERE
from mujaz.data.word_vectors import packed_vectors
from mujaz.enrich.entities.mentions import split_sentences
from mujaz.training import ARTICLES, LABELLED, data_folder, json_records
from mujaz.training.corpus import labelled_documents

_WORDS, _CONTEXTS = 60_000, 8_000
"""How many words get a vector, and by how many of the commonest words beside them."""
_OFFSETS = (-2, -1, 1, 2)
_DIMENSIONS = 64
_DIGITS = str.maketrans("123456789", "000000000")


def unlabelled_files(data: Path) -> list[Path]:
    """Return the files of articles without names marked, one object a line."""
    return [Path(os.environ.get("MUJAZ_SANAD") or data / "sanad.jsonl.gz"), data / ARTICLES]


def article_sentences(file: Path) -> Iterator[list[list[str]]]:
    """Yield the sentences of each article in `file`, headline first, as lists of tokens."""
    for article in json_records(file):
        title = article.get("title")
        paragraphs = [title] if title else []
        yield split_sentences([*paragraphs, *article["text"].split("\n")])


def context_vectors(sentences: Iterator[Sequence[str]]) -> dict[str, Any]:
    """Return a vector, 1 long, for each of the commonest words, the commonest first.

    Positive pointwise mutual information of words and their neighbours at each distance up to
    two, reduced by its singular value decomposition.
    """
    numbers: dict[str, int] = {}
    counts: Counter[int] = Counter()
    stream: list[Any] = []
    for sentence in sentences:
        row = [numbers.setdefault(word, len(numbers) + 1) for word in sentence]
        counts.update(row)
        stream.append(np.array([*row, 0], np.int32))
    words = dict(zip(numbers.values(), numbers, strict=True))
    ranked = sorted(counts, key=lambda number: (-counts[number], words[number]))[:_WORDS]
    # The end of a sentence is the last of the contexts; rare words are none.
    rank = np.full(len(numbers) + 1, -1, np.int32)
    rank[ranked] = np.arange(len(ranked))
    rank[0] = len(ranked)
    matrix = _information(rank[np.concatenate(stream)], len(ranked))
    left, strength, _ = randomized_svd(matrix, _DIMENSIONS, random_state=0, n_iter=3)
    vectors = left * np.sqrt(strength)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    return {words[number]: vector for number, vector in zip(ranked, vectors, strict=True)}


def _information(stream: Any, count: int) -> Any:
    """Return how much each context tells of each word, given words as numbers in order."""
    contexts = np.where(stream == count, _CONTEXTS, stream)
    width = _CONTEXTS + 1
    cells, times = [], []
    for slot, offset in enumerate(_OFFSETS):
        word = stream[:-offset] if offset > 0 else stream[-offset:]
        context = contexts[offset:] if offset > 0 else contexts[:offset]
        is_pair = (word >= 0) & (word < count) & (context >= 0) & (context < width)
        cell = word[is_pair].astype(np.int64) * width + context[is_pair]
        cell, together = np.unique(cell, return_counts=True)
        cells.append((cell // width, cell % width + slot * width))
        times.append(together)
    rows, columns = (np.concatenate(part) for part in zip(*cells, strict=True))
    together = np.concatenate(times).astype(float)
    of_word = np.bincount(rows, together)
    of_context = np.bincount(columns, together) ** 0.75
    chance = of_word[rows] * of_context[columns] / of_context.sum()
    information = np.log(together / chance)
    tells = information > 0
    entries = information[tells].astype(np.float32), (rows[tells], columns[tells])
    return coo_matrix(entries, (count, len(_OFFSETS) * width)).tocsr()


def _all_sentences(data: Path) -> Iterator[list[str]]:
    """Yield the sentences of all texts as comparison keys, all digits as one."""
    for file in unlabelled_files(data):
        for sentences in article_sentences(file):
            yield from map(_keys, sentences)
    for document in labelled_documents(data / LABELLED):
        for sentence in document:
            yield _keys(sentence.tokens)


def _keys(tokens: Sequence[str]) -> list[str]:
    return [(word_key(token) or token).translate(_DIGITS) for token in tokens]


def main() -> None:
    """Write the vectors."""
    vectors = context_vectors(_all_sentences(data_folder()))
    (HERE / "word_vectors.bin").write_bytes(packed_vectors(vectors))
    print(f"{len(vectors):,} words")


if __name__ == "__main__":
    main()
