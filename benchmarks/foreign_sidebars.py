"""Measures glued headlines of unseen papers: `MUJAZ_DATA=… python -m benchmarks.foreign_sidebars`.

Glues headlines of each paper of `saudi/`, none of which the shipped model has seen, in lines of
twenty, and splits them as on a site that holds few headlines: none of the line, or half of it.
Prints, of what would be shown beside the headlines that the site holds, how much is right, and how
many headlines of all are recovered. Takes a minute.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from mujaz.arabic.normalise import clean, fold_spaces
from mujaz.enrich.headlines.boundary_model import shipped_boundary_model
from mujaz.training import json_records

from benchmarks.data import folder
from benchmarks.sidebars import Count, Glued, boundaries, shown
from tests.headline_splitter import HeadlineSplitter

_PER_PAPER = 300
_HEADLINES = 20
_MIN_WORDS = 3


def papers(data: Path) -> dict[str, list[str]]:
    """Return a sample of the headlines of each paper."""
    titles_by_paper: dict[str, dict[str, None]] = defaultdict(dict)
    for file in sorted((data / "saudi").glob("*.jsonl.gz")):
        for article in json_records(file):
            title = fold_spaces(clean(article["title"]))
            if len(title.split()) >= _MIN_WORDS:
                titles_by_paper[article["source"]][title] = None
    dice = random.Random(4)
    return {
        paper: dice.sample([*titles], min(_PER_PAPER, len(titles)))
        for paper, titles in sorted(titles_by_paper.items())
    }


def lines(titles: list[str], share: float, dice: random.Random) -> Iterator[Glued]:
    """Yield the titles in lines, of which the site holds a share."""
    for start in range(0, len(titles), _HEADLINES):
        part = titles[start : start + _HEADLINES]
        spans: list[tuple[int, int]] = []
        for title in part:
            begin = spans[-1][1] + 1 if spans else 0
            spans.append((begin, begin + len(title)))
        held = sorted(dice.sample(spans, int(share * len(spans))))
        yield Glued(" ".join(part), spans, held)


def main() -> None:
    """Print the table."""
    samples = papers(folder())
    model = shipped_boundary_model()
    for share in (0.0, 0.25, 0.5, 0.75):
        dice = random.Random(3)
        glued = [line for titles in samples.values() for line in lines(titles, share, dice)]
        started = time.process_time()
        cuts = boundaries(glued, HeadlineSplitter((), (), model))
        seconds = time.process_time() - started
        count: Count = shown(glued, HeadlineSplitter((), (), model))
        held = sum(len(line.known) for line in glued)
        recovered = (held + count.right) / (held + count.right + count.missed)
        print(
            f"{share:.0%} held: boundary F1 {cuts.f1:.3f}; shown {count.right + count.wrong},"
            f" precision {count.precision:.3f}, {count.recall:.3f} of those not held;"
            f" recovered {recovered:.3f} of all; {1000 * seconds / len(glued):.1f} ms a line"
        )


if __name__ == "__main__":
    main()
