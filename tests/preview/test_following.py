"""A browser follows what the preview shows; what is no change moves nothing."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mujaz.preview import Showing, Sources
from mujaz.preview.following import Followed
from mujaz.preview.rebuilding import rebuild
from mujaz.starter import starter_files, write_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_PATIENCE = 60.0
"""Seconds: how long a change may take to show before the test gives up. Not a measurement."""


class Served:
    """A running `mujaz serve` of a site as `mujaz new` makes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder.parent / "serve.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-u", "-m", "mujaz", "serve", "--port", "0"],
                cwd=folder,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**os.environ, "LC_ALL": "C.UTF-8"},
            )
        assert self.process.stdout
        match = re.search(r"http://127\.0\.0\.1:(\d+)/", self.process.stdout.readline().decode())
        assert match, self.log.read_text("utf-8")
        self.address, self.port = match[0], int(match[1])

    def get(self, path: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        connection.request("GET", path)
        text = connection.getresponse().read().decode()
        connection.close()
        return text

    def moment(self) -> str:
        match = re.search(r'data-shown="([^"]*)"', self.get("/"))
        assert match
        return match[1]

    def after(self, change: Callable[[], object], path: str = "/") -> str:
        """Make a change, wait until browsers are told to load again, and load the page `path`."""
        moment = self.moment()
        change()
        assert "event: changed" in self.get(f"/_mujaz/events?shown={moment}")
        return self.get(path)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served") / "site"
    write_site(folder, starter_files(bare=False))
    running = Served(folder)
    if running.moment().endswith("-0"):
        running.after(lambda: None)
    yield running
    running.process.kill()
    running.process.wait(10)


def test_a_browser_loads_again(served: Served, browser: Browser) -> None:
    page = browser.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(served.address)
    settings = served.folder / "mkdocs.yml"
    good = settings.read_text("utf-8")
    settings.write_text(good + "\nnav: [\n", "utf-8")
    page.wait_for_selector(".mujaz-fault", timeout=_PATIENCE * 1000)
    assert page.locator(".mujaz-fault").bounding_box()
    settings.write_text(good, "utf-8")
    page.wait_for_selector(".mujaz-fault", state="detached", timeout=_PATIENCE * 1000)
    assert faults == []
    page.close()


def test_what_we_make_ourselves_is_no_change(tmp_path: Path) -> None:
    home, pages = tmp_path, tmp_path / "docs"
    file = home / "mkdocs.yml"
    followed = Followed(home, frozenset([file]), (home / "seeds",), pages)
    generated = {"articles", "articles/a.md", "assets", "assets/mujaz.css"}
    matters = {
        file: True,
        home / "seeds" / "a.txt": True,
        pages / "about.md": True,
        pages / "assets" / "logo.svg": True,
        pages / "assets" / "mujaz.css": False,
        pages / "articles" / "a.md": False,
        pages / "articles": False,
        pages / "articles" / ".mujaz-x.part": False,
        pages / "search" / "index" / "x.pf": False,
        home / "seeds.permalinks.tsv": False,
        home / "elsewhere.txt": False,
    }
    for path, matter in matters.items():
        assert followed.matters(path, generated, True) is matter, path
    assert followed.matters(home / "elsewhere.txt", generated, False)


def test_a_build_with_nothing_to_do_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_site(folder, starter_files(bare=False))
    showing, sources = Showing(), Sources(folder / "mkdocs.yml")
    assert rebuild(sources, showing, lambda line: None), showing.now.fault
    shown = showing.now
    assert shown.site
    before = (shown.site / "index.html").stat()
    assert rebuild(sources, showing, lambda line: None)
    assert showing.now == shown
    assert (shown.site / "index.html").stat() == before
