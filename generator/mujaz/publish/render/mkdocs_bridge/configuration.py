"""Loads MkDocs' configuration for a build, and builds whole sites as `mkdocs build` does."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from mujaz.errors import ConfigError, RenderError
from mujaz.publish.render.request import RenderRequest

_REFUSALS = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM}
"""Errors of the system for which no page can be blamed."""


def load_mkdocs(request: RenderRequest, site: Path) -> MkDocsConfig:
    """Return MkDocs' configuration, for a site that is built in the folder `site`.

    Raises `ConfigError` if MkDocs refuses the configuration's file.
    """
    settings: dict[str, Any] = {**(request.preview or {})}
    settings |= {"docs_dir": str(request.pages), "site_dir": str(site), "strict": request.is_strict}
    try:
        config = load_config(str(request.config_file), **settings)
    except MkDocsException as error:
        raise ConfigError(f"{request.config_file}: refused by MkDocs ({error}); mend it") from None
    if request.preview is not None:
        config.extra["preview"] = True
    plugin = config.plugins.get("mujaz")
    if plugin is not None:
        plugin.pages_are_ready = True
    elif not config.theme.custom_dir:  # else the templates may all be the site's own
        raise ConfigError(
            f"{request.config_file}: `plugins` does not name `mujaz`, which brings the theme; "
            "write `plugins: [mujaz]`"
        )
    return config


def build_whole_site(config: MkDocsConfig) -> None:
    """Render the whole site as `mkdocs build` does; raises `RenderError`."""
    try:
        build(config)
    except (Exception, SystemExit) as error:  # plugins and templates may raise anything
        raise failure(config, error) from error


def failure(config: MkDocsConfig, error: BaseException) -> BaseException:
    """Return the error to report for one of MkDocs, a plugin or a template.

    What the system refuses is reported as it is, and not as a fault of the pages.
    """
    if isinstance(error, OSError) and error.errno in _REFUSALS:
        return error
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return RenderError(
            f"{error.filename}, line {error.lineno}: is no valid template ({error.message}); "
            "mend that line"
        )
    return RenderError(
        f"{config.config_file_path}: MkDocs could not render the pages ({error}); "
        "run `mkdocs build --verbose` to see why"
    )
