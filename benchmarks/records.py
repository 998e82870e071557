"""Real records of newspapers, what is right of those that were read by hand, and how both are run.

`MUJAZ_DATA/saudi/DAY.jsonl.gz` holds the records of a day as they were scraped: title, text, date,
source, author, url. A label is about the record `DAY:line`, lines from 0. None of it is quoted
here: `benchmarks/labels/` names places in the record.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from mujaz import review
from mujaz.config import Config, known_sources
from mujaz.model import Article, Problem
from mujaz.parse import draft, learn_vocabulary, parse_article
from mujaz.read import read_files

from benchmarks.data import folder

_FOLDER = Path(__file__).parent / "labels"
LABELS = tuple(_FOLDER / f"{name}.jsonl" for name in ("newspapers", "datelines", "ends"))
"""Records that were chosen blindly; some whose author field has a rare shape, of which only names
are labelled; some whose first or last line has one, of which only those are, and names in them."""
_SUFFIX = ".jsonl.gz"

Record = Mapping[str, Any]
Result = Article | Problem


class Label(NamedTuple):
    """What is right of one record."""

    record_id: str
    """The day and the line."""
    record: Record
    authors: list[str]
    places: list[str]
    """Several if the dateline names several; one of them is right then."""
    agencies: list[str]
    head: int
    """How many characters of the text, from its start, are no article."""
    tail: int
    """How many at its end."""
    deck: tuple[int, int]
    """Span of lines in the head that may stay or go: headlines below the headline."""
    has_ends: bool
    """Whether head and tail were looked at."""
    unsure: frozenset[str]
    """Fields that count neither way: readers would differ, or nobody looked at them."""

    @property
    def body(self) -> str:
        """Return the text without head and tail."""
        text: str = self.record["text"]
        return text[self.head : len(text) - self.tail]


def days() -> list[str]:
    """Return the days of which there are records, in order."""
    files = sorted((folder() / "saudi").glob(f"*{_SUFFIX}"))
    return [file.name.removesuffix(_SUFFIX) for file in files]


@cache
def records_of(day: str) -> list[Record]:
    """Return the records of a day, in the order of their lines."""
    file = folder() / "saudi" / (day + _SUFFIX)
    return [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]


def read_labels(file: Path) -> list[Label]:
    """Return the labels in a file, but those of days of which there are no records."""
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    known_days = set(days())
    return [_label(line) for line in lines if line["id"].partition(":")[0] in known_days]


def _label(line: Mapping[str, Any]) -> Label:
    day, _, number = line["id"].partition(":")
    record = records_of(day)[int(number)]
    unread = () if "authors" in line else ("authors", "places", "agencies")
    return Label(
        line["id"],
        record,
        names(line.get("authors"), record),
        names(line.get("places") or line.get("place"), record),
        names(line.get("agency"), record),
        line.get("head", 0),
        line.get("tail", 0),
        tuple(line.get("deck", (0, 0))),
        "head" in line,
        frozenset((*line.get("unsure", ()), *unread)),
    )


def names(value: Any, record: Record) -> list[str]:
    """Return what a label says as names: a name or a span, none of them, or a list of them.

    A span is a field of the record, a start and an end.
    """
    if not value:
        return []
    if isinstance(value, str):
        return [value]
    if len(value) == 3 and isinstance(value[1], int):
        name, start, end = value
        return [record[name][start:end]]
    return [name for each in value for name in names(each, record)]


def understood(records: Sequence[Record]) -> list[Result]:
    """Return what each record is understood as, all together, with what is derived from it."""
    with site_of(records) as (config, file):
        return [result for result, _ in review.parse([file], config)]


def parsed(records: Sequence[Record]) -> tuple[list[Result], float]:
    """Return what is read and parsed of each record, nothing derived, and the CPU-seconds of it."""
    with site_of(records) as (config, file):
        started = time.process_time()
        inputs = list(read_files([file]))
        drafts = [each if isinstance(each, Problem) else draft(each) for each in inputs]
        pages = [each for each in drafts if not isinstance(each, Problem)]
        vocabulary = learn_vocabulary(pages, known_sources(config))
        results = [
            each if isinstance(each, Problem) else parse_article(each, vocabulary)
            for each in drafts
        ]
        return results, time.process_time() - started


@contextmanager
def site_of(records: Iterable[Record]) -> Iterator[tuple[Config, Path]]:
    """Give a site whose one raw file holds the records as they are, one a line; and that file."""
    with TemporaryDirectory() as temporary:
        here = Path(temporary)
        file = here / "seeds" / "records.jsonl"
        file.parent.mkdir()
        lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records]
        file.write_text("".join(lines), "utf-8")
        yield Config(here / "mkdocs.yml", file.parent, here / "site_src", here / "site"), file


def record_number(file: str) -> int:
    """Return which record of its file an input is, from 0."""
    return int(file.rpartition("#")[2]) - 1
