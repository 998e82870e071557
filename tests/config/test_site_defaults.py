"""What a site has where its `mkdocs.yml` does not say otherwise, and where its theme lies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from mujaz.config import hand_written_pages, load, site_defaults, theme_folder

from tests.conftest import PROJECT
from tests.support import cases, write_seeds

PLACES = ["index.md"] + [
    f"{each}/index.md" for each in "digest sections stories headlines browse".split()
]
PAGES = {
    "index.md": "# صفحتنا",
    "search.md": "# بحثنا",
    "articles/a.md": "# مقال",
    "assets/notes.md": "# لا",
    "contact.md": "# راسلنا #\n\n# ثانٍ",
    "about.md": "\ufeff---\ntitle: عن الموقع\n---\n# غيره",
    "broken.md": "---\ntitle: [\n---\n# عنوان",
    "plain.md": "بلا عنوان",
    "help/more/deep.md": "# عميق",
    "help/index.md": "# مساعدة",
    ".hidden/x.md": "# مخفي",
    "picture.svg": "",
}
LISTED = [
    ("about.md", "عن الموقع"),
    ("broken.md", "عنوان"),
    ("contact.md", "راسلنا"),
    ("plain.md", "plain"),
    ("help/index.md", "مساعدة"),
    ("help/more/deep.md", "عميق"),
]


def test_pages_that_are_written_by_hand(tmp_path: Path) -> None:
    write_seeds(tmp_path, PAGES)
    (tmp_path / "loop").symlink_to(".")
    assert hand_written_pages(tmp_path) == LISTED


def test_the_nav_has_our_places_then_pages_by_hand(tmp_path: Path) -> None:
    write_seeds(tmp_path, PAGES)
    nav = site_defaults({}, tmp_path, (), lambda path: not path.startswith("help/"))["nav"]
    paths = [path for entry in nav for path in entry.values()]
    assert paths == [*PLACES, "about.md", "broken.md", "contact.md", "plain.md"]


@pytest.mark.parametrize("case", cases("site_defaults", "completed"))
def test_what_is_said_is_kept(case: dict[str, Any], tmp_path: Path) -> None:
    defaults = site_defaults(case["said"], tmp_path, [theme_folder()])
    for key, value in case["has"].items():
        found: Any = defaults
        for part in key.split("."):
            found = found.get(part, "absent")
        if isinstance(found, str) and "\n" in found:
            found = found.split()
            assert [line for line in value if line not in found] == []
            assert len(found) == len(set(found))
        else:
            assert found == value, key


def test_the_projects_own_settings_say_the_same(tmp_path: Path) -> None:
    """They stand in full, for tools without plugins."""
    text = (PROJECT / "mkdocs.yml").read_text("utf-8")
    settings = yaml.safe_load(text.replace("!!python/object/apply:pymdownx.slugs.slugify", ""))
    defaults = site_defaults({}, tmp_path)
    assert sorted(settings["not_in_nav"].split()) == sorted(defaults["not_in_nav"].split())
    assert settings["nav"] == [*defaults["nav"], {"عن موجز": "about.md"}]
    theme = {**settings["theme"]}
    assert theme.pop("custom_dir") == "theme_overrides"
    assert theme.pop("direction") == "rtl"
    assert theme == defaults["theme"]


THEMES = {
    "none named": ("", ["ours"]),
    "Material": ("theme: material", ["ours"]),
    "Material, with a folder": ("theme: {name: material, custom_dir: own}", ["own", "ours"]),
    "another one": ("theme: mkdocs", []),
    "a folder alone": ("theme: {name: null, custom_dir: own}", ["own"]),
    "our folder": (f"theme: {{name: material, custom_dir: {theme_folder()}}}", ["ours"]),
}


@pytest.mark.parametrize(("text", "expected"), THEMES.values(), ids=THEMES)
def test_where_the_theme_lies(text: str, expected: list[str], tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\n{text}\n", "utf-8")
    names = {theme_folder(): "ours", tmp_path / "own": "own"}
    assert [names[each] for each in load(tmp_path / "mkdocs.yml").theme] == expected
