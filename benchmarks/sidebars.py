"""Measures how glued headlines are split: `MUJAZ_DATA=… python -m benchmarks.sidebars`.

Reads what the training does, and trains anew without
each part of the headlines that it then glues together and splits; needs the extra `training`, and
half an hour. Of the raw pages in `pages/`, it measures the whole way with the model as shipped,
which has seen most of their headlines. "Others held" means that none of the glued headlines is
known, but as many others of the same kind are, and teach. Prints each figure beside its target.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from mujaz.arabic.normalise import key
from mujaz.config import Config
from mujaz.data.word_vectors import shipped_vectors
from mujaz.enrich.headlines.boundary_model import BoundaryModel, shipped_boundary_model
from mujaz.enrich.headlines.headline_index import Span
from mujaz.enrich.headlines.splitter import HeadlineCandidate
from mujaz.model import Article
from mujaz.training.headline_data.units import Unit
from mujaz.training.headlines import read_examples, read_units, train

from benchmarks.data import folder
from tests.headline_splitter import HeadlineSplitter
from tests.support import understand

_FOLDS = 5
_SIDEBAR = 19
_SECTIONS = (("sport",), ("internationalNews",), ("society", "diverse"), ("politic", "economy"))
"""Sections that are held out together."""
_TARGETS = {
    "half known": 0.97,
    "in domain": 0.88,
    "unseen sections": 0.80,
    "shown, half known": 0.95,
    "shown, none known": 0.95,
    "shown, real pages": 0.95,
}


class Glued(NamedTuple):
    """Headlines in one line, some of them known."""

    line: str
    spans: list[Span]
    known: list[Span]


class Count(NamedTuple):
    """What was found right, found wrong, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: object) -> Count:
        assert isinstance(other, Count)
        return Count(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Return the share of what was to be found that was."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def glue(titles: Sequence[str], known: frozenset[str] = frozenset()) -> list[Glued]:
    """Return the titles in lines of 19, in an order of their own."""
    shuffled = random.Random(5).sample(titles, len(titles))
    lines: list[Glued] = []
    for start in range(0, len(shuffled), _SIDEBAR):
        spans: list[Span] = []
        for title in (part := shuffled[start : start + _SIDEBAR]):
            begin = spans[-1][1] + 1 if spans else 0
            spans.append((begin, begin + len(title)))
        found = [span for span, title in zip(spans, part, strict=True) if title in known]
        lines.append(Glued(" ".join(part), spans, found))
    return lines


def boundaries(lines: Sequence[Glued], splitter: HeadlineSplitter) -> Count:
    """Count the boundaries within lines."""
    total = Count()
    for each in lines:
        parts = [part.span for part in splitter.candidates(each.line, each.known)]
        total += _compare({s for s, _ in (*parts, *each.known)} - {0}, _starts(each) - {0})
    return total


def shown(lines: Sequence[Glued], splitter: HeadlineSplitter) -> Count:
    """Count the unknown headlines that would be shown."""
    total = Count()
    for each in lines:
        found: list[HeadlineCandidate] = splitter.reliable(each.line, each.known)
        total += _compare({p.span for p in found}, set(each.spans) - set(each.known))
    return total


def _starts(glued: Glued) -> set[int]:
    return {start for start, _ in glued.spans}


def _compare(found: set[int] | set[Span], right: set[int] | set[Span]) -> Count:
    both = len(found & right)
    return Count(both, len(found) - both, len(right) - both)


def measure(
    held_out: Sequence[Mapping[str, str]],
    others: Sequence[Mapping[str, str]],
    of_texts: Sequence[Unit],
) -> dict[str, Count]:
    """Train on the others, and count what becomes of the headlines held out."""
    model = BoundaryModel(
        train([article["title"] for article in others], of_texts), shipped_vectors()
    )
    titles = [article["title"] for article in held_out]
    half = frozenset(random.Random(3).sample(titles, len(titles) // 2))
    rest = [title for title in titles if title not in half]
    none, some = glue(titles), glue(titles, half)
    splitter = HeadlineSplitter([each.line for each in some], half, model)
    return {
        "statistical": boundaries(none, HeadlineSplitter([each.line for each in none], (), model)),
        "half known": boundaries(some, splitter),
        "shown, half known": shown(some, splitter),
        "others held": boundaries(glue(rest), HeadlineSplitter((), half, model)),
        "shown, none known": shown(glue(rest), HeadlineSplitter((), half, model)),
    }


def main() -> None:
    """Print the table."""
    data = folder()
    articles = random.Random(0).sample(found := read_examples(data), len(found))
    of_texts = read_units(data)
    folds = [measure(held, others, of_texts) for held, others in _folds(articles)]
    _print("in domain", _sum(folds, "statistical").f1, "boundary F1")
    _print("  others held", _sum(folds, "others held").f1, "boundary F1")
    _print("half known", _sum(folds, "half known").f1, "boundary F1")
    _print_shown("shown, half known", _sum(folds, "shown, half known"))
    _print_shown("shown, none known", _sum(folds, "shown, none known"))
    apart = {"+".join(names): _without(articles, names, of_texts) for names in _SECTIONS}
    for names, counts in apart.items():
        print(f"  without {names}: boundary F1 {counts['statistical'].f1:.3f}")
    _print("unseen sections", _sum(apart.values(), "statistical").f1, "boundary F1")
    _print("  others held", _sum(apart.values(), "others held").f1, "boundary F1")
    _print("  half known", _sum(apart.values(), "half known").f1, "boundary F1")
    _print_shown("  half known", _sum(apart.values(), "shown, half known"))
    _print_shown("  none known", _sum(apart.values(), "shown, none known"))
    real, seconds = _pages(data)
    _print_shown("shown, real pages", real)
    print(f"a page in {1000 * seconds:.1f} ms, each line met for the first time (target 5)")


def _folds(articles: Sequence[dict[str, str]]) -> Iterator[tuple[list[dict[str, str]], ...]]:
    for fold in range(_FOLDS):
        yield (
            list(articles[fold::_FOLDS]),
            [article for i, article in enumerate(articles) if i % _FOLDS != fold],
        )


def _without(
    articles: Sequence[dict[str, str]], names: Sequence[str], of_texts: Sequence[Unit]
) -> dict[str, Count]:
    held = [article for article in articles if article["cat"] in names]
    others = [article for article in articles if article["cat"] not in names]
    return measure(held, others, of_texts)


def _pages(data: Path) -> tuple[Count, float]:
    """Count what is shown beside the raw pages, and time the splitting of one line."""
    lines = (data / "pages.gold.jsonl").read_text("utf-8").splitlines()
    gold = [page for page in map(json.loads, lines) if page["shape"] == "glued"]
    here = Path()
    config = Config(here / "mkdocs.yml", data / "pages", here / "site_src", here / "site")
    total = Count()
    results = understand([data / "pages" / page["file"] for page in gold], config)
    for page, result in zip(gold, results, strict=True):
        if isinstance(result, Article):
            found = {key(headline.text) for headline in result.sidebar}
            total += _compare_keys(found, {key(title) for title in page["sidebar"]})
    glued = sorted({" ".join(page["sidebar"]) for page in gold})
    splitter = HeadlineSplitter(glued, (), shipped_boundary_model())
    started = time.process_time()
    for line in glued:
        splitter.candidates(line)
    return total, (time.process_time() - started) / len(glued)


def _compare_keys(found: set[str], right: set[str]) -> Count:
    both = len(found & right)
    return Count(both, len(found) - both, len(right) - both)


def _sum(results: Iterable[Mapping[str, Count]], name: str) -> Count:
    total = Count()
    for result in results:
        total += result[name]
    return total


def _print(name: str, value: float, what: str) -> None:
    target = _TARGETS.get(name)
    print(f"{name:<20}{value:>8.3f} {what}" + (f" (target {target})" if target else ""), flush=True)


def _print_shown(name: str, count: Count) -> None:
    _print(name, count.precision, f"precision, {count.recall:.2f} of all are shown")


if __name__ == "__main__":
    main()
