"""One build at a time, whatever becomes of the one that has the lock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mujaz.errors import StateError
from mujaz.mkdocs_plugin import MujazPlugin
from mujaz.state.lock import build_lock

from tests.ordeal.small_site import CACHE, PAGES, SITE, make_site

HOLDER = """
import sys, time
from pathlib import Path
from mujaz.state.lock import build_lock
with build_lock(Path(sys.argv[1]), 0, print):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def hold(folder: Path, seconds: float = 60) -> subprocess.Popen[str]:
    """Start a process that has the lock."""
    command = [sys.executable, "-c", HOLDER, str(folder), str(seconds)]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    return holder


def test_a_second_build_waits_and_then_says_who_has_it(tmp_path: Path) -> None:
    said: list[str] = []
    with hold(tmp_path) as holder:
        pid = f"pid {holder.pid}, since "
        with pytest.raises(StateError, match=pid), build_lock(tmp_path, 0.2, said.append):
            pass
        assert len(said) == 1
        assert pid in said[0]
        assert said[0].endswith("has the lock; waiting up to 0.2 s")
        with pytest.raises(StateError, match=pid), build_lock(tmp_path, 0, said.append):
            pass
        assert len(said) == 1
        holder.terminate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_lock_ends_with_its_owner(number: int, tmp_path: Path) -> None:
    with hold(tmp_path) as holder:
        holder.send_signal(number)
        with build_lock(tmp_path, 20, print):
            assert str(os.getpid()) in (tmp_path / "lock").read_text()


def test_a_second_build_goes_on_when_the_first_ends(tmp_path: Path) -> None:
    with hold(tmp_path, 0.3), build_lock(tmp_path, 20, print):
        pass


DAMAGES: dict[str, Callable[[Path], object]] = {
    "other text": lambda path: path.write_bytes(b"\xff\n" * 500),
    "a folder": lambda path: (path / "inner").mkdir(parents=True),
    "a link": lambda path: path.symlink_to("nowhere"),
    "a pipe": os.mkfifo,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_whatever_is_in_its_place(damage: Callable[[Path], object], tmp_path: Path) -> None:
    damage(tmp_path / "lock")
    with (
        build_lock(tmp_path, 0, print),
        pytest.raises(StateError, match=str(os.getpid())),
        build_lock(tmp_path, 0, print),
    ):
        pass
    assert (tmp_path / "lock").is_file()


def test_where_nobody_can_write_builds_go_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with build_lock(tmp_path / "file", 0, print), build_lock(tmp_path / "file", 0, print):
        assert (tmp_path / "file").read_bytes() == b""


def build_with_mkdocs(site: Path) -> None:
    config = load_config(str(site / "mkdocs.yml"))
    plugin = config.plugins["mujaz"]  # the same one for all builds in this process
    assert isinstance(plugin, MujazPlugin)
    plugin.pages_are_ready = False
    build(config)


def test_mkdocs_takes_the_lock_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("mujaz.publish.output.fonts.subset_fonts", lambda folder: ())
    monkeypatch.setattr("mujaz.mkdocs_plugin.DEFAULT_WAIT_SECONDS", 0)
    site = make_site(tmp_path)
    (site / PAGES).mkdir()
    with build_lock(site / CACHE, 0, print), pytest.raises(Abort):
        build_with_mkdocs(site)
    assert "has the lock; let it end" in caplog.text
    assert not (site / SITE).exists()
    build_with_mkdocs(site)
    assert (site / SITE / "index.html").is_file()
    with build_lock(site / CACHE, 0, print):
        pass
