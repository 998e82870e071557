"""Renders pages: by specialised templates where that is safe, else by MkDocs, which shows how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from mujaz.publish.render.page import (
    SITEMAP_KEY,
    NoTemplate,
    NotInSubset,
    NotSpecialisable,
    ParsedSource,
    RenderedPage,
    TemplateKey,
)
from mujaz.publish.render.request import ConfigSummary, RenderRequest
from mujaz.publish.render.source_files import digest_of_source, read_content
from mujaz.publish.render.specialise.fast_renderer import FastRenderer, parse_source
from mujaz.publish.render.specialise.template import GuardTree, PageValues
from mujaz.publish.render.specialise.template_cache import TemplateCache
from mujaz.publish.render.urls import Urls, pack_hashes

if TYPE_CHECKING:
    from mujaz.publish.render.mkdocs_bridge.renderer import MkDocsRenderer

_CHECKED_MARKDOWN_PAGES = 3
"""Kinds of page a template, whose Markdown is converted by MkDocs as well when they are compared.
How Markdown is converted does not depend on the template; how a template prints a page does on its
kind, and so each kind is compared."""


class PageRenderer:
    """Renders the pages of one site during one build: `configure` and `start` it first."""

    fast: FastRenderer
    config: ConfigSummary

    def __init__(self, request: RenderRequest, templates: TemplateCache) -> None:
        """Render what is in `request`; new specialised templates go into `templates`."""
        self._request, self.templates = request, templates
        self._mkdocs: MkDocsRenderer | None = None
        self._is_sitemap_unverified = False
        self._checked_markdown: Counter[str] = Counter()
        self.reusable: Mapping[str, RenderedPage] = {}
        """Pages as MkDocs rendered them before, all else they depend on being the same."""

    def configure(self, summary: ConfigSummary | None, existing: Container[str]) -> ConfigSummary:
        """Take the summary of the configuration from an earlier build, or else from MkDocs.

        `existing` are the files below the folder of pages.
        """
        self._existing = existing
        self.config = summary or self.mkdocs().config_summary()
        return self.config

    def start(self, pages: Container[str], missing_from_nav: Collection[str]) -> None:
        """Be ready to render; `pages` are all there are, and MkDocs warns of the missing ones."""
        config = self.config
        self.fast = FastRenderer(config, Urls(pages), self.templates)
        if missing_from_nav or (self._request.is_strict and not all(config.nav_files.values())):
            self.close(succeeded=False)
            self.mkdocs(missing_from_nav)

    def mkdocs(self, missing_from_nav: Collection[str] = ()) -> MkDocsRenderer:
        """Return MkDocs, which is imported and set up only now."""
        if self._mkdocs is None:
            from mujaz.publish.render.mkdocs_bridge.configuration import load_mkdocs
            from mujaz.publish.render.mkdocs_bridge.renderer import MkDocsRenderer

            self._scratch = TemporaryDirectory(prefix="mujaz-")  # MkDocs wants to write as well
            config = load_mkdocs(self._request, Path(self._scratch.name))
            self._mkdocs = MkDocsRenderer(config, self._existing, missing_from_nav)
        return self._mkdocs

    def render(self, path: str) -> RenderedPage:
        """Return a finished page; raises `NotSpecialisable` or `RenderError`."""
        data = read_content(f"{self._request.pages}/{path}")
        source_digest = digest_of_source(data)
        last = self.reusable.get(path)
        if last and last.source_digest == source_digest:
            return last
        try:
            source = parse_source(data)
            return self.fast.render(path, source, source_digest)
        except NotInSubset:
            return self._render_with_mkdocs(path, source_digest)
        except NoTemplate:
            return self._specialise(path, source, source_digest)

    def _specialise(self, path: str, source: ParsedSource, source_digest: bytes) -> RenderedPage:
        """Return a page of a new kind, and make the specialised template for its kind."""
        key, data, links = self.fast.prepare(path, source)
        has_checked_enough = self._checked_markdown[key[0]] >= _CHECKED_MARKDOWN_PAGES
        self._checked_markdown[key[0]] += 1
        content = data["content"] if has_checked_enough else None
        expected = self._render_with_mkdocs(path, source_digest, content)
        tree, values = self._tree(key), PageValues(data)
        if tree.find(values) is None:
            outcomes, template = self.mkdocs().tracer.trace(key, data)
            if template is not None and template.fill(values) != expected.html:
                template = None
            tree.add(outcomes, template)
        try:
            return self.fast.render(path, source, source_digest)
        except NotInSubset:
            return expected._replace(dependencies=pack_hashes(links))

    def _tree(self, key: TemplateKey) -> GuardTree:
        tree: GuardTree | None = self.templates.get(key)
        if tree is None:
            tree = self.templates[key] = GuardTree()
        return tree

    def _render_with_mkdocs(
        self, path: str, source_digest: bytes, content: str | None = None
    ) -> RenderedPage:
        """Return a page as MkDocs renders it; `content` is the HTML of its Markdown, if known."""
        page, data = self.mkdocs().render(path, source_digest, self.config, content)
        self._specialise_sitemap(data)
        return page._replace(sitemap_entry=self.fast.sitemap_entry(data))

    def _specialise_sitemap(self, data: Mapping[str, Any]) -> None:
        """Make the specialised template of the site map's entry of a page like this one."""
        tree = self._tree(SITEMAP_KEY)
        if tree.find(PageValues(data)) is None:
            head, outcomes, template, tail = self.mkdocs().tracer.trace_sitemap_entry(data)
            tree.add(outcomes, template)
            self.config = self.config._replace(sitemap_head=head, sitemap_tail=tail)
            self._is_sitemap_unverified = True

    def sitemap(self, entries: Mapping[str, str]) -> str:
        """Return the site map of these entries, by source and in order.

        Raises `NotSpecialisable` if MkDocs' own, of the pages that it rendered, is another one.
        """
        head, tail = self.config.sitemap_head, self.config.sitemap_tail
        if self._is_sitemap_unverified:
            rendered = "".join(entries[path] for path in self.mkdocs().rendered_paths())
            if self.mkdocs().sitemap() != f"{head}{rendered}{tail}":
                raise NotSpecialisable
            self._is_sitemap_unverified = False
        return "".join([head, *entries.values(), tail])

    def close(self, *, succeeded: bool) -> None:
        """Leave MkDocs; if all `succeeded`, raises `RenderError` for warnings under `strict`."""
        if self._mkdocs is not None:
            mkdocs, self._mkdocs = self._mkdocs, None
            self._scratch.cleanup()
            mkdocs.close(succeeded=succeeded)
