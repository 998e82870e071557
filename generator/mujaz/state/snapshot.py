"""Snapshots of folders: what the system says of each file, to tell which changed

Files are told apart by inode, size, and time of the last status change: anybody can set the time
of modification, but nobody that of the status change. A file that changed in the very tick of the
clock in which it was looked at could change again unseen, so one that young counts as changed (git
does the same with its index).
"""

from __future__ import annotations

import os
import time
from array import array
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from zlib import crc32

_TICK_NS = 20_000_000
"""Clocks of file systems advance in steps of up to 10 ms."""
_SECOND_NS = 1_000_000_000
_STAT_NUMBERS = 3
"""Numbers that stand for a file: time of the last status change, size, inode."""
_UNREADABLE, _MISSING = (0, -1, 0), (-1, -1, 0)
_TOO_YOUNG = -2
"""Stands in the place of a size for a file that changed too short a while ago."""
_MAX_PATHS_SEARCHED_SINGLY = 50
_COMPARED_NUMBERS = 100 * _STAT_NUMBERS
"""Numbers that are compared at once."""
_SEPARATOR = b"\0\0"
_FILE_TYPE, _LINK = 0o170000, 0o120000
"""The bits of a mode that say what type of file it is, and what they are for a link."""


class Snapshot:
    """The files below a folder, and what the system says of each."""

    __slots__ = ("_bytes", "paths", "stats")

    def __init__(self, paths: list[str], stats: array[int]) -> None:
        """Take paths below the folder, and `_STAT_NUMBERS` numbers for each."""
        self.paths = paths
        self.stats = stats
        self._bytes = b""

    def __eq__(self, other: object) -> bool:
        """Whether no file changed; where one is too young to tell, it has."""
        return isinstance(other, Snapshot) and not self.changed_since(other)

    __hash__ = None  # type: ignore[assignment]

    def changed_since(self, before: Snapshot) -> set[str]:
        """Return the paths that were added, removed or changed, and those too young to tell."""
        if self.paths == before.paths:
            if self.stats == before.stats and _TOO_YOUNG not in self.stats:
                return set()
            young = (index // _STAT_NUMBERS for index in self._young_indices())
            return {self.paths[number] for number in chain(young, self._differing(before))}
        stat_now, stat_then = dict(self._items()), dict(before._items())
        changed = {
            path
            for path, stat in stat_now.items()
            if stat_then.get(path) != stat or stat[1] == _TOO_YOUNG
        }
        return changed | (stat_then.keys() - stat_now.keys())

    def _young_indices(self) -> Iterator[int]:
        index = -1
        while _TOO_YOUNG in self.stats[index + 1 :]:
            index = self.stats.index(_TOO_YOUNG, index + 1)
            yield index

    def _differing(self, before: Snapshot) -> Iterator[int]:
        """Yield the numbers of the files whose stats differ from `before`, whose paths are equal.

        They are looked for part by part, as few files change.
        """
        now, then = memoryview(self.stats), memoryview(before.stats)
        for start in range(0, len(now), _COMPARED_NUMBERS):
            end = start + _COMPARED_NUMBERS
            if now[start:end] != then[start:end]:
                for index in range(start, min(end, len(now)), _STAT_NUMBERS):
                    if now[index : index + _STAT_NUMBERS] != then[index : index + _STAT_NUMBERS]:
                        yield index // _STAT_NUMBERS

    def _items(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        numbers = iter(self.stats)
        return zip(self.paths, zip(numbers, numbers, numbers, strict=True), strict=True)

    def updated(self, folder: Path, changed: Iterable[str]) -> Snapshot:
        """Return the snapshot with what the system says now of the paths that `changed`.

        It looks once more if one of them is too young to tell.
        """
        paths, stats = [*self.paths], self.stats[:]
        changed = list(changed)
        for _ in range(2):
            numbers = _numbers_of(changed, paths)
            newest = 0
            for path in changed:
                number = numbers.get(path, len(paths))
                try:
                    stat = _stat(str(folder / path), (folder / path).lstat())
                except OSError:
                    stat = _MISSING
                if number == len(paths) and stat != _MISSING:
                    paths.append(path)
                    stats.extend(stat)
                elif number < len(paths):
                    start = number * _STAT_NUMBERS
                    stats[start : start + _STAT_NUMBERS] = array("q", stat)
                newest = max(newest, stat[0])
            if not 0 <= time.time_ns() - newest < _TICK_NS:
                break
            time.sleep(_TICK_NS / _SECOND_NS)
        return _with_young_marked(_without_missing(Snapshot(paths, stats)))

    def fingerprint(self) -> str:
        """Return a text that stands for the snapshot."""
        return blake2b(self.to_bytes(), digest_size=16).hexdigest()

    def to_bytes(self) -> bytes:
        """Return the snapshot as bytes, for `from_bytes`."""
        if not self._bytes:
            paths = "\0".join(self.paths).encode("utf-8", "surrogateescape")
            self._bytes = _SEPARATOR.join((paths, self.stats.tobytes()))
        return self._bytes


def from_bytes(data: bytes) -> Snapshot:
    """Return the snapshot that `Snapshot.to_bytes` wrote. Raises `ValueError` if it is damaged."""
    joined, separator, numbers = data.partition(_SEPARATOR)
    stats = array("q")
    stats.frombytes(numbers)
    paths = joined.decode("utf-8", "surrogateescape").split("\0") if joined else []
    if not separator or len(stats) != _STAT_NUMBERS * len(paths):
        raise ValueError("the snapshot is damaged")
    return Snapshot(paths, stats)


def take_snapshot(
    folder: Path, *, hidden: bool = False, excluded: frozenset[str] = frozenset()
) -> Snapshot:
    """Return what the system says of the files below `folder`, `hidden` ones too if asked for.

    Folders whose names, or whose paths, are `excluded` are passed over. If a file changed in this
    tick of the clock, the next one is awaited, so that nothing seen can change unseen.
    """
    snapshot = _scan(folder, hidden, excluded)
    if 0 <= time.time_ns() - _newest(snapshot) < _TICK_NS:
        time.sleep(_TICK_NS / _SECOND_NS)
        snapshot = _scan(folder, hidden, excluded)
    return _with_young_marked(snapshot)


def _scan(folder: Path, hidden: bool, excluded: frozenset[str]) -> Snapshot:
    paths: list[str] = []
    stats: list[int] = []
    folders = [(str(folder), "")]
    for path, above in folders:
        try:
            # By its number: the system then need not find the folder again for each file.
            descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError:
            paths.append(above or ".")
            stats += _UNREADABLE
            continue
        try:
            for entry in os.scandir(descriptor):
                name = entry.name
                if name[0] == "." and not hidden:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if excluded.isdisjoint((name, f"{above}{name}")):
                        folders.append((f"{path}/{name}", f"{above}{name}/"))
                    continue
                try:
                    status = entry.stat(follow_symlinks=False)
                except FileNotFoundError:  # it has just been removed
                    continue
                except OSError:
                    paths.append(above + name)
                    stats += _UNREADABLE
                    continue
                paths.append(above + name)
                if status.st_mode & _FILE_TYPE == _LINK:
                    stats += _stat(f"{path}/{name}", status)
                else:
                    stats += (status.st_ctime_ns, status.st_size, status.st_ino)
        except OSError:  # the disk or the network is at fault: who read on may find the rest
            paths.append(above or ".")
            stats += _UNREADABLE
        finally:
            os.close(descriptor)
    return Snapshot(paths, array("q", stats))


def _stat(path: str, status: os.stat_result) -> tuple[int, int, int]:
    """Return the numbers of a file; those of a link change when what it leads to does."""
    if status.st_mode & _FILE_TYPE != _LINK:
        return status.st_ctime_ns, status.st_size, status.st_ino
    try:
        target_status = Path(path).stat()
        target = (target_status.st_ctime_ns, target_status.st_size, target_status.st_ino)
    except OSError:  # it leads nowhere, or to itself
        target = _UNREADABLE
    try:
        address = os.fsencode(Path(path).readlink())
    except OSError:  # it has just been replaced, or the disk is at fault
        return _UNREADABLE
    changed = max(status.st_ctime_ns, target[0])
    return changed, crc32(repr((address, target)).encode()), status.st_ino


def _numbers_of(wanted: list[str], paths: list[str]) -> dict[str, int]:
    """Return the index in `paths` of each of the `wanted` that is there."""
    if len(wanted) > _MAX_PATHS_SEARCHED_SINGLY:
        return {path: number for number, path in enumerate(paths)}
    numbers = {}
    for path in wanted:
        with suppress(ValueError):
            numbers[path] = paths.index(path)
    return numbers


def _without_missing(snapshot: Snapshot) -> Snapshot:
    """Remove the files that are no more."""
    paths, stats = snapshot.paths, snapshot.stats
    if _MISSING[0] in stats:
        missing = [n for n in range(len(paths)) if stats[n * _STAT_NUMBERS] < 0]
        for number in reversed(missing):
            del paths[number]
            del stats[number * _STAT_NUMBERS : (number + 1) * _STAT_NUMBERS]
    return snapshot


def _with_young_marked(snapshot: Snapshot) -> Snapshot:
    """Mark the files that changed too short a while ago."""
    newest = _newest(snapshot)
    # Some file systems count whole seconds; and where files seem to come from the future, the
    # clock that stamps them is not ours.
    tick = _TICK_NS if newest % _SECOND_NS else 2 * _SECOND_NS
    now = time.time_ns()
    if now - newest < tick:
        oldest_young = min(newest, now) - tick
        stats = snapshot.stats
        for index in range(0, len(stats), _STAT_NUMBERS):
            if stats[index] >= oldest_young and stats[index + 1] >= 0:
                stats[index + 1] = _TOO_YOUNG
    return snapshot


def _newest(snapshot: Snapshot) -> int:
    return max(snapshot.stats[::_STAT_NUMBERS], default=0)
