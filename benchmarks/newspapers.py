"""Measures what is understood of real records: `MUJAZ_DATA=… python -m benchmarks.newspapers`.

Reads `saudi/DAY.jsonl.gz` (see `benchmarks/records.py`). Of records that were read by hand: names
of authors, places and agencies; heads and tails that are no article and are cut; bodies of which
the first or the last eight words are lost. Of a day: summaries that are none, and the speed of
reading and parsing. Of 3,000 records: those that lose more than 2 % of their words without a trace
in what was cut, and those of which more than a fifth was cut, for reading. Prints each figure
beside its target, and errors by newspaper.
"""

from __future__ import annotations

import argparse
import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from mujaz.arabic.normalise import key
from mujaz.model import Article, Problem

from benchmarks import records
from benchmarks.record_measures import (
    Count,
    Edges,
    agency,
    compare,
    compare_one,
    cut_share,
    edges,
    junk,
    lost_words,
    person,
)
from benchmarks.records import Label, Record, Result

_LOSS_SAMPLE = 3_000
_WARM_UP_RECORDS = 50
_NAME_TARGETS = {"authors": 0.97, "places": 0.97, "agencies": 0.95}
_SHOWN_WORDS = 20
_LARGE_CUT = 0.2
"""Share of an article's words."""


class Judged(NamedTuple):
    """One labelled record, and how it came out."""

    label: Label
    counts: dict[str, Count]
    given: dict[str, list[str]]
    edges: Edges


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("days", nargs="*", help="whose summaries, losses and speed are measured")
    options.add_argument(
        "--labels", type=Path, nargs="+", default=records.LABELS, help="other files"
    )
    options.add_argument("--errors", action="store_true", help="print each error")
    options.add_argument("--show", type=int, default=0, help="summaries to print, for reading")
    options.add_argument("--seed", type=int, default=1, help="of choices")
    chosen = options.parse_args()
    days = chosen.days or (records.days() if os.environ.get("MUJAZ_DATA") else [])
    if not days:
        print("nothing is measured: MUJAZ_DATA names no folder with records in saudi/")
        return
    choice = random.Random(chosen.seed)
    for file in chosen.labels:
        print_labelled(file.stem, records.read_labels(file), errors=chosen.errors)
    print_speed(records.records_of(days[-1]), days[-1])
    print_summaries(records.records_of(days[-1]), days[-1], choice, chosen)
    every = [record for day in days for record in records.records_of(day)]
    sample = choice.sample(every, min(_LOSS_SAMPLE, len(every)))
    print_losses(sample, errors=chosen.errors)


def print_labelled(name: str, labels: Sequence[Label], *, errors: bool) -> None:
    """Print what is right of the records that were read by hand."""
    results = records.understood([label.record for label in labels])
    judged = [judge(*pair) for pair in zip(labels, results, strict=True)]
    rejected = sum(isinstance(result, Problem) for result in results)
    print(f"{name}: {len(labels)} labelled records, {rejected} rejected")
    print(f"{'':<10}{'precision':>10}{'recall':>8}{'right':>7}{'wrong':>7}{'missed':>8}  target")
    for field, target in _NAME_TARGETS.items():
        total = sum((each.counts[field] for each in judged), Count())
        print(
            f"{field:<10}{total.precision:>10.3f}{total.recall:>8.3f}"
            f"{total.right:>7}{total.wrong:>7}{total.missed:>8}  {target}"
        )
    _print_edges([each.edges for each in judged if each.label.has_ends])
    by_source = defaultdict[str, Counter[str]](Counter)
    for each in judged:
        for error, _ in _errors(each):
            by_source[each.label.record["source"]][error] += 1
    for source, kinds in sorted(by_source.items()):
        print(f"  {source}: {', '.join(f'{kind} {n}' for kind, n in kinds.most_common())}")
    if errors:
        for each in judged:
            for error, said in _errors(each):
                print(f"{each.label.record_id}  {error}: {said}")


def _print_edges(all_edges: Sequence[Edges]) -> None:
    if not all_edges:
        return
    for name, cut in (
        ("heads", [e.head_is_cut for e in all_edges if e.head_is_cut is not None]),
        ("tails", [e.tail_is_cut for e in all_edges if e.tail_is_cut is not None]),
    ):
        print(f"{name} cut: {sum(cut)} of {len(cut)}, {sum(cut) / max(1, len(cut)):.1%}  (90 %)")
    print(f"leads lost: {sum(not e.lead_is_whole for e in all_edges)}  (0)")
    print(f"ends lost: {sum(not e.end_is_whole for e in all_edges)}  (0)")


def judge(label: Label, result: Result) -> Judged:
    """Return how one labelled record came out."""
    article = result if isinstance(result, Article) else None
    authors = list(article.authors) if article else []
    place, service = (article.place, article.agency) if article else (None, None)
    counts = {
        "authors": compare([*map(person, authors)], [*map(person, label.authors)]),
        "places": compare_one(place and key(place), [*map(key, label.places)]),
        "agencies": compare_one(service and agency(service), [*map(agency, label.agencies)]),
    }
    counts |= {name: Count() for name in label.unsure}
    given = {"authors": authors, "places": [place or ""], "agencies": [service or ""]}
    return Judged(label, counts, given, edges(label, article.paragraphs if article else ()))


def _errors(judged: Judged) -> Iterator[tuple[str, str]]:
    """Yield each error of a record: what it is of, and what was given for what is right."""
    label = judged.label
    right = {"authors": label.authors, "places": label.places, "agencies": label.agencies}
    source = f"author field {label.record['author']!r}"
    for name, count in judged.counts.items():
        if count.wrong or count.missed:
            yield name, f"{judged.given[name]}, not {right[name]}; {source}"
    if not label.has_ends:
        return
    text, fate = label.record["text"], judged.edges
    if fate.head_is_cut is False:
        yield "head", repr(text[: label.head])
    if fate.tail_is_cut is False:
        yield "tail", repr(text[len(text) - label.tail :])
    if not fate.lead_is_whole:
        yield "lead lost", repr(label.body[:80])
    if not fate.end_is_whole:
        yield "end lost", repr(label.body[-80:])


def print_speed(day: Sequence[Record], name: str) -> None:
    """Print how fast the records of a day are read and parsed, once the tables are loaded."""
    records.parsed(day[:_WARM_UP_RECORDS])
    _, seconds = records.parsed(day)
    print(f"{name}: {len(day) / seconds:.0f} articles a CPU-second read and parsed  (1500)")


def print_summaries(
    day: Sequence[Record], name: str, choice: random.Random, chosen: argparse.Namespace
) -> None:
    """Print how many summaries of a day are none, and some of all for reading."""
    results = records.understood(day)
    reasons = [junk(*pair) for pair in zip(day, results, strict=True)]
    count = Counter(reason for reason in reasons if reason)
    print(f"{name}: {count.total()} of {len(day)} summaries are none", end="")
    print(f", {count.total() / len(day):.1%}  (1 %)  {dict(count.most_common())}")
    pairs = list(zip(reasons, results, strict=True))
    if chosen.errors:
        for reason, result in pairs:
            if reason and isinstance(result, Article):
                print(f"{result.file}  {reason}: {result.summary}")
    for _, result in choice.sample(pairs, min(chosen.show, len(pairs))):
        print(f"- {result.summary if isinstance(result, Article) else f'({result.reason})'}")


def print_losses(sample: Sequence[Record], *, errors: bool) -> None:
    """Print how many articles lose words, and why records were rejected."""
    results, _ = records.parsed(sample)
    rejected = Counter(result.reason for result in results if isinstance(result, Problem))
    losses = [
        (record, lost)
        for record, result in zip(sample, results, strict=True)
        if isinstance(result, Article) and (lost := lost_words(record, result))
    ]
    print(f"{len(losses)} of {len(sample)} articles lose more than 2 % of their words  (0)")
    print(f"{rejected.total()} rejected: {dict(rejected.most_common(5))}")
    by_source = Counter(record["source"] for record, _ in losses)
    print(f"  {', '.join(f'{source} {count}' for source, count in by_source.most_common())}")
    large = [
        result
        for result in results
        if isinstance(result, Article) and cut_share(result) > _LARGE_CUT
    ]
    print(f"{len(large)} articles have more than a fifth of their words cut")
    if errors:
        for article in large:
            print(f"{article.title}  cut: {article.sidebar_raw!r}")
        for record, lost in losses:
            print(f"{record['url']}  lost: {' '.join([*lost.elements()][:_SHOWN_WORDS])}")


if __name__ == "__main__":
    main()
