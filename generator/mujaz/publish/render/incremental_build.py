"""Brings the last site up to date, in place: what costs is what changed, and not the site."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from mujaz.publish.output import swap
from mujaz.publish.render.manifest import Records
from mujaz.publish.render.page import Rendered, Unfit
from mujaz.publish.render.page_renderer import Kitchen
from mujaz.publish.render.request import Facts, Order
from mujaz.publish.render.site_files import (
    digest,
    put,
    read,
    remove_outputs,
    same,
    site_stamp,
)
from mujaz.publish.render.sitemap import site_map
from mujaz.publish.render.source_changes import Changes
from mujaz.publish.render.source_files import Sorting, in_order, is_listed, is_odd, is_page
from mujaz.publish.render.urls import has_mark, mark, output_of

_MANY = 500
"""Changed pages from which, if they are half of all, the site is made anew beside the last one."""


def renew(order: Order, kitchen: Kitchen, records: Records, facts: Facts, changes: Changes) -> bool:
    """Make the last site what its sources say after `changes`; return whether that can be done."""
    if any(map(is_odd, changes.come)):
        raise Unfit
    if not changes.moved.isdisjoint(facts.named):
        return False
    work = _work(order, records, changes)
    if len(work) >= _MANY and len(work) >= records.count() // 2:
        return False
    sorting = Sorting(facts.patterns)
    were = records.about("omitted")
    omitted = [path for path in were if path not in changes.gone_pages]
    omitted += sorting.omitted(filter(is_page, sorted(changes.come)), facts.nav)
    kitchen.learn(facts, _There(order, sorting, _Docs(records, changes)))
    kitchen.open(_Docs(records, changes), omitted if work or order.strict else ())
    _Renewal(order.site, kitchen, records, changes).run(work)
    if omitted != were:
        records.note("omitted", omitted)
    return True


def _work(order: Order, records: Records, changes: Changes) -> list[str]:
    """Return the pages that must be rendered again."""
    touched: set[str] = set()
    moved = {*map(mark, changes.moved)}
    if moved or order.strict:
        for path, page in records.by_mkdocs().items():
            # Under `strict`, what MkDocs renders may draw a warning.
            if order.strict or has_mark(page.asked, moved):
                touched.add(path)
    # What is stamped leads only to what is there.
    touched |= records.leading_to(map(mark, changes.gone_pages))
    return sorted((changes.pages | touched) - changes.gone_pages)


class _Docs:
    """All pages of the site, as they are now."""

    def __init__(self, records: Records, changes: Changes) -> None:
        self._records, self._changes = records, changes

    def __contains__(self, path: object) -> bool:
        if not isinstance(path, str) or not is_page(path) or path in self._changes.gone_pages:
            return False
        return path in self._changes.come or self._records.page(path) is not None


class _There:
    """All files below the folder of pages, as they are now."""

    def __init__(self, order: Order, sorting: Sorting, docs: _Docs) -> None:
        self._pages, self._sorting, self._docs = order.pages, sorting, docs

    def __contains__(self, path: object) -> bool:
        if not isinstance(path, str) or not is_listed(path):
            return False
        if is_page(path) and self._sorting.is_kept(path):
            return path in self._docs
        return os.path.isfile(f"{self._pages}/{path}")  # noqa: PTH113


class _Renewal:
    """The second half of a build: from what changed to the site."""

    def __init__(self, site: Path, kitchen: Kitchen, records: Records, changes: Changes) -> None:
        self._site, self._kitchen = site, kitchen
        self._records, self._changes = records, changes

    def run(self, work: Sequence[str]) -> None:
        """Renew the pages `work`, and what depends on them."""
        kitchen, records, changes, site = self._kitchen, self._records, self._changes, self._site
        known = kitchen.facts
        done = {path: kitchen.page(path) for path in work}
        files = self._files(done)
        kitchen.close(well=True)
        swap.discard(site)
        if not (done or changes.statics or changes.gone_pages or changes.gone_statics):
            return
        records.strike([*done, *changes.gone_pages], [*changes.statics, *changes.gone_statics])
        # New files first, so that nothing leads to what is gone.
        for path, data in files.items():
            if data is not None and not same(site / path, data):
                put(site / path, data)
        remove_outputs(site, sorted(path for path, data in files.items() if data is None))
        records.record(
            done.values(), {path: digest(data) for path, data in changes.statics.items()}
        )
        records.remove(changes.gone_pages, changes.gone_statics)
        records.note("site", site_stamp(site))
        if kitchen.facts != known:
            records.note("facts", kitchen.facts._asdict())
        kitchen.larder.keep()

    def _files(self, done: Mapping[str, Rendered]) -> dict[str, bytes | None]:
        """Return what is to become of files of the site: their contents, or nothing."""
        facts, changes = self._kitchen.facts, self._changes
        files: dict[str, bytes | None] = dict.fromkeys(changes.gone_statics)
        for path in changes.gone_statics & facts.theme.keys():
            files[path] = read(facts.theme[path])
        files |= changes.statics
        for path in facts.templates.keys() & files.keys():
            del files[path]  # templates have precedence
        files |= dict.fromkeys(map(output_of, changes.gone_pages))
        for page in done.values():
            files[output_of(page.path)] = page.html if page.html.strip() else None
        return files | self._site_map(done)

    def _site_map(self, done: Mapping[str, Rendered]) -> dict[str, bytes]:
        """Return the site map and its copy, if they change."""
        kitchen, records, gone = self._kitchen, self._records, self._changes.gone_pages
        entries = {path: (page.item, page.date) for path, page in done.items()}
        if not gone and all(records.item(path) == entry for path, entry in entries.items()):
            kitchen.prove({path: item for path, (item, _) in entries.items()})
            return {}
        entries = records.items() | entries
        for path in gone:
            entries.pop(path, None)
        kitchen.prove({path: item for path, (item, _) in entries.items()})
        items = (entries[path][0] for path in sorted(entries, key=in_order))
        text = "".join([kitchen.facts.before, *items, kitchen.facts.behind])
        return dict(site_map(text, (date for _, date in entries.values())))
