"""Addresses that are no more, on the finished site: both roads make the same of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, unquote, urljoin

import pytest

from tests.conftest import copy_project, run_mujaz
from tests.support import contents

BASE = "https://mujaz.example/news/"
MOVED, REMOVED = "culture/madaba-mosaic.txt", "economy/2025-07-09-apricot-season.txt"
CORRECTED = "economy/004-olive-oil-lab.txt"


def pages_of(folder: Path) -> dict[str, str]:
    """Return the address of each article's page by its raw file."""
    found = {}
    for path in (folder / "site_src" / "articles").glob("*.md"):
        file = re.search(r"^  file: (.*)$", path.read_text("utf-8"), re.M)
        if file:
            found[file[1]] = f"articles/{path.stem}/"
    return found


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A site below a sub-path after an edit of each kind, and its addresses before."""
    folder = copy_project(tmp_path_factory.mktemp("moved"))
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    settings = settings.replace("https://mujaz.example/", BASE)
    settings = settings.replace("  mujaz:\n", "  mujaz:\n    tombstones: true\n")
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    run_mujaz(folder, "build")
    before = pages_of(folder)
    seeds = folder / "seeds"
    (seeds / MOVED).with_suffix(".yml").write_text("slug: فسيفساء مادبا\n", "utf-8")
    (seeds / REMOVED).unlink()
    body = (seeds / CORRECTED).read_text("utf-8").partition("\n")[2]
    (seeds / CORRECTED).write_text(f"عنوان صححه مصدره\n{body}", "utf-8")
    run_mujaz(folder, "build")
    return folder, before


def test_both_roads_make_the_same_site(moved: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    folder, _ = moved
    other = tmp_path / "other"
    shutil.copytree(folder, other, ignore=shutil.ignore_patterns("site", ".mujaz-cache"))
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=other, check=True, capture_output=True, env=environment)
    assert contents(other / "site") == contents(folder / "site")


def test_a_correction_moves_nothing(moved: tuple[Path, dict[str, str]]) -> None:
    folder, before = moved
    assert pages_of(folder)[CORRECTED] == before[CORRECTED]
    page = (folder / "site" / before[CORRECTED] / "index.html").read_text("utf-8")
    assert "<h1>عنوان صححه مصدره</h1>" in page


def test_a_redirect_leads_on_without_scripts(moved: tuple[Path, dict[str, str]]) -> None:
    folder, before = moved
    old, new = before[MOVED], pages_of(folder)[MOVED]
    assert new.startswith("articles/فسيفساء-مادبا-")
    page = (folder / "site" / old / "index.html").read_text("utf-8")
    whole = BASE + quote(new)
    refresh = re.findall(r'<meta http-equiv="refresh" content="0; url=(.*?)">', page)
    links = re.findall(r'<a href="(.*?)">تابع القراءة في عنوانها الجديد</a>', page)
    assert [unquote(urljoin(BASE + old, each)) for each in refresh + links] == [BASE + new] * 2
    assert re.findall(r'<link rel="canonical" href="(.*?)">', page) == [whole]
    assert '<meta name="robots" content="noindex">' in page
    assert '<html lang="ar" dir="rtl">' in page
    rules = (folder / "site" / "_redirects").read_text("utf-8").splitlines()[1:]
    assert rules == [f"/news/{quote(old)} /news/{quote(new)} 301"]
    entries = (folder / "site" / "redirects.nginx.conf").read_text("utf-8").splitlines()[1:]
    assert entries == [f'"/news/{old}" "/news/{quote(new)}";']


def test_a_tombstone_says_that_and_not_what(moved: tuple[Path, dict[str, str]]) -> None:
    folder, before = moved
    page = (folder / "site" / before[REMOVED] / "index.html").read_text("utf-8")
    assert "لم يعد هذا المقال متاحاً." in page
    assert '<meta name="robots" content="noindex">' in page
    assert "refresh" not in page
    title = re.sub("-", " ", before[REMOVED].split("/")[1].rpartition("-")[0])
    assert title not in page


def test_nothing_lists_what_is_no_more(moved: tuple[Path, dict[str, str]]) -> None:
    folder, before = moved
    gone = {before[MOVED], before[REMOVED]}
    rules = {"_redirects", "redirects.nginx.conf"}
    for path, data in contents(folder / "site").items():
        if path in rules or f"{path.removesuffix('index.html')}" in gone or path.endswith(".gz"):
            continue
        text = unquote(data.decode("utf-8", "replace"))
        assert not [each for each in gone if each.rstrip("/") in text], path
