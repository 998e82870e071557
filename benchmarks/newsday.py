"""Measures whole days of many papers: `MUJAZ_DATA=… python -m benchmarks.newsday [DAY…]`.

Reads `saudi/gold/`, days of which every article was read: DAY.articles.jsonl.gz; DAY.clusters.txt,
a line a story with the ids of its articles; DAY.labels.txt, an id, its section (a second one after
a slash fits as well) and its type; DAY.top.txt, the fifteen stories of a good digest. Each day is
understood as a site by itself. B-cubed is over all articles, copies counted as members of the
story of the one that stands for them. Prints each figure beside its target.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from mujaz.data import table
from mujaz.model import Article
from mujaz.review import (
    Edition,
    PublishedArticle,
    edition_of_day,
    published_articles,
    read_library,
)

from benchmarks.data import folder
from benchmarks.records import Record, record_number, site_of

_LARGEST = 3
"""Stories of which the pieces are told."""
_LEADING = (12, 15)
"""Entries of a digest among which the top stories are looked for."""
_SURE = 0.9
"""Confidence from which a section counts as sure."""
_SECTIONS = {"religion": "society", "science": "technology"}
"""Sections that readers of the days had no label of their own for."""
_TYPES = {"brief": "news", "interview": "feature"}
"""Types that count as others."""


class LabelledDay(NamedTuple):
    """A day as readers labelled it."""

    articles: dict[str, Record]
    """Its records by id."""
    clusters: list[list[str]]
    """Ids of the articles of each story that has two or more."""
    sections: dict[str, set[str]]
    """Those that fit an article, by its id."""
    types: dict[str, str]
    """An article's type by its id."""
    top: list[set[str]]
    """Ids of the articles of the stories of a good digest."""


class UnderstoodDay(NamedTuple):
    """What was made of it: by id of each article, copies included."""

    stories: dict[str, str]
    topics: dict[str, str]
    articles: dict[str, Article]
    """The published article that stands for it."""
    edition: list[set[str]]
    """Ids of the articles of each entry of the digest."""
    untitled: list[str]
    """Titles of stories that are none of their articles' headlines."""
    seconds: float
    """Of CPU, from raw records to what is published."""


def main() -> None:
    """Print the figures of each day."""
    gold = folder() / "saudi" / "gold"
    suffix = ".articles.jsonl.gz"
    days = [file.name.removesuffix(suffix) for file in sorted(gold.glob(f"[0-9]*{suffix}"))]
    for day in sys.argv[1:] or days:
        print_day(day, read_day(gold, day))


def read_day(gold: Path, day: str) -> LabelledDay:
    """Return a day as it was labelled."""
    with gzip.open(gold / f"{day}.articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = {record.pop("id"): record for record in map(json.loads, lines)}
    labels = [*_fields(gold / f"{day}.labels.txt")]
    return LabelledDay(
        articles,
        [*_fields(gold / f"{day}.clusters.txt")],
        {article_id: set(sections.split("/")) for article_id, sections, _ in labels},
        {article_id: kind for article_id, _, kind in labels},
        [set(ids) for ids in _fields(gold / f"{day}.top.txt")],
    )


def _fields(file: Path) -> Iterator[list[str]]:
    for line in file.read_text("utf-8").splitlines():
        if line.strip():
            yield line.partition("#")[0].split()


def understand_day(day: str, labelled: LabelledDay) -> UnderstoodDay:
    """Return what is made of a day."""
    ids = list(labelled.articles)
    started = time.process_time()
    with site_of(labelled.articles.values()) as (config, _):
        published, edition = read_library(
            config,
            lambda library, _: (
                [*published_articles(library)],
                edition_of_day(library, dt.date.fromisoformat(day)),
            ),
        )
    seconds = time.process_time() - started
    by_file = {each.article.file: each for each in published}
    by_file |= {copy.file: each for each in published for copy in each.article.duplicates}
    by_id = {ids[record_number(file)]: each for file, each in by_file.items()}
    return UnderstoodDay(
        {i: each.story.id if each.story else each.article.id for i, each in by_id.items()},
        {i: each.topic_id for i, each in by_id.items()},
        {i: each.article for i, each in by_id.items()},
        [{ids[record_number(card.file)] for card in entry.cards} for entry in edition.entries],
        [*_untitled(edition, published)],
        seconds,
    )


def _untitled(edition: Edition, published: Iterable[PublishedArticle]) -> Iterator[str]:
    """Yield the titles of stories that no article of them has, nor a copy of one."""
    headlines = defaultdict[str, set[str]](set)
    for each in published:
        titles = {each.article.title, *(copy.title for copy in each.article.duplicates)}
        headlines[each.article.id] |= titles
    for entry in edition.entries:
        if entry.story and entry.story.title not in {
            title for article_id in entry.story.articles for title in headlines[article_id]
        }:
            yield entry.story.title


def b_cubed(
    stories: Mapping[str, str], gold: Iterable[Sequence[str]], ids: Sequence[str]
) -> tuple[float, float]:
    """Return B-cubed precision and recall over all articles: those in no story are alone.

    `stories` gives a name for the story of an article; `gold` has the ids of each right one.
    """
    members = defaultdict[str, set[str]](set)
    for article_id in ids:
        members[stories.get(article_id, article_id)].add(article_id)
    given = {i: members[stories.get(i, i)] for i in ids}
    right = {i: {i} for i in ids} | {i: set(cluster) for cluster in gold for i in cluster}
    shared = [(len(given[i] & right[i]), len(given[i]), len(right[i])) for i in ids]
    precision = sum(both / size for both, size, _ in shared) / len(ids)
    return precision, sum(both / size for both, _, size in shared) / len(ids)


def pieces(cluster: Sequence[str], topics: Mapping[str, str]) -> tuple[int, float]:
    """Return into how many topics a story came apart, and the share of the largest piece."""
    counts = Counter(topics.get(each, each) for each in cluster)
    return len(counts), max(counts.values()) / len(cluster)


def leading(top: Iterable[set[str]], entries: Sequence[set[str]]) -> int:
    """Return how many of the `top` stories are among `entries`; each is ids of articles."""
    return sum(any(story & entry for entry in entries) for story in top)


def print_day(day: str, labelled: LabelledDay) -> None:
    """Understand a day; print its figures."""
    ids, came_out = list(labelled.articles), understand_day(day, labelled)
    cost = 1000 * came_out.seconds / len(ids)
    print(
        f"{day}: {len(ids)} articles, {came_out.seconds:.1f} s of CPU, {cost:.1f} ms each  (25 s)"
    )
    precision, recall = b_cubed(came_out.stories, labelled.clusters, ids)
    mean = 2 * precision * recall / (precision + recall)
    print(f"stories: B3 P {precision:.3f} R {recall:.3f} F {mean:.3f}  (.94 / .88)")
    for cluster in sorted(labelled.clusters, key=len, reverse=True)[:_LARGEST]:
        number, share = pieces(cluster, came_out.topics)
        print(
            f"  a story of {len(cluster)}: in {number} topics, the largest has {share:.2f}  (.85)"
        )
    stories = [each for each in came_out.edition if len(each) > 1]
    titled = 1 - len(came_out.untitled) / max(1, len(stories))
    print(f"titles: {titled:.3f} of {len(stories)} stories have one of their headlines  (1)")
    _print_sections(labelled, came_out)
    _print_types(labelled, came_out)
    for most in _LEADING:
        among = leading(labelled.top, came_out.edition[:most])
        print(f"top stories: {among} of {len(labelled.top)} among the first {most}  (11)")


def _print_sections(labelled: LabelledDay, came_out: UnderstoodDay) -> None:
    names = {entry["label"]: name for name, entry in table("sections").items()}
    right, none, sure, both = 0, 0, 0, 0
    for article_id, fitting in labelled.sections.items():
        article = came_out.articles.get(article_id)
        section = names.get(article.section or "", article.section) if article else None
        is_right = _SECTIONS.get(section or "", section) in fitting
        why = article.provenance.get("section") if article else None
        is_sure = bool(section and why and why.confidence >= _SURE)
        right, none = right + is_right, none + (not section)
        sure, both = sure + is_sure, both + (is_right and is_sure)
    number = len(labelled.articles)
    print(
        f"sections: right {right / number:.3f} (.76), none {none / number:.3f} (0); "
        f"right where sure {both / max(1, sure):.3f} (.90), sure {sure / number:.3f} (.65)"
    )


def _print_types(labelled: LabelledDay, came_out: UnderstoodDay) -> None:
    def counted(kind: str | None) -> str | None:
        return _TYPES.get(kind or "", kind)

    given = {i: counted(article.type) for i, article in came_out.articles.items()}
    right = sum(given.get(i) == counted(kind) for i, kind in labelled.types.items())
    print(f"types: right {right / len(labelled.articles):.3f}  (.90)")


if __name__ == "__main__":
    main()
