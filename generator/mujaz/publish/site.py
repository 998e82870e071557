"""Makes the finished site of the pages, telling the renderer which of them are new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from mujaz.config import Config
from mujaz.model import Report
from mujaz.publish.render import render_site
from mujaz.state.database import Store, store
from mujaz.state.last_run import keep_rendered, kept_folder

_UNRENDERED = "unrendered"
_MOST = 3_000
"""Pages: if more changed, the renderer finds out which, as it does where nobody knows."""


def note_unrendered(kept: Store, paths: Iterable[str] | None) -> None:
    """Note that pages were written or removed of which no site is made as yet; None is any."""
    before = kept.about(_UNRENDERED)
    known = None if paths is None or before is None else {*before["paths"], *paths}
    if known is None or len(known) > _MOST:
        kept.note(_UNRENDERED, None)
    else:
        kept.note(_UNRENDERED, {"site": before["site"], "paths": sorted(known)})


def publish_site(config: Config, report: Report, strict: bool = False) -> None:
    """Render the pages, which `report` is about.

    With `strict`, nothing is published while an input is rejected or a page draws a warning: the
    last good site stays. Raises `RenderError` if the pages cannot be rendered.
    """
    if strict and report.rejected:
        return
    with unrendered(config) as changed:
        # What is written by hand is looked at with all the pages before each run.
        by_hand = None if changed is None else ()
        render_site(config.file, config.out, config.site_dir, strict, changed, by_hand)


@contextmanager
def unrendered(config: Config) -> Iterator[frozenset[str] | None]:
    """Give the pages of which the site is not made as yet, to whom makes it of them.

    None if that may be any. If that fails, they stay what they are.
    """
    site = str(config.site_dir)
    with store(kept_folder(config)) as kept:
        noted = kept.about(_UNRENDERED)
        yield frozenset(noted["paths"]) if noted and noted["site"] == site else None
        kept.note(_UNRENDERED, {"site": site, "paths": []})
    keep_rendered(config)
