"""Folders that lie in each other are refused before anything is written to one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.config import Config, check_folders, load
from mujaz.errors import ConfigError
from mujaz.pipeline import build, update_pages

from tests.support import cases, contents, raw, still, write_seeds

PATHS = ("a", "a/b", "a/b/c", "a/bc", "b", "b/a", "c/a/b", ".git/a", "project/a", ".", "project")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project's folder; nothing in it is to be harmed."""
    write_seeds(tmp_path / "raw", {"a.txt": raw(1)})
    write_seeds(tmp_path / "project" / "seeds", {"a.txt": raw(1)})
    write_seeds(
        tmp_path / "project",
        {
            "pages/inner/about.md": "# عن الموقع\n",
            "theme/main.html": "{{ page.content }}",
            ".git/HEAD": "ref: refs/heads/main\n",
            "checkout/.git/HEAD": "ref: refs/heads/site\n",
            "elsewhere/note.txt": "ملاحظة\n",
            "out/seeds/a.txt": raw(1),
            "out/pages/about.md": "# عن الموقع\n",
            "file.txt": "نص\n",
        },
    )
    return tmp_path / "project"


def configured(project: Path, case: dict[str, Any]) -> Config:
    for name, target in case.get("link", {}).items():
        (project / name).symlink_to(target)
    (project / "mkdocs.yml").write_text(f"site_name: موجز\n{case['text']}\n", "utf-8")
    return load(project / "mkdocs.yml")


@pytest.mark.parametrize("case", cases("folders", "apart"))
def test_folders_that_lie_apart(case: dict[str, Any], project: Path) -> None:
    check_folders(configured(project, case))


@pytest.mark.parametrize("case", cases("folders", "overlapping"))
def test_folders_that_overlap(case: dict[str, Any], project: Path) -> None:
    config = configured(project, case)
    before = contents(project.parent)
    for step in (build, update_pages):
        with pytest.raises(ConfigError) as raised:
            step(config, still())
        message = str(raised.value)
        assert [part for part in case["says"] if part not in message] == []
        assert "\n" not in message
        assert "choose another folder" in message
    assert contents(project.parent) == before


@pytest.mark.parametrize("case", cases("folders", "one_disk_that_ignores_case"))
def test_a_disk_that_ignores_case(
    case: dict[str, Any], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = configured(project, case)
    real = Path.stat
    here = str(project)

    def ignoring_case(path: Path, **options: Any) -> os.stat_result:
        inside = str(path).removeprefix(here)
        return real(Path(here + inside.lower()) if inside != str(path) else path, **options)

    monkeypatch.setattr(Path, "stat", ignoring_case)
    with pytest.raises(ConfigError) as raised:
        check_folders(config)
    assert [part for part in case["says"] if part not in str(raised.value)] == []


@given(st.tuples(*[st.sampled_from(PATHS)] * 4))
def test_any_places(places: tuple[str, ...]) -> None:
    root = Path("/nowhere/at/all")
    seeds, out, site, overrides = (root / place for place in places)
    config = Config(root / "project" / "mkdocs.yml", seeds, out, site, overrides=overrides)

    def overlap(one: Path, other: Path) -> bool:
        return one.is_relative_to(other) or other.is_relative_to(one)

    folders = (seeds, out, site, overrides)
    is_faulty = (
        any(overlap(a, b) for i, a in enumerate(folders) for b in folders[i + 1 :])
        or any(config.file.parent.is_relative_to(each) for each in folders)
        or any(".git" in each.parts for each in (out, site))
    )
    try:
        check_folders(config)
    except ConfigError:
        assert is_faulty
    else:
        assert not is_faulty


@pytest.mark.parametrize("site", ["seeds", ".", ".git/site", "file.txt", "theme"])
def test_mkdocs_is_stopped_as_well(site: str, project: Path) -> None:
    text = "docs_dir: pages\ntheme: {name: null, custom_dir: theme}\nplugins: [mujaz]"
    configured(project, {"text": text})
    before = contents(project.parent)
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", site]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "site_dir" in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(project.parent) == before


def test_mkdocs_goes_by_the_folder_of_its_command_line(project: Path) -> None:
    text = "docs_dir: pages\nsite_dir: seeds\ntheme: {name: null, custom_dir: theme}\n"
    configured(project, {"text": text + "plugins: [mujaz]"})
    for name in ("article", "home", "listing", "search"):
        (project / "theme" / f"{name}.html").write_text("{{ page.content }}", "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", "public"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(project / "seeds") == {"a.txt": raw(1).encode()}
