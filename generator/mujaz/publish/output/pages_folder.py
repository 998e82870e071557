"""The folder of pages: writes what changed, removes orphans, and touches nothing of the user's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from mujaz.state.files import remove_file, write_if_changed

LEDGER = ".mujaz-pages"
"""Name of the ledger of our files, a line each, beside them; MkDocs passes over names that begin
with a dot."""
_FOLDERS = (
    *("articles", "digest", "headlines", "sections", "stories", "tags", "sources", "archive"),
    *("people", "places", "organisations", "topics"),
)
_HEAD = "pages that are made by mujaz"
"""The first line of the ledger: without it, the ledger is damaged."""
_MARK = "\nmujaz:\n"
"""In the front matter of every page that we write."""


class PagesFolder:
    """Our files below a folder.

    Pages written by hand are never touched: only files that the ledger lists or, where the ledger
    is lost, that lie in our folders and carry our mark, count as ours. A file is listed before it
    is written: a run that is killed leaves no page that nobody owns.
    """

    def __init__(self, folder: Path) -> None:
        """Write below `folder`, which is made if it is missing."""
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        listed = read_ledger(folder)
        self._listed = set(self._marked()) if listed is None else listed
        if listed is None:
            self._write_ledger()

    def write(self, texts: Iterable[tuple[str, str]]) -> set[str]:
        """Write texts to paths below the folder; return the paths whose content changed."""
        changed = set[str]()
        for path, text in texts:
            if path not in self._listed:
                self._listed.add(path)
                with (self._folder / LEDGER).open("a", encoding="utf-8") as ledger:
                    ledger.write(f"{path}\n")
            if write_if_changed(self._folder / path, text):
                changed.add(path)
        return changed

    def remove_orphans(self, wanted: Set[str]) -> set[str]:
        """Remove our files but for those `wanted`; return the paths of those that were there."""
        orphans = filter(_is_inside, self._listed - wanted)
        removed = {path for path in orphans if (self._folder / path).is_file()}
        for path in removed:
            remove_file(self._folder / path, self._folder)
        self._listed = {*wanted}
        self._write_ledger()
        return removed

    def _write_ledger(self) -> None:
        lines = (_HEAD, *sorted(self._listed))
        write_if_changed(self._folder / LEDGER, "".join(f"{line}\n" for line in lines))

    def _marked(self) -> Iterator[str]:
        """Yield the paths of files that carry our mark."""
        for page in (page for name in _FOLDERS for page in (self._folder / name).rglob("*.md")):
            front = page.read_text("utf-8", "replace").split("\n---\n", 1)[0]
            if _MARK in front + "\n":
                yield page.relative_to(self._folder).as_posix()


def read_ledger(folder: Path) -> set[str] | None:
    """Return the paths that are listed as ours below `folder`; None if there is no sound ledger."""
    try:
        head, *paths, _ = (folder / LEDGER).read_text("utf-8").split("\n")
    except (OSError, ValueError):
        return None
    return {*paths} if head == _HEAD else None


def _is_inside(path: str) -> bool:
    return bool(path) and not path.startswith("/") and ".." not in path.split("/")
