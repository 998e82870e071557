"""Decides between no build, an incremental one, a full one, and one by MkDocs alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mujaz.config import CACHE_FOLDER
from mujaz.progress import Progress, silent
from mujaz.publish.output.site_folder import SiteFolder
from mujaz.publish.output.site_listing import take_listing
from mujaz.publish.output.trees import readable_by_servers
from mujaz.publish.render.manifest import Manifest, open_manifest
from mujaz.publish.render.page import NotSpecialisable
from mujaz.publish.render.publication import next_tree, publish_tree
from mujaz.publish.render.request import ConfigSummary, RenderRequest
from mujaz.publish.render.source_changes import SourceChanges, find_changes
from mujaz.publish.render.source_files import PathFilter, is_page
from mujaz.publish.render.urls import output_of
from mujaz.state.sealed import run_or_begin_anew


def render_site(
    config_file: Path,
    pages: Path,
    site: Path,
    strict: bool = False,
    changed: frozenset[str] | None = None,
    preview: Mapping[str, Any] | None = None,
    force: bool = False,
    cache: Path | None = None,
    is_compressed: bool = False,
    progress: Progress = silent,
) -> None:
    """Render the Markdown below `pages` into `site`.

    `changed` are those files and folders, by path below `pages`, that were written or removed since
    the last build that succeeded; None if that is not known, and contents are compared.

    `preview` are settings that override those of `config_file` while MkDocs serves the site; then,
    a site that cannot be specialised raises `NotSpecialisable`, and is left to MkDocs' own preview.

    `cache` is the folder of what builds leave for the next ones, by default that of `config_file`.
    With `is_compressed`, compressed forms of files are published beside them. With `force`, what
    others put into the site's folder is replaced where it is in our way; else it is named by a
    `MujazError`.

    With `strict`, a warning of MkDocs is a failure. Raises `RenderError` with MkDocs' message, or
    `ConfigError` if it refuses `config_file`; in both cases the last site is left in place.
    """
    cache = cache or config_file.parent / CACHE_FOLDER
    request = RenderRequest(
        config_file, pages, site, strict, changed, preview, cache, is_compressed, progress
    )
    is_preview = preview is not None
    with readable_by_servers():
        folder = SiteFolder(site, request.site_record, is_preview=is_preview, force=force)
        if not _build_from_manifest(request, folder):
            if is_preview:
                raise NotSpecialisable
            _build_with_mkdocs(request, folder)


def _build_from_manifest(request: RenderRequest, site: SiteFolder) -> bool:
    """Bring the site up to date; return False if it is left to MkDocs."""

    def attempt(anew: bool) -> bool:
        with open_manifest(request.manifest_file, anew) as manifest:
            try:
                _build(request, manifest, site)
            except NotSpecialisable:
                return False
        return True

    return run_or_begin_anew(request.manifest_file, attempt)


def _build(request: RenderRequest, manifest: Manifest, site: SiteFolder) -> None:
    """Bring the site up to date; raises `NotSpecialisable`."""
    fields = manifest.load("config_summary")
    summary = ConfigSummary(**fields) if fields else None
    if summary and manifest.load("fingerprint") != request.fingerprint(summary.theme_folders):
        summary = None
    changes = None
    is_known = site.token and manifest.load("site_token") == site.token
    if summary and is_known and _invalidate_damaged(manifest, site.damaged_files()):
        changes = find_changes(request, manifest, PathFilter(summary.path_patterns))
    if not changes or not changes.is_empty or request.is_strict:
        _render(request, manifest, summary, changes, site)
    manifest.commit()


def _invalidate_damaged(manifest: Manifest, damaged: frozenset[str]) -> bool:
    """Have the damaged files of the site made again; return whether that is all that it takes."""
    if not damaged:
        return True
    sources = {
        path
        for path in manifest.all_paths()
        if (output_of(path) if is_page(path) else path) in damaged
    }
    pages = {path for path in sources if is_page(path)}
    manifest.invalidate(pages, sources - pages)
    return len(sources) == len(damaged)


def _render(
    request: RenderRequest,
    manifest: Manifest,
    summary: ConfigSummary | None,
    changes: SourceChanges | None,
    site: SiteFolder,
) -> None:
    """Update the site after `changes` if they are known and few, or else build all of it."""
    # Imported only here: builds with nothing to do have no use for them.
    from mujaz.publish.render.full_build import build_site
    from mujaz.publish.render.incremental_build import update_site
    from mujaz.publish.render.page_renderer import PageRenderer
    from mujaz.publish.render.specialise.template_cache import TemplateCache

    renderer = PageRenderer(request, TemplateCache(manifest.connection))
    try:
        if not (
            summary and changes and update_site(request, renderer, manifest, summary, changes, site)
        ):
            build_site(request, renderer, manifest, summary, site)
    except BaseException:
        renderer.close(succeeded=False)
        raise


def complete_config(config: Any) -> None:
    """Have MkDocs' configuration, a `MkDocsConfig`, say what the site leaves to us.

    Raises `ConfigError` if MkDocs refuses a setting.
    """
    from mujaz.publish.render.mkdocs_bridge.completion import complete

    complete(config)


def _build_with_mkdocs(request: RenderRequest, site: SiteFolder) -> None:
    """Let MkDocs render all of the site."""
    from mujaz.publish.render.mkdocs_bridge.configuration import build_whole_site, load_mkdocs

    with next_tree(site, is_empty=True) as tree:
        build_whole_site(load_mkdocs(request, tree.folder))
        listing = take_listing(tree.folder)
        publish_tree(request, site, tree, listing, listing)
