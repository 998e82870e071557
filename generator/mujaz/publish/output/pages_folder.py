"""Writes what changed, removes what is ours and stale, and touches nothing else."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

LEDGER = ".mujaz-pages"
"""Name of the list of our files, a line each, kept beside them; MkDocs passes over names with a dot
first."""
_OURS = (
    *("articles", "digest", "headlines", "sections", "stories", "tags", "sources", "archive"),
    *("people", "places", "organisations", "topics"),
)
_HEAD = "pages that are made by mujaz"
"""The first line of the list: without it, the list is damaged."""
_MARK = "\nmujaz:\n"
"""In the front matter of every page that we write."""


class Pages:
    """Our files below a folder.

    Pages written by hand are never touched: only files that are listed as ours, or, where the list
    is lost, that lie in our folders and carry our mark, count as ours. A file is listed before it
    is written: a run that is killed leaves no page that nobody owns.
    """

    def __init__(self, folder: Path) -> None:
        """Write below `folder`."""
        self._folder = folder
        self._ledger = folder / LEDGER
        folder.mkdir(parents=True, exist_ok=True)

    def listed(self) -> set[str]:
        """Return our files that are there, as paths below the folder."""
        names = read_ledger(self._folder)
        if names is None:
            return set(self._marked())
        return {name for name in names if _is_inside(name) and (self._folder / name).is_file()}

    def _marked(self) -> Iterator[str]:
        for page in (page for name in _OURS for page in (self._folder / name).rglob("*.md")):
            front = page.read_text("utf-8", "replace").split("\n---\n", 1)[0]
            if _MARK in front + "\n":
                yield page.relative_to(self._folder).as_posix()

    def announce(self, paths: Iterable[str]) -> None:
        """List files that are about to be written for the first time."""
        if not self._ledger.exists():
            self.settle(())
        with self._ledger.open("a", encoding="utf-8") as ledger:
            ledger.write("".join(f"{path}\n" for path in paths))

    def put(self, path: str, text: str) -> bool:
        """Make a file say `text`; return whether it did not."""
        return write_if_changed(self._folder / path, text)

    def remove(self, paths: Iterable[str]) -> int:
        """Remove files, and folders that this leaves empty; return how many there were."""
        removed = 0
        for path in sorted(paths):
            file = self._folder / path
            removed += file.is_file()
            file.unlink(missing_ok=True)
            _remove_empty(file, self._folder)
        return removed

    def settle(self, paths: Iterable[str]) -> None:
        """List just these files."""
        write_if_changed(self._ledger, "".join(f"{path}\n" for path in (_HEAD, *sorted(paths))))


def read_ledger(folder: Path) -> set[str] | None:
    """Return the paths that are listed as ours below `folder`; None if there is no sound list."""
    try:
        head, *names, _ = (folder / LEDGER).read_text("utf-8").split("\n")
    except (OSError, ValueError):
        return None
    return {*names} if head == _HEAD else None


def write_pages(texts: Mapping[str, str], folder: Path) -> int:
    """Make our files below `folder` be `texts` (by path), and return how many changed."""
    pages = Pages(folder)
    before = pages.listed()
    pages.settle(before)
    pages.announce(texts.keys() - before)
    changed = sum(pages.put(path, text) for path, text in texts.items())
    changed += pages.remove(before - texts.keys())
    pages.settle(texts)
    return changed


def write_if_changed(path: Path, text: str) -> bool:
    """Write `text` unless it is there already, all at once; return whether it was written."""
    data = text.encode()
    try:
        if path.read_bytes() == data:
            return False
    except OSError:
        path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".mujaz-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


def _is_inside(path: str) -> bool:
    return bool(path) and not path.startswith("/") and ".." not in path.split("/")


def _remove_empty(path: Path, folder: Path) -> None:
    """Remove the folders that the removal of `path` left empty."""
    for parent in path.parents:
        if parent == folder or not parent.is_dir() or any(parent.iterdir()):
            return
        parent.rmdir()
