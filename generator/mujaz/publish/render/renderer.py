"""Decides between no build, an incremental one, a full one, and one by MkDocs alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mujaz.publish.output import swap
from mujaz.publish.render.manifest import Manifest, open_manifest
from mujaz.publish.render.page import NotSpecialisable
from mujaz.publish.render.request import ConfigSummary, RenderRequest
from mujaz.publish.render.site_files import site_identity
from mujaz.publish.render.source_changes import SourceChanges, find_changes
from mujaz.publish.render.source_files import PathFilter


def render_site(
    config_file: Path,
    pages: Path,
    site: Path,
    strict: bool = False,
    changed: frozenset[str] | None = None,
    preview: Mapping[str, Any] | None = None,
) -> None:
    """Render the Markdown below `pages` into `site`.

    `changed` are those files and folders, by path below `pages`, that were written or removed since
    the last build that succeeded; None if that is not known, and contents are compared.

    `preview` are settings that override those of `config_file` while MkDocs serves the site; then,
    a site that cannot be specialised raises `NotSpecialisable`, and is left to MkDocs' own preview.

    With `strict`, a warning of MkDocs is a failure. Raises `RenderError` with MkDocs' message, or
    `ConfigError` if it refuses `config_file`; in both cases the last site is left in place.
    """
    request = RenderRequest(config_file, pages, site, strict, changed, preview)
    name = "site.sqlite" if preview is None else "preview.sqlite"
    path = request.cache_folder / name
    try:
        try:
            with open_manifest(path) as manifest:
                _build(request, manifest)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            path.unlink()  # it is damaged
            with open_manifest(path) as manifest:
                _build(request._replace(changed=None), manifest)
    except NotSpecialisable:
        if preview is not None:
            swap.discard(site)
            raise
        _build_with_mkdocs(request)
    except BaseException:
        swap.discard(site)
        raise


def _build(request: RenderRequest, manifest: Manifest) -> None:
    """Bring the site up to date; raises `NotSpecialisable`."""
    fields = manifest.load("config_summary")
    summary = ConfigSummary(**fields) if fields else None
    if summary and manifest.load("fingerprint") != request.fingerprint(summary.theme_folders):
        summary = None
    identity = site_identity(request.site)
    changes = None
    if summary and identity and manifest.load("site_identity") == identity:
        changes = find_changes(request, manifest, PathFilter(summary.path_patterns))
    if not changes or not changes.is_empty or request.is_strict:
        _render(request, manifest, summary, changes)
    manifest.commit()


def _render(
    request: RenderRequest,
    manifest: Manifest,
    summary: ConfigSummary | None,
    changes: SourceChanges | None,
) -> None:
    """Update the site after `changes` if they are known and few, or else build all of it."""
    # Imported only here: builds with nothing to do have no use for them.
    from mujaz.publish.render.full_build import build_site
    from mujaz.publish.render.incremental_build import update_site
    from mujaz.publish.render.page_renderer import PageRenderer
    from mujaz.publish.render.specialise.template_cache import TemplateCache

    renderer = PageRenderer(request, TemplateCache(manifest.connection))
    try:
        if not (summary and changes and update_site(request, renderer, manifest, summary, changes)):
            build_site(request, renderer, manifest, summary)
    except BaseException:
        renderer.close(succeeded=False)
        raise


def _build_with_mkdocs(request: RenderRequest) -> None:
    """Let MkDocs render all of the site."""
    from mujaz.publish.render.mkdocs_bridge.configuration import build_whole_site, load_mkdocs

    folder = swap.fresh_folder(request.site)
    try:
        build_whole_site(load_mkdocs(request, folder))
    except BaseException:
        swap.discard(request.site)
        raise
    swap.put_in_place(request.site)
