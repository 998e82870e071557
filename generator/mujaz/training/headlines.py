"""Trains the model that splits glued headlines: `MUJAZ_DATA=… make headlines`.

Reads `ant.jsonl.gz`, one article a line with `title` and `text`; `anercorp.train.txt.gz`, one word
a line; and `sanad.jsonl.gz`, one text a line with `text` (or the file that `MUJAZ_SANAD` names).
Writes `data/headlines.zip`. Needs the extra `training`, half an hour and 4 GB. The same data give
the same file.
"""

from __future__ import annotations

import gzip
import itertools
import json
import math
import os
import random
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_LZMA, ZipFile, ZipInfo

from pycrfsuite import Trainer

from mujaz.arabic.normalise import clean, fold_spaces, key
from mujaz.enrich.headlines.boundary_features import (
    WordClasses,
    gap_features,
    light_stem,
    stems_around_gaps,
)
from mujaz.enrich.headlines.boundary_model import BEGINS, stem_pair_hash
from mujaz.enrich.headlines.calibration import glue
from mujaz.enrich.headlines.word_usage import WordUsage
from mujaz.training import ARTICLES, LABELLED, data_folder, json_records, trained_crf
from mujaz.training.classes import word_classes
from mujaz.training.headline_data.running_text import Clause, RunningText, clauses
from mujaz.training.headline_data.styles import Style

_CLASSES = 128
_GLUINGS_PER_HEADLINE = 6
"""Times that each headline is glued between others."""
_HIDDEN = 0.35
"""Share of words of which each family of features is hidden, so that no family is relied on: in
another source most words are new, and its punctuation is its own."""
_OFTEN, _OFTEN_ELSEWHERE = 2, 6
"""Occurrences, outside the headline's own article, that make two stems stand together; and those in
the running text of other sources, which has more of everything."""
_HIDEABLE = "kcpg"
"""Families of features that are hidden; what running text tells and letters stay: every word has
them in any source."""
_PLAIN = 3
"""Of so many lines, one is in the style of its own source."""
_CRF = {"c1": 0.3, "c2": 0.5, "max_iterations": 80, "feature.possible_transitions": True}
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


def train(
    examples: Sequence[Example],
    texts: Sequence[Sequence[Clause]],
    elsewhere: RunningText,
) -> bytes:
    """Return the model file learned from articles, and from running text of other sources.

    The classes of words are learned from the articles and `texts`; how words are used, from what
    was counted `elsewhere`, in many more texts.
    """
    articles = [clauses(example.text) for example in examples]
    runs = [clause.words for text in (*articles, *texts) for clause in text]
    titles = [key(example.title).split() for example in examples]
    classes = word_classes([*runs, *titles], _CLASSES)
    affinities = _affinities(runs, classes)
    stems, places = elsewhere.stem_frequencies(), elsewhere.places()
    frequencies = array("b", stems.values()).tobytes()
    topics = elsewhere.topics(stems)
    pairs = _stem_pairs(runs)
    often = {pair for pair, times in elsewhere.stem_pairs.items() if times >= _OFTEN_ELSEWHERE}
    of_articles = {
        example.title: _stem_pairs([clause.words for clause in article])
        for example, article in zip(examples, articles, strict=True)
    }
    usage = WordUsage(places, [*stems], frequencies, topics)
    crf = train_crf(
        _lines(
            [example.title for example in examples],
            WordClasses(classes, affinities, usage=usage),
            _Collocations(pairs, of_articles, often),
        ),
        _CRF,
    )
    often |= {pair for pair, times in pairs.items() if times >= _OFTEN}
    return _archive(
        {
            "boundaries.crf": crf,
            "words.tsv": "".join(
                f"{word}\t{classes.get(word, '')}\t{places.get(word, '')}\n"
                for word in sorted({*classes, *places})
            ).encode(),
            "affinities.txt": "\n".join(affinities).encode(),
            "lengths.json": json.dumps(length_prior([e.title for e in examples])).encode(),
            "together.bin": _differences(sorted({stem_pair_hash(pair) for pair in often})),
            "stems.txt": "\n".join(stems).encode(),
            "frequencies.bin": frequencies,
            "topics.bin": topics,
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


class _Collocations(NamedTuple):
    """Pairs of stems in running text."""

    pairs: Counter[tuple[str, str]]
    of_articles: Mapping[str, Counter[tuple[str, str]]]
    """Those in the article of each title, which prove nothing of it."""
    elsewhere: Set[tuple[str, str]]

    def stand_together(self, pair: tuple[str, str], title: str) -> bool:
        """Return whether two stems of a title often follow each other in other texts."""
        in_other_articles = self.pairs[pair] - self.of_articles[title][pair]
        return pair in self.elsewhere or in_other_articles >= _OFTEN


def _lines(
    titles: Sequence[str], vocabulary: WordClasses, collocations: _Collocations
) -> Iterator[TrainingLine]:
    """Yield the titles in sidebars, most of which in another source's style."""
    dice = random.Random(1)
    for number, sidebar in enumerate(glue(titles, _GLUINGS_PER_HEADLINE, dice)):
        restyle = Style(dice) if number % _PLAIN else str
        styled = [(fold_spaces(restyle(title)), title) for title in sidebar]
        words = [word for text, _ in styled for word in text.split()]
        origins = [title for text, title in styled for _ in text.split()]
        together = [
            collocations.stand_together(pair, title)
            for pair, title in zip(stems_around_gaps(words, vocabulary), origins, strict=True)
        ]
        rows = gap_features(words, together, vocabulary)
        rows = [_with_families_hidden(row, dice) for row in rows]
        yield rows, [label for text, _ in styled for label in labels(text)]


def _with_families_hidden(row: list[str], dice: random.Random) -> list[str]:
    hidden = {family for family in _HIDEABLE if dice.random() < _HIDDEN}
    return [feature for feature in row if feature[1] not in hidden]


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


def _differences(numbers: Sequence[int]) -> bytes:
    """Return sorted numbers as 32-bit differences, low byte first, which are easier to compress."""
    packed = array("I", [number - last for last, number in itertools.pairwise([0, *numbers])])
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


def read_running_text(folder: Path) -> list[list[Clause]]:
    """Return the clauses of ANERcorp in `folder`, as one text."""
    with gzip.open(folder / LABELLED, "rt", encoding="utf-8") as lines:
        words = [line.split()[0] for line in lines if line.strip()]
    return [clauses(" ".join(words))]


def read_more_texts(folder: Path) -> Iterator[list[Clause]]:
    """Yield the clauses of each text of SANAD."""
    for record in json_records(Path(os.environ.get("MUJAZ_SANAD") or folder / "sanad.jsonl.gz")):
        yield clauses(record["text"])


def main() -> None:
    """Write the model."""
    folder = data_folder()
    examples = [Example(a["title"], a["text"]) for a in read_examples(folder)]
    model = train(examples, read_running_text(folder), RunningText(read_more_texts(folder)))
    path = Path(__file__).parent.parent / "data" / "headlines.zip"
    path.write_bytes(model)


if __name__ == "__main__":
    main()
