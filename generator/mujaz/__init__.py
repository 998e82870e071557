"""Mujaz turns raw, scraped Arabic news articles into a right-to-left news digest.

`build` and `parse` do for programs what the commands of these names do for people; the other names
of `__all__` are what they return and raise. All of these are public: semantic versions speak of
them, of the commands, of the settings, and of the addresses of a site. Everything below is not.
Importing this package loads none of its modules: each name is looked up when it is first used.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module
from os import PathLike
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mujaz.errors import ConfigError, MujazError, RenderError, StateError
    from mujaz.model import (
        Article,
        Duplicate,
        Headline,
        Held,
        Image,
        Markup,
        Problem,
        Provenance,
        Run,
        Tag,
        Version,
    )
    from mujaz.progress import Report

__version__ = "0.2.0"
__all__ = [
    "Article",
    "ConfigError",
    "Duplicate",
    "Headline",
    "Held",
    "Image",
    "Markup",
    "MujazError",
    "Problem",
    "Provenance",
    "RenderError",
    "Report",
    "Run",
    "StateError",
    "Tag",
    "Version",
    "__version__",
    "build",
    "parse",
]
_MODULES = {
    "errors": ("ConfigError", "MujazError", "RenderError", "StateError"),
    "progress": ("Report",),
}
"""Where the types are that `model` has not."""


def build(
    config: str | PathLike[str] = "mkdocs.yml",
    *,
    seeds: str | PathLike[str] | None = None,
    site_dir: str | PathLike[str] | None = None,
    strict: bool = False,
    accept_removals: bool = False,
    force: bool = False,
    wait_seconds: float = 60.0,
) -> Report:
    """Turn raw articles into a finished site, as `mujaz build` does, and say what became of each.

    `config` is the site's `mkdocs.yml`; `seeds` and `site_dir` stand in the place of its folders of
    raw articles and of the finished site. With `strict`, the last site stays while an input is
    rejected or a page draws a warning. `accept_removals` lets many published articles be gone;
    `force` lets the site go where files of others lie. Nothing is printed. Raises `ConfigError` for
    wrong settings, `RenderError` if pages cannot be rendered, `StateError` if another build is at
    work for more than `wait_seconds`, and `MujazError`, of which these are kinds, for what else
    ends a run; the last good site then stays.
    """
    import time

    from mujaz.config import load
    from mujaz.pipeline import build as run
    from mujaz.state.lock import build_lock

    settings = load(Path(config), seeds=_path(seeds), site_dir=_path(site_dir))
    with build_lock(settings.cache_root, wait_seconds, lambda _: None):
        return run(
            settings, time.monotonic, strict=strict, accept_removals=accept_removals, force=force
        )


def parse(
    paths: Iterable[str | PathLike[str]], *, config: str | PathLike[str] | None = None
) -> list[Article | Problem]:
    """Return what each article in `paths`, files or folders, is understood as, in their order.

    An input that cannot be published is a `Problem`; drafts are of its kind `Held`. With `config`,
    a site's `mkdocs.yml`, its papers, tags and home country are known. Nothing is written. Raises
    `ConfigError` for wrong settings and for a path where nothing is.
    """
    from mujaz.config import Config, load
    from mujaz.errors import ConfigError
    from mujaz.review import parse as understand

    chosen = [Path(path) for path in paths]
    for path in chosen:
        if not path.exists():
            raise ConfigError(f"{path}: no such file or folder; name articles, or folders of them")
    here = Path().resolve()
    settings = load(Path(config)) if config else Config(here / "mkdocs.yml", here, here, here)
    return [result for result, _ in understand(chosen, settings)]


def _path(path: str | PathLike[str] | None) -> Path | None:
    return None if path is None else Path(path)


if not TYPE_CHECKING:  # else a name that is not there would pass as anything

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module 'mujaz' has no attribute {name!r}")
        module = next((module for module, names in _MODULES.items() if name in names), "model")
        return getattr(import_module(f"mujaz.{module}"), name)


class _Package(ModuleType):
    """Leaves `parse` the function, although a package that has this name is loaded below."""

    def __setattr__(self, name: str, value: object) -> None:
        if name != "parse":
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
