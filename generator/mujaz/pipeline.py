"""The whole story, from raw articles to a finished site: what changed, and what that changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from mujaz.arabic.wording import Wording
from mujaz.compose import (
    IMAGES,
    Composer,
    Renewal,
    Renewed,
    finding,
    page_text,
)
from mujaz.config import Config, known_sources
from mujaz.enrich import (
    Enrichment,
    Workers,
    alone,
    believe,
    derive,
    recipe,
    signature,
)
from mujaz.ingest import Inputs
from mujaz.library.groups import ALL, kind_of, name_of
from mujaz.model import Article, Finding, Problem, Report
from mujaz.parse import article, doubts, draft, learn_vocabulary
from mujaz.progress import Progress, silent
from mujaz.publish import (
    ASSETS,
    LEDGER,
    Pages,
    SearchIndex,
    lean_assets,
    note_unrendered,
    publish_site,
    put_images,
    read_ledger,
    subset_fonts,
)
from mujaz.read import read_files, with_sidecars
from mujaz.state.database import Store, discard, store
from mujaz.state.last_run import (
    Look,
    keep,
    kept_folder,
    look,
    look_at_pages,
    look_at_pages_again,
)
from mujaz.state.memo import Memory, memory
from mujaz.state.snapshot import Glance

Clock = Callable[[], float]
"""Gives seconds that only ever grow; used to say how long a run took, and for nothing else."""


def build(
    config: Config,
    now: Clock,
    progress: Progress = silent,
    strict: bool = False,
    workers: Workers = alone,
    before: Look | None = None,
) -> Report:
    """Turn the raw articles into a finished site.

    With `strict`, nothing is published while an input is rejected or a page draws a warning: the
    last good site stays. Raises `RenderError` if MkDocs cannot render the pages.
    """
    started = now()
    report = generate(config, now, progress, workers, before)
    publish_site(config, report, strict)
    return replace(report, seconds=now() - started)


def generate(
    config: Config,
    now: Clock,
    progress: Progress = silent,
    workers: Workers = alone,
    before: Look | None = None,
) -> Report:
    """Turn the raw articles into Markdown pages, writing only what changed.

    `before` is what the folders were like when somebody looked. Those articles that nobody has read
    before are read by the `workers`, if there are many.
    """
    before = before or look(config)
    try:
        return _generated(config, now, progress, workers, before)
    except sqlite3.OperationalError:
        raise  # the disk is full, or the like
    except sqlite3.DatabaseError:
        discard(kept_folder(config))
        return _generated(config, now, progress, workers, before)


def _generated(
    config: Config, now: Clock, progress: Progress, workers: Workers, before: Look
) -> Report:
    started = now()
    folder = kept_folder(config)
    with memory(folder) as remember, store(folder) as kept:
        run = _Run(config, kept, remember, before, progress, workers)
        facts = run.understand()
        written = run.write(facts)
        report = run.report(written, now() - started)
        token = before.seeds.digest()
        kept.note("token", token)
    keep(config, before, run.pages_now(), token, report)
    return report


def examine(config: Config, now: Clock) -> tuple[Report, list[Problem]]:
    """Return what a build would report, and what an editor should look at; write nothing."""
    started = now()
    folder = kept_folder(config)
    with memory(folder, keeps=False) as remember, store(folder, keeps=False) as kept:
        run = _Run(config, kept, remember, look(config), silent, alone)
        run.understand()
        ids = (own for _, own in run.collection.members(ALL))
        doubted = [doubt for each in run.collection.articles(ids) for doubt in doubts(each)]
        return run.report(0, now() - started), [*run.inputs.unread(), *doubted]


def understand(paths: Sequence[Path], config: Config) -> list[Article | Problem]:
    """Return what each input was understood to be, in input order, copies included."""
    return [result for result, _ in understand_texts(paths, config)]


def understand_texts(paths: Sequence[Path], config: Config) -> list[tuple[Article | Problem, str]]:
    """Return the same with the cleaned text of each input, which spans of evidence point into."""
    inputs = list(read_files(paths))
    drafts = {i: draft(found) for i, found in enumerate(inputs) if not isinstance(found, Problem)}
    vocabulary = learn_vocabulary(list(drafts.values()), known_sources(config))
    parsed = {i: article(each, vocabulary) for i, each in drafts.items()}
    articles = {i: each for i, each in parsed.items() if isinstance(each, Article)}
    with memory(kept_folder(config), keeps=False) as remember:
        enriched = derive(list(articles.values()), config.tags, remember)
        derived = dict(zip(articles, enriched, strict=True))
    problems = {i: each for i, each in enumerate(inputs) if isinstance(each, Problem)}
    results: dict[int, Article | Problem] = {**problems, **parsed, **derived}
    return [(results[i], drafts[i].text if i in drafts else "") for i in range(len(inputs))]


class _Run:
    """One run over the articles of a site, given what earlier ones left."""

    def __init__(
        self,
        config: Config,
        kept: Store,
        remember: Memory,
        before: Look,
        progress: Progress,
        workers: Workers,
    ) -> None:
        self._config, self._kept, self._before = config, kept, before
        key = before.circumstances.understanding
        self._is_known = before.last is not None and before.last.token == kept.about("token")
        if kept.about("understanding") != key:
            kept.clear()
            remember.expect_all()
            kept.note("understanding", key)
            self._is_known = False
        told = kept.about("recipe")
        if told and told[0] == signature():
            believe(*told)
        else:
            kept.note("recipe", [signature(), recipe()])
        self.inputs = Inputs(kept.base, config, progress)
        self._enrichment = Enrichment(
            kept.base, config.tags, self.inputs.article, remember, workers, progress
        )
        self.collection = self._enrichment.collection
        self._touched: set[str] | None = None

    def understand(self) -> set[str]:
        """Read what changed, and return the facts of the collection that this changes."""
        seeds, last = self._before.seeds, self._before.last
        if last is not None and self._is_known:
            changed = with_sidecars(seeds.changed_since(last.seeds), seeds.names)
        else:
            changed = {*seeds.names} | self.inputs.paths()
        understood = self.inputs.update(changed)
        return self._enrichment.update(understood.gone, understood.come)

    def write(self, facts: set[str]) -> int:
        """Write the pages that change with these facts; return how many are others now."""
        config, kept = self._config, self._kept
        renewal = Renewal(kept.base, Composer(self.collection, config))
        pages, last, key = Pages(config.out), self._before.last, self._before.circumstances.pages
        known = self._is_known and kept.about("pages") == key
        if last is not None and known:
            before, spoilt = set[str](), self._before.pages.changed_since(last.pages)
        else:
            before, spoilt = renewal.clear() | pages.listed(), set()
            pages.settle(before)
            facts = facts | self.collection.facts()
            kept.note("pages", key)
        renewed = Renewed()
        written = set[str]()
        for page in renewal.renew(facts, spoilt, renewed):
            if page.path in renewed.new and page.path not in before:
                pages.announce([page.path])
            if pages.put(page.path, page_text(page)):
                written.add(page.path)
        steady = self._write_assets(pages, before, spoilt, written, anew=not known)
        strays = before - renewed.made
        if spoilt:  # maybe by a run that was killed, whose pages nobody wants now
            strays = spoilt & (read_ledger(config.out) or set()) - renewal.paths()
        stale = renewed.gone | (strays - steady)
        removed = pages.remove(stale)
        if stale or renewed.new or not known:
            pages.settle(renewal.paths() | steady)
        indexed = self._index(facts)
        pictures = put_images(self.collection.images(), config.seeds, config.out / IMAGES)
        indexed |= {f"{IMAGES}/{name}" for name in pictures}
        self._touched = written | stale | spoilt | indexed if known else None
        note_unrendered(kept, self._touched)
        return len(written) + removed

    def _write_assets(
        self, pages: Pages, before: set[str], spoilt: set[str], written: set[str], *, anew: bool
    ) -> set[str]:
        """Write styles, scripts and fonts if need be; return the paths of those that are listed."""
        config, kept = self._config, self._kept
        steady: set[str] = {*(kept.about("assets") or ())}
        if anew or any(path.startswith(ASSETS) for path in spoilt):
            found = {each.path: each.text for each in lean_assets(config.overrides)}
            pages.announce(found.keys() - before - steady)
            written |= {path for path, text in found.items() if pages.put(path, text)}
            subset_fonts(config.out / ASSETS / "fonts")
            kept.note("assets", sorted(found))
            return {*found}
        return steady

    def _index(self, facts: set[str]) -> set[str]:
        """Bring the search index up to date; return the paths of what changed."""
        index = SearchIndex(self._kept.base, self._config.out)
        if self._config.search:
            ids = sorted(name_of(each) for each in facts if kind_of(each) == "article")
            index.update(ids, self._findings(ids), self._findings)
        else:
            index.remove()
        return index.touched

    def _findings(self, ids: Iterable[str]) -> Iterator[Finding]:
        say = Wording(self._config.digits)
        return (finding(each, say) for each in self.collection.articles(ids))

    def report(self, written: int, seconds: float) -> Report:
        """Return what became of every input."""
        problems = tuple(self.inputs.problems())
        published = self.collection.size(ALL).all
        duplicates = self._enrichment.copies.duplicates()
        return Report(
            inputs=published + duplicates + len(problems),
            published=published,
            duplicates=duplicates,
            rejected=len(problems),
            problems=problems,
            pages_written=written,
            seconds=round(seconds, 3),
        )

    def pages_now(self) -> Glance:
        """Return what the folder of pages is like after they were written."""
        if self._touched is None:
            return look_at_pages(self._config)
        return look_at_pages_again(self._config, self._before.pages, self._touched | {LEDGER})
