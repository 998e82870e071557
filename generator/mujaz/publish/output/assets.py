"""The theme's styles and scripts as readers get them: without comments and idle white space."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from mujaz.model import Asset

FOLDER = "assets"
"""Where they lie, in the theme's overrides and among the pages."""


def lean_assets(overrides: Path | None) -> Iterator[Asset]:
    """Yield each style sheet and script of the theme's `overrides`, made small.

    They go among the pages, where MkDocs prefers them to those of the theme, so that whatever
    renders the site publishes the same bytes.
    """
    if overrides is None:
        return
    for path in sorted((overrides / FOLDER).glob("*")):
        shrink = _shrinkers().get(path.suffix)
        if shrink and path.is_file():
            yield Asset(f"{FOLDER}/{path.name}", shrink(path.read_text("utf-8")) + "\n")


def _shrinkers() -> Mapping[str, Callable[[str], str]]:
    from rcssmin import cssmin
    from rjsmin import jsmin

    return {".css": cssmin, ".js": jsmin}
