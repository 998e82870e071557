"""Remembers the last run, so that one with nothing to do costs a look at the folders, and no more.

Files are told apart by what the system says of them: size, times of change, inode. The time of
modification alone proves nothing, as anybody can set it; that of the last status change nobody can.
A file that changed in the very tick in which it was looked at could change again unseen, so what
is that young is never taken for known (as git does with its index).

Nothing is written before what it speaks of: a run that is killed leaves the record of the run
before, which no longer fits, and the next one does the work.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import generator
from generator.config import Config
from generator.model import Asset, Page, Problem, Report

_TICK = 20_000_000
"""Nanoseconds: clocks of file systems advance in steps of up to 10 ms."""
_SECOND = 1_000_000_000
_YOUNG = "young"
"""Stands for what is said of a file that changed too short a while ago to be known."""
_LAST, _RENDERED = "last", "rendered"
"""Names of the records of the last run and of the last site."""
_BETWEEN = b"\0\0"
Glance = dict[str, str]
"""What the system says of each file, by its path below a folder."""


def glance(folder: Path, *, hidden: bool = False) -> Glance:
    """Return what the system says of the files below `folder`, `hidden` ones too if asked for.

    Waits for the next tick of the clock, if need be, so that nothing seen can change unseen.
    """
    newest, found = _look(folder, hidden)
    if 0 <= time.time_ns() - newest < _TICK:
        time.sleep(_TICK / _SECOND)
        newest, found = _look(folder, hidden)
    # Some file systems count whole seconds; and where files seem to come from the future, the
    # clock that stamps them is not ours.
    step = _TICK if newest % _SECOND else 2 * _SECOND
    if time.time_ns() - newest < step:
        oldest_young = min(newest, time.time_ns()) - step
        found = {
            path: _YOUNG if _changed(sign) >= oldest_young else sign for path, sign in found.items()
        }
    return found


def _changed(sign: str) -> int:
    parts = sign.split(" ")
    return int(parts[2]) if len(parts) > 2 else 0


def _look(folder: Path, hidden: bool) -> tuple[int, Glance]:
    """Return when a file below `folder` changed last, in nanoseconds, and all of them."""
    newest = 0
    found: Glance = {}
    folders = [(str(folder), "")]
    for path, above in folders:
        try:
            entries = list(os.scandir(path))
        except OSError:
            found[above] = "unreadable"
            continue
        for entry in entries:
            name = entry.name
            if name[0] == "." and not hidden:
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append((entry.path, f"{above}{name}/"))
                continue
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError:  # it has just gone
                continue
            changed = status.st_ctime_ns
            newest = changed if changed > newest else newest
            sign = f"{status.st_size} {status.st_mtime_ns} {changed} {status.st_ino}"
            if entry.is_symlink():
                sign += f" {Path(entry.path).readlink()} {Path(entry.path).exists()}"
            found[above + name] = sign
    return newest, found


def changed_pages(config: Config) -> frozenset[str] | None:
    """Return the files below the folder of pages that are not what was last rendered.

    That is, those written or removed since, by whomever; None if nobody knows.
    """
    try:
        site, rendered = (kept_folder(config) / _RENDERED).read_bytes().split(_BETWEEN)
        pages = _parts(config).pages
    except (OSError, ValueError):
        return None
    if site != _site(config):
        return None
    if pages == rendered and f"\0{_YOUNG}".encode() not in pages:
        return frozenset()
    before, now = _unpacked(rendered), _unpacked(pages)
    return frozenset(
        path
        for path in before.keys() | now.keys()
        if before.get(path) != now.get(path) or now[path] == _YOUNG
    )


def keep_rendered(config: Config) -> None:
    """Remember that the pages that the last run left are those of the finished site."""
    with suppress(OSError, ValueError):
        pages = _parts(config).pages
        _put(kept_folder(config) / _RENDERED, _BETWEEN.join((_site(config), pages)))


def unchanged(config: Config) -> Report | None:
    """Return what the last run reported, if another one would write the same pages again."""
    started = time.monotonic()
    try:
        last = _parts(config)
        told = json.loads(last.head)
        if (
            told["for"] != _circumstances(config)
            or last.seeds != _packed(glance(config.seeds))
            or last.pages != _packed(glance(config.out, hidden=True))
        ):
            return None
        problems = tuple(Problem(**each) for each in told["report"].pop("problems"))
        seconds = round(time.monotonic() - started, 3)
        return Report(**{**told["report"], "problems": problems, "seconds": seconds})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def marks(pages: Iterable[Page | Asset]) -> dict[str, str]:
    """Return a digest of what each page says, by path."""
    return {page.path: _digest(repr(page)) for page in pages}


def standing(config: Config, wanted: Mapping[str, str]) -> frozenset[str]:
    """Return the paths of the pages that lie there as `wanted`, by their marks.

    Those are the ones that the last run left with the same mark, if nobody touched them since.
    """
    try:
        last = _parts(config)
        if json.loads(last.head)["for"] != _circumstances(config):
            return frozenset()
        before, left = _unpacked(last.marks), _unpacked(last.pages)
    except (OSError, ValueError, TypeError, KeyError):
        return frozenset()
    now = glance(config.out)
    return frozenset(
        path
        for path, mark in wanted.items()
        if before.get(path) == mark and now.get(path, _YOUNG) == left.get(path) != _YOUNG
    )


def keep(config: Config, seeds: Glance, wanted: Mapping[str, str], report: Report) -> None:
    """Remember that `report`, and pages with the `wanted` marks, came of `seeds`.

    The seeds are as they were before they were read.
    """
    told = {"for": _circumstances(config), "report": {**asdict(report), "pages_written": 0}}
    pages = glance(config.out, hidden=True)
    parts = _Parts(json.dumps(told).encode(), _packed(seeds), _packed(pages), _packed(wanted))
    with suppress(OSError):
        _put(kept_folder(config) / _LAST, _BETWEEN.join(parts))


class _Parts(NamedTuple):
    """The parts of the record of the last run."""

    head: bytes
    """What else it depended on, and its report, in JSON."""
    seeds: bytes
    pages: bytes
    marks: bytes


def _parts(config: Config) -> _Parts:
    """Return the record. Raises `OSError` if there is none, `ValueError` if it is damaged."""
    parts = (kept_folder(config) / _LAST).read_bytes().split(_BETWEEN)
    if len(parts) != len(_Parts._fields):
        raise ValueError("it has other parts")
    return _Parts(*parts)


def kept_folder(config: Config) -> Path:
    """Return the folder of what builds remember."""
    return config.file.parent / ".mujaz-cache"


def _packed(found: Mapping[str, str]) -> bytes:
    # No path and no sign is empty, so two zeros in a row stand only between the parts of a file.
    lines = "\0".join([f"{path or '.'}\0{sign}" for path, sign in found.items()])
    return lines.encode("utf-8", "surrogateescape")


def _unpacked(packed: bytes) -> Glance:
    parts = packed.decode("utf-8", "surrogateescape").split("\0")
    return dict(zip(parts[::2], parts[1::2], strict=True)) if packed else {}


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _site(config: Config) -> bytes:
    return os.fsencode(config.site_dir)


def _circumstances(config: Config) -> str:
    """Return a digest of all but the articles that decides what is written."""
    code = glance(Path(generator.__file__).parent)
    code = {path: sign for path, sign in code.items() if "__pycache__" not in path}
    # Whatever is installed or removed leaves its mark on the folder that holds it.
    libraries = [Path(path).stat().st_ctime_ns for path in sys.path if path.endswith("-packages")]
    theme = glance(config.overrides) if config.overrides else {}
    known = (config, sorted(code.items()), sorted(theme.items()), sys.version, libraries)
    return _digest(repr(known))


def _put(path: Path, data: bytes) -> None:
    """Write all at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)
