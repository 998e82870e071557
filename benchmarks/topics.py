"""Measures sections and keyphrases: `MUJAZ_DATA=… python -m benchmarks.topics [FILE] [--show]`.

Without FILE, retrains on nine tenths of `ant.jsonl.gz` at a time (extra `training`) and judges the
tenth; with FILE (`title`, `cat`, `text` a line, gzipped or not), judges the shipped model on it.
Both are articles of a Tunisian paper, and its own desks are what is right. How papers of other
countries fare, `benchmarks.newsday` measures.
Prints each target beside its figure. With `--show`, prints thirty articles that have keyphrases,
for a person to judge.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from mujaz.delta import Delta
from mujaz.enrich.keyphrases import KeyPhrases
from mujaz.enrich.news_features import shipped_topic_model
from mujaz.enrich.topics.classifier import Decision, evidence_of, likeliest_section
from mujaz.model import Article
from mujaz.state.database import in_memory
from mujaz.training import json_records
from mujaz.training.topics import (
    calibrate,
    cross_validated_scores,
    read_topic_examples,
    scores_at_home,
)

from benchmarks.data import folder


def main() -> None:
    """Print the tables."""
    named = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    path = Path(named[0]) if named else folder() / "ant.jsonl.gz"
    examples = read_topic_examples(path)
    right = [example.section for example in examples]
    if named:
        reference, (home, _) = shipped_topic_model()
        scores = [scores_at_home(example, home, reference) for example in examples]
        decisions = [likeliest_section(each, home.header) for each in scores]
    else:
        decisions = _unseen(cross_validated_scores(examples), right)
    print(f"{len(examples)} articles, {'shipped model' if named else 'ten-fold cross-validation'}")
    _sections(decisions, right)
    _phrases(_articles(path), "--show" in sys.argv)


def _unseen(scores: Sequence[dict[str, float]], right: Sequence[str]) -> list[Decision]:
    """Return decisions by confidence that was calibrated on every other article."""
    headers = [
        {"labels": sorted(set(right)), **calibrate(scores[half::2], right[half::2])}
        for half in (1, 0)
    ]
    return [likeliest_section(each, headers[i % 2]) for i, each in enumerate(scores)]


def _sections(decisions: Sequence[Decision], right: Sequence[str]) -> None:
    pairs = list(zip((decision.section for decision in decisions), right, strict=True))
    merged = [(_merged(a), _merged(b)) for a, b in pairs]
    shown = [pair for pair, each in zip(pairs, decisions, strict=True) if each.is_sure]
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


def _articles(path: Path) -> list[Article]:
    found = []
    for number, record in enumerate(json_records(path)):
        paragraphs = tuple(filter(None, map(str.strip, record["text"].split("\n"))))
        if paragraphs:
            name = f"{number:05}"
            found.append(Article(name, name, record["title"], "", paragraphs))
    return found


def _phrases(articles: Sequence[Article], show: bool) -> None:
    """Print how many keyphrases there are and what all of it costs; whether they are good ones,
    only a person can say."""
    words = sum(len(" ".join(article.paragraphs).split()) for article in articles)
    started = time.process_time()
    for article in articles:
        evidence_of(article)
    filed = time.process_time()
    phrases = KeyPhrases(in_memory(), {})
    phrases.apply(Delta(upserted=articles))
    tags = [phrases.tags(article.file) for article in articles]
    tagged = time.process_time()
    for name, seconds in (("section", filed - started), ("keyphrases", tagged - filed)):
        cost = 1000 * seconds / words * 430
        print(f"{name + ', CPU ms for 430 words':<40}{cost:.2f}   target 3.00")
    numbers = Counter(map(len, tags))
    shares = ", ".join(f"{n}: {numbers[n] / len(tags):.0%}" for n in sorted(numbers))
    print(f"articles by number of keyphrases: {shares}")
    pages = Counter(tag.name for found in tags for tag in found)
    print(f"{len(pages)} different phrases, {sum(n >= 2 for n in pages.values())} of them twice")
    pairs = [pair for pair in zip(articles, tags, strict=True) if pair[1]]
    for article, found in random.Random(0).sample(pairs, min(30, len(pairs))) if show else ():
        print(f"{article.title}\n    {' ؛ '.join(tag.name for tag in found)}")


def _merged(section: str) -> str:
    return "local" if section == "politics" else section


def _share(pairs: Sequence[tuple[str, str]]) -> float:
    return _mean([a == b for a, b in pairs])


def _mean(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0


if __name__ == "__main__":
    main()
