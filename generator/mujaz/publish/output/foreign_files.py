"""What others put into the folder of a site, such as `CNAME` or `.well-known/`: it stays there."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Set
from contextlib import suppress
from pathlib import Path

from mujaz.errors import MujazError
from mujaz.publish.output.trees import link_or_copy

REPOSITORY = ".git"
"""A repository's folder is moved from tree to tree as a whole: its files change by themselves."""


_MAX_NAMES = 5


def foreign_files(
    site: Path, ours: Container[str], our_folders: Container[str], folders: Iterable[str]
) -> Iterator[str]:
    """Yield the paths of what lies in some `folders` of a site and is not among `ours`.

    Foreign folders are looked into; an empty one is itself yielded, with a slash at its end.
    """
    for folder in folders:
        prefix = f"{folder}/" if folder else ""
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(site / folder) as entries:
            for entry in entries:
                path = prefix + entry.name
                if not entry.is_dir(follow_symlinks=False):
                    if path not in ours:
                        yield path
                elif path not in our_folders and path != REPOSITORY:
                    inner = [*foreign_files(site, ours, our_folders, [path])]
                    yield from inner or [f"{path}/"]


def holds_mounts(site: Path, foreign: Iterable[str]) -> bool:
    """Return whether another file system is mounted in the site: then its folder cannot move."""
    folders = {parent for path in foreign for parent in (site / path, *(site / path).parents)}
    return any(site in folder.parents and os.path.ismount(folder) for folder in folders)


def find_obstacles(foreign: Set[str], ours: Iterable[str]) -> frozenset[str]:
    """Return what of the `foreign` lies where our files, or the folders that hold them, are to."""
    if not foreign:
        return frozenset()
    files = {*ours}
    folders = folders_above(files)

    def is_in_our_way(path: str) -> bool:
        above = path if path.endswith("/") else f"{path}/"
        parents = (above[:end] for end, letter in enumerate(above) if letter == "/")
        return path in folders or not files.isdisjoint(parents)

    return frozenset(filter(is_in_our_way, foreign))


def obstacles_error(site: Path, obstacles: Set[str]) -> MujazError:
    """Return the error that names what is in the way of the site."""
    names = ", ".join(sorted(obstacles)[:_MAX_NAMES])
    more = f" and {len(obstacles) - _MAX_NAMES} more" if len(obstacles) > _MAX_NAMES else ""
    return MujazError(
        f"{site}: {names}{more}: not put there by mujaz, and in the way of the site; "
        "move away what is named, or build once with --force to replace it"
    )


def folders_above(paths: Iterable[str]) -> set[str]:
    """Return the folders that files lie in, with all above them; that of the site is empty."""
    folders = {""}
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def nearest_folder(path: str, folders: Container[str]) -> str:
    """Return the nearest of the `folders` above a path."""
    folder = path.rstrip("/").rpartition("/")[0]
    while folder not in folders:
        folder = folder.rpartition("/")[0]
    return folder


def carry_over(site: Path, tree: Path, foreign: Set[str], before: Set[str]) -> None:
    """Make what is foreign in `tree` what is `foreign` in `site`; `before` was there at last."""
    for path in before - foreign:
        with suppress(OSError):
            (tree / path).rmdir() if path.endswith("/") else (tree / path).unlink()
    for path in sorted(foreign):
        if path.endswith("/"):
            (tree / path).mkdir(parents=True, exist_ok=True)
        elif not _is_same(site / path, tree / path):
            link_or_copy(site / path, tree / path)


def move_repository(tree: Path, site: Path) -> None:
    """Move the folder of a repository from the tree that was live until now into the site."""
    if (tree / REPOSITORY).is_dir() and not os.path.lexists(site / REPOSITORY):
        (tree / REPOSITORY).rename(site / REPOSITORY)


def _is_same(one: Path, other: Path) -> bool:
    """Return whether two paths lead to one file, or to a copy of it as it is now."""
    try:
        a, b = one.lstat(), other.lstat()
    except OSError:
        return False
    return a.st_ino == b.st_ino or (a.st_size, a.st_mtime_ns) == (b.st_size, b.st_mtime_ns)
