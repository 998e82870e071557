"""Measures sections and key phrases: `MUJAZ_DATA=… python -m benchmarks.topics [FILE] [--show]`.

Without FILE, retrains on nine tenths of `ant.jsonl.gz` at a time (extra `training`) and judges the
tenth; with FILE (`title`, `cat`, `text` a line, gzipped or not), judges the shipped model on it.
Prints each target beside its figure. With `--show`, prints thirty articles with their key phrases
besides, for a person to judge.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.data import folder
from generator.enrich.topic_features import shipped
from generator.enrich.topics import Decision, judge, scores
from generator.training.topics import (
    calibrate,
    cross_validate,
    read_examples,
)


def main() -> None:
    """Print the tables."""
    named = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    path = Path(named[0]) if named else folder() / "ant.jsonl.gz"
    examples = read_examples(path)
    right = [example.section for example in examples]
    if named:
        model = shipped()
        header = model.header
        found = [scores(example.title, example.body, model) for example in examples]
    else:
        found = cross_validate(examples)
        header = {"labels": sorted(set(right)), **calibrate(found, right)}
    print(f"{len(examples)} articles, {'shipped model' if named else 'ten-fold cross-validation'}")
    _sections([judge(each, header) for each in found], right, header["sure"])


def _sections(decisions: Sequence[Decision], right: Sequence[str], sure: float) -> None:
    pairs = list(zip((decision.section for decision in decisions), right, strict=True))
    merged = [(_merged(a), _merged(b)) for a, b in pairs]
    shown = [pair for pair, each in zip(pairs, decisions, strict=True) if each.confidence >= sure]
    print(f"{'accuracy, forced':<40}{_share(pairs):.3f}  target .830")
    print(f"{'accuracy, local and politics merged':<40}{_share(merged):.3f}  target .880")
    print(f"{'precision where shown':<40}{_share(shown):.3f}  target .900")
    print(f"{'share that is shown':<40}{len(shown) / len(pairs):.3f}")
    print(f"{'section':<14}{'articles':>9}{'precision':>10}{'recall':>8}{'shown':>8}{'right':>8}")
    for section in sorted(set(right)):
        given = [a == b for a, b in pairs if a == section]
        wanted = [a == b for a, b in pairs if b == section]
        out = [a == b for a, b in shown if a == section]
        print(
            f"{section:<14}{len(wanted):>9}{_mean(given):>10.2f}{_mean(wanted):>8.2f}"
            f"{len(out):>8}{_mean(out):>8.2f}"
        )
    for bound in (0.6, 0.7, 0.8, 0.9, 0.95):
        some = [p for p, each in zip(pairs, decisions, strict=True) if each.confidence >= bound]
        covered = len(some) / len(pairs)
        print(f"confidence from {bound:.2f}: shown {covered:.2f}, right {_share(some):.3f}")


def _merged(section: str) -> str:
    return "local" if section == "politics" else section


def _share(pairs: Sequence[tuple[str, str]]) -> float:
    return _mean([a == b for a, b in pairs])


def _mean(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0


if __name__ == "__main__":
    main()
