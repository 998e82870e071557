"""The preview follows every change to an article, and does not loop on its own output."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.conftest import copy_project

_PATIENCE = 60.0
"""Seconds: how long a change may take to show before the test gives up. Not a measurement."""


class Preview:
    """A running `mkdocs serve`."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.folder = folder
        self.address = f"http://127.0.0.1:{port}/"
        self.log = folder / "serve.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"],
                cwd=folder,
                stdout=log,
                stderr=log,
                env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            )

    def read(self, path: str) -> str:
        try:
            with urllib.request.urlopen(self.address + path, timeout=70) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError):
            return ""

    def wait_for(self, path: str, text: str, *, shown: bool = True) -> None:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            page = self.read(path)
            if page and (text in page) is shown:
                return
            assert self.process.poll() is None, self.log.read_text("utf-8")
            time.sleep(0.2)
        pytest.fail(f"{text!r} shown is not {shown} at {path}: {self.log.read_text('utf-8')}")

    def wait_for_log(self, text: str) -> None:
        until = time.monotonic() + _PATIENCE
        while text not in self.log.read_text("utf-8"):
            assert time.monotonic() < until, self.log.read_text("utf-8")
            time.sleep(0.2)

    def builds(self) -> int:
        return len(re.findall("Documentation built in", self.log.read_text("utf-8")))


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    running = Preview(copy_project(tmp_path))
    yield running
    running.process.terminate()
    running.process.wait(20)


def test_the_preview_follows_articles_and_comes_to_rest(preview: Preview) -> None:
    preview.wait_for("headlines/", "العناوين")
    article = preview.folder / "seeds" / "local" / "2025-08-30-preview.txt"
    article.write_text("افتتاح حديقة المعاينة\n\nافتُتحت حديقة جديدة وسط المدينة.\n", "utf-8")
    preview.wait_for("headlines/", "افتتاح حديقة المعاينة")
    assert "livereload(" in preview.read("")

    article.write_text("إغلاق حديقة المعاينة\n\nأُغلقت الحديقة للصيانة يوماً واحداً.\n", "utf-8")
    preview.wait_for("headlines/", "إغلاق حديقة المعاينة")
    assert "افتتاح حديقة المعاينة" not in preview.read("headlines/")

    article.unlink()
    preview.wait_for("headlines/", "إغلاق حديقة المعاينة", shown=False)
    at_rest = preview.builds()
    time.sleep(4)  # the watcher looks twice a second: a loop would show
    assert preview.builds() == at_rest


def test_the_preview_follows_what_is_written_by_hand(preview: Preview) -> None:
    preview.wait_for("about/", "<h1")
    assert "Content-Security-Policy" not in preview.read("about/")

    page = preview.folder / "site_src" / "about.md"
    page.write_text(page.read_text("utf-8") + "\nفقرة كُتبت باليد.\n", "utf-8")
    preview.wait_for("about/", "فقرة كُتبت باليد")

    template = preview.folder / "theme_overrides" / "article.html"
    text = template.read_text("utf-8")
    template.write_text(text.replace("<article>", "<article><i>قالب جديد</i>"), "utf-8")
    article = next((preview.folder / "site_src" / "articles").glob("*.md")).stem
    preview.wait_for(f"articles/{quote(article)}/", "قالب جديد")

    settings = preview.folder / "mkdocs.yml"
    good = settings.read_text("utf-8")
    settings.write_text(good.replace("site_name: موجز الأخبار", "site_name: اسم آخر"), "utf-8")
    preview.wait_for("", "اسم آخر")

    # What cannot be stamped is left to MkDocs, and comes back.
    settings.write_text(good.replace("extensions:\n", "extensions:\n  - footnotes\n"), "utf-8")
    preview.wait_for("", "اسم آخر", shown=False)
    assert "livereload(" in preview.read("")
    settings.write_text(good.replace("site_name: موجز الأخبار", "site_name: اسم ثالث"), "utf-8")
    preview.wait_for("", "اسم ثالث")


def test_the_preview_tells_of_errors_and_recovers(preview: Preview) -> None:
    preview.wait_for("", "livereload(")
    template = preview.folder / "theme_overrides" / "base.html"
    good = template.read_text("utf-8")
    template.write_text("{{ 1 / 0 }}" + good, "utf-8")
    preview.wait_for_log("division by zero")
    template.write_text(good + "<!-- mended -->", "utf-8")
    preview.wait_for("about/", "<!-- mended -->")
