"""Updates the last site: what costs is what changed, and not the size of the site."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

from mujaz.publish.output.compression import compressed
from mujaz.publish.output.site_folder import SiteFolder
from mujaz.publish.render.manifest import Manifest
from mujaz.publish.render.page import NotSpecialisable, RenderedPage
from mujaz.publish.render.page_renderer import PageRenderer
from mujaz.publish.render.publication import next_tree, publish_tree
from mujaz.publish.render.request import ConfigSummary, RenderRequest
from mujaz.publish.render.sitemap import sitemap_files
from mujaz.publish.render.source_changes import SourceChanges
from mujaz.publish.render.source_files import (
    PathFilter,
    digest_of_source,
    is_for_mkdocs_alone,
    is_listed,
    is_page,
    listing_key,
    read_content,
)
from mujaz.publish.render.urls import has_any_hash, output_of, path_hash

_MIN_FULL_BUILD_PAGES = 500
"""Stale pages from which, if they are half of all, a full build is done instead."""


def update_site(
    request: RenderRequest,
    renderer: PageRenderer,
    manifest: Manifest,
    summary: ConfigSummary,
    changes: SourceChanges,
    site: SiteFolder,
) -> bool:
    """Update the site after `changes`; return False if a full build must be done instead.

    Raises `NotSpecialisable`, or `RenderError` if MkDocs fails.
    """
    if any(map(is_for_mkdocs_alone, changes.added)):
        raise NotSpecialisable
    if not changes.added_or_removed.isdisjoint(summary.nav_files):
        return False
    stale = _stale_pages(request, manifest, changes)
    if len(stale) >= _MIN_FULL_BUILD_PAGES and len(stale) >= manifest.page_count() // 2:
        return False
    path_filter = PathFilter(summary.path_patterns)
    were_missing = manifest.load("missing_from_nav")
    missing = [path for path in were_missing if path not in changes.removed_pages]
    added_pages = filter(is_page, sorted(changes.added))
    missing += path_filter.missing_from_nav(added_pages, summary.nav_titles)
    pages_now = _PagesNow(manifest, changes)
    renderer.configure(summary, _FilesNow(request, path_filter, pages_now))
    renderer.start(pages_now, missing if stale or request.is_strict else ())
    pages = {path: renderer.render(path) for path in stale}
    update = _Update(renderer, manifest, changes, pages)
    outputs = update.outputs()
    renderer.close(succeeded=True)
    if pages or not changes.is_empty:
        update.publish(request, site, outputs)
        if renderer.config != summary:
            manifest.store("config_summary", renderer.config._asdict())
        renderer.templates.save()
    if missing != were_missing:
        manifest.store("missing_from_nav", missing)
    return True


def _stale_pages(request: RenderRequest, manifest: Manifest, changes: SourceChanges) -> list[str]:
    """Return the pages that must be rendered again."""
    stale = changes.changed_pages.copy()
    moved = {*map(path_hash, changes.added_or_removed)}
    if moved or request.is_strict:
        for path, page in manifest.mkdocs_pages().items():
            # Under `strict`, what MkDocs renders may draw a warning.
            if request.is_strict or has_any_hash(page.dependencies, moved):
                stale.add(path)
    # A page that MkDocs did not render has links to existing pages only.
    stale |= manifest.pages_linking_to(map(path_hash, changes.removed_pages))
    return sorted(stale - changes.removed_pages)


class _PagesNow:
    """All pages of the site, as they are now."""

    def __init__(self, manifest: Manifest, changes: SourceChanges) -> None:
        self._manifest, self._changes = manifest, changes

    def __contains__(self, path: object) -> bool:
        if not isinstance(path, str) or not is_page(path) or path in self._changes.removed_pages:
            return False
        return path in self._changes.added or self._manifest.page_digest(path) is not None


class _FilesNow:
    """All files below the folder of pages, as they are now."""

    def __init__(self, request: RenderRequest, path_filter: PathFilter, pages: _PagesNow) -> None:
        self._folder, self._filter, self._pages = request.pages, path_filter, pages

    def __contains__(self, path: object) -> bool:
        if not isinstance(path, str) or not is_listed(path):
            return False
        if is_page(path) and self._filter.is_published(path):
            return path in self._pages
        return os.path.isfile(f"{self._folder}/{path}")  # noqa: PTH113


class _Update(NamedTuple):
    """What is done to the site once the stale pages are rendered."""

    renderer: PageRenderer
    manifest: Manifest
    changes: SourceChanges
    pages: Mapping[str, RenderedPage]
    """The stale pages, rendered."""

    def outputs(self) -> dict[str, bytes | None]:
        """Return the new contents of files of the site by path, None for those to be removed."""
        config, changes = self.renderer.config, self.changes
        outputs: dict[str, bytes | None] = dict.fromkeys(changes.removed_files)
        for path in changes.removed_files & config.theme_files.keys():
            outputs[path] = read_content(config.theme_files[path])
        outputs |= changes.changed_files
        for path in config.static_templates.keys() & outputs.keys():
            del outputs[path]  # templates have precedence
        outputs |= dict.fromkeys(map(output_of, changes.removed_pages))
        for page in self.pages.values():
            outputs[output_of(page.path)] = page.html if page.html.strip() else None
        return outputs | self._sitemap_outputs()

    def _sitemap_outputs(self) -> dict[str, bytes]:
        """Return the site map and its compressed copy, if they change."""
        manifest, removed = self.manifest, self.changes.removed_pages
        entries = {path: (page.sitemap_entry, page.date) for path, page in self.pages.items()}
        if not removed and all(manifest.sitemap_entry(path) == entries[path] for path in entries):
            self.renderer.sitemap({path: entry for path, (entry, _) in entries.items()})
            return {}
        entries = manifest.sitemap_entries() | entries
        for path in removed:
            entries.pop(path, None)
        ordered = sorted(entries, key=listing_key)
        text = self.renderer.sitemap({path: entries[path][0] for path in ordered})
        return sitemap_files(text, (date for _, date in entries.values()))

    def publish(
        self, request: RenderRequest, site: SiteFolder, outputs: Mapping[str, bytes | None]
    ) -> None:
        """Publish the `outputs` with all that is as it was, and record that."""
        manifest, changes = self.manifest, self.changes
        with next_tree(site) as tree:
            listing = {**tree.digests}
            for path, data in outputs.items():
                listing.pop(path, None)
                if request.is_compressed:
                    for form in compressed(path, None):
                        if manifest.file_digest(form) is None:  # else it has a source of its own
                            listing.pop(form, None)
                if data is not None:
                    listing[path] = tree.write(path, data)
            publish_tree(request, site, tree, listing, outputs)
        manifest.invalidate(self.pages, ())
        digests = {path: digest_of_source(data) for path, data in changes.changed_files.items()}
        manifest.record(self.pages.values(), digests)
        manifest.remove(changes.removed_pages, changes.removed_files)
        manifest.store("site_token", site.token)
