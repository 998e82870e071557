"""Where Mujaz's theme lies, and for which sites: those that do not name another one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

MATERIAL = "material"
"""The theme that ours lies on: it has the words of the interface in many languages."""
THEME_SETTINGS: Mapping[str, Any] = {
    "name": MATERIAL,
    "language": "ar",
    "font": False,  # our own fonts are made at build; no reader's address goes to a font service
    "favicon": "assets/favicon.svg",
    "palette": [
        {"media": "(prefers-color-scheme: light)", "scheme": "default"},
        {"media": "(prefers-color-scheme: dark)", "scheme": "slate"},
    ],
}
"""What the theme is given where a site's `theme` does not say otherwise."""
_PACKAGE = Path(__file__).resolve().parents[1]


def theme_folder() -> Path:
    """Return the folder of Mujaz's theme: in the installed package, or in a checkout."""
    installed = _PACKAGE / "theme"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "theme_overrides"


def has_our_theme(values: Mapping[str, Any]) -> bool:
    """Return whether a site's settings leave the theme to us: they name none, or Material."""
    theme = values.get("theme")
    name = theme.get("name") if isinstance(theme, dict) else theme
    return name == MATERIAL or theme is None


def theme_folders(values: Mapping[str, Any], custom_dir: Path | None) -> tuple[Path, ...]:
    """Return the theme's folders beside Material's, the first of which decides.

    They are the site's own, then Mujaz's, unless that is the site's own as well.
    """
    folders = () if custom_dir is None else (custom_dir,)
    if not has_our_theme(values) or (custom_dir and custom_dir.resolve() == theme_folder()):
        return folders
    return (*folders, theme_folder())
