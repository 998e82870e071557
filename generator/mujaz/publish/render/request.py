"""What is asked of the renderer, and what it knows of the configuration."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from mujaz.publish.render.page import Source


class Order(NamedTuple):
    """What is asked of the renderer; see `render`."""

    config_file: Path
    pages: Path
    site: Path
    strict: bool
    changed: frozenset[str] | None
    hand_written: Collection[str] | None
    texts: Mapping[str, Source]
    preview: Mapping[str, Any] | None = None


class Facts(NamedTuple):
    """What MkDocs makes of a configuration and a theme, for builds that do without it."""

    site_url: str
    base_path: str
    nav: Mapping[str, str]
    """Titles of the pages in the nav, by source."""
    named: Mapping[str, bool]
    """The files that the nav names, and whether they were there."""
    templates: Mapping[str, str]
    """The texts of the theme's static templates, but for the site map's."""
    theme: Mapping[str, str]
    """The theme's files that are copied: where to, and from where."""
    folders: tuple[str, ...]
    """The theme's folders that are not part of an installed package."""
    patterns: Mapping[str, tuple[str, ...]]
    """The lines of `exclude_docs`, `draft_docs` and `not_in_nav`."""
    before: str = ""
    """The site map above its entries."""
    behind: str = ""
    """The site map below its entries."""
