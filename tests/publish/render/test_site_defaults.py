"""A site that leaves its nav and settings to us is the same by both roads, whatever changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.conftest import run_mujaz
from tests.publish.render.test_renderer import check
from tests.support import write_seeds

_SETTINGS = "site_name: صحيفة\ndocs_dir: site_src\nplugins: [mujaz]\n"


def _add(pages: Path) -> None:
    write_seeds(pages, {"help/index.md": "# مساعدة\n\n[عن الموقع](../about.md)"})


def _retitle(pages: Path) -> None:
    (pages / "about.md").write_text("# من نحن\n\n## عنوان المكتب\n", "utf-8")


def _hide(pages: Path) -> None:
    settings = pages.parent / "mkdocs.yml"
    settings.write_text(f"{_SETTINGS}not_in_nav: /help/\nexclude_docs: /about.md\n", "utf-8")


def _remove(pages: Path) -> None:
    (pages / "help" / "index.md").unlink()
    (pages.parent / "mkdocs.yml").write_text(_SETTINGS, "utf-8")


def _override(pages: Path) -> None:
    theme = pages.parent / "theme"
    write_seeds(theme, {"partials/wordmark.html": "<b>{{ config.site_name|e }}</b>"})
    settings = f"{_SETTINGS}theme: {{name: material, custom_dir: theme}}\n"
    (pages.parent / "mkdocs.yml").write_text(settings, "utf-8")


CHANGES: list[tuple[Callable[[Path], None], str, bool]] = [
    # What is done, and what the front page then has in it, or has not.
    (_add, ">مساعدة</a>", True),
    (_retitle, ">من نحن</a>", True),
    (_hide, ">مساعدة</a>", False),
    (_remove, ">من نحن</a>", True),
    (_override, "<b>صحيفة</b>", True),
]


def test_each_change(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    write_seeds(tmp_path, {"mkdocs.yml": _SETTINGS, "site_src/about.md": "# عن الموقع"})
    run_mujaz(tmp_path, "generate")
    check(tmp_path)
    for change, text, is_there in CHANGES:
        change(tmp_path / "site_src")
        check(tmp_path)
        front = (tmp_path / "site" / "index.html").read_text("utf-8")
        assert (text in front) is is_there, text
    about = (tmp_path / "site" / "about" / "index.html").read_text("utf-8")
    assert 'id="عنوان-المكتب"' in about
