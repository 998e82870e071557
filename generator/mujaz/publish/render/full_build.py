"""Builds a whole site beside the last one; of what is as it was, no file is written again."""

from __future__ import annotations

from collections.abc import Sequence

from mujaz.publish.output.site_folder import NextSite, SiteFolder
from mujaz.publish.render.manifest import Manifest
from mujaz.publish.render.page import NotSpecialisable, RenderedPage
from mujaz.publish.render.page_renderer import PageRenderer
from mujaz.publish.render.parallel import render_pages
from mujaz.publish.render.publication import next_tree, publish_tree
from mujaz.publish.render.request import ConfigSummary, RenderRequest
from mujaz.publish.render.sitemap import sitemap_files
from mujaz.publish.render.source_files import (
    PathFilter,
    digest_of_source,
    is_for_mkdocs_alone,
    is_page,
    list_files,
    read_content,
)
from mujaz.publish.render.urls import has_any_hash, output_of, path_hash


def build_site(
    request: RenderRequest,
    renderer: PageRenderer,
    manifest: Manifest,
    summary: ConfigSummary | None,
    site: SiteFolder,
) -> None:
    """Build all of the site; `summary` is that of the last build, if the configuration is the same.

    Raises `NotSpecialisable`, or `RenderError` if MkDocs fails.
    """
    paths = list(list_files(request.pages))
    if any(map(is_for_mkdocs_alone, paths)):
        raise NotSpecialisable
    existing = {*paths}
    if summary and any((path in existing) is not was for path, was in summary.nav_files.items()):
        summary = None
    if summary is None:
        renderer.templates.discard_all()
    config = renderer.configure(summary, existing)
    if request.preview is not None and config.path_patterns["draft_docs"]:
        raise NotSpecialisable  # MkDocs' preview shows drafts
    path_filter = PathFilter(config.path_patterns)
    published = [path for path in paths if path_filter.is_published(path)]
    page_paths = [path for path in published if is_page(path)]
    missing_from_nav = path_filter.missing_from_nav(page_paths, config.nav_titles)
    renderer.start(frozenset(page_paths), missing_from_nav)
    if summary and not request.is_strict:  # there, what MkDocs renders may draw a warning
        renderer.reusable = _unaffected_pages(manifest, published)
    fingerprint = request.fingerprint(config.theme_folders)
    files = [path for path in published if not is_page(path)]
    with next_tree(site) as tree:
        listing, file_digests = _copy_files(request, renderer.config, tree, files)
        rendered = render_pages(renderer, page_paths, request, tree)
        pages = list(request.progress("rendering", rendered, len(page_paths)))
        text = renderer.sitemap({page.path: page.sitemap_entry for page in pages})
        sitemap = sitemap_files(text, (page.date for page in pages))
        renderer.close(succeeded=True)
        listing |= {path: tree.write(path, data) for path, data in sitemap.items()}
        listing |= {output_of(page.path): page.html_digest for page in pages if page.html_digest}
        publish_tree(request, site, tree, listing, listing)
    manifest.clear()
    manifest.record_all(pages, file_digests)
    manifest.store("fingerprint", fingerprint)
    manifest.store("config_summary", renderer.config._asdict())
    manifest.store("missing_from_nav", missing_from_nav)
    manifest.store("site_token", site.token)
    renderer.templates.save()


def _unaffected_pages(manifest: Manifest, published: Sequence[str]) -> dict[str, RenderedPage]:
    """Return the pages that MkDocs rendered, but those that depend on what was added or removed."""
    pages = manifest.mkdocs_pages()
    if not pages:
        return {}
    moved = {*map(path_hash, {*published} ^ manifest.all_paths())}
    return {
        path: page for path, page in pages.items() if not has_any_hash(page.dependencies, moved)
    }


def _copy_files(
    request: RenderRequest, config: ConfigSummary, tree: NextSite, paths: Sequence[str]
) -> tuple[dict[str, str], dict[str, bytes]]:
    """Write the theme's files and copies of the files `paths`.

    Returns the digests of what was written, and those of the sources `paths`; where a static
    template has the same path, it has precedence.
    """
    written, digests = {}, {}
    copied = {*paths, *config.static_templates}
    for path, source in config.theme_files.items():
        if path not in copied:
            written[path] = tree.write(path, read_content(source))
    for path in paths:
        data = read_content(f"{request.pages}/{path}")
        digests[path] = digest_of_source(data)
        if path not in config.static_templates:
            written[path] = tree.write(path, data)
    for path, text in config.static_templates.items():
        written[path] = tree.write(path, text.encode())
    return written, digests
