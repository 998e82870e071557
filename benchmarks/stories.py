"""Measures stories: `MUJAZ_DATA=… python -m benchmarks.stories [--show N] [--seed S]`.

Reads `ant.jsonl.gz`, five thousand articles of one paper, with title, time and text. No one has
marked which are about one event, so `--show` prints headlines of N stories for a person to judge.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

from benchmarks.data import folder
from generator.arabic.calendars import parse_date
from generator.arabic.slugs import digest
from generator.enrich import collect
from generator.enrich.neighbours import neighbours
from generator.enrich.related import related
from generator.enrich.stories import stories
from generator.enrich.vectors import Vector, likeness, weigh
from generator.model import Article, Story

_BANDS = (0.0, 0.3, 0.36, 0.45, 0.55, 0.65, 0.75, 1.01)


def main() -> None:
    """Print figures, then stories to judge."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--show", type=int, default=0, help="stories to print")
    options.add_argument("--seed", type=int, default=1, help="of the choice of these")
    chosen = options.parse_args()
    articles = collect(_articles(), {}).articles
    by_id = {article.id: article for article in articles}
    started = time.process_time()
    vectors = weigh(articles)
    weighed = time.process_time()
    near = neighbours(articles, vectors)
    compared = time.process_time()
    found = stories(articles, vectors, near)
    threaded = time.process_time()
    nearest = related(articles, near, found)
    ended = time.process_time()
    _print_figures(found, articles, vectors)
    others = sum(map(len, nearest.values()))
    print(f"{len(nearest)} articles have others to read next, {others} in all")
    parts = {
        "vectors": weighed - started,
        "neighbours": compared - weighed,
        "stories": threaded - compared,
        "related": ended - threaded,
    }
    for name, seconds in parts.items():
        print(f"{name}: {1000 * seconds / len(articles):.2f} ms of CPU an article")
    sample = random.Random(chosen.seed).sample(found, min(chosen.show, len(found)))
    for story in sorted(sample, key=lambda story: (story.first is None, story.first, story.id)):
        print(f"\n{story.id}")
        for own in story.articles:
            print(f"  {by_id[own].date}  {by_id[own].title}")


def _articles() -> list[Article]:
    with gzip.open(folder() / "ant.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [
        Article(
            file=f"{number:05}",
            id=digest(record["title"]),
            title=record["title"],
            slug="",
            paragraphs=tuple(filter(None, map(str.strip, record["text"].split("\n")))),
            source="ANT",
            date=parse_date(record["time"][:10]),
        )
        for number, record in enumerate(records)
        if record["text"].strip()
    ]


def _print_figures(
    found: Sequence[Story], articles: Sequence[Article], vectors: Mapping[str, Vector]
) -> None:
    within = sum(len(story.articles) for story in found)
    print(f"{len(found)} stories hold {within} of {len(articles)} articles")
    sizes = Counter(len(story.articles) for story in found)
    print("sizes: " + ", ".join(f"{size} ×{sizes[size]}" for size in sorted(sizes)))
    pairs = [
        likeness(vectors[one].weights, vectors[other].weights)
        for story in found
        for one, other in combinations(story.articles, 2)
    ]
    for low, high in pairwise(_BANDS):
        share = sum(low <= each < high for each in pairs) / (len(pairs) or 1)
        print(f"pairs within a story of cosine {low:.2f} to {min(high, 1):.2f}: {share:.1%}")


if __name__ == "__main__":
    main()
