"""Publishing: the last good site stays until its heir is complete."""

from __future__ import annotations

from pathlib import Path

import pytest
from mujaz.errors import ConfigError, RenderError
from mujaz.publish.output.swap import discard, fresh_folder, put_in_place
from mujaz.publish.render import render_site

from tests.support import contents, write_seeds

GOOD, NEW = {"index.html": b"good"}, {"index.html": b"new"}


def put(folder: Path, **folders: dict[str, bytes]) -> Path:
    for name, files in folders.items():
        write_seeds(folder / {"old": ".site-old", "new": ".site-new"}.get(name, name), files)
    return folder / "site"


@pytest.mark.parametrize(
    ("folders", "left"),
    [
        ({}, {}),
        ({"site": GOOD}, GOOD),
        ({"site": GOOD, "new": NEW}, GOOD),
        ({"old": GOOD, "new": NEW}, GOOD),
        ({"old": GOOD}, GOOD),
        ({"site": NEW, "old": GOOD}, NEW),
        ({"site": NEW, "old": GOOD, "new": GOOD}, NEW),
    ],
    ids=[
        "first build",
        "after a good one",
        "killed while rendering",
        "killed between the renames",
        "killed between the renames and cleaned",
        "killed before the old one was removed",
        "killed twice",
    ],
)
def test_interrupted_runs_are_mended(
    folders: dict[str, dict[str, bytes]], left: dict[str, bytes], tmp_path: Path
) -> None:
    site = put(tmp_path, **folders)
    fresh = fresh_folder(site)
    assert not fresh.exists() or not any(fresh.iterdir())
    assert contents(site) == left
    write_seeds(fresh, {"index.html": b"newest"})
    put_in_place(site)
    assert contents(tmp_path) == {"site/index.html": b"newest"}


def test_discard_leaves_the_site(tmp_path: Path) -> None:
    site = put(tmp_path, site=GOOD, new=NEW)
    discard(site)
    assert contents(tmp_path) == {"site/index.html": b"good"}


def project(folder: Path, template: str, settings: str = "") -> Path:
    write_seeds(
        folder,
        {
            "mkdocs.yml": "site_name: x\ntheme: {name: null, custom_dir: theme}\n" + settings,
            "theme/main.html": template,
            "pages/index.md": "# مكتبة\n\n[x](missing.md)\n",
            "site/index.html": b"good",
        },
    )
    return folder


def test_good_pages_replace_the_site(tmp_path: Path) -> None:
    project(tmp_path, "<main>{{ page.content }}</main>")
    render_site(tmp_path / "mkdocs.yml", tmp_path / "pages", tmp_path / "site")
    assert "مكتبة" in (tmp_path / "site" / "index.html").read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".mujaz-cache",
        "mkdocs.yml",
        "pages",
        "site",
        "theme",
    ]


@pytest.mark.parametrize(
    ("template", "settings", "strict", "error"),
    [
        ("{{ 1 / 0 }}", "", False, RenderError),
        ("{% if %}", "", False, RenderError),
        ("{{ page.content }}", "", True, RenderError),
        ("{{ page.content }}", "plugins: [no-such-plugin]\n", False, ConfigError),
        ("{{ page.content }}", "markdown_extensions: [no_such_extension]\n", False, ConfigError),
    ],
    ids=["template fails", "template broken", "warning under strict", "plugin", "extension"],
)
def test_failure_leaves_the_site(
    template: str, settings: str, strict: bool, error: type[Exception], tmp_path: Path
) -> None:
    project(tmp_path, template, settings)
    with pytest.raises(error, match=r"mkdocs\.yml") as raised:
        render_site(tmp_path / "mkdocs.yml", tmp_path / "pages", tmp_path / "site", strict)
    assert type(raised.value) is error
    assert contents(tmp_path / "site") == GOOD
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".site")]
