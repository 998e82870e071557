"""Walks the folder of raw articles, in one order everywhere; every file in it is accounted for."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path

from mujaz.model import Document, Problem
from mujaz.read.file import SIDECAR_SUFFIXES, read_file, split_name
from mujaz.read.passed_over import is_passed_over, page_stem

_MAX_PREFIXES = 20
"""Beginnings of names; more are not compared as text first."""


def read_paths(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, Document | Problem]]:
    """Yield the articles in some files below `folder`, or why they have none, each with its name.

    Names are paths below the folder; of those that are not there, nothing is yielded. A sidecar is
    read with the article that it stands beside.
    """
    root, sidecars = folder.resolve(), _Sidecars()
    for name in names:
        path = folder / name
        if _is_there(path) and not is_passed_over(name, folder):
            for result in _read(path, _name(path, folder), root, sidecars):
                yield name, result


def _is_there(path: Path) -> bool:
    """Whether there is such a file, or the system refuses to say so.

    A folder is no input, unless it cannot be read.
    """
    try:
        if stat.S_ISDIR(path.lstat().st_mode):
            os.scandir(path).close()
            return False
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:  # its folder cannot be read just now
        return True
    return True


def printable(path: str) -> str:
    """Return a path as text that any terminal, database and JSON reader can take."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def with_sidecars(changed: Set[str], present: Iterable[str]) -> set[str]:
    """Return `changed` and those files of the same folder that are sidecars of these, or theirs.

    A file and its sidecar share the beginning of their names up to the first dot. What a browser
    saved with a page counts as if it were the page: it is passed over as long as that is there.
    """
    stems = {_stem(name) for name in changed}
    if len(stems) <= _MAX_PREFIXES:  # compared as text first, which is fast
        forms = {(folder, unicodedata.normalize("NFD", name)) for folder, name in stems}
        prefixes = tuple("/".join(filter(None, stem)) for stem in stems | forms)
        present = (name for name in present if name.startswith(prefixes))
    return {*changed} | {name for name in present if _stem(name) in stems}


def _stem(name: str) -> tuple[str, str]:
    folder, _, file_name = (page_stem(name) or name).rpartition("/")
    return folder, _composed(file_name.partition(".")[0])


def _composed(name: str) -> str:
    """Return a name in the form that most systems write; macOS takes letters apart."""
    return unicodedata.normalize("NFC", name)


def read_files(paths: Iterable[Path]) -> Iterator[Document | Problem]:
    """Yield the articles in `paths` in their order, and in place of a folder, in those below it."""
    sidecars = _Sidecars()
    for path in paths:
        if is_passed_over(path.name, path.parent, named=True):
            continue
        if path.is_dir():
            for inner in files_below(path):
                name = f"{_name(path)}/{_name(inner, path)}"
                yield from _read(inner, name, path.resolve(), sidecars)
        else:
            yield from _read(path, _name(path), path.parent.resolve(), sidecars)


def files_corrected_by(path: Path) -> list[Path]:
    """Return the files that the sidecar at `path` corrects; none if it is no sidecar."""
    pairs = _Sidecars()[path.parent].items()
    return sorted(path.with_name(name) for name, sidecar in pairs if sidecar == path)


class _Sidecars(dict[Path, Mapping[str, Path]]):
    """The sidecars in each folder by the names of their articles' files, looked up once."""

    def __missing__(self, folder: Path) -> Mapping[str, Path]:
        try:
            names = {entry.name for entry in os.scandir(folder)}
        except OSError:
            names = set()
        composed = {_composed(name): name for name in sorted(names, reverse=True)}
        self[folder] = {
            name: folder / sidecar
            for name in names
            if not name.lower().endswith(SIDECAR_SUFFIXES)
            for stem in (split_name(name)[0], name)
            for ending in SIDECAR_SUFFIXES
            if (sidecar := composed.get(_composed(stem + ending)))
        }
        return self[folder]


def _read(path: Path, name: str, root: Path, sidecars: _Sidecars) -> Iterator[Document | Problem]:
    if "\\" in name and not path.as_posix().endswith(name):  # its printable form is another one
        reason = "has a name that is not UTF-8, or lies in such a folder"
        yield Problem(name, reason, "rename it in UTF-8, as `convmv` does")
    elif path.suffix.lower() not in SIDECAR_SUFFIXES:
        yield from read_file(path, name, root, sidecars[path.parent].get(path.name))
    elif path not in sidecars[path.parent].values():
        reason = "is a sidecar of no article"
        yield Problem(name, reason, "give it the name of its article, but for the suffix")


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the files below `folder`, sorted by path; a link to a folder is yielded, not entered.

    Files and folders whose name begins with a dot are no inputs, nor is what programs leave behind.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
    except OSError:
        yield folder
        return
    for entry in entries:
        if is_passed_over(entry.name, folder):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from files_below(Path(entry.path))
        else:
            yield Path(entry.path)


def _name(path: Path, folder: Path | None = None) -> str:
    """Return the path, below the folder if one is given, in its printable form."""
    return printable((path.relative_to(folder) if folder else path).as_posix())
