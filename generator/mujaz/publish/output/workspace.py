"""The folder beside a site where its trees are made: ours by a mark, and never another's."""

from __future__ import annotations

import os
from pathlib import Path

from mujaz.errors import MujazError
from mujaz.publish.output.trees import remove_tree

_MARK = ".made-by-mujaz"


class Workspace:
    """The trees of one site beside the live one."""

    def __init__(self, site: Path) -> None:
        """Take the folder as it is; nothing is made."""
        self.folder = site.with_name(f".{site.name}.mujaz")
        self.spare = self.folder / "spare"
        """Is to be the next site, and shares its files with the live one."""
        self.next = self.folder / "next"
        """Is to be the next site, and is made from nothing."""
        self.aside = self.folder / "aside"
        """Is the last site, between two renames."""

    def is_ours(self) -> bool:
        """Return whether the folder is there and has our mark."""
        return not self.folder.is_symlink() and (self.folder / _MARK).is_file()

    def open(self) -> None:
        """Make the folder if it is not there; raises `MujazError` if another's is.

        The mark is made before anything else in it, so that a kill leaves no folder in our own way.
        """
        folder = self.folder
        is_taken = os.path.lexists(folder) and not self.is_ours()
        if is_taken and (folder.is_symlink() or not folder.is_dir() or any(folder.iterdir())):
            raise MujazError(
                f"{folder}: not made by mujaz, which needs the place; move it away, and build again"
            )
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _MARK).touch()

    def clear(self) -> None:
        """Remove all trees."""
        for tree in (self.next, self.spare, self.aside):
            remove_tree(tree)
