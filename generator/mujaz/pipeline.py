"""The story: from raw articles to a finished site. Each run is an update of what the last one left.

What one step hands to the next is a delta: what was removed, and what is new or changed.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from mujaz.config import Config, check_folders
from mujaz.progress import Clock, OpenExecutor, Progress, Report, in_this_process, silent
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
    from mujaz.state.run_state import RunState

# The stages are imported by the functions that call them: a run with nothing to do has no use for
# them, and loading them takes longer than all else that it does.

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
    check_folders(config)
    refuse_foreign_site(config.site_dir, config.cache / SITE_RECORD, force=force)
    report, has_run = _run(config, progress, open_executor, accept_removals)
    if has_run or strict or not is_published(config):
        from mujaz.publish import publish_site

        publish_site(config, report, strict, force, progress)
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
    report, _ = _run(config, progress, open_executor, accept_removals)
    return replace(report, seconds=round(clock() - started, 3))


def _run(
    config: Config, progress: Progress, open_executor: OpenExecutor, accept_removals: bool
) -> tuple[Report, bool]:
    """Update the pages; return the report, and whether anything was to be done."""
    check_folders(config)
    inspection = inspect(config)
    report = unchanged(inspection)
    has_run = report is None
    if report is None:
        from mujaz.state.run_state import run_in_transaction

        if remove_partial_files(config, inspection):
            inspection = inspect(config)

        def run(state: RunState) -> tuple[Report, frozenset[str] | None, str]:
            return _update(state, config, progress, open_executor, accept_removals)

        report, touched, permalinks = run_in_transaction(config, inspection, run)
        pages = snapshot_pages(config, inspection.pages, touched)
        record_run(config, inspection, pages, report, permalinks)
    if os.environ.get(_SELF_CHECK):
        from mujaz.self_check import check_pages

        check_pages(config, report)
    return report, has_run


def _update(
    state: RunState,
    config: Config,
    progress: Progress,
    open_executor: OpenExecutor,
    accept_removals: bool,
) -> tuple[Report, frozenset[str] | None, str]:
    """Return what became of the inputs, the paths of changed pages, and the permalinks file.

    None in the place of paths: look at all pages.
    """
    from mujaz.compose import Composer
    from mujaz.library import StalePages
    from mujaz.pages_update import update_search, write_pages
    from mujaz.publish import LEDGER, check_removals, note_unrendered
    from mujaz.understanding import understand

    understood = understand(state, config, progress, open_executor)
    library, changed = understood.library, understood.changed
    if not accept_removals:
        check_removals(*understood.removals(config), config.out)
    permalinks = understood.addresses.save()
    stale = StalePages(state.database.base, Composer(library, understood.config), progress)
    if understood.inputs.left_entries:
        understood.inputs.left_entries.save()
    if state.changed_pages is None:
        composed = stale.compose_all(library.keys())
    else:
        composed = stale.compose(changed, state.changed_pages)
    written = write_pages(state, config, composed, stale, library, permalinks)
    report = understood.report(written.texts)
    with progress.phase("search"):
        search_paths = update_search(state.database.base, config, library, changed)
    paths = written.paths | search_paths
    touched = None if state.changed_pages is None else frozenset(paths | state.changed_pages)
    note_unrendered(state.database, touched)
    return report, None if touched is None else touched | {LEDGER}, permalinks.text
