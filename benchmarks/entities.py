"""Measures how exactly names become tags: `MUJAZ_DATA=… python -m benchmarks.entities [FILE]`.

FILE has `token LABEL` a line with the labels PERS, LOC and ORG; the trained model is measured by
it. Without FILE a model is trained on four fifths of `anercorp.train.txt.gz` and measured by the
rest, five times, its scale of confidence learnt without the part that it is measured by; this
takes two minutes and the extra `training`. What ships learnt from more, see `training.entities`.
A stretch of 350 tokens counts as a document. A tag is right if its kind and its whole name are:
clitics and titles stripped, a person's short forms joined to the long one in the same document,
places by the name of the table of places.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from mujaz.arabic.normalise import key
from mujaz.enrich.entities.candidates import CandidateFinder
from mujaz.enrich.entities.entity_model import shipped_entity_model
from mujaz.enrich.entities.gazetteer.gazetteer import Gazetteer
from mujaz.enrich.entities.lexicon import shipped_lexicon
from mujaz.enrich.entities.tagger import (
    Calibration,
    Tagger,
    shipped_calibrations,
    shown_confidence,
)
from mujaz.enrich.entities.word_features import shipped_extractor
from mujaz.model import Article, TagKind
from mujaz.training import LABELLED
from mujaz.training.corpus import Judged, Name, judge, labelled_documents

from benchmarks.data import folder

_TARGETS: Mapping[TagKind, float] = {"place": 0.86, "person": 0.65, "organisation": 0.45}
_PRECISION, _MILLISECONDS, _WORDS = 0.90, 10.0, 430

Result = tuple[set[Name], set[Name]]
"""The right names of a document, and those shown."""


def main() -> None:
    """Print the table."""
    if len(sys.argv) > 1:
        documents = labelled_documents(Path(sys.argv[1]))
        finder = CandidateFinder(shipped_extractor(), shipped_entity_model(), Gazetteer())
        judged = judge(documents, shipped_lexicon(), finder)
        results = _shown(judged, shipped_calibrations())
    else:
        results = _cross_validated(folder())
    _print(results)
    _print_speed(folder())


def _cross_validated(data: Path) -> list[Result]:
    from mujaz.training.entities import cross_validated_judgements, fit_calibrations, fold_weights

    documents = labelled_documents(data / LABELLED)
    networks = fold_weights(documents, shipped_extractor())
    folds = list(cross_validated_judgements(documents, networks))
    results = []
    for number, fold in enumerate(folds):
        others = [*folds[:number], *folds[number + 1 :]]
        calibrations = fit_calibrations(list(itertools.chain.from_iterable(others)))
        results += _shown(fold, calibrations)
    return results


def _shown(judged: Sequence[Judged], calibrations: Mapping[TagKind, Calibration]) -> list[Result]:
    """Return the right names and the shown ones of each document; one kind for each name."""
    results = []
    for each in judged:
        best: dict[str, tuple[float, TagKind]] = {}
        for candidate in each.candidates:
            sure = shown_confidence(candidate, calibrations)
            if sure is not None:
                name = key(candidate.name)
                best[name] = max(best.get(name, (0.0, candidate.kind)), (sure, candidate.kind))
        results.append((each.right, {(kind, name) for name, (_, kind) in best.items()}))
    return results


def _print(results: Sequence[Result]) -> None:
    right: Counter[TagKind] = Counter()
    shown: Counter[TagKind] = Counter()
    wanted: Counter[TagKind] = Counter()
    partly = 0
    for gold, found in results:
        right.update(kind for kind, _ in gold & found)
        shown.update(kind for kind, _ in found)
        wanted.update(kind for kind, _ in gold)
        partly += sum(_overlaps(name, gold) for name in found - gold)
    print(f"{len(results)} documents, {wanted.total()} names in them, {shown.total()} tags shown")
    print(f"{'kind':<14}{'precision':>10}{'recall':>10}{'target':>10}")
    for kind, target in _TARGETS.items():
        precision = right[kind] / max(shown[kind], 1)
        recall = right[kind] / max(wanted[kind], 1)
        print(f"{kind:<14}{precision:>10.3f}{recall:>10.3f}{target:>10.2f}")
    overall = right.total() / max(shown.total(), 1)
    print(f"precision of all {overall:.3f}, target {_PRECISION:.2f}")
    print(f"wrong tags that are part of a right name of their kind, or more: {partly}")


def _overlaps(name: Name, gold: set[Name]) -> bool:
    words = set(name[1].split())
    return any(kind == name[0] and words & set(other.split()) for kind, other in gold)


def _print_speed(data: Path) -> None:
    """Print how long an article of 430 words takes, once the tables are loaded."""
    documents = labelled_documents(data / "anercorp.train.txt.gz")
    tokens = itertools.chain.from_iterable(s.tokens for d in documents for s in d)
    articles = []
    while words := list(itertools.islice(tokens, _WORDS)):
        articles.append(Article("", "", " ".join(words[:9]), "", (" ".join(words[9:]) or ".",)))
    tagger = Tagger({})
    tagger.tags(articles[0])
    started = time.process_time()
    for article in articles:
        tagger.tags(article)
    milliseconds = (time.process_time() - started) / len(articles) * 1000
    print(f"{milliseconds:.1f} ms for {_WORDS} words, target {_MILLISECONDS:.0f}")


if __name__ == "__main__":
    main()
