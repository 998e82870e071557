"""Writes what changed, removes what is ours and stale, and touches nothing else."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Set
from pathlib import Path

LEDGER = ".mujaz-pages.json"
"""Name of the list of our files, kept beside them; MkDocs passes over names with a dot first."""
_OURS = (
    *("articles", "digest", "headlines", "sections", "stories", "tags", "sources", "archive"),
    *("people", "places", "organisations", "topics"),
)
_MARK = "\nmujaz:\n"
"""In the front matter of every page that we write."""


def write_pages(texts: Mapping[str, str], folder: Path, standing: Set[str] = frozenset()) -> int:
    """Make our files below `folder` be `texts` (by path), and return how many changed.

    Beside these, only the paths that are `standing` stay: they are known to be as they should.

    Pages written by hand are never touched: only files that an earlier run listed, or that lie in
    our folders and carry our mark, count as ours.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ours = {*texts, *standing}
    stale = _previous(folder) - ours
    # Listed before they are written: a run that is killed leaves no page that nobody owns.
    _write_ledger(folder, ours | stale)
    changed = sum(write_if_changed(folder / path, text) for path, text in texts.items())
    for path in sorted(stale):
        (folder / path).unlink(missing_ok=True)
        _remove_empty(folder / path, folder)
    _write_ledger(folder, ours)
    return changed + len(stale)


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


def _previous(folder: Path) -> set[str]:
    """Return the files of ours that are there, as paths below `folder`."""
    try:
        listed = json.loads((folder / LEDGER).read_text("utf-8"))
        return {p for p in listed if _is_inside(p) and (folder / p).is_file()}
    except (OSError, ValueError, TypeError):
        pages = (page for name in _OURS for page in (folder / name).rglob("*.md"))
        return {
            page.relative_to(folder).as_posix()
            for page in pages
            if _MARK in page.read_text("utf-8", "replace").split("\n---\n", 1)[0] + "\n"
        }


def _is_inside(path: object) -> bool:
    return isinstance(path, str) and not path.startswith("/") and ".." not in path.split("/")


def _write_ledger(folder: Path, paths: set[str]) -> None:
    write_if_changed(
        folder / LEDGER, json.dumps(sorted(paths), ensure_ascii=False, indent=0) + "\n"
    )


def _remove_empty(path: Path, folder: Path) -> None:
    """Remove the folders that the removal of `path` left empty."""
    for parent in path.parents:
        if parent == folder or any(parent.iterdir()):
            return
        parent.rmdir()
