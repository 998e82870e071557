"""Hands a site over to other tools: pages, theme and settings that need nothing of Mujaz's."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from mujaz.config import Config, has_our_theme, read_settings, site_defaults, theme_folder
from mujaz.errors import ConfigError
from mujaz.handover.page_moves import move_pages
from mujaz.publish.output.pages_folder import read_ledger

PAGES, THEME, SETTINGS = "pages", "theme", "mkdocs.yml"
"""What lies in the folder that is handed over."""
_HEAD = "# Builds with MkDocs, ProperDocs and Zensical, and needs nothing of Mujaz's.\n"
_LEFT_OUT = ("plugins", "hooks", "watch", "docs_dir", "site_dir", "theme", "extra")
"""Settings that name what is not handed over, or that are said anew."""
_FAVICON = "favicon.svg"
"""What of the theme's assets is no source of those among the pages."""


_TEXT = "tag:yaml.org,2002:str"


class _Slugs:
    """Stands for the function that makes ids of headings; MkDocs' own leaves Arabic out."""

    tag = "tag:yaml.org,2002:python/name:markdown.extensions.toc.slugify_unicode"


class _Dumper(yaml.SafeDumper):
    """Writes settings that every reader of `mkdocs.yml` knows."""


_Dumper.add_representer(_Slugs, lambda dumper, _: dumper.represent_scalar(_Slugs.tag, ""))
_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar(_TEXT, text, style="|" if "\n" in text else None),
)
_Dumper.ignore_aliases = lambda self, data: True  # type: ignore[method-assign]


def hand_over(config: Config, folder: Path) -> None:
    """Write what other tools build the site from into `folder`, which is new or empty.

    The pages must be up to date. Nothing is left there if that fails. Raises `ConfigError` if the
    folder holds something, or lies where the site is made, and for settings that cannot be written.
    """
    folder = folder.resolve()
    _check(config, folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as place:
        draft = Path(place) / folder.name
        hidden = shutil.ignore_patterns(".*")
        shutil.copytree(config.out, draft / PAGES, symlinks=True, ignore=hidden)
        move_pages(draft / PAGES, read_ledger(config.out) or ())
        _copy_theme(config.theme, draft / THEME)
        (draft / SETTINGS).write_text(_settings_text(config), "utf-8")
        draft.rename(folder)  # an empty folder of this name gives way


def _check(config: Config, folder: Path) -> None:
    if os.path.lexists(folder) and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigError(f"{folder}: is there already; name a folder that is new or empty")
    for other in (config.seeds, config.out, config.site_dir, *config.theme):
        if other == folder or other in folder.parents:
            raise ConfigError(f"{folder}: lies in {other}; name a folder beside it")


def _copy_theme(folders: Iterable[Path], target: Path) -> None:
    """Lay the folders of the theme over each other; the first decides."""
    sources = {path.name for path in (theme_folder() / "assets").iterdir()} - {_FAVICON}
    for each in reversed([*folders]):
        for path in sorted(each.iterdir()):
            if path.is_dir():
                ignore = shutil.ignore_patterns(".*", *(sources if path.name == "assets" else ()))
                shutil.copytree(path, target / path.name, ignore=ignore, dirs_exist_ok=True)
            elif not path.name.startswith("."):
                target.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, target / path.name)


def _settings_text(config: Config) -> str:
    values = read_settings(config.file).values
    settings = {name: value for name, value in values.items() if name not in _LEFT_OUT}
    theme = values.get("theme")
    theme = dict(theme) if isinstance(theme, dict) else {"name": theme}
    if has_our_theme(values):
        defaults = site_defaults(values, config.out)
        theme = {**defaults.pop("theme"), "name": None}
        theme["static_templates"] = ["404.html", "sitemap.xml"]
        settings |= defaults
        settings["not_in_nav"] += "/search/\n"
    if config.theme:
        theme["custom_dir"] = THEME
    extra = dict(values.get("extra") or {})
    if "mujaz" in extra:
        extra["mujaz"] = {"search": config.search}
    settings |= {"docs_dir": PAGES, "theme": theme, "plugins": [], "extra": extra}
    settings["markdown_extensions"] = _extensions(values.get("markdown_extensions"))
    try:
        text = yaml.dump(settings, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    except yaml.YAMLError as error:
        raise ConfigError(f"{config.file}: cannot be handed over ({error}); simplify it") from None
    return _HEAD + text


def _extensions(listed: object) -> list[dict[str, Any]]:
    """Return the extensions of Markdown with their settings, but for those that name code."""
    names: dict[str, Any] = {}
    for each in listed if isinstance(listed, list) else [listed] if listed else []:
        names.update(each if isinstance(each, Mapping) else {str(each): None})
    names.setdefault("toc", None)
    extensions = {name: dict(options or {}) for name, options in names.items()}
    for options in extensions.values():
        for key in [key for key, value in options.items() if value is None]:
            del options[key]
    extensions["toc"]["slugify"] = _Slugs()
    return [{name: options} for name, options in extensions.items()]
