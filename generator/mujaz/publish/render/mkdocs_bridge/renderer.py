"""MkDocs as `mkdocs build` sets it up, to render single pages.

Only the list of files is another one, which is filled as files are looked up: pages that MkDocs
does not render need no objects of MkDocs. What would notice the difference raises
`NotSpecialisable`, and MkDocs builds the whole site.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Container
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import jinja2
from mkdocs import utils
from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from mujaz.config import theme_folder
from mujaz.publish.render.mkdocs_bridge.configuration import failure
from mujaz.publish.render.mkdocs_bridge.eligibility import (
    check_config,
    check_plugins,
    nav_proxy,
    path_patterns,
)
from mujaz.publish.render.mkdocs_bridge.files import LazyFiles, ThemeFiles
from mujaz.publish.render.mkdocs_bridge.template_runs import BytecodeCache, Tracer
from mujaz.publish.render.page import (
    SITEMAP,
    NotSpecialisable,
    RenderedPage,
    page_data,
)
from mujaz.publish.render.request import ConfigSummary
from mujaz.publish.render.specialise.proxies import OpaqueProxy, Untraceable
from mujaz.publish.render.urls import pack_hashes, url_of

_OPAQUE: Any = OpaqueProxy()


class MkDocsRenderer:
    """MkDocs, ready to render single pages of a site."""

    def __init__(
        self, config: MkDocsConfig, existing: Container[str], missing_from_nav: Collection[str]
    ) -> None:
        """Set MkDocs up for the site whose folder of pages holds the `existing` files.

        MkDocs warns of the pages that are `missing_from_nav`. Raises `NotSpecialisable`.
        """
        self.config = config
        self._existing = existing
        self._warnings = utils.CountHandler()
        self._warnings.setLevel(logging.WARNING)
        logging.getLogger("mkdocs").addHandler(self._warnings)
        check_plugins(config)
        try:
            self.config = config = config.plugins.on_config(config)
            check_config(config)
            self._files = LazyFiles(existing, config)
            bytecode = BytecodeCache()
            self._env = config.theme.get_env()
            self._env.bytecode_cache = bytecode
            for path in missing_from_nav:
                self._files.get_file_from_path(path)
            self._files.looked_up.clear()
            self._nav = get_navigation(self._files, config)
        except MkDocsException as error:
            raise failure(config, error) from error
        self._nav_sources = sorted(self._files.looked_up)
        self._nav_proxy = nav_proxy(self._nav)
        self.tracer = Tracer(config, self._nav, self._nav_proxy, bytecode)
        self._rendered: Any = []

    def close(self, *, succeeded: bool) -> None:
        """Leave MkDocs' log as it was; if all `succeeded`, raises `RenderError` for warnings."""
        if succeeded:
            self._validate_anchors()
        logging.getLogger("mkdocs").removeHandler(self._warnings)
        counts = self._warnings.get_counts()
        if succeeded and counts and self.config.strict:
            summary = ", ".join(f"{number} {level.lower()}s" for level, number in counts)
            raise failure(self.config, Exception(f"Aborted with {summary} in strict mode!"))

    def config_summary(self) -> ConfigSummary:
        """Return what builds without MkDocs need of the configuration and the theme."""
        url = self.config.site_url or ""
        url = url if not url or url.endswith("/") else f"{url}/"
        if url and urljoin(url, "a/b/") != f"{url}a/b/":
            raise NotSpecialisable
        custom = self.config.theme.custom_dir
        folders = {theme_folder(), *([Path(custom)] if custom else [])}
        return ConfigSummary(
            site_url=url,
            base_path=urlsplit(url).path,
            nav_titles={page.file.src_uri: page.title for page in self._nav.pages},
            nav_files={path: path in self._existing for path in self._nav_sources},
            static_templates=self._static_templates(),
            theme_files=self._theme_files(),
            theme_folders=tuple(each for each in self.config.theme.dirs if Path(each) in folders),
            path_patterns=path_patterns(self.config),
        )

    def render(
        self, path: str, source_digest: bytes, summary: ConfigSummary, content: str | None = None
    ) -> tuple[RenderedPage, dict[str, Any]]:
        """Return a page as MkDocs renders it, without its entry in the site map, and its data.

        `content` is the HTML of its Markdown, if that is known.
        """
        self._files.looked_up.clear()
        file = self._files.get_file_from_path(path)
        if file is None:
            raise NotSpecialisable
        page = file.page or Page(None, file, self.config)
        try:
            if content is None:
                mkdocs_build._populate_page(page, self.config, self._files)
            else:
                page.read_source(self.config)
                self.config.plugins.on_page_markdown(
                    page.markdown or "", page=page, config=self.config, files=self._files
                )
                page.content = content
            mkdocs_build._build_page(page, self.config, _OPAQUE, self._nav_proxy, self._env)
        except Untraceable:
            raise NotSpecialisable from None
        except (Exception, SystemExit) as error:
            raise failure(self.config, error) from error
        self._rendered.append(file)
        dependencies = pack_hashes(self._files.looked_up - {path})
        output = Path(file.abs_dest_path)
        html = output.read_bytes() if output.exists() else b""
        data = page_data(summary, url_of(path), dict(page.meta), page.title, page.content or "")
        date = page.update_date
        return RenderedPage(path, html, source_digest, dependencies, "", date, True), data

    def _validate_anchors(self) -> None:
        """Warn of links to headings that are not there, as MkDocs does at the end of a build."""
        level = self.config.validation.links.anchors
        for file in self._rendered:
            assert file.page is not None
            for other in list(file.page.links_to_anchors or {}):
                if other.page is None or other.page.present_anchor_ids is None:
                    page = other.page or Page(None, other, self.config)
                    mkdocs_build._populate_page(page, self.config, self._files)
            file.page.validate_anchor_links(files=self._files, log_level=level)

    def _theme_files(self) -> dict[str, str]:
        """Return the files that are copied: where to, below the site's folder, and from where."""
        files = LazyFiles((), self.config)
        names: Any = ThemeFiles(self.config.theme.dirs)
        files.add_files_from_theme(names, self.config)
        set_exclusions(files, self.config)
        return {
            file.dest_uri: str(file.abs_src_path)
            for file in files
            if file.inclusion.is_included()  # type: ignore[no-untyped-call]
        }

    def _static_templates(self) -> dict[str, str]:
        """Return the texts of the theme's static templates, but for the site map's."""
        texts = {}
        for name in sorted(self.config.theme.static_templates - {SITEMAP}):
            try:
                text = self._build_template(name, _OPAQUE)
            except (jinja2.TemplateNotFound, Untraceable):
                raise NotSpecialisable from None
            except (Exception, SystemExit) as error:
                raise failure(self.config, error) from error
            if text.strip():
                texts[name] = text
        return texts

    def sitemap(self) -> str:
        """Return the site map of the pages rendered so far, as MkDocs makes it."""
        return self._build_template(SITEMAP, self._rendered)

    def _build_template(self, name: str, files: Any) -> str:
        template = self._env.get_template(name)
        return mkdocs_build._build_template(name, template, files, self.config, self._nav_proxy)

    def rendered_paths(self) -> list[str]:
        """Return the sources of the pages rendered so far, in that order."""
        return [file.src_uri for file in self._rendered]
