"""What the system says of the files of a folder, so that those that changed are known unread.

Files are told apart by size, time of the last status change, and inode: anybody can set the time of
modification, but nobody that of the status change. A file that changed in the very tick in which
it was looked at could change again unseen, so what is that young is never taken for known (as git
does with its index).
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

_TICK = 20_000_000
"""Nanoseconds: clocks of file systems advance in steps of up to 10 ms."""
_SECOND = 1_000_000_000
_FIELDS = 3
"""Numbers that stand for a file: time of the last status change, size, inode."""
_UNREADABLE, _GONE = (0, -1, 0), (-1, -1, 0)
_YOUNG = -2
"""Stands in the place of a size for what changed too short a while ago to be known."""
_FEW = 50
"""Files that are looked for one by one."""
_PART = 100 * _FIELDS
"""Numbers that are compared at once."""
_BETWEEN = b"\0\0"
_KIND, _LINK = 0o170000, 0o120000
"""The bits of a mode that say what kind of file it is, and what they are for a link."""


class Glance:
    """The files below a folder, and what the system says of each."""

    __slots__ = ("_packed", "names", "signs")

    def __init__(self, names: list[str], signs: array[int]) -> None:
        """Take paths below the folder, and `_FIELDS` numbers for each."""
        self.names = names
        self.signs = signs
        self._packed = b""

    def __eq__(self, other: object) -> bool:
        """Whether nothing has changed; where something is too young to be known, it has."""
        return isinstance(other, Glance) and not self.changed_since(other)

    __hash__ = None  # type: ignore[assignment]

    def changed_since(self, before: Glance) -> set[str]:
        """Return the files that came, went or changed, and those that are too young to be known."""
        if self.names == before.names:
            if self.signs == before.signs and _YOUNG not in self.signs:
                return set()
            young = (at // _FIELDS for at in self._young())
            return {self.names[at] for at in chain(young, self._others(before))}
        now, then = dict(self._items()), dict(before._items())
        found = {name for name, sign in now.items() if then.get(name) != sign or sign[1] == _YOUNG}
        return found | (then.keys() - now.keys())

    def _young(self) -> Iterator[int]:
        """Yield where files stand that are too young to be known."""
        at = -1
        while _YOUNG in self.signs[at + 1 :]:
            at = self.signs.index(_YOUNG, at + 1)
            yield at

    def _others(self, before: Glance) -> Iterator[int]:
        """Yield the numbers of the files that are others than `before`, which has the same names.

        They are looked for part by part, as few files change.
        """
        now, then = memoryview(self.signs), memoryview(before.signs)
        for start in range(0, len(now), _PART):
            if now[start : start + _PART] != then[start : start + _PART]:
                for at in range(start, min(start + _PART, len(now)), _FIELDS):
                    if now[at : at + _FIELDS] != then[at : at + _FIELDS]:
                        yield at // _FIELDS

    def _each(self) -> Iterator[tuple[int, ...]]:
        fields = iter(self.signs)
        return zip(fields, fields, fields, strict=True)

    def _items(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        return zip(self.names, self._each(), strict=True)

    def updated(self, folder: Path, paths: Iterable[str]) -> Glance:
        """Return the same with what the system says now of `paths` below the folder.

        Looks once more if one of them is too young to be known.
        """
        names, signs = [*self.names], self.signs[:]
        wanted = list(paths)
        for _ in range(2):
            places = _places(names, wanted)
            newest = 0
            for path in wanted:
                at = places.get(path, len(names))
                try:
                    sign = _sign(str(folder / path), (folder / path).lstat())
                except OSError:
                    sign = _GONE
                if at == len(names) and sign != _GONE:
                    names.append(path)
                    signs.extend(sign)
                elif at < len(names):
                    signs[at * _FIELDS : (at + 1) * _FIELDS] = array("q", sign)
                newest = max(newest, sign[0])
            if not 0 <= time.time_ns() - newest < _TICK:
                break
            time.sleep(_TICK / _SECOND)
        return _without_young(Glance(*_without_gone(names, signs)))

    def digest(self) -> str:
        """Return what stands for it."""
        return blake2b(self.packed(), digest_size=16).hexdigest()

    def packed(self) -> bytes:
        """Return it as bytes that do not hold two zeros between names and signs."""
        if not self._packed:
            names = "\0".join(self.names).encode("utf-8", "surrogateescape")
            self._packed = _BETWEEN.join((names, self.signs.tobytes()))
        return self._packed


def _places(names: list[str], wanted: list[str]) -> dict[str, int]:
    """Return where those of the `wanted` stand that are among `names`."""
    if len(wanted) > _FEW:
        return {name: at for at, name in enumerate(names)}
    found = {}
    for name in wanted:
        with suppress(ValueError):
            found[name] = names.index(name)
    return found


def _without_gone(names: list[str], signs: array[int]) -> tuple[list[str], array[int]]:
    gone = [at for at in range(len(names)) if signs[at * _FIELDS] < 0] if -1 in signs else []
    for at in reversed(gone):
        del names[at]
        del signs[at * _FIELDS : (at + 1) * _FIELDS]
    return names, signs


def unpacked(data: bytes) -> Glance:
    """Return what `Glance.packed` made `data` of. Raises `ValueError` if it is damaged."""
    names, between, signs = data.partition(_BETWEEN)
    found = array("q")
    found.frombytes(signs)
    told = names.decode("utf-8", "surrogateescape").split("\0") if names else []
    if not between or len(found) != _FIELDS * len(told):
        raise ValueError("it is damaged")
    return Glance(told, found)


def glance(folder: Path, *, hidden: bool = False, without: frozenset[str] = frozenset()) -> Glance:
    """Return what the system says of the files below `folder`, `hidden` ones too if asked for.

    Folders with the names, or at the paths, `without` are passed over.
    Waits for the next tick of the clock, if need be, so that nothing seen can change unseen.
    """
    found = _look(folder, hidden, without)
    if 0 <= time.time_ns() - _newest(found) < _TICK:
        time.sleep(_TICK / _SECOND)
        found = _look(folder, hidden, without)
    return _without_young(found)


def _without_young(found: Glance) -> Glance:
    """Say of files that are too young to be known that they are."""
    newest = _newest(found)
    # Some file systems count whole seconds; and where files seem to come from the future, the
    # clock that stamps them is not ours.
    step = _TICK if newest % _SECOND else 2 * _SECOND
    now = time.time_ns()
    if now - newest < step:
        oldest_young = min(newest, now) - step
        for at in range(0, len(found.signs), _FIELDS):
            if found.signs[at] >= oldest_young and found.signs[at + 1] >= 0:
                found.signs[at + 1] = _YOUNG
    return found


def _newest(found: Glance) -> int:
    return max(found.signs[::_FIELDS], default=0)


def _look(folder: Path, hidden: bool, without: frozenset[str]) -> Glance:
    names: list[str] = []
    signs: list[int] = []
    folders = [(str(folder), "")]
    for path, above in folders:
        try:
            # By its number: the system then need not find the folder again for each file.
            number = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError:
            names.append(above or ".")
            signs += _UNREADABLE
            continue
        try:
            for entry in os.scandir(number):
                name = entry.name
                if name[0] == "." and not hidden:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if without.isdisjoint((name, f"{above}{name}")):
                        folders.append((f"{path}/{name}", f"{above}{name}/"))
                    continue
                try:
                    status = entry.stat(follow_symlinks=False)
                except OSError:  # it has just gone
                    continue
                names.append(above + name)
                if status.st_mode & _KIND == _LINK:
                    signs += _sign(f"{path}/{name}", status)
                else:
                    signs += (status.st_ctime_ns, status.st_size, status.st_ino)
        finally:
            os.close(number)
    return Glance(names, array("q", signs))


def _sign(path: str, status: os.stat_result) -> tuple[int, int, int]:
    """Return what stands for a file; for a link, that changes when what it leads to does."""
    if status.st_mode & _KIND != _LINK:
        return status.st_ctime_ns, status.st_size, status.st_ino
    try:
        there = Path(path).stat()
        told = (there.st_ctime_ns, there.st_size, there.st_ino)
    except OSError:  # it leads nowhere, or to itself
        told = _UNREADABLE
    target = os.fsencode(Path(path).readlink())
    changed = max(status.st_ctime_ns, told[0])
    return changed, crc32(repr((target, told)).encode()), status.st_ino
