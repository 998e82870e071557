"""What decides how pages look, but for the pages themselves: one key for all of it.

That is the configuration, the theme's overrides, the names and versions of all that is installed
beside MkDocs, and this renderer. The key is made of contents. What the system says of a file (its
size, its times of change, its inode) only saves reading those that are surely as they were: nobody
can set the time of the last status change, and a file that changed in the very tick in which it was
looked at is never taken for known.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from mujaz.publish.render.request import Order
from mujaz.publish.render.site_files import digest, read

Signs = Mapping[str, str]
"""What the system says of each file, by path; nothing of one that changed just now."""
_TICK = 20_000_000
"""Nanoseconds: clocks of file systems advance in steps of up to 10 ms."""
_SECOND = 1_000_000_000


def sign(path: str, now: int | None = None) -> str:
    """Return what the system says of a file or folder; empty if that proves nothing as yet.

    Raises `OSError` if there is none.
    """
    status = os.stat(path)  # noqa: PTH116 - there are many files
    changed = status.st_ctime_ns
    # Some file systems count whole seconds.
    step = _TICK if changed % _SECOND else 2 * _SECOND
    if (time.time_ns() if now is None else now) - changed < step:
        return ""
    return f"{status.st_size} {status.st_mtime_ns} {changed} {status.st_ino} {status.st_dev}"


def site_key(order: Order, folders: Sequence[str], told: object = None) -> tuple[str, Signs]:
    """Return the key, and the signs of all files that it is made from.

    `told` is what this function returned before, if it is known.
    """
    own = str(Path(__file__).parents[2])
    installed = _installed()
    files = [str(order.config_file)]
    for folder in (*folders, own):
        files += sorted(path for path in _files(folder) if not path.endswith(".pyc"))
    settings = sorted((order.preview or {}).items())
    here = f"{order.pages}\0{own}\0{installed}\0{sys.version}\0{settings!r}"
    now = time.time_ns()
    signs = {path: sign(path, now) for path in (*files, installed) if path}
    signs[""] = here
    if isinstance(told, Sequence) and list(told[1:]) == [signs] and all(signs.values()):
        return str(told[0]), signs
    parts = [here.encode()]
    for path in files:
        parts += [path.encode("utf-8", "surrogateescape"), read(path)]
    if installed:
        names = sorted(path.name for path in Path(installed).glob("*-info"))
        parts += [name.encode() for name in names]
    return digest(b"\0".join(digest(part) for part in parts)).hex(), signs


def _files(folder: str) -> Iterator[str]:
    for above, _, names in os.walk(folder):
        yield from (f"{above}/{name}" for name in names)


def _installed() -> str:
    """Return the folder of all that is installed beside MkDocs; its names tell the versions."""
    spec = find_spec("mkdocs")  # finds, and does not import
    return str(Path(spec.origin).parent.parent) if spec and spec.origin else ""
