"""Remembers what the system said of each file and folder of the finished site, to see any damage.

A file that is as it was left has the mode, size and time of modification that it had; a folder in
which nobody added or removed a file has the time of modification that it had. The two trees of a
site (see `mujaz.publish.output.site_folder`) share their files, and have folders of their own.
"""

from __future__ import annotations

import json
import os
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from mujaz.errors import ConfigError
from mujaz.state.files import write_atomically

MARK = ".mujaz-site"
"""Name of the listing of our files in the folder of a site, by which the folder is known as ours:
a line for each, as `sha256sum` writes and checks them."""
SITE_RECORD = "site"
"""Name of the file of the record, in the folder of what runs leave for the next ones."""
_NO_CONTENT = {".git", ".gitattributes", ".gitignore", ".nojekyll", ".well-known", "CNAME"}
"""Names in a folder that is meant to be a site, and is none yet."""
_WIDTH = 3
"""Numbers that stand for a path: mode, size (0 for a folder), time of modification in ns."""
_MISSING = (0, 0, 0)
_FILE_TYPE, _FOLDER = 0o170000, 0o040000


class Signatures(NamedTuple):
    """What the system said of files or folders below one folder."""

    paths: list[str]
    """Sorted; the folder itself is empty."""
    numbers: array[int]
    """`_WIDTH` for each path."""

    def changed(self, root: str) -> list[str]:
        """Return the paths of which the system says something else now, below `root`."""
        now = _take(root, self.paths)
        if now == self.numbers:
            return []
        return [
            path
            for path, start in zip(self.paths, range(0, len(now), _WIDTH), strict=True)
            if now[start : start + _WIDTH] != self.numbers[start : start + _WIDTH]
        ]

    def updated(self, root: str, changed: Iterable[str], removed: Iterable[str]) -> Signatures:
        """Return the signatures with those of the `changed` paths as they are now, below `root`."""
        paths, numbers = self.paths[:], self.numbers[:]
        for path in removed:
            index = bisect_left(paths, path)
            if paths[index : index + 1] == [path]:
                del paths[index]
                del numbers[index * _WIDTH : (index + 1) * _WIDTH]
        for path in changed:
            index = bisect_left(paths, path)
            is_new = paths[index : index + 1] != [path]
            if is_new:
                paths.insert(index, path)
            end = index if is_new else index + 1
            numbers[index * _WIDTH : end * _WIDTH] = _take(root, [path])
        return Signatures(paths, numbers)


def take_signatures(root: str, paths: Iterable[str]) -> Signatures:
    """Return what the system says of the files and folders `paths` below `root`."""
    ordered = sorted(paths)
    return Signatures(ordered, _take(root, ordered))


def _take(root: str, paths: Iterable[str]) -> array[int]:
    numbers: list[int] = []
    stat = os.stat
    for path in paths:
        try:
            status = stat(f"{root}/{path}", follow_symlinks=False)
        except OSError:
            numbers += _MISSING
            continue
        mode = status.st_mode
        size = status.st_size if mode & _FILE_TYPE != _FOLDER else 0
        numbers += (mode, size, status.st_mtime_ns)
    return array("q", numbers)


class SiteRecord(NamedTuple):
    """What the last publication left on disk."""

    site: str
    """The path of its folder."""
    live: tuple[int, int]
    """Device and inode of that folder."""
    spare: tuple[int, int] | None
    """The same of the spare tree; None if there is none."""
    pending: frozenset[str]
    """Paths of which the spare tree may differ from the live one."""
    foreign: frozenset[str]
    """Paths of what others put into the site; those of folders end in a slash."""
    files: Signatures
    """Of our files."""
    live_folders: Signatures
    """Of the folders that these lie in."""
    spare_folders: Signatures
    """Of the same folders in the spare tree."""

    def to_bytes(self) -> bytes:
        """Return the record as bytes: a line that says of what, one of lengths, the rest."""
        head = (self.site, self.live, self.spare, sorted(self.pending), sorted(self.foreign))
        parts = []
        for paths, numbers in self[5:]:
            parts += ["\0".join(paths).encode("utf-8", "surrogateescape"), numbers.tobytes()]
        lengths = " ".join(str(len(part)) for part in parts)
        return b"".join([f"{json.dumps(head)}\n{lengths}\n".encode(), *parts])


def read_record(
    path: Path, site: Path, *, with_folders: bool = True
) -> tuple[SiteRecord, str] | None:
    """Return the record in a file, if it is sound and speaks of the folder that is at `site`.

    With it comes its token, a text that tells it from others. Those who only look at files may do
    without what it says of folders.
    """
    try:
        line, _, data = path.read_bytes().partition(b"\n")
        token = line.decode("ascii")
        if token != _token(data):
            return None
        head, _, rest = data.partition(b"\n")
        lengths, _, rest = rest.partition(b"\n")
        name, live, spare, pending, foreign = json.loads(head)
        parts, start = [], 0
        for length in map(int, lengths.split()):
            parts.append(rest[start : start + length])
            start += length
        if not with_folders:
            parts[2:] = [b""] * (len(parts) - 2)
        signatures = [
            Signatures(joined.decode("utf-8", "surrogateescape").split("\0"), array("q", numbers))
            for joined, numbers in zip(parts[::2], parts[1::2], strict=True)
        ]
    except (OSError, ValueError):
        return None
    if name != str(site) or tuple(live) != folder_identity(site):
        return None
    trees = (tuple(live), spare and tuple(spare))
    return SiteRecord(name, *trees, frozenset(pending), frozenset(foreign), *signatures), token


def read_token(path: Path, site: Path) -> str:
    """Return the token of a record that has just been written; empty if it is of another site."""
    try:
        with path.open("rb") as file:
            token, head = file.readline(), file.readline()
        return token.decode().strip() if json.loads(head)[0] == str(site) else ""
    except (OSError, ValueError):
        return ""


def write_record(path: Path, record: SiteRecord) -> str:
    """Write a record and return its token; where none can be written, the site is made anew."""
    data = record.to_bytes()
    token = _token(data)
    with suppress(OSError):
        write_atomically(path, f"{token}\n".encode() + data)
    return token


def folder_identity(folder: Path) -> tuple[int, int] | None:
    """Return device and inode of a folder; None if it is not there, or is no folder."""
    try:
        status = folder.lstat()
    except OSError:
        return None
    is_folder = status.st_mode & _FILE_TYPE == _FOLDER
    return (status.st_dev, status.st_ino) if is_folder else None


def refuse_foreign_site(site: Path, record: Path, *, force: bool = False) -> None:
    """Raise `ConfigError` if `site` is a file, or a folder with content that we did not make.

    It is ours if it has our listing, or else if it is the one that the file `record` speaks of.

    What hosts and git want in a site, such as the `.git` of a publishing worktree, is no content.
    `force` admits any folder but a home: what lies there stays, but for files of the same names.
    """
    if site in (Path.home(), *Path.home().parents):
        raise ConfigError(
            f"{site}: is, or holds, your home folder; choose another one for the site"
        )
    if not os.path.lexists(site) or (site / MARK).is_file():
        return
    if not site.is_dir():
        raise ConfigError(f"{site}: is a file; choose a folder for the site, or move the file away")
    has_content = any(entry.name not in _NO_CONTENT for entry in os.scandir(site))
    if has_content and not force and read_record(record, site) is None:
        raise ConfigError(
            f"{site}: holds files that mujaz did not put there; choose another folder with "
            "--site-dir, empty this one, or build once with --force: it keeps them, but for files "
            "of the same names as the site's"
        )


def _token(data: bytes) -> str:
    return f"{crc32(data):08x}-{len(data):x}"
