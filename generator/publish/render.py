"""Renders the pages: byte for byte the site that `mkdocs build` makes, much faster.

Most pages of a news site differ only in their texts. MkDocs renders one of each kind, which leaves
a skeleton (`trace`, `skeleton`), and the others are stamped (`stamp`); their Markdown is converted
by a reader of the part that we write (`subset`). Skeletons are kept under a digest of all that they
depend on; while that is the same, and no page surprises, MkDocs is not even imported.

Why the result is MkDocs': a skeleton is used only for pages that its template cannot tell apart but
by what it prints of them (`trace`); each was compared with MkDocs' own page when it was made; each
page whose front matter or Markdown is not in the known part, or for which there is no skeleton, is
rendered by MkDocs (`render_mkdocs.Road`); and a configuration that could reach into pages in other
ways is left to MkDocs as a whole.

A first build is made beside the last site and swapped with it. Later ones renew only what changed,
in place, each file at once, new ones before old ones go (`manifest` tells how that is mended if it
is cut short).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.publish import swap
from generator.publish.kitchen import Kitchen
from generator.publish.manifest import Manifest, manifest
from generator.publish.outputs import (
    SiteMap,
    put,
    remove_outputs,
    same,
    site_key,
    site_stamp,
)
from generator.publish.sharing import stamp_all
from generator.publish.sources import list_files
from generator.publish.stamp import (
    Rendered,
    Unfit,
    digest,
    encoded,
    has_mark,
    mark,
    output_of,
    read,
    write_new,
)
from generator.publish.write import LEDGER

_CACHE = ".mujaz-cache"
_MANY = 500
"""Changed pages from which, if they are half of all, the site is made anew beside the last one."""


def render(
    config_file: Path,
    pages: Path,
    site: Path,
    strict: bool = False,
    changed: frozenset[str] | None = None,
    texts: Mapping[str, str] | None = None,
) -> None:
    """Render the Markdown below `pages` into `site`.

    `changed` are those generated files, by path below `pages`, that were written or removed since
    the last build that ended well; None if that is not known, and contents tell. `texts` are
    contents of files, by the same paths, that need not be read again. With `strict`, a warning of
    MkDocs is a failure. Raises `RenderError` with MkDocs' message, or `ConfigError` if it refuses
    `config_file`; in both cases the last site is left in place.
    """
    listing = list(list_files(pages))
    kitchen = Kitchen(config_file, pages, site, strict, listing, texts or {})
    try:
        with manifest(config_file.parent / _CACHE) as records:
            _Build(kitchen, records, config_file, pages, site, strict).run(listing, changed)
    except Unfit:
        kitchen.close(well=False)
        _render_all(config_file, pages, site, strict)
    except BaseException:
        kitchen.close(well=False)
        swap.discard(site)
        raise


def _render_all(config_file: Path, pages: Path, site: Path, strict: bool) -> None:
    """Render all of the site by MkDocs."""
    from generator.publish.render_mkdocs import load, render_all

    folder = swap.fresh_folder(site)
    try:
        render_all(load(config_file, pages, folder, strict))
    except BaseException:
        swap.discard(site)
        raise
    swap.put_in_place(site)


class _Build:
    """One build of a site that can be stamped."""

    def __init__(
        self,
        kitchen: Kitchen,
        records: Manifest,
        config_file: Path,
        pages: Path,
        site: Path,
        strict: bool,
    ) -> None:
        self._kitchen, self._records = kitchen, records
        self._config_file, self._pages, self._site = config_file, pages, site
        self._strict = strict

    def run(self, listing: Sequence[str], changed: frozenset[str] | None) -> None:
        """Make the site what its sources say."""
        records, kitchen = self._records, self._kitchen
        told = records.about("facts")
        is_known = told and records.about("key") == self._key(told.get("folders", ()))
        facts = kitchen.facts_from(told) if is_known else None
        is_known = kitchen.learn(facts, records.shapes() if facts else {})
        key = self._key(kitchen.facts.folders)
        rows = records.sources()
        if is_known:
            touched = self._touched(rows)
            if not self._strict:  # there, what MkDocs renders may draw a warning
                pages = records.by_mkdocs()
                kitchen.kept = {path: pages[path] for path in pages.keys() - touched}
            if records.about("site") == site_stamp(self._site):
                work = self._to_do(rows, touched, listing, changed)
                if len(work) < max(_MANY, len(kitchen.docs) // 2):
                    self._renew(work, rows, key)
                    return
        self._make(key)

    def _key(self, folders: Sequence[str]) -> str:
        return site_key(self._config_file, self._pages, folders)

    # A whole site.

    def _make(self, key: str) -> None:
        """Make the site anew, beside the last one."""
        kitchen, records = self._kitchen, self._records
        stage = kitchen.stage()
        stage.mkdir(parents=True)
        done: list[Rendered] = []
        site_map = SiteMap()
        for page in stamp_all(kitchen, self._pages, stage):
            if not done:
                site_map.add(kitchen.facts.before)
            site_map.add(page.item)
            done.append(page)
        site_map.add(kitchen.facts.behind)
        kitchen.prove({page.path: page.item for page in done})
        for path, source in self._statics().items():
            write_new(f"{stage}/{path}", read(source))
        for path, text in kitchen.facts.templates.items():
            write_new(f"{stage}/{path}", text.encode())
        for path, data in site_map.files(page.date for page in done).items():
            write_new(f"{stage}/{path}", data)
        kitchen.close(well=True)
        records.strike_all()
        swap.put_in_place(self._site)
        records.record(done)
        self._note(key)

    def _statics(self) -> dict[str, str]:
        """Return what is copied: where to, below the site's folder, and from where."""
        own = {path: f"{self._pages}/{path}" for path in self._kitchen.statics}
        return {**self._kitchen.facts.theme, **own}

    def _note(self, key: str) -> None:
        """Record what the site is now."""
        records, kitchen = self._records, self._kitchen
        records.note("key", key)
        records.note("facts", kitchen.facts_kept())
        records.note("statics", kitchen.statics)
        records.note("site", site_stamp(self._site))
        records.keep_shapes(kitchen.stamper.shapes)
        records.commit()

    # What changed.

    def _touched(self, rows: Mapping[str, bytes]) -> set[str]:
        """Return the pages that depend on whether files are there that came or went."""
        kitchen, records = self._kitchen, self._records
        were = {*(records.about("statics") or ())}
        moved = ({*kitchen.docs} ^ rows.keys()) | ({*kitchen.statics} ^ were)
        if not moved:
            return set()
        wanted = {mark(path) for path in moved}
        return {path for path, asked in records.asked() if has_mark(asked, wanted)}

    def _to_do(
        self,
        rows: Mapping[str, bytes],
        touched: set[str],
        listing: Sequence[str],
        changed: frozenset[str] | None,
    ) -> list[str]:
        """Return the pages that must be rendered again."""
        kitchen = self._kitchen
        docs = {*kitchen.docs}
        forced = touched | {path for path in docs if not rows.get(path)}
        if self._strict:
            forced |= self._records.by_mkdocs().keys()
        looked = docs if changed is None else docs & (changed | self._by_hand(listing))
        new = {path for path in looked - forced if digest(kitchen.source(path)) != rows[path]}
        return sorted((forced & docs) | new)

    def _by_hand(self, listing: Sequence[str]) -> frozenset[str]:
        """Return the files that nobody told us of."""
        try:
            return frozenset(listing) - {*json.loads((self._pages / LEDGER).read_text("utf-8"))}
        except (OSError, ValueError, TypeError):
            return frozenset(listing)

    def _renew(self, work: Sequence[str], rows: Mapping[str, bytes], key: str) -> None:
        """Renew the pages `work`, and what depends on them, in place."""
        kitchen, records, site = self._kitchen, self._records, self._site
        done = {path: kitchen.page(path) for path in work}
        gone = sorted(rows.keys() - {*kitchen.docs})
        old = {*(records.about("statics") or ())} - {*kitchen.statics}
        new = {output_of(page.path): encoded(page.html) for page in done.values()}
        for path, source in self._statics().items():
            new[path] = read(source)
        entries = {path: (page.item, page.date) for path, page in done.items()}
        if gone or any(records.item(path) != entry for path, entry in entries.items()):
            entries = records.items() | entries
            kitchen.prove({path: item for path, (item, _) in entries.items()})
            site_map = SiteMap()
            items = (entries[path][0] for path in kitchen.docs)
            site_map.add("".join([kitchen.facts.before, *items, kitchen.facts.behind]))
            new |= site_map.files(entries[path][1] for path in kitchen.docs)
        kitchen.close(well=True)
        swap.discard(site)
        new = {path: data for path, data in new.items() if not same(site / path, data)}
        stale = [*map(output_of, gone), *sorted(old)]
        if done or new or stale:
            records.strike([*done, *gone])
            for path, data in new.items():
                put(site / path, data)
            remove_outputs(site, [path for path in stale if path not in new])
            records.record(done.values())
            records.remove(gone)
            self._note(key)
