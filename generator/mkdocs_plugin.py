"""The thin adapter that lets `mkdocs build` and `mkdocs serve` run the pipeline."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from generator.config import load
from generator.errors import MujazError
from generator.publish import swap
from generator.publish.page import page_date
from generator.publish.site_map import pack_again
from generator.publish.write import read_ledger

log = get_plugin_logger("mujaz")


class MujazPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Generates the pages before each build, and keeps the last good site if one fails."""

    pages_are_ready = False
    """Whether `mujaz build` has generated the pages and looks after the site's folder itself."""

    def __init__(self) -> None:
        self._serving = False
        self._site: Path | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Send the build beside the last site; tell templates about a preview."""
        if self._serving:
            config.extra["preview"] = True
        elif not self.pages_are_ready:
            self._site = Path(config.site_dir)
            config.site_dir = str(swap.fresh_folder(self._site))
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Generate the pages, and say what became of each input that is not among them."""
        if self.pages_are_ready:
            return
        # Imported only here: a renderer that has its pages already need not know how they are made.
        from generator.last import unchanged
        from generator.pipeline import generate
        from generator.workers import workers

        try:
            ours = load(Path(config.config_file_path), out=Path(config.docs_dir))
            report = unchanged(ours) or generate(ours, time.monotonic, workers=workers())
        except MujazError as error:
            raise PluginError(str(error)) from None
        for problem in report.problems:
            # Not a warning: a rejected article must not keep the others from being published.
            log.info(f"{problem.file}: {problem.reason}; {problem.hint}")
        log.info(
            f"{report.published} published, {report.duplicates} duplicates, "
            f"{report.rejected} rejected; {report.pages_written} pages written"
        )

    def on_page_markdown(
        self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> None:
        """Date the page by its news and not by the clock, so that equal input gives equal bytes."""
        page.update_date = page_date(page.meta)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Pack the site map as the renderer does; put the site in the place of the last one."""
        pack_again(Path(config.site_dir))
        if self._site:
            swap.put_in_place(self._site)
            config.site_dir = str(self._site)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site in place."""
        if self._site:
            swap.discard(self._site)

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Watch the raw articles and what is written by hand, but none of what we generate."""
        ours = load(Path(config.config_file_path), out=Path(config.docs_dir))
        server.watch(str(ours.seeds))
        server.unwatch(config.docs_dir)
        for path in sorted(ours.out.iterdir()):
            if not _is_generated(path, ours.out):
                server.watch(str(path))
        return server


def _is_generated(path: Path, docs: Path) -> bool:
    if path.name.startswith("."):  # records of ours; nobody's pages
        return True
    own = path.relative_to(docs).as_posix()
    listed = read_ledger(docs) or set()
    return own in listed or any(each.startswith(f"{own}/") for each in listed)
