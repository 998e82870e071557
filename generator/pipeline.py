"""The whole story, from raw articles to a finished site."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar

from generator.compose import IMAGES, compose, findings, page_text
from generator.config import Config, known_sources
from generator.enrich import Workers, alone, collect, derive
from generator.last import glance, keep, kept_folder, marks, standing
from generator.model import Article, Corpus, Document, Problem, Report
from generator.parse import article, doubts, draft, learn, unread_fields
from generator.publish import (
    SearchIndex,
    lean_assets,
    memory,
    publish_site,
    put_images,
    remove_index,
    subset_fonts,
    write_pages,
)
from generator.read import read_files, read_folder, with_images

T = TypeVar("T")
Clock = Callable[[], float]
"""Gives seconds that only ever grow; used to say how long a run took, and for nothing else."""


class Progress(Protocol):
    """Shows how far a stage has come."""

    def __call__(self, stage: str, items: Sequence[T]) -> Iterable[T]:
        """Return `items` to go through, showing which of them is at hand."""


def silent(stage: str, items: Sequence[T]) -> Iterable[T]:
    """Show nothing."""
    return items


def build(
    config: Config,
    now: Clock,
    progress: Progress = silent,
    strict: bool = False,
    workers: Workers = alone,
) -> Report:
    """Turn the raw articles into a finished site.

    With `strict`, nothing is published while an input is rejected or a page draws a warning: the
    last good site stays. Raises `RenderError` if MkDocs cannot render the pages.
    """
    started = now()
    report = generate(config, now, progress, workers)
    publish_site(config, report, strict)
    return replace(report, seconds=now() - started)


def generate(
    config: Config, now: Clock, progress: Progress = silent, workers: Workers = alone
) -> Report:
    """Turn the raw articles into Markdown pages, writing only what changed.

    Those that nobody has read before are read by the `workers`, if there are many.
    """
    started = now()
    seen = glance(config.seeds)
    articles, problems = _understood(config, progress)
    with memory(kept_folder(config)) as remember:
        corpus = collect(articles, config.tags, remember, workers)
    pages = [*compose(corpus, config), *lean_assets(config.overrides)]
    wanted = marks(pages)
    there = standing(config, wanted)
    new = progress("writing", [page for page in pages if page.path not in there])
    written = write_pages({page.path: page_text(page) for page in new}, config.out, there)
    subset_fonts(config.out / "assets" / "fonts")
    _index(corpus, config)
    shown = (image for each in corpus.articles for image in each.images)
    put_images(shown, config.seeds, config.out / IMAGES)
    report = _report(corpus, problems, written, now() - started)
    keep(config, seen, wanted, report)
    return report


def _index(corpus: Corpus, config: Config) -> None:
    path = kept_folder(config) / "search.sqlite"
    if not config.search:
        path.unlink(missing_ok=True)
        remove_index(config.out)
        return
    found = {each.id: each for each in findings(corpus, config)}
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as base, base:
        index = SearchIndex(base, config.out)
        held = {each for (each,) in base.execute("select id from search_articles")}
        index.update(held - found.keys(), found.values(), lambda ids: (found[i] for i in ids))


def understand(paths: Sequence[Path], config: Config) -> list[Article | Problem]:
    """Return what each input was understood to be, in input order, copies included."""
    return [result for result, _ in understand_texts(paths, config)]


def understand_texts(paths: Sequence[Path], config: Config) -> list[tuple[Article | Problem, str]]:
    """Return the same with the cleaned text of each input, which spans of evidence point into."""
    inputs = list(read_files(paths))
    drafts = {i: draft(found) for i, found in enumerate(inputs) if not isinstance(found, Problem)}
    known = learn(list(drafts.values()), known_sources(config))
    parsed = {i: article(each, known) for i, each in drafts.items()}
    articles = {i: each for i, each in parsed.items() if isinstance(each, Article)}
    with memory(kept_folder(config), keeps=False) as remember:
        enriched = derive(list(articles.values()), config.tags, remember)
        derived = dict(zip(articles, enriched, strict=True))
    problems = {i: each for i, each in enumerate(inputs) if isinstance(each, Problem)}
    results: dict[int, Article | Problem] = {**problems, **parsed, **derived}
    return [(results[i], drafts[i].text if i in drafts else "") for i in range(len(inputs))]


def examine(config: Config, now: Clock) -> tuple[Report, list[Problem]]:
    """Return what a build would report, and what an editor should look at; write nothing."""
    started = now()
    documents, unreadable = _read(config)
    articles, unparsable = _parse(documents, config, silent)
    with memory(kept_folder(config), keeps=False) as remember:
        corpus = collect(articles, config.tags, remember)
    report = _report(corpus, [*unreadable, *unparsable], 0, now() - started)
    unread = [doubt for document in documents for doubt in unread_fields(document)]
    return report, unread + [doubt for each in corpus.articles for doubt in doubts(each)]


def _understood(config: Config, progress: Progress) -> tuple[list[Article], list[Problem]]:
    documents, unreadable = _read(config)
    articles, unparsable = _parse(documents, config, progress)
    return articles, [*unreadable, *unparsable]


def _read(config: Config) -> tuple[list[Document], list[Problem]]:
    """Return the raw articles, with their pictures if the editor allows them."""
    documents, problems = _divide(read_folder(config.seeds))
    if not config.images:
        return documents, problems
    illustrated = [with_images(document, config.seeds) for document in documents]
    used = {image.file for document in illustrated for image in document.images}
    return illustrated, [problem for problem in problems if problem.file not in used]


def _parse(
    documents: Sequence[Document], config: Config, progress: Progress
) -> tuple[list[Article], list[Problem]]:
    # Drafts are made twice: it costs less than to keep them all.
    known = learn(map(draft, progress("reading", documents)), known_sources(config))
    return _divide(article(draft(each), known) for each in progress("parsing", documents))


def _report(corpus: Corpus, problems: Sequence[Problem], written: int, seconds: float) -> Report:
    return Report(
        inputs=len(corpus.articles) + len(corpus.duplicates) + len(problems),
        published=len(corpus.articles),
        duplicates=len(corpus.duplicates),
        rejected=len(problems),
        problems=tuple(sorted(problems, key=lambda problem: problem.file)),
        pages_written=written,
        seconds=round(seconds, 3),
    )


def _divide(results: Iterable[T | Problem]) -> tuple[list[T], list[Problem]]:
    """Return what went well, and what did not."""
    fine: list[T] = []
    problems: list[Problem] = []
    for result in results:
        if isinstance(result, Problem):
            problems.append(result)
        else:
            fine.append(result)
    return fine, problems
