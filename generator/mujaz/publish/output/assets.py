"""The theme's styles and scripts as readers get them: without comments and idle white space."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from mujaz.config import Config
from mujaz.publish.output.pages_folder import PagesFolder
from mujaz.state.run_state import RunState

FOLDER = "assets"
"""Where they lie, in the theme's overrides and among the pages."""


def write_assets(state: RunState, config: Config, pages: PagesFolder) -> tuple[set[str], set[str]]:
    """Write styles, scripts and fonts, unless they are there; return which changed, and all.

    All are those that the ledger lists. Fonts are not among them: their names tell their content.
    """
    changed = state.changed_pages
    if changed is not None and not any(path.startswith(FOLDER) for path in changed):
        return set(), {*(state.database.value("assets") or ())}
    from mujaz.publish.output.fonts import subset_fonts  # takes long to load

    assets = dict(lean_assets(config.overrides))
    written = pages.write(assets.items())
    subset_fonts(config.out / FOLDER / "fonts")
    state.database.note("assets", sorted(assets))
    return written, {*assets}


def lean_assets(overrides: Path | None) -> Iterator[tuple[str, str]]:
    """Yield path and text of each style sheet and script of the theme's `overrides`, made small.

    They go among the pages, where MkDocs prefers them to those of the theme, so that whatever
    renders the site publishes the same bytes.
    """
    if overrides is None:
        return
    for path in sorted((overrides / FOLDER).glob("*")):
        shrink = _shrinkers().get(path.suffix)
        if shrink and path.is_file():
            yield f"{FOLDER}/{path.name}", shrink(path.read_text("utf-8")) + "\n"


def _shrinkers() -> Mapping[str, Callable[[str], str]]:
    from rcssmin import cssmin
    from rjsmin import jsmin

    return {".css": cssmin, ".js": jsmin}
