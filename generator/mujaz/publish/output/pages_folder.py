"""The folder of pages: writes what changed, removes orphans, and touches nothing of the user's."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from pathlib import Path

from mujaz.errors import ConfigError
from mujaz.state.files import remove_file, write_if_changed
from mujaz.state.spool import Spool

LEDGER = ".mujaz-pages"
"""Name of the ledger of our files, a line each, beside them; MkDocs passes over names that begin
with a dot."""
_FOLDERS = (
    *("articles", "digest", "headlines", "sections", "stories", "tags", "sources", "archive"),
    *("people", "places", "organisations", "topics", "browse"),
)
_HEAD = "pages that are made by mujaz"
"""The first line of the ledger: without it, the ledger is damaged."""
_MARK = "\nmujaz:\n"
"""In the front matter of every page that we write."""
_MAX_NAMED_FILES = 20
"""In a message."""


class PagesFolder:
    """Our files below a folder.

    Files written by hand are never touched: only files that the ledger lists count as ours or,
    where the ledger is lost, those that carry our mark and those that the last run wrote. A link
    is never ours, nor is what lies behind it. All files are listed before one is written: a run
    that is killed leaves no page that nobody owns.
    """

    def __init__(self, folder: Path, former: Callable[[], Set[str]] = frozenset) -> None:
        """Write below `folder`; `former` returns the paths of what the last run wrote to it."""
        self._folder = folder
        self._sound_folders = set[str]()
        listed = read_ledger(folder)
        self._is_ledger_sound = listed is not None
        self._listed = {*self._marked(), *former()} if listed is None else listed

    def write(
        self, texts: Iterable[tuple[str, str]], reserved: Mapping[str, str] | None = None
    ) -> set[str]:
        """Write texts to paths below the folder; return the paths whose content changed.

        `reserved` are the paths of files (and folders, with `/` at their end) that others write
        for us, or that are known to be ours if they are there and not listed: each with the path of
        what tells that by being there.
        Raises `ConfigError`, before anything is written, if a file that is not ours is in the way.
        """
        reserved = reserved or {}
        with Spool[tuple[str, str]]() as spool:
            conflicts = {
                each for path, sign in reserved.items() for each in self._conflicts_at(path, sign)
            }
            paths = {*_files(reserved)}
            for path, text in spool.passing(texts):
                paths.add(path)
                conflicts.update(self._conflicts_at(path, reserved.get(path, ""), text))
            if conflicts:
                raise _in_the_way(self._folder, sorted(conflicts))
            self._list(paths)
            return {p for p, text in spool if write_if_changed(self._folder / p, text)}

    def remove_orphans(self, wanted: Set[str]) -> set[str]:
        """Remove our files but for those `wanted`; return the paths of those that were there."""
        wanted = {*_files(wanted)}
        orphans = filter(_is_inside, self._listed - wanted)
        removed = {path for path in orphans if not self._obstacle(path) and self._is_there(path)}
        for path in removed:
            remove_file(self._folder / path, self._folder)
        self._listed = wanted
        self._write_ledger()
        return removed

    def _conflicts_at(self, path: str, sign: str = "", text: str = "") -> Iterator[str]:
        """Yield what is not ours and lies where `path` is to be written, and what it is."""
        if obstacle := self._obstacle(path):
            yield obstacle
        elif path not in self._listed and not path.endswith("/") and self._is_there(path):
            is_ours = (
                (self._folder / sign).exists()
                if sign
                else (self._folder / path).read_bytes() == text.encode()
            )
            if not is_ours:
                yield path

    def _obstacle(self, path: str) -> str:
        """Return the link, or the file or folder in the other's place, that is on a path."""
        above, _, name = path.rpartition("/")
        parts = above.split("/") if above else []
        for depth in range(1, len(parts) + 1):
            inner = "/".join(parts[:depth])
            if inner not in self._sound_folders:
                mode = self._mode(inner)
                if mode and not stat.S_ISDIR(mode):
                    return f"{inner}{_kind(mode)}"
                self._sound_folders.add(inner)
        mode = self._mode(path) if name else 0
        return f"{path}{_kind(mode)}" if mode and not stat.S_ISREG(mode) else ""

    def _is_there(self, path: str) -> bool:
        return self._mode(path) != 0

    def _mode(self, path: str) -> int:
        try:
            return (self._folder / path).lstat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            return 0

    def _list(self, paths: Set[str]) -> None:
        new = sorted(paths - self._listed)
        self._listed |= paths
        if not self._is_ledger_sound:
            self._write_ledger()
        elif new:
            with (self._folder / LEDGER).open("a", encoding="utf-8") as ledger:
                ledger.writelines(f"{path}\n" for path in new)

    def _write_ledger(self) -> None:
        lines = (_HEAD, *sorted(self._listed))
        write_if_changed(self._folder / LEDGER, "".join(f"{line}\n" for line in lines))
        self._is_ledger_sound = True

    def _marked(self) -> Iterator[str]:
        """Yield the paths of files that carry our mark."""
        patterns = ("*.md", *(f"{name}/**/*.md" for name in _FOLDERS))
        for page in (page for pattern in patterns for page in self._folder.glob(pattern)):
            path = page.relative_to(self._folder).as_posix()
            if not self._obstacle(path):
                front = page.read_text("utf-8", "replace").split("\n---\n", 1)[0]
                if _MARK in front + "\n":
                    yield path


def read_ledger(folder: Path) -> set[str] | None:
    """Return the paths that are listed as ours below `folder`; None if there is no sound ledger."""
    ledger = folder / LEDGER
    try:
        head, *paths, _ = ledger.read_text("utf-8").split("\n")
    except (OSError, ValueError):
        return None
    return {*paths} if head == _HEAD and not ledger.is_symlink() else None


def _in_the_way(folder: Path, conflicts: list[str]) -> ConfigError:
    names = [str(folder / each) for each in conflicts[:_MAX_NAMED_FILES]]
    if len(conflicts) > _MAX_NAMED_FILES:
        names.append(f"and {len(conflicts) - _MAX_NAMED_FILES} more")
    it = "it" if len(conflicts) == 1 else "them"
    return ConfigError(
        f"{', '.join(names)}: written by hand, where a file of the build goes; "
        f"move {it}, then build again"
    )


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return " (a link)"
    return " (a folder)" if stat.S_ISDIR(mode) else " (no folder)"


def _files(paths: Iterable[str]) -> Iterator[str]:
    return (path for path in paths if not path.endswith("/"))


def _is_inside(path: str) -> bool:
    return bool(path) and not path.startswith("/") and ".." not in path.split("/")
