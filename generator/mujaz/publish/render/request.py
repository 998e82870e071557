"""What a build is asked to do, and what it knows of MkDocs' configuration without MkDocs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from mujaz.config import hand_written_pages, read_settings
from mujaz.progress import Progress, silent
from mujaz.state.fingerprint import fingerprint, folders_fingerprint, program_fingerprint
from mujaz.state.site_record import SITE_RECORD


class RenderRequest(NamedTuple):
    """The arguments of `render_site`."""

    config_file: Path
    pages: Path
    site: Path
    is_strict: bool
    changed: frozenset[str] | None
    preview: Mapping[str, Any] | None
    cache_folder: Path
    """Folder of what builds leave for the next ones."""
    is_compressed: bool
    """Whether compressed forms of files are published beside them."""
    progress: Progress = silent
    """Shows how far a full build is."""

    @property
    def manifest_file(self) -> Path:
        """File of the manifest; a preview has its own."""
        return self.cache_folder / ("site.sqlite" if self.preview is None else "preview.sqlite")

    @property
    def site_record(self) -> Path:
        """File of what the site's folder was like when it was left; a preview has its own."""
        return self.cache_folder / (SITE_RECORD if self.preview is None else "preview")

    def fingerprint(self, theme_folders: Sequence[str]) -> str:
        """Return the fingerprint of all that decides how pages look, but for the pages themselves.

        That is the configuration with what it inherits from and its variables, the theme's folders
        beside the installed one, all that is installed, and this program; and, where the nav is
        left to us, the pages written by hand that stand in it.
        """
        settings = read_settings(self.config_file)
        return fingerprint(
            program_fingerprint(self.cache_folder),
            settings.source,
            folders_fingerprint(map(Path, theme_folders), self.cache_folder),
            repr((str(self.pages), *theme_folders, sorted((self.preview or {}).items()))),
            repr(() if settings.values.get("nav") else hand_written_pages(self.pages)),
        )


class ConfigSummary(NamedTuple):
    """What MkDocs makes of a configuration and a theme, for builds that do without it."""

    site_url: str
    """The site's address with `/` at its end, or empty."""
    base_path: str
    """The path of `site_url`."""
    nav_titles: Mapping[str, str]
    """Titles of the pages in the nav, by source."""
    nav_files: Mapping[str, bool]
    """The files that the nav names, and whether they existed."""
    static_templates: Mapping[str, str]
    """The texts of the theme's static templates, but for the site map's."""
    theme_files: Mapping[str, str]
    """The theme's files that are copied: where to, and from where."""
    theme_folders: tuple[str, ...]
    """The theme's folders that are not part of an installed package."""
    path_patterns: Mapping[str, tuple[str, ...]]
    """The lines of `exclude_docs`, `draft_docs` and `not_in_nav`."""
    sitemap_head: str = ""
    """The site map above its entries."""
    sitemap_tail: str = ""
    """The site map below its entries."""
