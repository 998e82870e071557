"""Follows the sources of a site: builds once, then after each change, for as long as it is let."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from pathlib import Path
from typing import NamedTuple, NoReturn

from mujaz.config import EDITORIAL_FOLDER, load, read_settings
from mujaz.errors import MujazError
from mujaz.preview.rebuilding import Sources, rebuild
from mujaz.preview.showing import Showing
from mujaz.preview.watching import Watched, Watcher
from mujaz.publish import read_ledger

_INDEX = "search/index/"
"""Below the pages, the folder that is written by the one that makes the search index."""


class Followed(NamedTuple):
    """Where changes matter."""

    home: Path
    """Folder of `mkdocs.yml`."""
    settings: frozenset[Path]
    """`mkdocs.yml`, and what it inherits from."""
    folders: tuple[Path, ...] = ()
    """Folders of which everything matters: raw articles, the theme, the editor's hand."""
    pages: Path | None = None
    """Folder of the pages, among which lie those that we make."""

    def watched(self) -> Iterator[Watched]:
        """Yield the folders to look at."""
        for folder in {self.home, *(file.parent for file in self.settings)}:
            yield Watched(folder, is_deep=False)
        for folder in filter(None, (*self.folders, self.pages)):
            yield Watched(folder, is_deep=True)

    def generated(self) -> set[str]:
        """Return the paths below the pages of the files that we make, and of their folders."""
        files = read_ledger(self.pages) if self.pages else None
        files = files or set()
        return files.union(*(map(str, Path(file).parents) for file in files))

    def matters(self, path: Path, generated: Set[str], is_good: bool) -> bool:
        """Return whether a change at `path` may change what the site is like.

        What we generate among the pages does not. Beside `mkdocs.yml`, only what it inherits from
        does, unless something is wrong: then, whatever is done there may be what mends it.
        """
        if path in self.settings or any(map(path.is_relative_to, self.folders)):
            return True
        if self.pages and path.is_relative_to(self.pages):
            return _is_by_hand(path.relative_to(self.pages), generated)
        return not is_good and not path.name.startswith(".") and path.parent == self.home


def follow(sources: Sources, showing: Showing, tell: Callable[[str], None]) -> NoReturn:
    """Keep what is shown up to date with its sources; does not return.

    `tell` is given a line for each build.
    """
    watcher = Watcher(tell)
    followed: Followed | None = None
    while True:
        # What changes during a build must not be missed: who looks is there before it. What a build
        # takes out was generated before it.
        followed = _followed(sources, followed)
        watcher.watch(followed.watched())
        before = followed.generated()
        is_good = rebuild(sources, showing, tell)
        watcher.watch(followed.watched())
        generated = before | followed.generated()
        while True:
            paths = map(Path, watcher.wait())
            if any(followed.matters(each, generated, is_good) for each in paths):
                break


def _followed(sources: Sources, before: Followed | None) -> Followed:
    """Return where changes matter now; while the settings are wrong, also where they did before."""
    file = sources.file.resolve()
    home, settings = file.parent, frozenset([file])
    try:
        read = read_settings(file)
        settings = frozenset(each.resolve() for each in read.files)
        config = load(sources.file, seeds=sources.seeds)
        extra = (read.values.get("extra") or {}).get("mujaz") or {}
        editorial = home / (extra.get("editorial") or EDITORIAL_FOLDER)
        folders = (config.seeds, *config.theme, editorial)
        return Followed(
            home, settings, tuple(each.resolve() for each in folders), config.out.resolve()
        )
    except (MujazError, OSError):  # which the build will say
        if before is None:
            seeds = (sources.seeds or home / "seeds", home / EDITORIAL_FOLDER)
            return Followed(home, settings, tuple(each.resolve() for each in seeds))
        return before._replace(settings=settings | before.settings)


def _is_by_hand(path: Path, generated: Set[str]) -> bool:
    """Return whether what lies at `path` below the pages may be the user's.

    Files in the making have a dot before their name; the index of search is in no ledger.
    """
    is_hidden = any(part.startswith(".") for part in path.parts)
    shown = path.as_posix()
    return not (is_hidden or shown in generated or f"{shown}/".startswith(_INDEX))
