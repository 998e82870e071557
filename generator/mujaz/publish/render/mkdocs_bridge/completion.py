"""Completes MkDocs' configuration of a site: with Mujaz's theme, and what the site does not say."""

from __future__ import annotations

import warnings
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from pymdownx.slugs import slugify

from mujaz.config import has_our_theme, site_defaults, theme_folders
from mujaz.errors import ConfigError


def complete(config: MkDocsConfig) -> None:
    """Put Mujaz's theme in Material's place, beneath a site's own; set what the site leaves to us.

    A site that names a theme other than Material is left as it is. Raises `ConfigError` if MkDocs
    refuses a setting.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nothing else says what the site's file says
        values = {name: value for each in config.user_configs for name, value in each.items()}
    if not has_our_theme(values):
        return

    def is_shown(path: str) -> bool:
        patterns = (config.exclude_docs, config.draft_docs, config.not_in_nav)
        return not any(spec and spec.match_file(path) for spec in patterns)

    custom = config.theme.custom_dir
    theme = theme_folders(values, Path(custom) if custom else None)
    defaults = site_defaults(values, Path(config.docs_dir), theme, is_shown)
    complete = MkDocsConfig(config.config_file_path)
    folders = {name: config[name] for name in ("docs_dir", "site_dir")}
    complete.load_dict({"site_name": config.site_name, "plugins": [], **folders, **defaults})
    errors, _ = complete.validate()
    for name, error in errors:
        raise ConfigError(f"{config.config_file_path}: `{name}` is refused ({error}); mend it")
    for name in defaults:
        config[name] = complete[name]
    headings = config.mdx_configs.setdefault("toc", {})
    headings.setdefault("slugify", slugify(case="lower"))  # the usual one drops Arabic letters
    # Of Material our templates ask for nothing, so nothing of it is copied into the site.
    config.theme.dirs = [*map(str, theme), config.theme.dirs[-1]]
