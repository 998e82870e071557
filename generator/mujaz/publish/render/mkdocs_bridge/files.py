"""The files of a site as MkDocs sees them: objects only of those that it looks up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, set_exclusions


class LazyFiles(Files):
    """The files of a site, made when they are looked up, and which of them were."""

    def __init__(self, existing: Container[str], config: MkDocsConfig) -> None:
        """Have the files at these paths."""
        super().__init__([])
        self._existing, self._config = existing, config
        self.looked_up: set[str] = set()
        """Paths that were looked up, whether there is such a file or not."""

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file at `path`."""
        uri = PurePosixPath(path).as_posix()
        self.looked_up.add(uri)
        if uri not in self.src_uris and uri in self._existing:
            config = self._config
            file = File(uri, config.docs_dir, config.site_dir, config.use_directory_urls)
            set_exclusions([file], config)
            self.append(file)
        return super().get_file_from_path(path)


class ThemeFiles:
    """A theme's files without those under a name with a dot, such as Material's 13,000 icons."""

    def __init__(self, folders: Collection[str]) -> None:
        """List what is in the theme's `folders`."""
        self._folders = folders

    def list_templates(self, filter_func: Callable[[str], bool]) -> list[str]:
        """Return the names that `filter_func` lets through, as Jinja does."""
        names = {
            path.relative_to(folder).as_posix()
            for folder in map(Path, self._folders)
            for top in folder.iterdir()
            if not top.name.startswith(".")
            for path in ([top] if top.is_file() else top.rglob("*"))
            if path.is_file()
        }
        return sorted(name for name in names if filter_func(name))
