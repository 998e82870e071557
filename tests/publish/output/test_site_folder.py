"""The folder of a site: readers see the old one or the new one, and others' files stay."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.errors import ConfigError, MujazError
from mujaz.publish.output import exchange, site_folder, trees
from mujaz.publish.output.site_folder import SiteFolder
from mujaz.publish.output.site_listing import content_digest, listing_text, read_listing
from mujaz.state.site_record import MARK, refuse_foreign_site

from tests.support import contents, write_seeds

Files = Mapping[str, bytes]
FIRST: Files = {"index.html": b"1", "a/index.html": b"a", "a/b/index.html": b"b", "x": b"x"}
SECOND: Files = {"index.html": b"2", "a/index.html": b"a", "c/index.html": b"c", "x/y": b"y"}
FOREIGN: Files = {"CNAME": b"me", ".well-known/acme/token": b"t", "a/b/note.txt": b"n"}


def publish(folder: Path, files: Files, **options: Any) -> None:
    """Publish a site as a run does."""
    site = SiteFolder(folder / "site", folder / "record", **options)
    tree = site.begin()
    try:
        site.publish(tree, {path: tree.write(path, data) for path, data in files.items()})
    except BaseException:
        site.abandon(tree)
        raise


class Killed(BaseException):
    """As if the process had been ended here."""


_CALLS = ("open", "link", "unlink", "rename", "replace", "mkdir", "rmdir", "symlink")


@contextmanager
def killed_after(calls: int) -> Iterator[None]:
    """Have the process end at one of its calls that change files: it does nothing after that."""
    left = [calls]

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            return real(*args, **options)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in _CALLS:
            patch.setattr(os, name, counted(getattr(os, name)))
        real_exchange = exchange.exchange
        patch.setattr(exchange, "exchange", counted(real_exchange))
        with suppress(Killed):
            yield


@pytest.mark.parametrize("calls", range(0, 120, 3))
@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_kill_leaves_the_old_site_or_the_new_one(
    calls: int, can_exchange: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not can_exchange:
        monkeypatch.setattr(exchange, "exchange", _fails)
    publish(tmp_path, FIRST)
    write_seeds(tmp_path / "site", FOREIGN)
    with killed_after(calls):
        publish(tmp_path, SECOND)
    site = contents(tmp_path / "site")
    is_between_renames = not can_exchange and not (tmp_path / "site").exists()
    assert site in ({**FIRST, **FOREIGN}, {**SECOND, **FOREIGN}) or is_between_renames
    publish(tmp_path, SECOND)
    assert contents(tmp_path / "site") == {**SECOND, **FOREIGN}
    publish(tmp_path, FIRST)
    assert contents(tmp_path / "site") == {**FIRST, **FOREIGN}


def _fails(*args: object, **options: object) -> None:
    raise OSError(errno.EINVAL, "Invalid argument")


_PATHS = st.sampled_from(["index.html", "a", "a/index.html", "b/index.html", "b/c", "b/c/d", "e"])
_SITES = st.dictionaries(_PATHS, st.sampled_from([b"1", b"2"]), max_size=5).filter(
    lambda files: not any(f"{one}/" in other for one in files for other in files)
)
_OTHERS = st.dictionaries(
    st.sampled_from(["CNAME", ".well-known/a", "b/mine", "mine/b/c"]), st.sampled_from([b"3", b"4"])
)
_STEPS = st.lists(st.tuples(_SITES, _OTHERS, st.none() | st.integers(0, 60)), max_size=5)


@settings(max_examples=150)
@given(_STEPS, st.booleans(), st.integers(0, 3))
def test_any_history_ends_in_the_last_site(steps: Any, can_link: bool, pending: int) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        patch.setattr(site_folder, "_MAX_PENDING_PATHS", pending)
        if not can_link:
            patch.setattr(os, "link", _fails)
        others: dict[str, bytes] = {}
        for files, foreign, calls in steps:
            for path in others.keys() - foreign.keys():
                (folder / "site" / path).unlink(missing_ok=True)
            write_seeds(folder / "site", foreign)
            others = foreign
            if calls is not None:
                with killed_after(calls):
                    publish(folder, files)
            publish(folder, files)
            assert contents(folder / "site") == {**files, **others}
            assert read_listing(folder / "site" / MARK) == {
                path: content_digest(data) for path, data in files.items()
            }


@pytest.mark.parametrize(
    "damage",
    [
        lambda site: (site / "index.html").unlink(),
        lambda site: (site / "index.html").write_bytes(b"defaced"),
        lambda site: shutil.rmtree(site / "a"),
        lambda site: (site / MARK).unlink(),
        lambda site: (site / MARK).write_bytes(b"cut"),
        lambda site: os.truncate(site / "a" / "index.html", 0),
    ],
    ids=["removed", "written", "folder", "no listing", "cut listing", "truncated"],
)
def test_damage_is_seen_and_mended(damage: Callable[[Path], object], tmp_path: Path) -> None:
    publish(tmp_path, FIRST)
    damage(tmp_path / "site")
    assert SiteFolder(tmp_path / "site", tmp_path / "record").damaged_files()
    refuse_foreign_site(tmp_path / "site", tmp_path / "record")
    for files in (FIRST, SECOND, FIRST):
        publish(tmp_path, files)
        assert contents(tmp_path / "site") == files
        assert not SiteFolder(tmp_path / "site", tmp_path / "record").damaged_files()


def test_files_that_did_not_change_are_the_same_files(tmp_path: Path) -> None:
    publish(tmp_path, FIRST)
    before = (tmp_path / "site" / "a" / "index.html").stat()
    for files in (SECOND, FIRST, SECOND):
        publish(tmp_path, files)
        assert (tmp_path / "site" / "a" / "index.html").stat().st_ino == before.st_ino
    assert before.st_nlink == 2  # the spare tree's


def test_a_repository_stays_a_repository(tmp_path: Path) -> None:
    publish(tmp_path, FIRST)
    write_seeds(tmp_path / "site", {".git/HEAD": b"ref: refs/heads/pages\n"})
    for files in (SECOND, FIRST, SECOND):
        publish(tmp_path, files)
        assert contents(tmp_path / "site") == {**files, ".git/HEAD": b"ref: refs/heads/pages\n"}


@pytest.mark.parametrize("foreign", ["c", "c/index.html", "c/index.html/deep"])
def test_a_file_in_the_way_is_named(foreign: str, tmp_path: Path) -> None:
    publish(tmp_path, FIRST)
    write_seeds(tmp_path / "site", {foreign: b"mine"})
    for _ in range(2):
        with pytest.raises(MujazError, match="not put there by mujaz"):
            publish(tmp_path, SECOND)
        assert contents(tmp_path / "site") == {**FIRST, foreign: b"mine"}
    if foreign in SECOND:
        publish(tmp_path, SECOND, force=True)
        assert contents(tmp_path / "site") == SECOND
    else:  # no folder is ever replaced
        with pytest.raises(MujazError, match="not put there by mujaz"):
            publish(tmp_path, SECOND, force=True)
        assert contents(tmp_path / "site") == {**FIRST, foreign: b"mine"}


def test_what_belongs_to_others_keeps_its_mode(tmp_path: Path) -> None:
    publish(tmp_path, FIRST)
    site = tmp_path / "site"
    write_seeds(site, {".private/key": b"k", "a/own/note": b"n"})
    (site / "empty").mkdir(0o700)
    for folder, mode in ((".private", 0o700), ("a/own", 0o2750), ("", 0o711)):
        (site / folder).chmod(mode)
    for files in (SECOND, FIRST, SECOND, FIRST):
        publish(tmp_path, files)
        assert (site / ".private").stat().st_mode & 0o7777 == 0o700
        assert (site / "a/own").stat().st_mode & 0o7777 == 0o2750
        assert site.stat().st_mode & 0o7777 == 0o711
        assert (site / "empty").is_dir()


def test_a_link_in_the_place_of_an_own_folder_stays_a_link(tmp_path: Path) -> None:
    publish(tmp_path, FIRST)
    site = tmp_path / "site"
    write_seeds(site, {"own/y": b"y"})
    write_seeds(tmp_path / "elsewhere", {"z": b"z"})
    publish(tmp_path, SECOND)
    publish(tmp_path, FIRST)
    shutil.rmtree(site / "own")
    (site / "own").symlink_to("../elsewhere")
    for files in (SECOND, FIRST, SECOND):
        publish(tmp_path, files)
        assert (site / "own").is_symlink()
    assert contents(tmp_path / "elsewhere") == {"z": b"z"}


def test_another_version_of_an_own_file_is_never_taken_back(tmp_path: Path) -> None:
    publish(tmp_path, FIRST)
    for content in (b"aaa", b"bbb"):
        write_seeds(tmp_path / "site", {"new": content})
        os.utime(tmp_path / "site" / "new", (1_000_000_000, 1_000_000_000))
        (tmp_path / "site" / "new").replace(tmp_path / "site" / "CNAME")
        for files in (SECOND, FIRST, SECOND):
            publish(tmp_path, files)
            assert (tmp_path / "site" / "CNAME").read_bytes() == content


@pytest.mark.parametrize("is_link", [False, True])
def test_the_place_beside_the_site_may_be_taken(is_link: bool, tmp_path: Path) -> None:
    own = write_seeds(tmp_path / "elsewhere", {"next/thesis": b"mine", "spare/thesis": b"mine"})
    place = tmp_path / ".site.mujaz"
    place.symlink_to(own) if is_link else own.rename(place)
    with pytest.raises(MujazError, match="not made by mujaz"):
        publish(tmp_path, FIRST)
    assert contents(place) == {"next/thesis": b"mine", "spare/thesis": b"mine"}


@pytest.mark.parametrize("folder", ["", ".."])
def test_no_home_folder_is_a_site(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home" / "me")
    site = (tmp_path / "home" / "me" / folder).resolve()
    with pytest.raises(ConfigError, match="home folder"):
        refuse_foreign_site(site, tmp_path / "record", force=True)


@pytest.mark.parametrize(
    ("files", "is_refused"),
    [
        ({}, False),
        ({".git": b"gitdir: elsewhere"}, False),
        ({".ssh/id": b"secret"}, True),
        ({"a.txt": b"mine"}, True),
        ({"a.txt": b"mine", MARK: b""}, False),
    ],
    ids=["empty", "worktree", "dotfiles", "somebody's", "ours"],
)
def test_a_folder_that_is_not_ours_is_refused(
    files: Files, is_refused: bool, tmp_path: Path
) -> None:
    site, record = write_seeds(tmp_path / "site", files), tmp_path / "record"
    if is_refused:
        with pytest.raises(ConfigError, match="--force"):
            refuse_foreign_site(site, record)
    else:
        refuse_foreign_site(site, record)
    refuse_foreign_site(site, record, force=True)
    publish(tmp_path, FIRST, force=True)
    assert contents(site) == {**{k: v for k, v in files.items() if k != MARK}, **FIRST}


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("x")
    with pytest.raises(ConfigError, match="is a file"):
        refuse_foreign_site(tmp_path / "site", tmp_path / "record", force=True)


def test_a_folder_that_cannot_move_is_filled_file_by_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(site_folder, "put_in_place", _fails)
    (tmp_path / "site").mkdir()
    inode = (tmp_path / "site").stat().st_ino
    for files in (FIRST, SECOND, FIRST, SECOND):
        publish(tmp_path, files)
        assert contents(tmp_path / "site") == files
    assert (tmp_path / "site").stat().st_ino == inode
    assert "one by one" in caplog.text


def test_others_may_read_the_site_whatever_the_mask(tmp_path: Path) -> None:
    mask = os.umask(0o077)
    try:
        with trees.readable_by_servers():
            publish(tmp_path, FIRST)
    finally:
        os.umask(mask)
    for path in (tmp_path / "site").rglob("*"):
        assert path.stat().st_mode & 0o055 == (0o055 if path.is_dir() else 0o044)


@pytest.mark.parametrize("path", ["a b", "a\nb", "a\\nb\\", "\\", "مقال/index.html", "a\udcffb"])
def test_a_listing_is_read_as_it_was_written(path: str, tmp_path: Path) -> None:
    listing = {path: content_digest(b"1"), "other": content_digest(b"2")}
    (tmp_path / MARK).write_bytes(listing_text(listing))
    assert read_listing(tmp_path / MARK) == listing


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a/../../x", ""])
def test_a_listing_that_leads_elsewhere_is_not_used(path: str, tmp_path: Path) -> None:
    (tmp_path / MARK).write_bytes(f"{content_digest(b'')}  {path}\n".encode())
    assert read_listing(tmp_path / MARK) == {}
