"""The road through MkDocs: whole sites, single pages, and the skeletons that others are stamped by.

Imported only when MkDocs is needed. A `Road` is MkDocs as `mkdocs build` sets it up, but for the
list of files, which is filled as it is asked for: pages that are stamped need no objects of MkDocs.
What would notice the difference raises `Unfit`, and the whole site goes through `render_all`.
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
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from mujaz.errors import ConfigError, RenderError
from mujaz.publish.render.mkdocs_bridge.eligibility import check, shown_nav
from mujaz.publish.render.mkdocs_bridge.files import AsAsked, Names
from mujaz.publish.render.mkdocs_bridge.template_runs import Codes, Tracer
from mujaz.publish.render.page import ITEMS, Rendered, Site, Unfit, page_data
from mujaz.publish.render.request import Order
from mujaz.publish.render.specialise.proxies import Surprise, Unknown
from mujaz.publish.render.urls import marks

_UNKNOWN: Any = Unknown()


def load(order: Order, site: Path) -> MkDocsConfig:
    """Return MkDocs' configuration, for a site that is built in the folder `site`.

    Raises `ConfigError` if MkDocs refuses the configuration's file.
    """
    settings: dict[str, Any] = {**(order.preview or {})}
    settings |= {"docs_dir": str(order.pages), "site_dir": str(site), "strict": order.strict}
    try:
        config = load_config(str(order.config_file), **settings)
    except MkDocsException as error:
        raise ConfigError(f"{order.config_file}: refused by MkDocs ({error}); mend it") from None
    if order.preview is not None:
        config.extra["preview"] = True
    plugin = config.plugins.get("mujaz")
    if plugin is not None:
        plugin.pages_are_ready = True
    return config


def render_all(config: MkDocsConfig) -> None:
    """Render the whole site as `mkdocs build` does; raises `RenderError`."""
    try:
        mkdocs_build.build(config)
    except (Exception, SystemExit) as error:  # plugins and templates may raise anything
        raise failure(config, error) from error


def failure(config: MkDocsConfig, error: BaseException) -> RenderError:
    """Return what to tell of an error of MkDocs, a plugin or a template."""
    return RenderError(
        f"{config.config_file_path}: MkDocs could not render the pages ({error}); "
        "run `mkdocs build --verbose` to see why"
    )


class Road:
    """MkDocs, ready to render single pages of a site."""

    def __init__(self, config: MkDocsConfig, known: Container[str], seen: Collection[str]) -> None:
        """Set MkDocs up for the site whose folder of pages holds `known`; raises `Unfit`.

        `seen` are those pages that MkDocs looks for in the nav.
        """
        self.config = config
        self._warnings = utils.CountHandler()
        self._warnings.setLevel(logging.WARNING)
        logging.getLogger("mkdocs").addHandler(self._warnings)
        check(config)
        try:
            self.config = config = config.plugins.on_config(config)
            self._files = AsAsked(known, config)
            codes = Codes()
            self._env = config.theme.get_env()
            self._env.bytecode_cache = codes
            for path in seen:
                self._files.get_file_from_path(path)
            self._files.asked.clear()
            self._nav = get_navigation(self._files, config)
        except MkDocsException as error:
            raise failure(config, error) from error
        self.nav_sources = sorted(self._files.asked)
        """The paths that the nav names, whether there are such files or not."""
        self._shown_nav = shown_nav(self._nav)
        self.tracer = Tracer(config, self._nav, self._shown_nav, codes)
        self._done: Any = []

    def close(self, *, well: bool) -> None:
        """Leave MkDocs' log as it was; if all went `well`, raises `RenderError` for warnings."""
        if well:
            self._validate()
        logging.getLogger("mkdocs").removeHandler(self._warnings)
        counts = self._warnings.get_counts()
        if well and counts and self.config.strict:
            told = ", ".join(f"{number} {level.lower()}s" for level, number in counts)
            raise failure(self.config, Exception(f"Aborted with {told} in strict mode!"))

    def site(self) -> Site:
        """Return what all pages share."""
        url = self.config.site_url or ""
        url = url if not url or url.endswith("/") else f"{url}/"
        if url and urljoin(url, "a/b/") != f"{url}a/b/":
            raise Unfit
        titles = {page.file.src_uri: page.title for page in self._nav.pages}
        return Site(url, urlsplit(url).path, titles)

    def render(
        self, path: str, source: bytes, site: Site, content: str | None = None
    ) -> tuple[Rendered, dict[str, Any]]:
        """Return a page as MkDocs renders it, its entry in the site map left out, and its data.

        `content` is the HTML of its Markdown, if that is known.
        """
        self._files.asked.clear()
        file = self._files.get_file_from_path(path)
        if file is None:
            raise Unfit
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
            mkdocs_build._build_page(page, self.config, _UNKNOWN, self._shown_nav, self._env)
        except Surprise:
            raise Unfit from None
        except (Exception, SystemExit) as error:
            raise failure(self.config, error) from error
        self._done.append(file)
        asked = marks(self._files.asked - {path})
        output = Path(file.abs_dest_path)
        html = output.read_bytes() if output.exists() else b""
        data = page_data(path, dict(page.meta), page.title, page.content or "", site)
        return Rendered(path, html, source, asked, "", page.update_date, True), data

    def _validate(self) -> None:
        """Warn of links to headings that are not there, as MkDocs does at the end of a build."""
        level = self.config.validation.links.anchors
        for file in self._done:
            assert file.page is not None
            for other in list(file.page.links_to_anchors or {}):
                if other.page is None or other.page.present_anchor_ids is None:
                    page = other.page or Page(None, other, self.config)
                    mkdocs_build._populate_page(page, self.config, self._files)
            file.page.validate_anchor_links(files=self._files, log_level=level)

    def statics(self) -> dict[str, str]:
        """Return the files that are copied: where to, below the site's folder, and from where."""
        files = AsAsked((), self.config)
        names: Any = Names(self.config.theme.dirs)
        files.add_files_from_theme(names, self.config)
        set_exclusions(files, self.config)
        return {
            file.dest_uri: str(file.abs_src_path)
            for file in files
            if file.inclusion.is_included()  # type: ignore[no-untyped-call]
        }

    def folders(self) -> tuple[str, ...]:
        """Return the theme's folders that are not part of an installed package."""
        custom = self.config.theme.custom_dir
        return (str(custom),) if custom else ()

    def patterns(self) -> dict[str, tuple[str, ...]]:
        """Return the lines of `exclude_docs`, `draft_docs` and `not_in_nav`."""
        found: dict[str, tuple[str, ...]] = {}
        for name in ("exclude_docs", "draft_docs", "not_in_nav"):
            spec = self.config[name]
            lines = (getattr(each, "pattern", "!") for each in (spec.patterns if spec else ()))
            found[name] = tuple(map(str, lines))
        if any(line.startswith("!") for lines in found.values() for line in lines):
            raise Unfit
        return found

    def templates(self) -> dict[str, str]:
        """Return the texts of the theme's static templates, but for the site map's."""
        found = {}
        for name in sorted(self.config.theme.static_templates - {ITEMS}):
            try:
                template = self._env.get_template(name)
                output = mkdocs_build._build_template(
                    name,
                    template,
                    _UNKNOWN,
                    self.config,
                    self._shown_nav,
                )
            except jinja2.TemplateNotFound:
                raise Unfit from None
            except Surprise:
                raise Unfit from None
            except (Exception, SystemExit) as error:
                raise failure(self.config, error) from error
            if output.strip():
                found[name] = output
        return found

    def site_map(self) -> str:
        """Return the site map of the pages rendered so far, as MkDocs makes it."""
        template = self._env.get_template(ITEMS)
        return mkdocs_build._build_template(
            ITEMS,
            template,
            self._done,
            self.config,
            self._shown_nav,
        )

    def done(self) -> list[str]:
        """Return the pages rendered so far."""
        return [file.src_uri for file in self._done]
