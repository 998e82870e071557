"""The story: from raw articles to a finished site. Each run is an update of what the last one left.

What one step hands to the next is a delta: what was removed, and what is new or changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from mujaz.config import Config
from mujaz.model import Report
from mujaz.progress import OpenExecutor, Progress, in_this_process, silent
from mujaz.state.last_run import inspect, is_published, record_run, snapshot_pages, unchanged

if TYPE_CHECKING:
    from mujaz.addresses import Addresses
    from mujaz.enrich import Duplicates
    from mujaz.ingest import Inputs
    from mujaz.library import Library
    from mujaz.library.groups import DependencyKey
    from mujaz.state.run_state import RunState

# The stages are imported by the functions that call them: a run with nothing to do has no use for
# them, and loading them takes longer than all else that it does.

Clock = Callable[[], float]
"""Gives seconds that only ever grow; used to say how long a run took, and for nothing else."""


def build(
    config: Config,
    clock: Clock,
    progress: Progress = silent,
    strict: bool = False,
    open_executor: OpenExecutor = in_this_process,
) -> Report:
    """Turn the raw articles into a finished site.

    With `strict`, nothing is published while an input is rejected or a page draws a warning: the
    last good site stays. Raises `RenderError` if MkDocs cannot render the pages.
    """
    started = clock()
    report = update_pages(config, clock, progress, open_executor)
    if strict or not is_published(config):
        from mujaz.publish import publish_site

        publish_site(config, report, strict)
    return replace(report, seconds=round(clock() - started, 3))


def update_pages(
    config: Config,
    clock: Clock,
    progress: Progress = silent,
    open_executor: OpenExecutor = in_this_process,
) -> Report:
    """Turn the raw articles into Markdown pages, writing only what changed."""
    started = clock()
    inspection = inspect(config)
    report = unchanged(inspection)
    if report is None:
        from mujaz.state.run_state import run_in_transaction

        report, touched, permalinks = run_in_transaction(
            config, inspection, lambda state: _update(state, config, progress, open_executor)
        )
        pages = snapshot_pages(config, inspection.pages, touched)
        record_run(config, inspection, pages, report, permalinks)
    return replace(report, seconds=round(clock() - started, 3))


def _update(
    state: RunState, config: Config, progress: Progress, open_executor: OpenExecutor
) -> tuple[Report, frozenset[str] | None, str]:
    """Return what became of the inputs, the paths of changed pages, and the permalinks file.

    None in the place of paths: look at all pages.
    """
    from mujaz.addresses import write_forwarding
    from mujaz.compose import IMAGES, Composer, page_text
    from mujaz.library import StalePages
    from mujaz.publish import LEDGER, PagesFolder, note_unrendered, write_assets, write_images
    from mujaz.search_update import update_search

    understood = understand(state, config, progress, open_executor)
    library, changed = understood.library, understood.changed
    permalinks = understood.addresses.save()
    stale = StalePages(state.database.base, Composer(library, config))
    pages = PagesFolder(config.out)
    if state.changed_pages is None:
        composed = stale.compose_all(library.keys())
    else:
        composed = stale.compose(changed, state.changed_pages)
    written = pages.write((page.path, page_text(page)) for page in composed)
    assets_written, assets = write_assets(state, config, pages)
    forwarding = write_forwarding(state.database, config, permalinks, pages, state.changed_pages)
    written |= assets_written | forwarding.written
    if stale.have_paths_changed or forwarding.have_paths_changed:
        written |= pages.remove_orphans(stale.paths() | assets | forwarding.paths)
    report = understood.report(len(written))  # images and the search index are no pages
    written |= write_images(library.images(), config.seeds, config.out, IMAGES)
    written |= update_search(state.database.base, config, library, changed)
    touched = None if state.changed_pages is None else frozenset(written | state.changed_pages)
    note_unrendered(state.database, touched)
    return report, None if touched is None else touched | {LEDGER}, permalinks.text


class Understood(NamedTuple):
    """What a run knows once all that changed is read, parsed and enriched."""

    inputs: Inputs
    duplicates: Duplicates
    addresses: Addresses
    library: Library
    changed: set[DependencyKey]
    """Keys of what changed in the library."""

    def report(self, pages_written: int) -> Report:
        """Return what became of every input."""
        problems = tuple(self.inputs.problems())
        published, duplicates = self.library.size().all, self.duplicates.count()
        total = published + duplicates + len(problems)
        return Report(total, published, duplicates, len(problems), problems, pages_written, 0.0)


def understand(
    state: RunState, config: Config, progress: Progress, open_executor: OpenExecutor
) -> Understood:
    """Bring the library up to date with the inputs that changed."""
    from mujaz.addresses import Addresses, read_permalinks
    from mujaz.enrich import Duplicates, Enrichment, Stories
    from mujaz.ingest import Inputs
    from mujaz.library import Library

    base = state.database.base
    inputs = Inputs(base, config, progress)
    duplicates = Duplicates(base, inputs.article)
    permalinks = read_permalinks(config.permalinks)
    addresses = Addresses(state.database, config, duplicates, permalinks)
    enrichment = Enrichment(
        base, config.tags, addresses.article, state.memo, open_executor, progress
    )
    library, stories = Library(base), Stories(base)
    parsed = inputs.apply(state.changed_inputs, state.input_paths)
    distinct = duplicates.apply(parsed)
    enriched = enrichment.apply(addresses.apply(distinct))
    changed = library.apply(enriched)
    story_delta = stories.apply(library.delta_of(changed))
    addresses.redirect_stories(sorted(story_delta.removed), library)
    changed |= story_delta.dependency_keys()
    return Understood(inputs, duplicates, addresses, library, changed)
