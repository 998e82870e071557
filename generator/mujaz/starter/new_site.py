"""Decides what a new site holds, and writes it all at once or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from mujaz.errors import ConfigError

_FILES = Path(__file__).parent / "files"
_SETTINGS = "mkdocs.yml"
_SAMPLES = "seeds/"
_PLACEHOLDER = "seeds/.gitkeep"
"""A file without content: git keeps no empty folder, and a site needs one for its articles."""
_SOURCES = re.compile(rb"(?m)^( *sources:).*$")
_IGNORED = frozenset({".git"})
"""What an empty folder may hold: that of a repository that was just made."""
_MAX_NAMES = 3
"""Of what is in the way, in a message."""


def starter_files(*, bare: bool = False) -> dict[str, bytes]:
    """Return the contents of a new site's files by path; a `bare` one has no sample articles."""
    files = {
        path.relative_to(_FILES).as_posix(): path.read_bytes()
        for path in sorted(_FILES.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    if not bare:
        return files
    files[_SETTINGS] = _SOURCES.sub(rb"\1 []", files[_SETTINGS])
    return {
        path: data
        for path, data in files.items()
        if path == _PLACEHOLDER or not path.startswith(_SAMPLES)
    }


def write_site(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a new site's `files` into `folder`, which may be there if it is empty.

    A run that is killed leaves no site: all is written into a folder of its own, which gets its
    name at the end. Where `folder` is there, its contents are moved into it, the settings last.
    Raises `ConfigError` for what is in the way.
    """
    is_there = _is_empty_folder(folder)
    if not is_there:
        folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = (folder if is_there else folder.parent) / f".mujaz-new-{os.getpid()}"
    moved: list[Path] = []
    try:
        scratch.mkdir()
        for path, data in files.items():
            target = scratch / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        if not is_there:
            scratch.rename(folder)
            return
        for entry in sorted(scratch.iterdir(), key=lambda each: each.name == _SETTINGS):
            entry.rename(folder / entry.name)
            moved.append(folder / entry.name)
    except BaseException:
        for each in moved:
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _is_empty_folder(folder: Path) -> bool:
    """Return whether the folder is there, and empty. Raises `ConfigError` if it is not."""
    if not os.path.lexists(folder):
        return False
    if not folder.is_dir():
        raise ConfigError(f"{folder}: is no folder; give the new site another name")
    names = sorted(each.name for each in folder.iterdir() if each.name not in _IGNORED)
    if names:
        listed = ", ".join(names[:_MAX_NAMES]) + (", …" if len(names) > _MAX_NAMES else "")
        raise ConfigError(
            f"{folder}: holds {listed}; nothing is written over: name an empty folder, or a new one"
        )
    return True
