"""A build that fails leaves the last good site."""

from __future__ import annotations

from pathlib import Path

import pytest
from mujaz.errors import ConfigError, RenderError
from mujaz.publish.render import render_site

from tests.support import contents, write_seeds


def project(folder: Path, template: str, settings: str = "") -> Path:
    write_seeds(
        folder,
        {
            "mkdocs.yml": "site_name: x\ntheme: {name: null, custom_dir: theme}\n" + settings,
            "theme/main.html": template,
            "pages/index.md": "# مكتبة\n\n[x](missing.md)\n",
        },
    )
    return folder


def render(folder: Path, strict: bool = False) -> None:
    render_site(folder / "mkdocs.yml", folder / "pages", folder / "site", strict)


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
    render(project(tmp_path, "<main>{{ page.content }}</main>"))
    good = contents(tmp_path / "site")
    project(tmp_path, template, settings)
    with pytest.raises(error, match=r"mkdocs\.yml|main\.html, line 1") as raised:
        render(tmp_path, strict)
    assert type(raised.value) is error
    assert contents(tmp_path / "site") == good
    assert not list((tmp_path / ".site.mujaz").glob("next"))


def test_all_that_a_build_leaves_is_accounted_for(tmp_path: Path) -> None:
    render(project(tmp_path, "<main>{{ page.content }}</main>"))
    assert "مكتبة" in (tmp_path / "site" / "index.html").read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".mujaz-cache",
        ".site.mujaz",
        "mkdocs.yml",
        "pages",
        "site",
        "theme",
    ]


def test_a_site_without_the_plugin_says_so(tmp_path: Path) -> None:
    write_seeds(tmp_path, {"mkdocs.yml": "site_name: x\nplugins: []\n", "pages/index.md": "# x"})
    with pytest.raises(ConfigError, match=r"mkdocs\.yml: `plugins` .* `plugins: \[mujaz\]`"):
        render(tmp_path)
