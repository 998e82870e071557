"""The thin adapter that lets `mkdocs build` and `mkdocs serve` run the pipeline.

A preview is rendered as `mujaz build` renders: only what changed, whole pages by MkDocs only where
they surprise. To MkDocs the first build then seems to have no pages, and later ones do not reach it
at all. Where a site cannot be rendered so, MkDocs builds all of it, as it always does.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from watchdog.observers.polling import PollingObserverVFS

from mujaz.config import Config, check_folders, load
from mujaz.errors import MujazError
from mujaz.publish.output.compression import compress_files
from mujaz.publish.output.site_folder import NextSite, SiteFolder
from mujaz.publish.output.site_listing import take_listing
from mujaz.publish.output.trees import readable_by_servers
from mujaz.publish.render import (
    NotSpecialisable,
    compact,
    complete_config,
    is_composed,
    pack_again,
    page_date,
)
from mujaz.state.lock import DEFAULT_WAIT_SECONDS, build_lock
from mujaz.state.site_record import SITE_RECORD, refuse_foreign_site
from mujaz.state.surroundings import prepare_process

log = get_plugin_logger("mujaz")
_LAST = -100
"""Priority of what is done after all other plugins had their turn, as MkDocs advises."""
_POLLING_SECONDS = 0.5
_OF_FOLDERS = frozenset({"config_file_path", "docs_dir", "site_dir", "strict"})
"""Settings that the renderer is told of by itself."""


class MujazPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Generates the pages before each build, and keeps the last good site if one fails."""

    pages_are_ready = False
    """Whether our renderer asks MkDocs for single pages, and looks after all else itself."""

    def __init__(self) -> None:
        self._serving = False
        self._site: SiteFolder | None = None
        self._site_dir = ""
        self._is_compressed = False
        self._tree: NextSite | None = None
        self._held = ExitStack()
        """The lock, and how files are made, while MkDocs itself writes the site."""
        self._put_off: dict[str, Any] = {}
        """What MkDocs is to build, while it is told that there is nothing."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview; nothing has been done yet."""
        prepare_process()
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Say what the site leaves to us; send the build beside the last site."""
        try:
            complete_config(config)
        except MujazError as error:
            raise PluginError(str(error)) from None
        if self._serving:
            config.extra["preview"] = True
        elif not self.pages_are_ready:
            self._begin(config)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Generate the pages, and say what became of each input that is not among them."""
        if self.pages_are_ready:
            return
        try:
            if self._serving:
                self._render(config)
                self._put_all_off(config)
            else:
                _generate(_ours(config, Path(self._site_dir)))
        except NotSpecialisable:
            pass  # the pages are there, for MkDocs to build
        except MujazError as error:
            raise PluginError(str(error)) from None

    def on_page_markdown(
        self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> None:
        """Date the page by its news and not by the clock, so that equal input gives equal bytes."""
        page.update_date = page_date(page.meta)

    def on_page_content(
        self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Say the same in fewer bytes, as our renderer does."""
        return compact(html) if is_composed(page.meta) else html

    @event_priority(_LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Pack the site map as our renderer does; put the site in the place of the last one."""
        pack_again(Path(config.site_dir))
        if self._site and self._tree:
            listing = take_listing(self._tree.folder)
            if self._is_compressed:
                listing |= compress_files(self._tree, listing, listing)
            self._site.publish(self._tree, listing)
            config.site_dir = self._site_dir
        self._take_up(config)
        self._held.close()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site in place."""
        if self._site and self._tree:
            self._site.abandon(self._tree)
        self._held.close()

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Watch what pages are made from, but none of what we generate; build without MkDocs."""
        ours = _ours(config)
        _watch_without_links(server, ours.seeds)
        for folder in ours.theme:
            if folder.is_dir():
                server.watch(str(folder))
        server.unwatch(config.docs_dir)
        generated = _generated_below(ours.out)
        for path in sorted(ours.out.iterdir()):
            if not path.name.startswith(".") and path.name not in generated:
                server.watch(str(path))

        def build() -> None:
            started = time.monotonic()
            try:
                self._render(config)
            except NotSpecialisable:
                builder()
            except MujazError as error:
                raise Abort(str(error)) from None
            else:
                log.info(f"Documentation built in {time.monotonic() - started:.2f} seconds")

        server.builder = build
        return server

    def _begin(self, config: MkDocsConfig) -> None:
        """Have MkDocs build beside the last site."""
        site, self._site_dir = Path(config.site_dir), config.site_dir
        try:
            ours = _ours(config, site)
            check_folders(ours)
            self._held.enter_context(_locked(ours))
            record = ours.cache / SITE_RECORD
            self._is_compressed = ours.precompress
            refuse_foreign_site(site, record)
        except MujazError as error:
            raise PluginError(str(error)) from None
        self._held.enter_context(readable_by_servers())
        self._site = SiteFolder(site, record)
        self._tree = self._site.begin(is_empty=True)
        config.site_dir = str(self._tree.folder)

    def _render(self, config: MkDocsConfig) -> None:
        """Make the preview what its sources say; raises `NotSpecialisable` if only MkDocs can."""
        from mujaz.publish import unrendered_pages
        from mujaz.publish.render import render_site

        ours = _ours(config, Path(config.site_dir))
        with _locked(ours):
            _generate(ours)
            try:
                with unrendered_pages(ours) as changed:
                    render_site(
                        ours.file,
                        ours.out,
                        ours.site_dir,
                        config.strict,
                        changed,
                        preview=_settings(config),
                    )
            finally:
                self.pages_are_ready = False  # MkDocs gave the renderer this very plugin

    def _put_all_off(self, config: MkDocsConfig) -> None:
        """Tell MkDocs that there is nothing to build, and that it belongs elsewhere."""
        none = Path(tempfile.mkdtemp(prefix="mujaz-"))
        self._put_off = {name: config[name] for name in ("docs_dir", "site_dir", "nav")}
        self._put_off["static_templates"] = config.theme.static_templates
        config.docs_dir, config.site_dir, config.nav = str(none / "docs"), str(none), None
        config.theme.static_templates = set()

    def _take_up(self, config: MkDocsConfig) -> None:
        if self._put_off:
            shutil.rmtree(config.site_dir, ignore_errors=True)
            config.theme.static_templates = self._put_off.pop("static_templates")
            for name, value in self._put_off.items():
                config[name] = value
            self._put_off = {}


def _ours(config: MkDocsConfig, site: Path | None = None) -> Config:
    """Return our configuration, with the folders that MkDocs goes by. Raises `ConfigError`."""
    return load(Path(config.config_file_path), out=Path(config.docs_dir), site_dir=site)


def _watch_without_links(server: LiveReloadServer, folder: Path) -> None:
    """Watch a folder as MkDocs does, but never walk where a link in it leads: it may be `/`."""
    observer = PollingObserverVFS(os.lstat, os.scandir, polling_interval=_POLLING_SECONDS)
    usual, server.observer = server.observer, observer  # type: ignore[assignment]
    server.watch(str(folder))
    server.observer = usual
    observer.start()


def _settings(config: MkDocsConfig) -> Mapping[str, Any]:
    """Return what the command line says of the site, and the address that it is served at."""
    settings: dict[str, Any] = {"site_url": config.site_url}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nothing else says what came from where
        for each in config.user_configs[1:]:
            settings = {**each, **settings}
    return {name: value for name, value in settings.items() if name not in _OF_FOLDERS}


def _locked(config: Config) -> AbstractContextManager[None]:
    return build_lock(config.cache_root, DEFAULT_WAIT_SECONDS, log.info)


def _generate(config: Config) -> None:
    # Imported only here: a renderer that has its pages already need not know how they are made.
    from mujaz.executors import executor_opener
    from mujaz.pipeline import update_pages

    report = update_pages(
        config,
        time.monotonic,
        open_executor=executor_opener(),
        accept_removals=bool(os.environ.get("MUJAZ_ACCEPT_REMOVALS")),
    )
    for problem in (*report.problems, *report.doubts):
        # Not a warning: a rejected article must not keep the others from being published.
        log.info(f"{problem.file}: {problem.reason}; {problem.hint}")
    log.info(
        f"{report.published} published, {report.duplicates} duplicates, {report.held} held, "
        f"{report.rejected} rejected; {report.pages_written} pages written"
    )


def _generated_below(docs: Path) -> set[str]:
    """Return the files and folders right below `docs` that are, or hold, what we generate."""
    from mujaz.publish.output.pages_folder import read_ledger

    return {path.partition("/")[0] for path in read_ledger(docs) or ()}
