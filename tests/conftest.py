"""What several tests share: the sample site, built once, and a browser to look at it."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from mujaz.errors import ARABIC, message_language

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PROJECT = Path(__file__).parent.parent
if message_language([], os.environ) == ARABIC:
    os.environ["LC_ALL"] = "C.UTF-8"  # tests read the messages in English
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


_LARGE = shutil.ignore_patterns("2025-07", "2025-08")
"""Folders of the sample that sites for a single test do without."""


def copy_project(folder: Path, *, seeds: bool = True, whole: bool = False) -> Path:
    """Copy what a site is made of into `folder`, without anything generated.

    Of the sample, that is a part, unless `whole`.
    """
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    for name in ("theme_overrides", "seeds") if seeds else ("theme_overrides",):
        shutil.copytree(PROJECT / name, folder / name, ignore=None if whole else _LARGE)
    (folder / "site_src").mkdir()
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "site_src"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.split():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / name, target)
    return folder


def run_mujaz(folder: Path, *arguments: str) -> None:
    """Run the command line in `folder`."""
    command = [sys.executable, "-m", "mujaz", *arguments, "--json"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def chromium_program() -> str | None:
    """Return the path of Chromium, if it is installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's site with its sample articles, built by `mujaz build`."""
    folder = copy_project(tmp_path_factory.mktemp("project"), whole=True)
    run_mujaz(folder, "build")
    return folder


@pytest.fixture(scope="session")
def site(project: Path) -> Path:
    """The folder of the built sample site."""
    return project / "site"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve `folder` on this machine, and give its address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The sample site's address while it is served."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; where there is none, tests skip, but in CI they fail."""
    program = chromium_program()
    if program is None:
        reason = "chromium is not installed: nobody looks at the built site"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failure: there, everything that tests need is installed."""
    reporter: Any = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
