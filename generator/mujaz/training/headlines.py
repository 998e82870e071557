"""Trains the model that splits glued headlines: `MUJAZ_DATA=… make models`.

Reads `ant.jsonl.gz`, one article a line with `title`, and `sanad.jsonl.gz`, one text a line with
`text` (or the file that `MUJAZ_SANAD` names); writes `data/headlines.bin`. Needs the extra
`training`, and ten minutes. The same data give the same file on the same machine. As the vectors of
words in `data/word_vectors.bin` change, it must be trained again.
"""

from __future__ import annotations

import math
import os
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from mujaz.arabic.normalise import clean, fold_spaces
from mujaz.data.word_vectors import shipped_vectors
from mujaz.enrich.headlines.boundary_model import NETWORKS, Weights, packed_model
from mujaz.enrich.headlines.calibration import glue
from mujaz.training import ARTICLES, data_folder, json_records
from mujaz.training.headline_data.boundary_network import Sample, Samples, trained_boundaries
from mujaz.training.headline_data.styles import Style
from mujaz.training.headline_data.units import Unit, clauses, units

_STEPS = 1_400
_HEADLINE_WINDOWS, _UNIT_WINDOWS = 12, 8
"""Stretches of glued headlines, and of glued units, that are learned from at a time."""
_UNIT_WEIGHT = 0.5
"""What a word of running text counts for, beside one of a headline."""
_PLAIN = 4
"""Of so many lines of headlines, one is in the style of its own source."""
_TEXTS = 14_000
"""Texts of SANAD whose units are learned from."""
_MIN_LENGTH_PRIOR = 24
"""Words of the longest headline that the length prior covers at least."""


def train(titles: Sequence[str], of_texts: Sequence[Unit], steps: int = _STEPS) -> bytes:
    """Return the model file learned from headlines, and from units of running text."""
    networks = [_trained(titles, of_texts, steps, seed) for seed in range(NETWORKS)]
    return packed_model(networks, shipped_vectors().dimensions, length_prior(titles))


def _trained(titles: Sequence[str], of_texts: Sequence[Unit], steps: int, seed: int) -> Weights:
    sources = [(_headline_samples(titles, random.Random(seed)), _HEADLINE_WINDOWS)]
    if of_texts:
        sources.append((_unit_samples(of_texts, random.Random(3 + seed)), _UNIT_WINDOWS))
    return trained_boundaries(sources, shipped_vectors(), steps, seed)


def _headline_samples(titles: Sequence[str], dice: random.Random) -> Samples:
    """Yield the words of headlines, glued in ever new orders, most in another source's style."""
    while True:
        for number, sidebar in enumerate(glue(titles, 1, dice)):
            restyle = Style(dice) if number % _PLAIN else str
            for title in sidebar:
                for index, word in enumerate(fold_spaces(restyle(title)).split()):
                    yield Sample(word, index == 0, 1)


def _unit_samples(of_texts: Sequence[Unit], dice: random.Random) -> Samples:
    """Yield the words of units in ever new orders."""
    while True:
        for words, begins_sentence in dice.sample(of_texts, len(of_texts)):
            yield Sample(words[0], begins=True, weight=_UNIT_WEIGHT * begins_sentence)
            for word in words[1:]:
                yield Sample(word, begins=False, weight=_UNIT_WEIGHT)


def length_prior(titles: Sequence[str]) -> list[float]:
    """Return the log probability of each number of words, beside that of the commonest.

    It is smoothed over its neighbours. What a boundary costs at all, the networks have learned.
    """
    counts = Counter(len(title.split()) for title in titles)
    longest = max(_MIN_LENGTH_PRIOR, *counts)
    smooth = [
        sum(times * math.exp(-abs(n - length) / 1.5) for length, times in counts.items())
        + 0.001 * len(titles)
        for n in range(longest + 1)
    ]
    commonest = max(smooth[1:])
    return [-99.0, *(round(math.log(value / commonest), 3) for value in smooth[1:])]


def read_examples(folder: Path) -> list[dict[str, str]]:
    """Return the ANT articles of `folder`, each title once."""
    articles: dict[str, dict[str, str]] = {}
    for article in json_records(folder / ARTICLES):
        title = fold_spaces(clean(article["title"]))
        if len(title.split()) > 1:
            articles.setdefault(title, {**article, "title": title})
    return list(articles.values())


def read_units(folder: Path) -> list[Unit]:
    """Return the units of some of the texts of SANAD, each class having its share."""
    path = Path(os.environ.get("MUJAZ_SANAD") or folder / "sanad.jsonl.gz")
    dice = random.Random(1)
    texts = [record["text"] for record in json_records(path)]
    chosen = dice.sample(texts, min(_TEXTS, len(texts)))
    return units(map(clauses, chosen), dice)


def main() -> None:
    """Write the model."""
    folder = data_folder()
    titles = [article["title"] for article in read_examples(folder)]
    path = Path(__file__).parent.parent / "data" / "headlines.bin"
    path.write_bytes(train(titles, read_units(folder)))


if __name__ == "__main__":
    main()
