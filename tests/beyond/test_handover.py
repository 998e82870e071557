"""Handing over a site: links of pages that move, and folders in which nothing may be written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from mujaz.config import load
from mujaz.errors import ConfigError
from mujaz.handover import PAGES, SETTINGS, THEME, hand_over
from mujaz.handover.page_moves import relink

from tests.support import cases, contents, write_seeds

MOVES = {f"{path}.md": f"{path}/index.md" for path in ("articles/a", "articles/b", "tags/b")}
SETTINGS_TEXT = """
site_name: موجز
docs_dir: pages
markdown_extensions:
  - admonition
  - pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji }
extra: {mujaz: {seeds: seeds, search: false}, social: [{link: "https://x.example/", name: x}]}
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A site with a page by hand, a template and a style of its own."""
    files = {
        "mkdocs.yml": SETTINGS_TEXT + "theme: {name: material, custom_dir: own}\n",
        "pages/about.md": "# عن الموقع",
        "pages/.mujaz-pages": "",
        "seeds/a.txt": "",
        "own/home.html": "own",
        "own/assets/own.css": "own",
        "taken/file": "",
    }
    write_seeds(tmp_path, files)
    (tmp_path / "empty").mkdir()
    return tmp_path


@pytest.mark.parametrize("case", cases("handover", "links"))
def test_links_follow_pages(case: dict[str, Any]) -> None:
    assert relink(case["text"], case["from"], MOVES) == case["wanted"]


@pytest.mark.parametrize("name", ["new", "empty", "new/deeper"])
def test_what_is_handed_over(name: str, here: Path) -> None:
    hand_over(load(here / "mkdocs.yml"), here / name)
    files = contents(here / name)
    assert {path.partition("/")[0] for path in files} == {PAGES, THEME, SETTINGS}
    assert files[f"{PAGES}/about.md"].decode() == "# عن الموقع"
    assert files[f"{THEME}/home.html"] == files[f"{THEME}/assets/own.css"] == b"own"
    assert {f"{THEME}/main.html", f"{THEME}/assets/favicon.svg"} <= files.keys()
    assert f"{THEME}/assets/mujaz.js" not in files
    settings = yaml.load(files[SETTINGS], yaml.Loader)
    assert settings["theme"] | {"name": None, "custom_dir": THEME} == settings["theme"]
    assert settings["plugins"] == []
    assert settings["extra"]["mujaz"] == {"search": False}
    assert settings["extra"]["social"]
    names = [next(iter(each)) for each in settings["markdown_extensions"]]
    assert names == ["admonition", "pymdownx.emoji", "toc"]
    assert not [path for path in here.iterdir() if path.name.startswith(".new")]


@pytest.mark.parametrize(
    "name", ["taken", "taken/file", "pages/new", "seeds/new", "own/new", "site"]
)
def test_nothing_is_written_elsewhere(name: str, here: Path) -> None:
    before = contents(here)
    with pytest.raises(ConfigError, match="name a folder"):
        hand_over(load(here / "mkdocs.yml"), here / name)
    assert contents(here) == before


@pytest.mark.parametrize(
    ("line", "theme"),
    [
        ("theme: readthedocs", {"name": "readthedocs"}),
        ("theme: {name: null, custom_dir: own}", {"name": None, "custom_dir": THEME}),
    ],
)
def test_a_theme_of_others_stays(line: str, theme: dict[str, Any], here: Path) -> None:
    (here / "mkdocs.yml").write_text(SETTINGS_TEXT + line)
    hand_over(load(here / "mkdocs.yml"), here / "new")
    settings = yaml.load((here / "new" / SETTINGS).read_text("utf-8"), yaml.Loader)
    assert settings["theme"] == theme
    assert "nav" not in settings
