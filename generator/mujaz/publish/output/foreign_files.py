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


def replaced_files(
    site: Path, foreign: Set[str], ours: Iterable[str], *, force: bool
) -> frozenset[str]:
    """Return the foreign files that files of ours are to replace, as `force` allows.

    Raises `MujazError` if anything of the `foreign` is in our way and may not be replaced: with
    `force` that is all but a file where a file of ours is to lie.
    """
    files = {*ours}
    obstacles = _obstacles(foreign, files) if foreign else frozenset()
    if obstacles and not (force and obstacles <= files):
        raise _obstacles_error(site, obstacles - files if force else obstacles, force)
    return obstacles


def _obstacles(foreign: Set[str], files: Set[str]) -> frozenset[str]:
    """Return what of the `foreign` lies where our files, or the folders that hold them, are to."""
    folders = folders_above(files)

    def is_in_our_way(path: str) -> bool:
        above = path if path.endswith("/") else f"{path}/"
        parents = (above[:end] for end, letter in enumerate(above) if letter == "/")
        return path in folders or not files.isdisjoint(parents)

    return frozenset(filter(is_in_our_way, foreign))


def _obstacles_error(site: Path, obstacles: Set[str], force: bool) -> MujazError:
    """Return the error that names what is in the way of the site."""
    names = ", ".join(sorted(obstacles)[:_MAX_NAMES])
    more = f" and {len(obstacles) - _MAX_NAMES} more" if len(obstacles) > _MAX_NAMES else ""
    next_step = "move away what is named"
    if not force:
        next_step += ", or build once with --force, which replaces files but no folders"
    return MujazError(
        f"{site}: {names}{more}: not put there by mujaz, and in the way of the site; {next_step}"
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
    for folder in sorted(folders_above(foreign)):
        (tree / folder).mkdir(parents=True, exist_ok=True)
        _copy_mode(site / folder, tree / folder)
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
        if one.lstat().st_ino == other.lstat().st_ino:
            return True
        is_link = one.is_symlink() or other.is_symlink()
        return not is_link and one.read_bytes() == other.read_bytes()
    except OSError:
        return False


def _copy_mode(folder: Path, other: Path) -> None:
    """Give a folder the mode and the owner of another one, as far as we may."""
    with suppress(FileNotFoundError):
        status = folder.lstat()
        with suppress(OSError):
            os.chown(other, status.st_uid, status.st_gid)
        with suppress(OSError):
            other.chmod(status.st_mode & 0o7777)  # a change of owner takes bits of it away
