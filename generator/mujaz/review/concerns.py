"""What needs an editor, the most read places first: the lead, the edition, then the newest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from mujaz.arabic.normalise import key
from mujaz.compose.permalinks import article_path, site_address
from mujaz.compose.selection import edition_rules, pin_names
from mujaz.config import Config
from mujaz.errors import ConfigError
from mujaz.library import Library
from mujaz.model import Article, Problem
from mujaz.progress import in_this_process, silent
from mujaz.review.doubtful_links import (
    DoubtfulLink,
    doubtful_joins,
    probable_duplicates,
    shortened_names,
)
from mujaz.review.export import edition_of_day
from mujaz.state.last_run import inspect
from mujaz.state.run_state import RunState, run_in_transaction
from mujaz.understanding import Understood, understand

_FIELDS = ("date", "authors", "section", "source", "title")
"""Those whose doubts are worth an editor's time."""
_MIN_SURENESS = 0.7
"""A derived field below it is doubtful."""
_MIN_LIKENESS = 0.88
"""Of two names that may be one, from 0 to 1."""
_MAX_NEIGHBOURS = 8
"""Names after a name, in their order, that it is compared with."""
_NOWHERE = 1_000_000
"""Place of what no edition has."""


class Concern(NamedTuple):
    """Something that an editor should look at."""

    kind: str
    """`rejected`, `held`, `missing`, `doubtful`, `join`, `duplicate`, `names` or `input`."""
    file: str
    """The input; empty for names."""
    title: str
    """The headline, if there is one."""
    address: str
    """The article's page below the site's root, if it is published."""
    subject: str
    """The field that is doubtful, or the names, with ` | ` between them."""
    reason: str
    """The fault, in one clause."""
    hint: str
    """The next step for an editor."""
    place: int
    """Where readers meet it: from 1 on in the newest edition; a million for what is not in it."""

    @property
    def name(self) -> str:
        """What tells it from all others, for those that an editor finds right."""
        return f"{self.kind}: {self.address or self.file or self.subject}: {self.subject}"


def concerns(config: Config) -> list[Concern]:
    """Return what needs an editor; write nothing."""

    def run(state: RunState) -> list[Concern]:
        return concerns_of(understand(state, config, silent, in_this_process))

    return run_in_transaction(config, inspect(config, keep=False), run, keep=False)


def concerns_of(understood: Understood) -> list[Concern]:
    """Return what needs an editor, of what a run understood."""
    report, library = understood.report(0), understood.library
    places = _edition_places(library, understood.config)
    refused = [_of_input("rejected", each) for each in report.problems]
    refused += [_of_input("held", each) for each in understood.inputs.held()]
    refused += [_of_input("input", each) for each in report.doubts]
    articles = list(library.all_articles())
    inside = [each for article in articles for each in _of_article(article, places)]
    inside += [
        _of_link(kind, each, places)
        for kind, links in (
            ("join", doubtful_joins(articles, library)),
            ("duplicate", probable_duplicates(articles)),
        )
        for each in links
    ]
    ordered = sorted(inside, key=lambda each: each.place)
    front = [each for each in ordered if each.place < _NOWHERE]
    return [*front, *refused, *ordered[len(front) :], *_alike_names(articles)]


def _edition_places(library: Library, config: Config) -> dict[str, int]:
    """Return the place in the newest edition of each article that is in it, by id."""
    rules = edition_rules(config, library)
    try:
        edition = edition_of_day(library, None, rules)
    except ConfigError:  # no article is dated
        return {}
    places: dict[str, int] = {}
    for place, entry in enumerate(edition.entries, 1):
        for name in pin_names(entry):
            places.setdefault(name, place)
    return places


def _of_input(kind: str, problem: Problem) -> Concern:
    return Concern(kind, problem.file, "", "", "", problem.reason, problem.hint, _NOWHERE)


def _of_article(article: Article, places: dict[str, int]) -> Iterator[Concern]:
    from mujaz.parse import doubts

    place = places.get(article.id, _NOWHERE)
    address = site_address(article_path(article))
    for doubt in doubts(article):
        yield Concern(
            "missing", article.file, article.title, address, "", doubt.reason, doubt.hint, place
        )
    for name in _FIELDS:
        why = article.provenance.get(name)
        if why and getattr(article, name) and why.confidence < _MIN_SURENESS:
            reason = f"its `{name}` is {why.confidence:.0%} sure"
            hint = "look at the evidence, and correct it or say that it is right"
            yield Concern(
                "doubtful", article.file, article.title, address, name, reason, hint, place
            )


def _of_link(kind: str, link: DoubtfulLink, places: dict[str, int]) -> Concern:
    article = link.article
    address, place = site_address(article_path(article)), places.get(article.id, _NOWHERE)
    return Concern(kind, article.file, article.title, address, "", link.reason, link.hint, place)


def _alike_names(articles: Sequence[Article]) -> Iterator[Concern]:
    """Yield pairs of persons' names that may be one person."""
    for pair in shortened_names(articles):
        yield _of_names(*pair, "one ends with the other")
    names = {tag.name for each in articles for tag in each.tags if tag.kind == "person"}
    buckets: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        buckets[key(name).partition(" ")[0]].append(name)
    for bucket in buckets.values():
        for index, first in enumerate(bucket):
            for second in bucket[index + 1 : index + 1 + _MAX_NEIGHBOURS]:
                if SequenceMatcher(None, key(first), key(second)).ratio() >= _MIN_LIKENESS:
                    yield _of_names(first, second, "look alike")


def _of_names(first: str, second: str, reason: str) -> Concern:
    pair, hint = f"{first} | {second}", "merge them if they are one person"
    return Concern("names", "", pair, "", pair, reason, hint, _NOWHERE)
