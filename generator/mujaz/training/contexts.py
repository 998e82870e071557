"""Groups words by the contexts they stand in, so that a rare word can be told by its kin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import coo_matrix
from sklearn.cluster import KMeans
from sklearn.utils.extmath import randomized_svd

_SEEN = 3
"""Times a word has to stand in the texts to be grouped."""
_WORDS, _CONTEXTS = 22_000, 3_000
"""How many words are grouped, and by how many of the commonest words beside them."""
_OFFSETS = (-2, -1, 1, 2)
_DIMENSIONS = 80
_GROUPS = 500


def context_groups(sentences: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return the group of each word that is common enough in `sentences`, lists of keys.

    Positive pointwise mutual information of words and their neighbours at each distance up to
    two, reduced to 80 dimensions, in 500 k-means clusters. The same input gives the same groups
    on one machine; only the trained result is shipped.
    """
    counts = Counter(word for sentence in sentences for word in sentence)
    ranked = sorted(counts, key=lambda word: (-counts[word], word))[:_WORDS]
    index = {word: i for i, word in enumerate(ranked) if counts[word] >= _SEEN}
    pairs = Counter(_pairs(sentences, index))
    row, column = np.array(list(pairs)).T
    together = np.array(list(pairs.values()), dtype=float)
    of_word = np.bincount(row, together)
    of_context = np.bincount(column, together) ** 0.75
    chance = of_word[row] * of_context[column] / of_context.sum()
    information = np.maximum(np.log(together / chance), 0.0)
    matrix = coo_matrix((information, (row, column))).tocsr()
    left, strength, _ = randomized_svd(matrix, _DIMENSIONS, random_state=0, n_iter=4)
    vectors = left * np.sqrt(strength)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    labels = KMeans(_GROUPS, n_init=1, random_state=0, max_iter=40).fit(vectors).labels_
    return {word: str(labels[i]) for word, i in index.items()}


def _pairs(sentences: Sequence[Sequence[str]], index: dict[str, int]) -> Iterable[tuple[int, int]]:
    """Yield each word with each of its contexts: a common word, or an end, at some distance."""
    end = _CONTEXTS
    for sentence in sentences:
        numbers = [index.get(word, -1) for word in sentence]
        for position, word in enumerate(numbers):
            if word < 0:
                continue
            for slot, offset in enumerate(_OFFSETS):
                other = position + offset
                neighbour = numbers[other] if 0 <= other < len(numbers) else end
                if 0 <= neighbour <= end:
                    yield word, slot * (end + 1) + neighbour
