"""What the system says of files, and when it is believed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from mujaz.state.snapshot import Snapshot, from_bytes, take_snapshot

from tests.support import write_seeds

NAMES = ("a.txt", "b/c.txt", "b/d.txt", "\u0645\u0644\u0641.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_seeds(tmp_path / "files", dict.fromkeys(NAMES, "abc"))


def in_place(path: Path) -> None:
    """Change what is in a file, but neither its size nor its time of modification."""
    before = path.stat()
    path.write_bytes(path.read_bytes()[::-1])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "nothing": (lambda f: None, set()),
    "edited": (lambda f: in_place(f / "b/c.txt"), {"b/c.txt"}),
    "added": (lambda f: write_seeds(f, {"b/new.txt": ""}), {"b/new.txt"}),
    "removed": (lambda f: (f / "a.txt").unlink(), {"a.txt"}),
    "renamed": (lambda f: (f / "a.txt").rename(f / "b/a.txt"), {"a.txt", "b/a.txt"}),
    "linked": (lambda f: (f / "link").symlink_to("b/c.txt"), {"link"}),
    "hidden": (lambda f: write_seeds(f, {".x": "", ".y/z.txt": ""}), set()),
}


@pytest.mark.parametrize(("change", "expected"), CHANGES.values(), ids=CHANGES.keys())
def test_every_change_is_seen(
    change: Callable[[Path], object], expected: set[str], folder: Path
) -> None:
    before = take_snapshot(folder)
    assert sorted(before.paths) == sorted(NAMES)
    change(folder)
    after = take_snapshot(folder)
    assert after.changed_since(before) == expected
    assert (after == before) == (not expected)
    assert from_bytes(after.to_bytes()) == after
    assert before.updated(folder, expected).changed_since(after) == set()


def test_what_a_link_leads_to_counts(folder: Path) -> None:
    (folder / "link").symlink_to("b/c.txt")
    before = take_snapshot(folder)
    in_place(folder / "b/c.txt")
    assert take_snapshot(folder).changed_since(before) == {"link", "b/c.txt"}


def test_order_does_not_count(folder: Path) -> None:
    found = take_snapshot(folder)
    signs = found.stats[:0]
    for at in range(len(found.stats) - 3, -1, -3):
        signs.extend(found.stats[at : at + 3])
    assert Snapshot(found.paths[::-1], signs) == found


@pytest.mark.parametrize("data", [b"", b"a", b"a\0\0", b"a\0\0" + b"\0" * 8])
def test_what_is_damaged_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        from_bytes(data)


def test_what_is_too_young_is_not_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_seeds(tmp_path, {"a.txt": "abc"})
    ahead = time.time_ns() + 10**12  # the file system's clock is behind ours: all is old
    monkeypatch.setattr(time, "time_ns", lambda: ahead)
    known = take_snapshot(tmp_path)
    assert known == take_snapshot(tmp_path)
    behind = (tmp_path / "a.txt").stat().st_ctime_ns - 1  # files seem to come from the future
    monkeypatch.setattr(time, "time_ns", lambda: behind)
    assert take_snapshot(tmp_path) != take_snapshot(tmp_path)


def test_the_clock_ticks_before_a_fresh_file_is_taken_for_known(tmp_path: Path) -> None:
    write_seeds(tmp_path, {"a.txt": "abc"})
    before = take_snapshot(tmp_path)
    in_place(tmp_path / "a.txt")
    assert before != take_snapshot(tmp_path)


def test_folders_are_passed_over_by_name_or_path_and_no_others(tmp_path: Path) -> None:
    write_seeds(tmp_path, dict.fromkeys(("a/b/x", "a/c/x", "c/x", "__pycache__/x"), ""))
    assert sorted(take_snapshot(tmp_path).paths) == ["__pycache__/x", "a/b/x", "a/c/x", "c/x"]
    assert sorted(take_snapshot(tmp_path, excluded=frozenset({"c", "a/b"})).paths) == [
        "__pycache__/x"
    ]


@pytest.mark.parametrize("error", [PermissionError(13, "refused"), OSError(5, "broken")])
def test_a_folder_that_cannot_be_read_is_no_empty_folder(
    error: OSError, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = take_snapshot(folder)
    opened = os.open

    def refuse(path: str, *arguments: int) -> int:
        if str(path).endswith("/b"):
            raise error
        return opened(path, *arguments)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        for _ in range(2):
            refused = take_snapshot(folder)
            assert "b/" in refused.paths
            assert refused.changed_since(before) == {"b/", "b/c.txt", "b/d.txt"}
    assert take_snapshot(folder).changed_since(refused) == {"b/", "b/c.txt", "b/d.txt"}
