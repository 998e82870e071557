"""Trees of files of which several share each file by hard links: none is ever written through."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager, suppress
from pathlib import Path

from mujaz.state.files import remove_file, write_atomically

_OTHERS_MAY_READ = 0o055
"""The bits of a mode by which a server that runs as somebody else can read."""


@contextmanager
def readable_by_servers() -> Iterator[None]:
    """Let new files and folders be readable by everybody, whatever the user's mask says."""
    mask = os.umask(0)
    os.umask(mask & ~_OTHERS_MAY_READ)
    try:
        yield
    finally:
        os.umask(mask)


def write_file(path: str, data: bytes) -> None:
    """Write a new file in the place of whatever is there, and the folders that it lies in."""
    try:
        descriptor = _created(path)
    except FileExistsError:
        _remove(Path(path))
        descriptor = _created(path)
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        descriptor = _created(path)
    except NotADirectoryError:
        _make_room_for_folder(Path(path).parent)
        descriptor = _created(path)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
    finally:
        os.close(descriptor)


def link_or_copy(source: Path, target: Path) -> None:
    """Make `target`, in the place of whatever is there, the same file as `source`.

    Where the file system knows no hard links it is a copy.
    """
    _make_room_for_folder(target.parent)
    if os.path.lexists(target):
        _remove(target)
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def can_link(folder: Path) -> bool:
    """Return whether files below a folder can have two names."""
    one, other = folder / ".mujaz-link-1", folder / ".mujaz-link-2"
    try:
        one.write_bytes(b"")
        os.link(one, other)
    except OSError:
        return False
    else:
        return True
    finally:
        for path in (one, other):
            path.unlink(missing_ok=True)


def catch_up(tree: Path, live: Path, paths: Iterable[str]) -> None:
    """Make the files `paths` below `tree` those below `live`, or remove them if they are not there.

    Those that go are removed first: what was a file may be a folder now.
    """
    present: list[str] = []
    missing: list[str] = []
    for path in sorted(paths):
        is_file = os.path.lexists(live / path) and not (live / path).is_dir()
        (present if is_file else missing).append(path)
    for path in missing:
        remove_path(tree, path)
    for path in present:
        link_or_copy(live / path, tree / path)


def remove_path(tree: Path, path: str) -> None:
    """Remove a file below `tree`, unless it is a folder now, or lies where a file is now."""
    if os.path.lexists(tree / path) and not (tree / path).is_dir():
        remove_file(tree / path, tree)


def remove_tree(tree: Path) -> None:
    """Remove a tree that nobody reads."""
    if tree.exists():
        shutil.rmtree(tree, ignore_errors=True)


def replace_files(tree: Path, live: Path, changed: Iterable[str], removed: Iterable[str]) -> None:
    """Give files below `live` the content that they have in `tree`, each at once; remove others."""
    for path in sorted(removed):
        remove_path(live, path)
    for path in sorted(changed):
        if (tree / path).is_file():
            data = (tree / path).read_bytes()
            _make_room_for_folder((live / path).parent)
            if not (live / path).is_file() or (live / path).read_bytes() != data:
                write_atomically(live / path, data)


def retire(tree: Path, live: Path, expected: Set[str]) -> set[str]:
    """Remove a tree that was live until now; return the paths of files that moved to `live`.

    Those are files that are not `expected`: somebody put them there while the next tree was made.
    """
    rescued = set[str]()
    for folder, names, files in os.walk(tree, topdown=False):
        for file in [Path(folder, name) for name in (*files, *names)]:
            path = file.relative_to(tree).as_posix()
            if file.is_dir() and not file.is_symlink():
                with suppress(OSError):
                    file.rmdir()
            elif path in expected or os.path.lexists(live / path):
                file.unlink()
            else:
                (live / path).parent.mkdir(parents=True, exist_ok=True)
                file.rename(live / path)
                rescued.add(path)
    with suppress(OSError):
        tree.rmdir()
    return rescued


def _created(path: str) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _make_room_for_folder(folder: Path) -> None:
    """Make a folder, in the place of a file if one lies there or above."""
    while not folder.is_dir():
        try:
            folder.mkdir(parents=True)
        except (FileExistsError, NotADirectoryError):
            obstacle = folder
            while not os.path.lexists(obstacle):
                obstacle = obstacle.parent
            obstacle.unlink()
