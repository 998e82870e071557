"""The wheel in an empty environment: a new site builds there, and becomes its owner's own."""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import mergedeep
import pytest
import yaml
from mujaz.starter import starter_files

from tests.conftest import PROJECT, served
from tests.support import contents, write_seeds

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_MAX_CPU_SECONDS = 8
"""Of `mujaz new` and `mujaz build`: twice what they may take here, as other machines are slower."""
_STEP = re.compile(r"^(?:In )?`([\w./-]+)`:\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
"""A step in the documentation: a file, and what is to stand in it."""
_FENCE = """
import sys

def refuse(event, arguments):
    if event in ("open", "os.scandir", "os.listdir") and isinstance(arguments[0], str):
        if arguments[0].startswith({places!r}):
            raise RuntimeError(f"{{arguments[0]}} is no part of what is installed")

sys.addaudithook(refuse)
"""
"""Has the installed program fail if it reads what only a clone has."""
_PLACES = tuple(
    str(PROJECT / name)
    for name in ("generator", "theme_overrides", "site_src", "seeds", "mkdocs.yml", "docs")
)


class Installed(NamedTuple):
    """The wheel, installed into an environment of its own."""

    programs: Path
    """Folder of `mujaz` and `mkdocs`."""
    home: Path

    def run(self, folder: Path, *command: str) -> str:
        """Run a program, by its arguments, in `folder`; return what it says."""
        kept = ("PATH", "CI", "TMPDIR")
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        environment |= {"LC_ALL": "C", "NO_MKDOCS_2_WARNING": "1"}
        result = subprocess.run(
            [self.programs / command[0], *command[1:]],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert result.returncode == 0, result.stderr
        return result.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Build the wheel and install it; what it depends on is taken from this environment."""
    if find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed: see requirements-build.lock")
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=PROJECT, check=True, capture_output=True)
    home = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    python = home / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    (wheel,) = folder.glob("*.whl")
    options = ["--no-deps", "--no-index", "--disable-pip-version-check"]
    subprocess.run([*pip, *options, str(wheel)], check=True)
    (packages,) = home.glob("lib/python*/site-packages")
    # Of a folder that is named so, Python reads no .pth files: this clone is not among them.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    (packages / "sitecustomize.py").write_text(_FENCE.format(places=_PLACES))
    mkdocs = home / "bin" / "mkdocs"
    mkdocs.write_text(f"#!{python}\nfrom mkdocs.__main__ import cli\ncli()\n")
    mkdocs.chmod(0o755)
    return Installed(home / "bin", home)


@pytest.fixture(scope="module")
def site(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site in a folder with a space and Arabic letters, as it is first built."""
    folder = tmp_path_factory.mktemp("user") / "صحف الساحل"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = installed.run(folder.parent, "mujaz", "new", folder.name)
    assert said.splitlines()[-1].strip() == "mujaz build"
    installed.run(folder, "mujaz", "build")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert seconds <= _MAX_CPU_SECONDS
    return folder


def test_the_program_is_the_installed_one(installed: Installed) -> None:
    code = "import mujaz.config; print(mujaz.__file__, mujaz.config.theme_folder())"
    for path in installed.run(installed.home, "python", "-c", code).split():
        assert path.startswith(str(installed.home.resolve()))


def test_a_new_site_builds_as_it_is(site: Path) -> None:
    made = contents(site / "site")
    pages = {path: data.decode() for path, data in made.items() if path.endswith(".html")}
    assert len([path for path in pages if path.startswith("articles/")]) == 7
    assert len([path for path in pages if re.match(r"stories/\w+/", path)]) == 1
    assert {
        path for path, text in pages.items() if '<html lang="ar" dir="rtl"' not in text
    } == set()
    assert {"assets/mujaz.css", "assets/mujaz.js", "assets/favicon.svg", "about/index.html"} <= {
        *made
    }
    assert 'href="about/">عن الموقع</a>' in pages["index.html"]
    assert not [path for path in made if "material" in path or path.startswith("assets/images/")]


def test_git_passes_over_all_that_the_build_makes(site: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(site)], check=True)
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=site, check=True, capture_output=True, text=True).stdout
    assert {*listed.split("\0")} - {""} == starter_files().keys()


def test_both_roads_give_the_same_bytes(installed: Installed, site: Path) -> None:
    fast = contents(site / "site")
    installed.run(site, "mkdocs", "build", "--strict")
    assert contents(site / "site") == fast
    assert "0 pages written" in installed.run(site, "mujaz", "build")


def test_a_bare_site_builds(installed: Installed, tmp_path: Path) -> None:
    installed.run(tmp_path, "mujaz", "new", ".", "--bare")
    assert "0 inputs" in installed.run(tmp_path, "mujaz", "build")
    assert 'dir="rtl"' in (tmp_path / "site" / "index.html").read_text("utf-8")


@pytest.fixture(scope="module")
def changed_site(
    installed: Installed, site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The new site once all is done that "Make it yours" says."""
    folder = tmp_path_factory.mktemp("changed") / "site"
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("site", ".site.mujaz"))
    settings: dict[str, Any] = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
    steps = _STEP.findall((PROJECT / "docs" / "make-it-yours.md").read_text("utf-8"))
    assert len(steps) == 9
    for path, text in steps:
        if path == "mkdocs.yml":
            mergedeep.merge(settings, yaml.safe_load(text))
        else:
            write_seeds(folder, {path: text})
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
    example = (folder / "editorial" / "example.yml").read_text("utf-8").partition("\n#\n")[2]
    write_seeds(folder, {"editorial/mine.yml": re.sub("^# ?", "", example, flags=re.MULTILINE)})
    installed.run(folder, "mujaz", "build", "--strict")
    return folder


def test_a_site_becomes_its_owners(installed: Installed, changed_site: Path) -> None:
    made = contents(changed_site / "site")
    pages = {path: data.decode() for path, data in made.items() if path.endswith(".html")}
    added = ("desk@sahel.example", "assets/site.css", "assets/site.js", "assets/logo.svg")
    for text in ("صحف الساحل", ">راسلنا</a>", *added):
        assert [path for path, page in pages.items() if text not in page] == [], text
    assert "مكتبة القطار تستقبل ألف زائر" in pages["index.html"]
    assert 'id="عنوان-المكتب"' in pages["contact/index.html"]
    style = made["assets/mujaz.css"].decode()
    assert ".foot-name{letter-spacing:0}" in style
    assert "--accent:#0b5d4e" in style
    installed.run(changed_site, "mkdocs", "build", "--strict")
    assert contents(changed_site / "site") == made


def test_a_template_that_goes_leaves_ours(installed: Installed, changed_site: Path) -> None:
    (changed_site / "theme" / "main.html").rename(changed_site / "main.html")
    installed.run(changed_site, "mujaz", "build")
    assert "desk@sahel" not in (changed_site / "site" / "index.html").read_text("utf-8")
    (changed_site / "main.html").rename(changed_site / "theme" / "main.html")
    installed.run(changed_site, "mujaz", "build")
    assert "desk@sahel" in (changed_site / "site" / "index.html").read_text("utf-8")


@pytest.mark.browser
def test_the_policy_of_pages_allows_what_the_owner_adds(
    changed_site: Path, browser: Browser
) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    with served(changed_site / "site") as address:
        page.goto(f"{address}/contact/")
        assert page.evaluate("document.documentElement.dataset.site") == "ready"
        heading = page.locator("h1#راسلنا")
        width = heading.evaluate("each => getComputedStyle(each).borderBottomWidth")
        assert width == "4px"
        assert page.locator("img.logo").evaluate("each => each.naturalWidth") > 0
    assert complaints == []
    page.close()
