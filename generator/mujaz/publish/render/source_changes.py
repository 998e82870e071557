"""Finds the sources of a site that are not as the last build left them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from mujaz.publish.output.pages_folder import read_ledger
from mujaz.publish.render.manifest import Manifest
from mujaz.publish.render.renderer_key import stat_signature
from mujaz.publish.render.request import RenderRequest
from mujaz.publish.render.site_files import digest, read
from mujaz.publish.render.source_files import PathFilter, is_page, list_files


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
    signatures: dict[str, str]
    """Stat signatures of the files that others write."""

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

    If the request says what changed, no other generated file is looked at; a folder in it stands
    for all that is below it, or was.
    """
    unchanged: set[str] = set()
    if request.changed is None:
        suspects = {*list_files(request.pages)}
        signatures = signatures_of(request.pages, hand_written_paths(request.pages, suspects))
        suspects |= manifest.all_paths()
    else:
        hand_written = request.hand_written
        if hand_written is None:
            hand_written = hand_written_paths(request.pages, list_files(request.pages))
        last = manifest.hand_written_signatures()
        signatures = signatures_of(request.pages, {*hand_written, *last})
        unchanged = {path for path, now in signatures.items() if now and now == last.get(path)}
        suspects = manifest.invalidated_paths() | {*last, *signatures}
        for path in request.changed:
            suspects |= _with_contents(path, request.pages, manifest)
    changes = SourceChanges(set(), {}, set(), set(), set(), signatures)
    for path in suspects:
        digest_of = manifest.page_digest if is_page(path) else manifest.file_digest
        last_digest = digest_of(path)
        if not (last_digest and path in unchanged):
            data = _read(request.pages, path) if path_filter.is_published(path) else None
            _compare(path, last_digest, data, changes)
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
    if digest(data) == last_digest:
        return
    if is_page(path):
        changes.changed_pages.add(path)
    else:
        changes.changed_files[path] = data


def _read(pages: Path, path: str) -> bytes | None:
    try:
        return read(f"{pages}/{path}")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def hand_written_paths(pages: Path, paths: Iterable[str]) -> set[str]:
    """Return those files that are not listed as written by us."""
    return {*paths} - (read_ledger(pages) or set())


def signatures_of(pages: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return the stat signatures of those of the files that exist."""
    signatures = {}
    for path in paths:
        try:
            signatures[path] = stat_signature(f"{pages}/{path}")
        except OSError:
            continue
    return signatures
