"""Finds the sources of a site that are not as the last build left them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from mujaz.publish.render.manifest import Manifest
from mujaz.publish.render.request import RenderRequest
from mujaz.publish.render.source_files import (
    PathFilter,
    digest_of_source,
    is_page,
    list_files,
    read_content,
)


class SourceChanges(NamedTuple):
    """Paths below the folder of pages."""

    changed_pages: set[str]
    """Pages that are new, or other than they were."""
    changed_files: dict[str, bytes]
    """The same of files that are copied, with their contents."""
    removed_pages: set[str]
    removed_files: set[str]
    added: set[str]
    """Pages and files that are new."""

    @property
    def is_empty(self) -> bool:
        """Whether all is as it was."""
        return not any(self[:4])

    @property
    def added_or_removed(self) -> set[str]:
        """All paths that are new, or no more."""
        return self.added | self.removed_pages | self.removed_files


def find_changes(
    request: RenderRequest, manifest: Manifest, path_filter: PathFilter
) -> SourceChanges:
    """Return what changed since the last build, and what that left undone.

    If the request says what changed, no other file is looked at; a folder in it stands for all that
    is below it, or was.
    """
    if request.changed is None:
        suspects = {*list_files(request.pages)} | manifest.all_paths()
    else:
        suspects = manifest.invalidated_paths()
        for path in request.changed:
            suspects |= _with_contents(path, request.pages, manifest)
    changes = SourceChanges(set(), {}, set(), set(), set())
    for path in suspects:
        digest_of = manifest.page_digest if is_page(path) else manifest.file_digest
        data = _read(request.pages, path) if path_filter.is_published(path) else None
        _compare(path, digest_of(path), data, changes)
    return changes


def _with_contents(path: str, pages: Path, manifest: Manifest) -> set[str]:
    """Return a path with those of all that is below it, or was."""
    if is_page(path):
        return {path}
    paths = {path} | manifest.paths_below(path)
    if os.path.isdir(f"{pages}/{path}"):  # noqa: PTH112
        paths.update(f"{path}/{name}" for name in list_files(pages / path))
    return paths


def _compare(
    path: str, last_digest: bytes | None, data: bytes | None, changes: SourceChanges
) -> None:
    """Add to `changes` what became of one path; None stands for what is not, or was not, there."""
    if data is None:
        if last_digest is not None:
            (changes.removed_pages if is_page(path) else changes.removed_files).add(path)
        return
    if last_digest is None:
        changes.added.add(path)
    if digest_of_source(data) == last_digest:
        return
    if is_page(path):
        changes.changed_pages.add(path)
    else:
        changes.changed_files[path] = data


def _read(pages: Path, path: str) -> bytes | None:
    try:
        return read_content(f"{pages}/{path}")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
