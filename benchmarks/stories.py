"""Measures stories: `MUJAZ_DATA=… python -m benchmarks.stories [--show N] [--seed S]`.

Reads `ant.jsonl.gz`, five thousand articles of one paper, with title, time and text. No one has
marked which are about one event, so `--show` prints headlines of N stories for a person to judge.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mujaz.arabic.calendars import parse_date
from mujaz.arabic.slugs import digest
from mujaz.enrich.stories.tfidf_vectors import UNIT
from mujaz.model import Article
from mujaz.site_model import Story

from benchmarks.data import folder
from tests.support import StoryKeeper, collect

_BANDS = (0.3, 0.36, 0.45, 0.55, 0.65, 0.75, 1.01)
_CHANGED = 100
"""Articles that are changed to see what that costs."""


def main() -> None:
    """Print figures, then stories to judge."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--show", type=int, default=0, help="stories to print")
    options.add_argument("--seed", type=int, default=1, help="of the choice of these")
    chosen = options.parse_args()
    articles = collect(_articles(), {}).articles
    by_id = {article.id: article for article in articles}
    keeper = StoryKeeper()
    started = time.process_time()
    new = keeper.update((), articles)
    ended = time.process_time()
    _print_figures(new.upserted, articles, keeper.base)
    others = sum(map(len, new.related.values()))
    print(f"{len(new.related)} articles have others to read next, {others} in all")
    print(f"{1000 * (ended - started) / len(articles):.2f} ms of CPU an article")
    _print_costs(keeper, articles, random.Random(chosen.seed))
    sample = random.Random(chosen.seed).sample(new.upserted, min(chosen.show, len(new.upserted)))
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
    found: Sequence[Story], articles: Sequence[Article], base: sqlite3.Connection
) -> None:
    within = sum(len(story.articles) for story in found)
    print(f"{len(found)} stories hold {within} of {len(articles)} articles")
    sizes = Counter(len(story.articles) for story in found)
    print("sizes: " + ", ".join(f"{size} ×{sizes[size]}" for size in sorted(sizes)))
    pairs = [
        similarity / UNIT
        for (similarity,) in base.execute(
            "select similarity from similar_articles as pair"
            " join numbered_articles as one using (article)"
            " join numbered_articles as other on other.article = pair.other"
            " join story_members as of_one on of_one.article_id = one.id"
            " join story_members as of_other on of_other.article_id = other.id"
            " where of_one.story_id = of_other.story_id and one.article < other.article"
        )
    ]
    for low, high in pairwise(_BANDS):
        share = sum(low <= each < high for each in pairs) / (len(pairs) or 1)
        print(f"pairs within a story of cosine {low:.2f} to {min(high, 1):.2f}: {share:.1%}")


def _print_costs(keeper: StoryKeeper, articles: Sequence[Article], chance: random.Random) -> None:
    """Print what it costs to edit an article, and to take it out and in again."""
    words = [word for article in articles for word in article.title.split()]
    costs: dict[str, list[float]] = defaultdict(list)
    for article in chance.sample(articles, _CHANGED):
        first, *rest = article.paragraphs
        edited = replace(
            article, paragraphs=(f"{first} {' '.join(chance.sample(words, 25))}", *rest)
        )
        own = [article.id]
        changes: dict[str, tuple[list[str], list[Article]]] = {
            "edited": (own, [edited]),
            "taken out": (own, []),
            "put in again": ([], [article]),
        }
        for name, (gone, come) in changes.items():
            started = time.process_time()
            keeper.update(gone, come)
            costs[name].append(1000 * (time.process_time() - started))
    for name, each in costs.items():
        mean, most = sum(each) / len(each), max(each)
        print(f"one article {name}: {mean:.1f} ms of CPU, {most:.1f} at most")


if __name__ == "__main__":
    main()
