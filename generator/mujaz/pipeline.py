"""The story: from raw articles to a finished site. Each run is an update of what the last one left.

What one step hands to the next is a delta: what was removed, and what is new or changed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Set
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from mujaz.config import Config, check_folders
from mujaz.errors import SelfCheckError
from mujaz.model import Report
from mujaz.progress import OpenExecutor, Progress, in_this_process, silent
from mujaz.state.last_run import (
    inspect,
    is_published,
    record_run,
    remove_partial_files,
    snapshot_pages,
    unchanged,
)
from mujaz.state.site_record import SITE_RECORD, refuse_foreign_site

if TYPE_CHECKING:
    from mujaz.enrich import Duplicates
    from mujaz.ingest import Inputs
    from mujaz.library import Library
    from mujaz.library.groups import DependencyKey
    from mujaz.state.run_state import RunState

# The stages are imported by the functions that call them: a run with nothing to do has no use for
# them, and loading them takes longer than all else that it does.

Clock = Callable[[], float]
"""Gives seconds that only ever grow; used to say how long a run took, and for nothing else."""
_SELF_CHECK = "MUJAZ_PARANOID"
"""The environment variable that has each run compared with one from nothing."""


def build(
    config: Config,
    clock: Clock,
    progress: Progress = silent,
    strict: bool = False,
    open_executor: OpenExecutor = in_this_process,
    accept_removals: bool = False,
    force: bool = False,
) -> Report:
    """Turn the raw articles into a finished site.

    With `strict`, nothing is published while an input is rejected or a page draws a warning: the
    last good site stays. With `force`, the site may go where files of others lie. Raises
    `RenderError` if MkDocs cannot render the pages, and `RemovalsError` if many articles are gone,
    unless `accept_removals` says that they may be.
    """
    started = clock()
    refuse_foreign_site(config.site_dir, config.cache / SITE_RECORD, force=force)
    report = update_pages(config, clock, progress, open_executor, accept_removals)
    if strict or not is_published(config):
        from mujaz.publish import publish_site

        publish_site(config, report, strict, force)
    return replace(report, seconds=round(clock() - started, 3))


def update_pages(
    config: Config,
    clock: Clock,
    progress: Progress = silent,
    open_executor: OpenExecutor = in_this_process,
    accept_removals: bool = False,
) -> Report:
    """Turn the raw articles into Markdown pages, writing only what changed.

    Raises `ConfigError` if folders of the configuration overlap, and `RemovalsError` if many
    articles are gone, unless `accept_removals` says that they may be; pages and state then stay.
    """
    started = clock()
    check_folders(config)
    inspection = inspect(config)
    report = unchanged(inspection)
    if report is None:
        from mujaz.state.run_state import run_in_transaction

        if remove_partial_files(config, inspection):
            inspection = inspect(config)

        def run(state: RunState) -> tuple[Report, frozenset[str] | None]:
            return _update(state, config, progress, open_executor, accept_removals)

        report, touched = run_in_transaction(config, inspection, run)
        pages = snapshot_pages(config, inspection.pages, touched)
        record_run(config, inspection, pages, report)
    if os.environ.get(_SELF_CHECK):
        _check_pages(config, report)
    return replace(report, seconds=round(clock() - started, 3))


def _update(
    state: RunState,
    config: Config,
    progress: Progress,
    open_executor: OpenExecutor,
    accept_removals: bool,
) -> tuple[Report, frozenset[str] | None]:
    """Return what became of the inputs, and the paths of changed pages; None: look at all pages."""
    from mujaz.compose import IMAGES, Composer, page_text
    from mujaz.library import StalePages
    from mujaz.publish import (
        LEDGER,
        PagesFolder,
        check_removals,
        note_unrendered,
        write_assets,
        write_images,
    )
    from mujaz.search_update import update_search

    understood = understand(state, config, progress, open_executor)
    library, changed = understood.library, understood.changed
    if not accept_removals:
        check_removals(*understood.removals(config), config.out)
    stale = StalePages(state.database.base, Composer(library, config))
    pages = PagesFolder(config.out)
    if state.changed_pages is None:
        composed = stale.compose_all(library.keys())
    else:
        composed = stale.compose(changed, state.changed_pages)
    written = pages.write((page.path, page_text(page)) for page in composed)
    assets_written, assets = write_assets(state, config, pages)
    written |= assets_written
    if stale.have_paths_changed:
        written |= pages.remove_orphans(stale.paths() | assets)
    report = understood.report(len(written))  # images and the search index are no pages
    written |= write_images(library.images(), config.seeds, config.out, IMAGES)
    written |= update_search(state.database.base, config, library, changed)
    touched = None if state.changed_pages is None else frozenset(written | state.changed_pages)
    note_unrendered(state.database, touched)
    return report, None if touched is None else touched | {LEDGER}


def _check_pages(config: Config, report: Report) -> None:
    """Hold the pages and the report of a run against those of one from nothing, in memory.

    Raises `SelfCheckError` if they differ. Fonts and the search index, which see to themselves, are
    not looked at.
    """
    from mujaz.compose import Composer, page_text
    from mujaz.library import StalePages
    from mujaz.publish import lean_assets, read_ledger
    from mujaz.state.run_state import state_from_nothing

    with state_from_nothing(config) as state:
        understood = understand(state, config, silent, in_this_process)
        stale = StalePages(state.database.base, Composer(understood.library, config))
        pages = stale.compose_all(understood.library.keys())
        texts = {
            **{page.path: page_text(page) for page in pages},
            **dict(lean_assets(config.overrides)),
        }
        anew = replace(understood.report(0), seconds=report.seconds)
    listed = read_ledger(config.out) or set()
    different = sorted(listed ^ texts.keys()) or sorted(
        path for path, text in texts.items() if (config.out / path).read_bytes() != text.encode()
    )
    if different:
        raise SelfCheckError(
            f"{config.out / different[0]}: is not what a run from nothing makes of it, and "
            f"{len(different) - 1} other files are not; report it, and remove {config.cache}"
        )
    if replace(report, pages_written=0) != anew:
        raise SelfCheckError(f"{config.seeds}: the report should be {anew} and is {report}")


class Understood(NamedTuple):
    """What a run knows once all that changed is read, parsed and enriched."""

    inputs: Inputs
    duplicates: Duplicates
    library: Library
    changed: set[DependencyKey]
    """Keys of what changed in the library."""
    removed: Set[str]
    """Ids of articles that the library had before, and has no more."""
    published: int
    """Number of articles that the library had before."""

    def removals(self, config: Config) -> tuple[Set[str], int]:
        """Return the ids of articles that go offline, and the number of those that were online.

        A state that was begun anew does not know, but the pages do, if they are of this site.
        """
        if self.published or config.state_name:
            return self.removed, self.published
        from mujaz.publish import published_ids

        ids = published_ids(config.out)
        return {each for each in ids if self.library.article_text(each) is None}, len(ids)

    def report(self, pages_written: int) -> Report:
        """Return what became of every input."""
        problems, doubts = tuple(self.inputs.problems()), tuple(self.inputs.doubts())
        published, duplicates = self.library.size().all, self.duplicates.count()
        held, rejected = len([*self.inputs.held()]), len(problems)
        total = published + duplicates + held + rejected
        counts = (total, published, duplicates, held, rejected)
        return Report(*counts, problems, doubts, pages_written, 0.0)


def understand(
    state: RunState, config: Config, progress: Progress, open_executor: OpenExecutor
) -> Understood:
    """Bring the library up to date with the inputs that changed."""
    from mujaz.enrich import Duplicates, Enrichment, Stories
    from mujaz.ingest import Inputs
    from mujaz.library import Library

    base = state.database.base
    inputs = Inputs(base, config, progress)
    duplicates = Duplicates(base, inputs.article)
    enrichment = Enrichment(
        base, config.tags, duplicates.article, state.memo, open_executor, progress
    )
    library, stories = Library(base), Stories(base)
    published = library.size().all
    parsed = inputs.apply(state.changed_inputs, state.input_paths)
    distinct = duplicates.apply(parsed)
    enriched = enrichment.apply(distinct)
    changed = library.apply(enriched)
    articles = library.delta_of(changed)
    changed |= stories.apply(articles).dependency_keys()
    return Understood(inputs, duplicates, library, changed, articles.removed, published)
