"""Trains the model that splits glued headlines: `MUJAZ_DATA=… make headlines`.

Reads `ant.jsonl.gz`, one article a line with `title` and `text`, and `anercorp.train.txt.gz`, one
word a line; writes `data/headlines.zip`. Needs the extra `training`. The same data give
the same file.
"""

from __future__ import annotations

import gzip
import itertools
import json
import math
import random
import re
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_LZMA, ZipFile, ZipInfo

from pycrfsuite import Trainer

from mujaz.arabic.normalise import clean, fold_spaces
from mujaz.arabic.phrases import split_words
from mujaz.enrich.headlines.boundary_features import (
    FEATURE_FAMILIES,
    WordClasses,
    gap_features,
    light_stem,
    stems_around_gaps,
)
from mujaz.enrich.headlines.boundary_model import BEGINS, stem_pair_hash
from mujaz.enrich.headlines.calibration import glue
from mujaz.training import ARTICLES, LABELLED, data_folder, json_records, trained_crf
from mujaz.training.classes import word_classes

_CLASSES = 128
_GLUINGS_PER_HEADLINE = 8
"""Times that each headline is glued between others."""
_HIDDEN = 0.35
"""Share of words of which each family of features is hidden, so that no family is relied on: in
another source most words are new, and its punctuation is its own."""
_OFTEN = 2
"""Occurrences, outside the headline's own article, that make two stems stand together."""
_CRF = {"c1": 0.3, "c2": 0.5, "max_iterations": 80, "feature.possible_transitions": True}
_CLAUSE_END = re.compile('[.!؟?…\n:؛"«»()،,]+')
_COLONS = (" : ", ": ", " .. ", ".. ", " - ", " ")
_QUOTES = ('""', "«»", "“”", "()", "")

TrainingLine = tuple[list[list[str]], list[str]]
"""The features of the gap before each word in a line of glued headlines, and each word's label."""
_MIN_LENGTH_PRIOR = 24
"""Words of the longest headline that the length prior covers at least."""
_SHORT_LABELS: Sequence[list[str]] = ([], [BEGINS], [BEGINS, "E"], [BEGINS, "C", "E"])
"""Labels of headlines of less than four words, by their number."""


class Example(NamedTuple):
    """One article to learn from."""

    title: str
    text: str


def train(examples: Sequence[Example], texts: Sequence[Sequence[str]] = ()) -> bytes:
    """Return the model file learned from articles, and from running text of other sources.

    `texts` are words that follow each other, as comparison forms.
    """
    clauses = [list(_clauses(example.text)) for example in examples]
    titles = [split_words(example.title).keys for example in examples]
    runs = [run for article in clauses for run in article] + list(texts)
    classes = word_classes([*runs, *titles], _CLASSES)
    affinities = _affinities(runs, classes)
    vocabulary = WordClasses(classes, affinities)
    pairs = _stem_pairs(runs)
    pairs_by_title = {
        example.title: _stem_pairs(article)
        for example, article in zip(examples, clauses, strict=True)
    }
    crf = train_crf(
        _lines([example.title for example in examples], vocabulary, pairs, pairs_by_title), _CRF
    )
    together = sorted({stem_pair_hash(pair) for pair, times in pairs.items() if times >= _OFTEN})
    return _archive(
        {
            "boundaries.crf": crf,
            "words.tsv": "".join(f"{w}\t{n}\n" for w, n in sorted(classes.items())).encode(),
            "affinities.txt": "\n".join(affinities).encode(),
            "lengths.json": json.dumps(length_prior([e.title for e in examples])).encode(),
            "together.bin": _little_endian(together),
        }
    )


def labels(title: str) -> list[str]:
    """Return the labels of a headline's words: first, second, inner, last but one, last."""
    count = len(title.split())
    if count < len(_SHORT_LABELS):
        return _SHORT_LABELS[count]
    return [BEGINS, "C", *("I" * (count - 4)), "D", "E"]


def train_crf(lines: Iterable[TrainingLine], settings: Mapping[str, float | bool]) -> bytes:
    """Return a CRF trained on the lines; the same ones in the same order give the same bytes."""
    trainer = Trainer(algorithm="lbfgs", verbose=False, params=dict(settings))
    for rows, wanted in lines:
        trainer.append(rows, wanted)
    return trained_crf(trainer)


def length_prior(titles: Sequence[str]) -> list[float]:
    """Return the log probability of each number of words, smoothed over its neighbours."""
    counts = Counter(len(title.split()) for title in titles)
    longest = max(_MIN_LENGTH_PRIOR, *counts)
    smooth = [
        sum(times * math.exp(-abs(n - length) / 1.5) for length, times in counts.items())
        + 0.001 * len(titles)
        for n in range(longest + 1)
    ]
    total = sum(smooth[1:])
    return [-99.0, *(round(math.log(value / total), 3) for value in smooth[1:])]


def _lines(
    titles: Sequence[str],
    vocabulary: WordClasses,
    pairs: Counter[tuple[str, str]],
    pairs_by_title: Mapping[str, Counter[tuple[str, str]]],
) -> Iterator[TrainingLine]:
    """Yield the titles in sidebars, every other one of which in another source's punctuation."""
    dice = random.Random(1)
    for number, sidebar in enumerate(glue(titles, _GLUINGS_PER_HEADLINE, dice)):
        restyle = _restyler(dice) if number % 2 else str
        styled = [(fold_spaces(restyle(title)), title) for title in sidebar]
        words = [word for text, _ in styled for word in text.split()]
        origins = [title for text, title in styled for _ in text.split()]
        together = [
            pairs[pair] - pairs_by_title[title][pair] >= _OFTEN
            for pair, title in zip(stems_around_gaps(words, vocabulary), origins, strict=True)
        ]
        rows = gap_features(words, together, vocabulary)
        rows = [_with_families_hidden(row, dice) for row in rows]
        yield rows, [label for text, _ in styled for label in labels(text)]


class _Restyler:
    """Writes headlines in the punctuation of another source."""

    def __init__(self, colon: str, quotes: str) -> None:
        self.colon = colon
        self.quotes = quotes

    def __call__(self, title: str) -> str:
        parts = re.sub(r"\s*:\s+", self.colon, title).split('"')
        marks = [self.quotes[i % 2 : i % 2 + 1] for i in range(len(parts) - 1)]
        return "".join(part + mark for part, mark in zip(parts, [*marks, ""], strict=True))


def _restyler(dice: random.Random) -> _Restyler:
    return _Restyler(dice.choice(_COLONS), dice.choice(_QUOTES))


def _with_families_hidden(row: list[str], dice: random.Random) -> list[str]:
    # Forms and letters stay: every word has them.
    hidden = {
        family for family in FEATURE_FAMILIES if family not in "taz" and dice.random() < _HIDDEN
    }
    return [feature for feature in row if feature[1] not in hidden]


def _clauses(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the runs of words between punctuation, as comparison forms."""
    for clause in _CLAUSE_END.split(clean(text)):
        keys = split_words(clause).keys
        if keys:
            yield keys


def _stem_pairs(runs: Sequence[Sequence[str]]) -> Counter[tuple[str, str]]:
    pairs: Counter[tuple[str, str]] = Counter()
    for run in runs:
        stems = [light_stem(word) for word in run]
        pairs.update(itertools.pairwise(stems))
    return pairs


def _affinities(runs: Sequence[Sequence[str]], classes: Mapping[str, int]) -> list[str]:
    """Return a letter for each two classes: how much oftener than by chance one follows."""
    vocabulary = WordClasses(classes, ())
    pairs: Counter[tuple[int, int]] = Counter()
    single: Counter[int] = Counter()
    for run in runs:
        numbers = [vocabulary.class_of(word) for word in run]
        single.update(numbers)
        pairs.update(itertools.pairwise(numbers))
    total = sum(single.values())

    def letter(first: int, second: int) -> str:
        expected = single[first] * single[second] / total
        ratio = math.log((pairs[first, second] + 0.5) / (expected + 0.5))
        return chr(ord("a") + max(0, min(12, round(2 * ratio) + 5)))

    return ["".join(letter(i, j) for j in range(_CLASSES)) for i in range(_CLASSES)]


def _little_endian(numbers: Sequence[int]) -> bytes:
    packed = array("I", numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _archive(parts: Mapping[str, bytes]) -> bytes:
    """Return the parts in one file, which depends on nothing else."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, ZIP_LZMA)
    return buffer.getvalue()


def read_examples(folder: Path) -> list[dict[str, str]]:
    """Return the ANT articles of `folder`, each title once."""
    articles: dict[str, dict[str, str]] = {}
    for article in json_records(folder / ARTICLES):
        title = fold_spaces(clean(article["title"]))
        if len(title.split()) > 1:
            articles.setdefault(title, {**article, "title": title})
    return list(articles.values())


def read_running_text(folder: Path) -> list[tuple[str, ...]]:
    """Return the clauses of ANERcorp in `folder`, as comparison forms."""
    with gzip.open(folder / LABELLED, "rt", encoding="utf-8") as lines:
        words = [line.split()[0] for line in lines if line.strip()]
    return list(_clauses(" ".join(words)))


def main() -> None:
    """Write the model."""
    folder = data_folder()
    examples = [Example(a["title"], a["text"]) for a in read_examples(folder)]
    model = train(examples, read_running_text(folder))
    path = Path(__file__).parent.parent / "data" / "headlines.zip"
    path.write_bytes(model)


if __name__ == "__main__":
    main()
