"""Understanding: changed inputs are read, parsed and enriched until the library is up to date.

What one step hands to the next is a delta: what was removed, and what is new or changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import NamedTuple

from mujaz.addresses import Addresses, read_permalinks
from mujaz.config import Config
from mujaz.editorial import ArticleCorrections, References, referring_places
from mujaz.enrich import Duplicates, Enrichment, Stories
from mujaz.ingest import Inputs
from mujaz.library import Library
from mujaz.library.groups import DependencyKey
from mujaz.model import Problem
from mujaz.parse import own_rules
from mujaz.progress import OpenExecutor, Progress, Report
from mujaz.publish import published_ids
from mujaz.state.run_state import RunState


class Understood(NamedTuple):
    """What a run knows once all that changed is read, parsed and enriched."""

    config: Config
    """The settings."""
    inputs: Inputs
    duplicates: Duplicates
    addresses: Addresses
    home: str
    """Code of the site's home country; empty if nothing points to one."""
    library: Library
    changed: set[DependencyKey]
    """Keys of what changed in the library."""
    removed: Set[str]
    """Ids of articles that the library had before, and has no more."""
    published: int
    """Number of articles that the library had before."""
    lost_refs: tuple[Problem, ...]
    """What editors name that is not here, in settings and in their files."""

    def removals(self, config: Config) -> tuple[Set[str], int]:
        """Return the ids of articles that go offline, and the number of those that were online.

        A state that was begun anew does not know, but the pages do, if they are of this site.
        """
        if self.published or config.state_name:
            return self.removed, self.published
        ids = published_ids(config.out)
        return {each for each in ids if self.library.article_text(each) is None}, len(ids)

    def report(self, pages_written: int) -> Report:
        """Return what became of every input."""
        problems = tuple(self.inputs.problems())
        doubts = (*self.inputs.doubts(), *self.addresses.problems(), *self.lost_refs)
        published, duplicates = self.library.size().all, self.duplicates.count()
        held, rejected = len([*self.inputs.held()]), len(problems)
        total = published + duplicates + held + rejected
        counts = (total, published, duplicates, held, rejected)
        return Report(*counts, problems, doubts, pages_written, 0.0)


def understand(
    state: RunState, config: Config, progress: Progress, open_executor: OpenExecutor
) -> Understood:
    """Bring the library up to date with the inputs that changed."""
    base = state.database.base
    permalinks = read_permalinks(config.permalinks)
    corrections = ArticleCorrections(base, config.editorial, permalinks.derived_ids())
    inputs = Inputs(base, config, corrections, progress)
    duplicates = Duplicates(base, inputs.article)
    addresses = Addresses(state.database, config, duplicates, permalinks)
    enrichment = Enrichment(
        base,
        config.tags,
        addresses.article,
        state.memo,
        open_executor,
        progress,
        config.home,
        own_rules(config.editorial).section_named,
    )
    library, stories = Library(base), Stories(base)
    published = library.size().all
    parsed = inputs.apply(state.changed_inputs, state.input_paths)
    distinct = duplicates.apply(parsed)
    enriched = enrichment.apply(addresses.apply(distinct))
    changed = library.apply(enriched)
    articles = library.delta_of(changed)
    with progress.phase("stories"):
        references = References(corrections, duplicates, library)
        story_delta = stories.apply(articles, references.story_edits(config.editorial))
    addresses.redirect_stories(sorted(story_delta.removed), library)
    changed |= story_delta.dependency_keys() | library.put_front(*references.front(config))
    return Understood(
        config,
        inputs,
        duplicates,
        addresses,
        enrichment.home,
        library,
        changed,
        articles.removed,
        published,
        tuple(_lost_refs(config, references)),
    )


def _lost_refs(config: Config, references: References) -> Iterator[Problem]:
    """Yield what names nothing here."""
    yield from references.problems(referring_places(config.editorial))
    for pin in config.pins:
        if pin in config.editorial.pins:
            continue
        if not pin:
            yield Problem(config.file.name, "`extra.mujaz.pins` has an empty name", "take it out")
        elif references.article_id(pin) is None:
            reason = f"`extra.mujaz.pins` names `{pin}`, which is no article or story here"
            yield Problem(config.file.name, reason, "name it anew, or take it out")
