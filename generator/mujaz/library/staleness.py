"""What decides that a page is stale: an answer that it was made of is another one now.

Each target's recorded queries are stored, with a fingerprint of each answer. When something in the
library changes, only the queries that depend on its key are asked again; targets whose answers are
all as they were are not composed again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Set
from typing import Protocol

from mujaz.library.groups import SEPARATOR, DependencyKey, Target, dependency_key
from mujaz.library.tracking import QUERY_SEPARATOR, Query, TrackedLibrary
from mujaz.progress import Progress, silent
from mujaz.site_model import Asset, Page

_ALWAYS = dependency_key("always")
"""Stands for the key of the targets that every site has."""


class PageComposer(Protocol):
    """Makes the pages of a site, each by itself. A target names what one page is made of."""

    library: TrackedLibrary
    """What the pages are made of, which records each query."""

    def constant_targets(self) -> list[Target]:
        """Return the targets that every site has."""

    def targets_of(self, key: DependencyKey) -> list[Target]:
        """Return the targets that are there because of what the key names."""

    def compose(self, target: Target) -> Page | Asset | None:
        """Return a target's page; None if it has none."""


class StalePages:
    """Finds the pages of one site that are stale, and has them composed again."""

    def __init__(
        self, base: sqlite3.Connection, composer: PageComposer, progress: Progress = silent
    ) -> None:
        """Keep in `base` the targets and what each was made of."""
        self._base = base
        self._composer = composer
        self._progress = progress
        self.have_paths_changed = False
        """Whether, after `compose`, the paths of pages may be others than before."""

    def paths(self) -> set[str]:
        """Return the paths of all pages."""
        rows = self._base.execute("select path from targets where path <> ''")
        return {path for (path,) in rows}

    def compose_all(self, keys: Set[DependencyKey]) -> Iterator[Page | Asset]:
        """Yield every page anew; `keys` are of everything in the library.

        Until the first is asked for, `paths` are those of the last run.
        """
        for table in ("targets", "recorded_queries", "answer_fingerprints"):
            self._base.execute(f"delete from {table}")
        self.have_paths_changed = True
        yield from self.compose(keys, frozenset())

    def compose(
        self, changed: Set[DependencyKey], damaged: Iterable[str]
    ) -> Iterator[Page | Asset]:
        """Yield the pages that are stale as the keys of something `changed`, or are `damaged`.

        Those are paths of pages that somebody else changed or removed.
        """
        targets = self._added_targets([_ALWAYS, *sorted(changed)])
        for key in changed:
            targets |= self._stale_targets(key)
        for path in damaged:
            self.have_paths_changed = True
            rows = self._base.execute("select target from targets where path = ?", (path,))
            targets |= {Target(target) for (target,) in rows}
        for target in self._progress("pages", sorted(targets), len(targets)):
            page = self._composed(target)
            if page is not None:
                yield page

    def _added_targets(self, keys: Iterable[DependencyKey]) -> set[Target]:
        """Return the targets that are there now because of `keys`; remove those that are not."""
        base, added = self._base, set[Target]()
        for key in keys:
            wanted = (
                self._composer.constant_targets()
                if key == _ALWAYS
                else self._composer.targets_of(key)
            )
            rows = base.execute("select target from targets where dependency_key = ?", (key,))
            before = {target for (target,) in rows}
            for target in before.difference(wanted):
                self.have_paths_changed = True
                base.execute("delete from targets where target = ?", (target,))
                base.execute("delete from recorded_queries where target = ?", (target,))
            new = set(wanted) - before
            base.executemany(
                "insert into targets values (?, ?, '')", ((target, key) for target in new)
            )
            added |= new
        return added

    def _stale_targets(self, key: DependencyKey) -> set[Target]:
        """Return the targets with a query that depends on `key` and has another answer now."""
        base, stale = self._base, set[Target]()
        rows = base.execute(
            "select query, fingerprint from answer_fingerprints where query >= ? and query < ?",
            (key + QUERY_SEPARATOR, key + SEPARATOR),
        ).fetchall()
        for query, fingerprint in rows:
            if self._composer.library.fingerprint(Query(query)) == fingerprint:
                continue
            select = "select target from recorded_queries where query = ?"
            targets = {Target(target) for (target,) in base.execute(select, (query,))}
            stale |= targets
            if not targets:
                base.execute("delete from answer_fingerprints where query = ?", (query,))
        return stale

    def _composed(self, target: Target) -> Page | Asset | None:
        """Compose a target's page, and store the queries that it was made of."""
        base, library = self._base, self._composer.library
        library.recorded.clear()
        page = self._composer.compose(target)
        path = page.path if page else ""
        row = base.execute("select path from targets where target = ?", (target,)).fetchone()
        self.have_paths_changed |= not row or row[0] != path
        base.execute("delete from recorded_queries where target = ?", (target,))
        base.execute("update targets set path = ? where target = ?", (path, target))
        queries = sorted(library.recorded)
        base.executemany(
            "insert into recorded_queries values (?, ?)", ((query, target) for query in queries)
        )
        base.executemany(
            "insert or replace into answer_fingerprints values (?, ?)",
            ((query, library.fingerprint(query)) for query in queries),
        )
        return page
