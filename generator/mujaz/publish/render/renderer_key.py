"""Digests all that decides how pages look, but for the pages themselves, into one key.

That is the configuration, the theme's overrides, the names and versions of all that is installed
beside MkDocs, and this program. The key is made of contents. A file's stat signature only saves
reading those that are surely unchanged: nobody can set the time of the last status change, and a
file that changed in the very tick in which it was looked at has no signature.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from mujaz.publish.render.request import RenderRequest
from mujaz.publish.render.site_files import content_digest, read_content

_TICK_NS = 20_000_000
"""Clocks of file systems advance in steps of up to 10 ms."""
_SECOND_NS = 1_000_000_000


def _stat_signature(path: str, now: int) -> str:
    """Return what the system says of a file or folder; empty if that proves nothing as yet.

    `now` is in nanoseconds. Raises `OSError` if there is no such file.
    """
    status = os.stat(path)  # noqa: PTH116 - there are many files
    changed = status.st_ctime_ns
    # Some file systems count whole seconds.
    step = _TICK_NS if changed % _SECOND_NS else 2 * _SECOND_NS
    if now - changed < step:
        return ""
    return f"{status.st_size} {status.st_mtime_ns} {changed} {status.st_ino} {status.st_dev}"


def renderer_key(
    request: RenderRequest, theme_folders: Sequence[str], last: object = None
) -> tuple[str, Mapping[str, str]]:
    """Return the key, and the stat signatures of all files that it is made from, by path.

    `last` is what this function returned in the last build, if that is known.
    """
    program = str(Path(__file__).parents[2])
    packages = _packages_folder()
    files = [str(request.config_file)]
    for folder in (*theme_folders, program):
        files += sorted(path for path in _files(folder) if not path.endswith(".pyc"))
    settings = sorted((request.preview or {}).items())
    here = f"{request.pages}\0{program}\0{packages}\0{sys.version}\0{settings!r}"
    now = time.time_ns()
    signatures = {path: _stat_signature(path, now) for path in (*files, packages) if path}
    signatures[""] = here
    if isinstance(last, Sequence) and list(last[1:]) == [signatures] and all(signatures.values()):
        return str(last[0]), signatures
    parts = [here.encode()]
    for path in files:
        parts += [path.encode("utf-8", "surrogateescape"), read_content(path)]
    if packages:
        parts += [name.encode() for name in sorted(p.name for p in Path(packages).glob("*-info"))]
    return content_digest(b"\0".join(content_digest(part) for part in parts)).hex(), signatures


def _files(folder: str) -> Iterator[str]:
    for above, _, names in os.walk(folder):
        yield from (f"{above}/{name}" for name in names)


def _packages_folder() -> str:
    """Return the folder of all that is installed beside MkDocs; its names tell the versions."""
    spec = find_spec("mkdocs")  # finds, and does not import
    return str(Path(spec.origin).parent.parent) if spec and spec.origin else ""
