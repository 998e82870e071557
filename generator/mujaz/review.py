"""What editors ask without a build: how inputs are understood, and what needs their attention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mujaz.config import Config, known_sources
from mujaz.model import Article, Problem, Report
from mujaz.pipeline import Clock, understand
from mujaz.progress import in_this_process, silent
from mujaz.state.fingerprint import derivation_fingerprint
from mujaz.state.last_run import inspect
from mujaz.state.memo import open_memo
from mujaz.state.run_state import open_state


def check(config: Config, clock: Clock) -> tuple[Report, list[Problem]]:
    """Return what a build would report, and what an editor should look at; write nothing."""
    from mujaz.parse import doubts

    started = clock()
    with open_state(config, inspect(config), keep=False) as state:
        understood = understand(state, config, silent, in_this_process)
        articles = understood.library.all_articles()
        doubtful = [doubt for article in articles for doubt in doubts(article)]
        report = replace(understood.report(0), seconds=round(clock() - started, 3))
        return report, [*understood.inputs.unread_fields(), *doubtful]


def parse(paths: Sequence[Path], config: Config) -> list[tuple[Article | Problem, str]]:
    """Return what each input was understood as, duplicates too, in input order.

    With each stands its cleaned text, which spans of evidence point into.
    """
    from mujaz.enrich import enrich_alone
    from mujaz.parse import draft, learn_vocabulary, parse_article
    from mujaz.read import read_files

    inputs = list(read_files(paths))
    drafts = {each.file: draft(each) for each in inputs if not isinstance(each, Problem)}
    vocabulary = learn_vocabulary(drafts.values(), known_sources(config))
    results: dict[str, Article | Problem]
    results = {each.file: each for each in inputs if isinstance(each, Problem)}
    results |= {file: parse_article(page, vocabulary) for file, page in drafts.items()}
    articles = [each for each in results.values() if isinstance(each, Article)]
    with open_memo(config.cache, derivation_fingerprint(), keep=False) as memo:
        results |= {each.file: each for each in enrich_alone(articles, config.tags, memo)}
    texts = {file: page.text for file, page in drafts.items()}
    return [(results[each.file], texts.get(each.file, "")) for each in inputs]
