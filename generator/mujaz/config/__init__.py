"""The configuration: `mkdocs.yml`, read and validated once, into one frozen `Config`.

A text and options go in, a `Config` or a `ConfigError` comes out. It must not know what a setting
is used for.
"""

from mujaz.config.brand import Brand
from mujaz.config.folders import check_folders
from mujaz.config.settings import (
    CACHE_FOLDER,
    EDITORIAL_FOLDER,
    Config,
    FetchSource,
    known_sources,
    load,
    pin_name,
    state_name,
)
from mujaz.config.settings_file import read_settings
from mujaz.config.site_defaults import hand_written_pages, site_defaults
from mujaz.config.theme import has_our_theme, theme_folder, theme_folders

__all__ = [
    "CACHE_FOLDER",
    "EDITORIAL_FOLDER",
    "Brand",
    "Config",
    "FetchSource",
    "check_folders",
    "hand_written_pages",
    "has_our_theme",
    "known_sources",
    "load",
    "pin_name",
    "read_settings",
    "site_defaults",
    "state_name",
    "theme_folder",
    "theme_folders",
]
