"""The road through MkDocs: whole sites, single pages, and the skeletons that others are stamped by.

Imported only when MkDocs is needed. A `Road` is MkDocs as `mkdocs build` sets it up, but for the
list of files, which is filled as it is asked for: pages that are stamped need no objects of MkDocs.
What would notice the difference raises `Unfit`, and the whole site goes through `render_all`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Container, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urljoin, urlsplit

import jinja2
from jinja2.bccache import Bucket
from mkdocs import utils
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File, Files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import templates

from generator.errors import ConfigError, RenderError
from generator.publish.addresses import marks
from generator.publish.order import Order
from generator.publish.page import ITEMS, Key, Rendered, Site, Unfit, page_data
from generator.publish.render_fit import check, check_items, shown_nav
from generator.publish.skeleton import Answer, Question, Skeleton
from generator.publish.trace import LEAF, Article, Only, Surprise, Trace, Unknown
from generator.publish.watch import watch

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


class _AsAsked(Files):
    """The files of a site, made when they are asked for, and which of them were."""

    def __init__(self, known: Container[str], config: MkDocsConfig) -> None:
        super().__init__([])
        self._known, self._config = known, config
        self.asked: set[str] = set()

    def get_file_from_path(self, path: str) -> File | None:
        uri = PurePosixPath(path).as_posix()
        self.asked.add(uri)
        if uri not in self.src_uris and uri in self._known:
            config = self._config
            file = File(uri, config.docs_dir, config.site_dir, config.use_directory_urls)
            set_exclusions([file], config)
            self.append(file)
        return super().get_file_from_path(path)


class _Names:
    """A theme's files without those under a name with a dot, such as Material's 13,000 icons."""

    def __init__(self, folders: Collection[str]) -> None:
        self._folders = folders

    def list_templates(self, filter_func: Callable[[str], bool]) -> list[str]:
        names = {
            path.relative_to(folder).as_posix()
            for folder in map(Path, self._folders)
            for top in folder.iterdir()
            if not top.name.startswith(".")
            for path in ([top] if top.is_file() else top.rglob("*"))
            if path.is_file()
        }
        return sorted(name for name in names if filter_func(name))


class _Codes(jinja2.BytecodeCache):
    """Compiled templates, for the environments of one build."""

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key] = bucket.bytecode_to_string()


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
            self._files = _AsAsked(known, config)
            self._codes = _Codes()
            self._env = config.theme.get_env()
            self._env.bytecode_cache = self._codes
            for path in seen:
                self._files.get_file_from_path(path)
            self._files.asked.clear()
            self._nav = get_navigation(self._files, config)
        except MkDocsException as error:
            raise failure(config, error) from error
        self.nav_sources = sorted(self._files.asked)
        """The paths that the nav names, whether there are such files or not."""
        self._shown_nav = shown_nav(self._nav)
        self._traced: jinja2.Environment | None = None
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
        files = _AsAsked((), self.config)
        names: Any = _Names(self.config.theme.dirs)
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

    def trace(
        self, key: Key, data: Mapping[str, Any]
    ) -> tuple[list[tuple[Question, Answer]], Skeleton | None]:
        """Return what a page's template asks of `data`, and what it prints, if that is known."""
        template, begin, depth = key
        url = begin + "/".join([LEAF] * (depth - 1)) + "/" if depth else begin
        trace = Trace(data, begin if depth else None)
        context = self._context(utils.get_relative_url(".", url), url)
        nav_page = None if depth else self._nav_page(begin)
        context["page"] = Article(trace)
        try:
            if nav_page:
                nav_page.active = True
            output = self._watched().get_template(template).render(context)
            return list(trace.answers.items()), trace.skeleton(output)
        except Exception:
            # So it goes with all pages that answer like this.
            return list(trace.answers.items()), None
        finally:
            if nav_page:
                nav_page.active = False

    def trace_item(
        self, data: Mapping[str, Any]
    ) -> tuple[str, list[tuple[Question, Answer]], Skeleton, str]:
        """Return the same for a page's entry in the site map, with what is before and behind it."""
        trace = Trace(data, "")
        chunks: list[str] = []
        at: list[int] = []

        class Pages:
            def __iter__(self) -> Any:
                at.append(len(chunks))
                yield Only(page=Article(trace))
                at.append(len(chunks))

        environment = self._watched()
        source = environment.loader.get_source(environment, ITEMS)[0]  # type: ignore[union-attr]
        check_items(environment.parse(source))
        context = self._context(utils.get_relative_url(".", ITEMS), "")
        context |= {"pages": Pages(), "page": None}
        try:
            for chunk in environment.get_template(ITEMS).generate(context):
                chunks.append(chunk)
        except Exception:
            raise Unfit from None
        if len(at) != 2:
            raise Unfit
        before, item, behind = chunks[: at[0]], chunks[at[0] : at[1]], chunks[at[1] :]
        skeleton = trace.skeleton("".join(item))
        return "".join(before), list(trace.answers.items()), skeleton, "".join(behind)

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

    def _nav_page(self, url: str) -> Page | None:
        return next((page for page in self._nav.pages if page.url == url), None)

    def _context(self, base_url: str, url: str) -> dict[str, Any]:
        """Return a template's context without its page, for one that lies at `url`."""
        context: dict[str, Any] = dict(
            mkdocs_build.get_context(self._shown_nav, _UNKNOWN, self.config, base_url=base_url)
        )
        place: Any = Only(url=url)
        for name in ("extra_css", "extra_javascript"):
            context[name] = [
                utils.normalize_url(str(path), place, base_url)
                for path in getattr(self.config, name)
            ]
        return context | {"build_date_utc": _UNKNOWN, "base_url": base_url, "_place": place}

    def _watched(self) -> jinja2.Environment:
        if self._traced is None:
            self._traced = watch(self.config.theme.get_env(), _url, _script_tag)
            self._traced.bytecode_cache = self._codes
        return self._traced


@jinja2.pass_context
def _url(context: Any, value: Any) -> str:
    return _placed(context, templates.url_filter, value)


@jinja2.pass_context
def _script_tag(context: Any, value: Any) -> str:
    return _placed(context, templates.script_tag_filter, value)


def _placed(context: Any, real: Callable[..., str], value: Any) -> str:
    """Return an address as MkDocs' filter makes it for all pages that a skeleton is for."""
    place = context["_place"] if context.get("page") else None
    url = place.url if place else ""
    begin = url.partition(LEAF)[0]
    if LEAF in url and str(value).startswith(begin) and str(value) != begin:
        raise Surprise  # the way there is another one from its own neighbours
    return real({"page": place, "base_url": context["base_url"]}, value)
