"""Publishes the finished site of the pages, telling the renderer which of them changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from mujaz.config import Config
from mujaz.progress import Progress, Report, silent
from mujaz.publish.output.assets import FONT_FILES, FONT_STAMP
from mujaz.publish.render import render_site
from mujaz.publish.search import SEARCH_FILES
from mujaz.state.database import Database, open_database
from mujaz.state.last_run import record_published

_UNRENDERED = "unrendered"
_MAX_UNRENDERED_PATHS = 3_000
"""If more changed, the renderer finds out which, as it does where nobody knows."""


def reserved_files(config: Config, images: Iterable[str]) -> dict[str, str]:
    """Return the paths of what is written among the pages beside texts: fonts, search, `images`.

    With each stands the path of what is there if we wrote it.
    """
    search = SEARCH_FILES if config.search else {}
    return {**dict.fromkeys(FONT_FILES, FONT_STAMP), **search, **{path: path for path in images}}


def note_unrendered(database: Database, paths: Iterable[str] | None) -> None:
    """Note that pages changed of which no site is made as yet; None stands for any."""
    before = database.value(_UNRENDERED)
    changed = None if paths is None or before is None else {*before["paths"], *paths}
    if changed is None or len(changed) > _MAX_UNRENDERED_PATHS:
        database.note(_UNRENDERED, None)
    else:
        database.note(_UNRENDERED, {"site": before["site"], "paths": sorted(changed)})


def publish_site(
    config: Config,
    report: Report,
    strict: bool = False,
    force: bool = False,
    progress: Progress = silent,
) -> None:
    """Render the pages, which `report` is about.

    With `strict`, nothing is published while an input is rejected or a page draws a warning: the
    last good site stays. With `force`, the site may go where files of others lie. Raises
    `RenderError` if the pages cannot be rendered.
    """
    if strict and report.rejected:
        return
    with unrendered_pages(config) as changed, progress.phase("rendering"):
        render_site(
            config.file,
            config.out,
            config.site_dir,
            strict,
            changed,
            force=force,
            cache=config.cache,
            is_compressed=config.precompress,
            progress=progress,
        )


@contextmanager
def unrendered_pages(config: Config) -> Iterator[frozenset[str] | None]:
    """Give the paths of the pages of which the site is not made as yet; None if that may be any.

    If making it fails, they stay what they are.
    """
    site = str(config.site_dir)
    with open_database(config.cache) as database:
        noted = database.value(_UNRENDERED)
        yield frozenset(noted["paths"]) if noted and noted["site"] == site else None
        database.note(_UNRENDERED, {"site": site, "paths": []})
    record_published(config)
