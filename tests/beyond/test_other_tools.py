"""What other tools make of a site: MkDocs alone, ProperDocs and Zensical, and the strictest engine.

`make beyond` installs each tool in a folder of its own, with nothing of Mujaz's or Material's.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from mujaz.handover import PAGES, SETTINGS

from tests.conftest import PROJECT, copy_project, run_mujaz
from tests.support import contents

TOOLS = PROJECT / ".beyond"
SAMPLE = ("culture", "politics", "2025-07/2025-07-29-barber.md")
LEFT_OUT = {"zensical": {"sitemap.xml.gz"}}
"""Files of a site that a tool does not make."""
ADDED = {"zensical": {"search.json"}}
"""Files that it adds."""
STRICT_HOOK = """
from jinja2 import StrictUndefined
def on_env(env, **_):
    env.undefined = StrictUndefined
    return env
"""


class PageParser(HTMLParser):
    """Collects the text of a page's main part, and where the page leads."""

    def __init__(self) -> None:
        super().__init__()
        self.root: dict[str, str | None] = {}
        self.leads: list[str] = []
        self.texts: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        self._depth += tag == "main"
        if tag == "html":
            self.root = values
        self.leads += [values[name] or "" for name in ("href", "src") if name in values]

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "main"

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.texts.append(data)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site as Mujaz builds it, in which an article was renamed and another withdrawn."""
    folder = copy_project(tmp_path_factory.mktemp("beyond"), seeds=False)
    for name in SAMPLE:
        copy = shutil.copytree if (PROJECT / "seeds" / name).is_dir() else shutil.copy
        (folder / "seeds" / name).parent.mkdir(parents=True, exist_ok=True)
        copy(PROJECT / "seeds" / name, folder / "seeds" / name)
    settings = folder / "mkdocs.yml"
    settings.write_text(
        settings.read_text().replace("  mujaz:\n", "  mujaz:\n    tombstones: true\n")
    )
    run_mujaz(folder, "build")
    culture = folder / "seeds" / "culture"
    (culture / "2025-07-25-calligraphy.yml").write_text("slug: عنوان آخر لهذا المقال")
    (culture / "madaba-mosaic.txt").unlink()
    run_mujaz(folder, "build")
    run_mujaz(folder, "handover", "plain")
    return folder


@pytest.fixture(scope="module")
def wanted(site: Path) -> Mapping[str, str]:
    """The text of each page as Mujaz builds it, by path."""
    return texts(site / "site")


def tool(name: str) -> Path:
    """Return the program of a tool; where it is not installed, the test skips."""
    program = TOOLS / name / "bin" / name
    if not program.exists():
        pytest.skip(f"{name} is not installed in .beyond/: `make beyond` does that")
    return program


def run(folder: Path, *command: str | Path, path: str = "") -> None:
    """Run a tool in `folder`, with nothing of ours in its reach but `path`."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment = {**kept, "NO_MKDOCS_2_WARNING": "1", **({"PYTHONPATH": path} if path else {})}
    done = subprocess.run(
        [str(each) for each in command], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr


def parsed(page: Path) -> PageParser:
    parser = PageParser()
    parser.feed(page.read_text("utf-8"))
    return parser


def texts(folder: Path) -> dict[str, str]:
    """Return the text of the main part of each page below `folder`, by path."""
    return {
        path.relative_to(folder).as_posix(): re.sub(
            r"\s+", " ", html.unescape(" ".join(parsed(path).texts))
        ).strip()
        for path in sorted(folder.rglob("*.html"))
    }


def dead_links(folder: Path, base: str) -> list[tuple[str, str]]:
    """Return the links and sources of pages below `folder` that lead to no file, with the page."""
    dead = []
    for page in folder.rglob("*.html"):
        for lead in parsed(page).leads:
            address = urlsplit(lead.removeprefix(base) if lead.startswith(base) else lead)
            if address.scheme or address.netloc or not address.path:
                continue
            start = folder if lead.startswith((base, "/")) else page.parent
            target = start / unquote(address.path).lstrip("/")
            if not (target.is_file() or (target / "index.html").is_file()):
                dead.append((page.relative_to(folder).as_posix(), lead))
    return dead


def addresses(folder: Path) -> list[str]:
    """Return the addresses in the site map below `folder`, in alphabetical order."""
    text = (folder / "sitemap.xml").read_text("utf-8")
    return sorted(map(html.unescape, re.findall("<loc>([^<]+)</loc>", text)))


@pytest.mark.parametrize("name", ["mkdocs", "properdocs", "zensical"])
def test_a_tool_alone_builds_every_page(name: str, site: Path, wanted: Mapping[str, str]) -> None:
    folder = shutil.copytree(site / "plain", site / name)
    run(folder, tool(name), "build")
    made = folder / "site"
    assert texts(made) == wanted
    assert not dead_links(made, "https://mujaz.example/")
    ours, theirs = contents(site / "site").keys(), contents(made).keys()
    assert ours - theirs == LEFT_OUT.get(name, set())
    assert theirs - ours == ADDED.get(name, set())
    for page in made.rglob("*.html"):
        root = parsed(page).root
        assert (root["lang"], root["dir"]) == ("ar", "rtl"), page
    assert addresses(made) == addresses(site / "site")


def test_properdocs_runs_the_plugin(site: Path) -> None:
    packages = next((tool("properdocs").parents[1] / "lib").glob("python*/site-packages"))
    path = os.pathsep.join((str(PROJECT / "generator"), str(packages)))
    run(site, sys.executable, "-m", "properdocs", "build", "-q", "-d", "by-properdocs", path=path)
    assert contents(site / "by-properdocs") == contents(site / "site")


@pytest.mark.parametrize("whole", [True, False], ids=["all settings", "no optional setting"])
def test_templates_survive_strict_undefined(
    whole: bool, site: Path, wanted: Mapping[str, str], tmp_path: Path
) -> None:
    folder = shutil.copytree(site / "plain", tmp_path / "plain")
    settings = yaml.load((folder / SETTINGS).read_text(), yaml.Loader)
    if not whole:
        theme = {"name": None, "custom_dir": "theme", "static_templates": ["404.html"]}
        kept = ("docs_dir", "markdown_extensions", "plugins")
        settings = {"site_name": "موجز", "theme": theme, **{name: settings[name] for name in kept}}
    settings["hooks"] = ["strict.py"]
    (folder / SETTINGS).write_text(yaml.dump(settings))
    (folder / "strict.py").write_text(STRICT_HOOK)
    run(folder, sys.executable, "-m", "mkdocs", "build", "-q")
    made = texts(folder / "site")
    assert made.keys() == wanted.keys()
    assert made == wanted or not whole


def test_every_kind_of_page_is_among_them(site: Path) -> None:
    texts = [page.read_text("utf-8") for page in (site / "plain" / PAGES).rglob("*.md")]
    kinds = {kind for text in texts for kind in re.findall(r"^  kind: (\w+)$", text, re.MULTILINE)}
    assert kinds >= {
        "home",
        "article",
        "digest",
        "section",
        "tag",
        "source",
        "redirect",
        "tombstone",
    }
