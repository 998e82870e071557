"""Lists what lies in the folder of pages, as MkDocs does, without asking it file by file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

_FIRST = ("index", "README")
_OTHER_PAGES = (".markdown", ".mdown", ".mkdn", ".mkd")


def list_files(folder: Path) -> Iterator[str]:
    """Yield the paths of all files below `folder`, in the order in which MkDocs takes them.

    Names with a dot first, and the folder `templates`, are left out, as MkDocs does.
    """
    yield from _list(str(folder), "", {os.path.realpath(folder)})


def _list(folder: str, prefix: str, above: set[str]) -> Iterator[str]:
    files, folders = [], []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or (entry.name == "templates" and not prefix):
                continue
            if entry.is_dir():
                folders.append((entry.name, entry.is_symlink()))
            elif entry.is_file():
                files.append(entry.name)
    files.sort(key=lambda name: ((name.rpartition(".")[0] or name) not in _FIRST, name))
    for name in files:
        yield prefix + name
    for name, is_link in sorted(folders):
        inner = f"{folder}/{name}"
        if is_link:
            real = os.path.realpath(inner)
            if real in above:
                continue
            yield from _list(inner, f"{prefix}{name}/", above | {real})
        else:
            yield from _list(inner, f"{prefix}{name}/", above)


def is_page(path: str) -> bool:
    """Say whether a file is Markdown."""
    return path.endswith(".md")


def is_odd(path: str) -> bool:
    """Say whether MkDocs gives a file a meaning that is its alone to know."""
    name = path.rpartition("/")[2].lower()
    return name.endswith(_OTHER_PAGES) or name == "readme.md" or not path.isprintable()


def matcher(patterns: Sequence[str]) -> Callable[[str], bool]:
    """Return what says whether a path matches `patterns`, lines as in a `.gitignore`."""
    lines = [line.strip() for line in patterns if line.strip() and not line.startswith("#")]
    if all(_is_folder(line) for line in lines):
        prefixes = tuple(line[1:] for line in lines)
        return lambda path: path.startswith(prefixes)
    # Imported only here: most sites name folders.
    from pathspec.gitignore import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns).match_file


def _is_folder(line: str) -> bool:
    """Say whether a pattern means one folder and all below it, and nothing else."""
    inner = line[1:-1]
    return (
        line.startswith("/")
        and line.endswith("/")
        and inner.replace("/", "").replace("-", "").replace("_", "").isalnum()
        and "//" not in line
    )
