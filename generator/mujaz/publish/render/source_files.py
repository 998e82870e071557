"""Lists and reads what lies in the folder of pages as MkDocs does, but not file by file."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

_INDEX_NAMES = ("index", "README")
_OTHER_MARKDOWN_SUFFIXES = (".markdown", ".mdown", ".mkdn", ".mkd")


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
    files.sort(key=lambda name: ((name.rpartition(".")[0] or name) not in _INDEX_NAMES, name))
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


def read_content(path: str) -> bytes:
    """Return a file's content."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - there are many files
        return file.readall()


def digest_of_source(data: bytes) -> bytes:
    """Return the SHA-256 of a content."""
    return sha256(data).digest()


def is_listed(path: str) -> bool:
    """Return whether a file at `path` would be among those listed, by its name."""
    return not (path.startswith((".", "templates/")) or "/." in path or path == "templates")


def listing_key(path: str) -> str:
    """Return a key that sorts paths as they are listed: files before folders, the index first."""
    folder, _, name = path.rpartition("/")
    above = folder and "\2" + folder.replace("/", "\2")
    first = "\1" if (name.rpartition(".")[0] or name) in _INDEX_NAMES else ""
    return f"{above}\1{first}{name}"


def is_page(path: str) -> bool:
    """Return whether a file is Markdown."""
    return path.endswith(".md")


def is_for_mkdocs_alone(path: str) -> bool:
    """Return whether only MkDocs knows what becomes of a file."""
    name = path.rpartition("/")[2].lower()
    return name.endswith(_OTHER_MARKDOWN_SUFFIXES) or name == "readme.md" or not path.isprintable()


def path_matcher(patterns: Sequence[str]) -> Callable[[str], bool]:
    """Return a function that says whether a path matches `patterns`, lines as in a `.gitignore`."""
    lines = [line.strip() for line in patterns if line.strip() and not line.startswith("#")]
    if all(map(_is_plain, lines)):
        prefixes = tuple(line[1:].rstrip("/") + "/" for line in lines)
        names = frozenset(line[1:] for line in lines if not line.endswith("/"))
        return lambda path: path.startswith(prefixes) or path in names
    # Imported only here: most sites name folders and files.
    from pathspec.gitignore import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns).match_file


def _is_plain(pattern: str) -> bool:
    """Return whether a pattern means one folder or file and all below it, and nothing else."""
    inner = pattern[1:].removesuffix("/")
    return (
        pattern.startswith("/")
        and "//" not in pattern
        and inner.replace("/", "").replace("-", "").replace("_", "").replace(".", "").isalnum()
    )


class PathFilter:
    """Decides what becomes of a file, by its name and the configuration's patterns."""

    def __init__(self, patterns: Mapping[str, Sequence[str]]) -> None:
        """Use the lines of `exclude_docs`, `draft_docs` and `not_in_nav`."""
        self._excluded = path_matcher(patterns["exclude_docs"])
        self._draft = path_matcher(patterns["draft_docs"])
        self._not_in_nav = path_matcher(patterns["not_in_nav"])

    def is_published(self, path: str) -> bool:
        """Return whether the file is part of the site, as a page or as it is."""
        return is_listed(path) and not (self._excluded(path) or self._draft(path))

    def missing_from_nav(self, pages: Iterable[str], nav: Container[str]) -> list[str]:
        """Return the pages that should be in the nav, and are not."""
        return [path for path in pages if not (path in nav or self._not_in_nav(path))]
