"""Refuses folders that lie in each other: what is written to one would harm the other.

Folders are the same if their paths are, links followed, or if the system says so: a disk that
ignores case, and a folder that is mounted twice, have several paths for one folder.
"""

from __future__ import annotations

import stat
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from mujaz.config.settings import Config
from mujaz.errors import ConfigError


class _Folder(NamedTuple):
    """A folder of the configuration, whether it exists or not."""

    name: str
    """What messages call it: the setting that says where it is."""
    path: Path
    identities: tuple[tuple[int, int], ...]
    """Device and inode of the folder and of those that it lies in, as far as they exist."""
    is_there: bool


def check_folders(config: Config) -> None:
    """Refuse a configuration whose folders overlap.

    The folders of raw articles, of pages, of the theme's overrides and of the site lie apart from
    each other and from the cache; none of them is, or holds, the folder of the configuration; and
    nothing is written to a file's place or into a `.git`. Raises `ConfigError`, which names two
    settings and their paths.
    """
    site, pages = _folder("`site_dir`", config.site_dir), _folder("`docs_dir`", config.out)
    folders = [site, pages, _folder("`seeds`", config.seeds)]
    if config.overrides:
        folders.append(_folder("`custom_dir`", config.overrides))
    home = _folder("the configuration's folder", config.file.parent)
    cache = _folder("the cache", config.cache)
    for one, other in combinations(folders, 2):
        _refuse_if(_relation(one, other), one, other, config)
    for each in folders:
        if (relation := _relation(each, home)) != "lies inside":
            _refuse_if(relation, each, home, config)
        _refuse_if(_relation(each, cache), each, cache, config)
    if config.permalinks_file:
        file = _folder("`permalinks`", config.permalinks_file.parent)
        for each in folders:
            if (relation := _relation(file, each)) != "holds":
                _refuse_if(relation, file, each, config)
    for each in (site, pages):
        if any(part.casefold() == ".git" for part in each.path.parts):
            raise ConfigError(
                f"{config.file}: {each.name} ({each.path}) lies in a repository's `.git`; "
                "choose another folder"
            )


def _refuse_if(relation: str, one: _Folder, other: _Folder, config: Config) -> None:
    if relation:
        raise ConfigError(
            f"{config.file}: {one.name} ({one.path}) {relation} {other.name} ({other.path}); "
            f"choose another folder for {one.name}"
        )


def _folder(name: str, path: Path) -> _Folder:
    """Look at a folder and at those above it. Raises `ConfigError` where a file is in the way."""
    path = path.resolve()
    identities = []
    is_there = False
    for each in (path, *path.parents):
        try:
            status = each.stat()
        except OSError:
            continue
        if not stat.S_ISDIR(status.st_mode):
            raise ConfigError(
                f"{each}: is no folder, and {name} ({path}) needs one there; "
                "move that file, or choose another folder"
            )
        is_there = is_there or each == path
        identities.append((status.st_dev, status.st_ino))
    return _Folder(name, path, tuple(identities), is_there)


def _relation(one: _Folder, other: _Folder) -> str:
    """Return how one folder lies to another, as messages say it; empty if they lie apart."""
    if one.path == other.path or _is_same(one, other):
        return "is the same folder as"
    if _holds(other, one):
        return "lies inside"
    return "holds" if _holds(one, other) else ""


def _is_same(one: _Folder, other: _Folder) -> bool:
    return one.is_there and other.is_there and one.identities[0] == other.identities[0]


def _holds(one: _Folder, other: _Folder) -> bool:
    above = other.identities[1:] if other.is_there else other.identities
    return one.path in other.path.parents or (one.is_there and one.identities[0] in above)
