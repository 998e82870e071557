"""Styles and scripts: smaller, and meaning the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mujaz.publish.output.assets import lean_assets, whole_assets

from tests.conftest import PROJECT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OVERRIDES = PROJECT / "theme_overrides"
_RULES = """text => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return [...sheet.cssRules].map(rule => rule.cssText.replaceAll(/ *([,:]) */g, "$1"));
}"""
"""Gives the rules that a browser reads out of a style sheet; what holds a variable, it leaves as it
is written, so spaces that mean nothing are taken out."""


def test_smaller_and_without_comments() -> None:
    lean = dict(lean_assets([OVERRIDES]))
    assert {"assets/mujaz.css", "assets/mujaz.js"} <= lean.keys()
    whole = dict(whole_assets([OVERRIDES]))
    for path, text in lean.items():
        assert len(text) < 0.9 * len(whole[path]), path
        assert "/*" not in text, path
    assert sum(map(len, lean.values())) < 0.8 * sum(map(len, whole.values()))


def test_a_site_without_overrides_has_none(tmp_path: Path) -> None:
    assert not list(lean_assets([]))
    assert not list(lean_assets([tmp_path]))


def test_parts_of_the_style_sheet_are_joined_in_order(tmp_path: Path) -> None:
    (tmp_path / "assets" / "styles").mkdir(parents=True)
    for name, text in {"20-b.css": "b{}", "10-a.css": "a{}", "notes.txt": "c"}.items():
        (tmp_path / "assets" / "styles" / name).write_text(text, "utf-8")
    assert list(whole_assets([tmp_path])) == [("assets/mujaz.css", "a{}b{}")]


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "assets" / "folder.css").mkdir(parents=True)
    (tmp_path / "assets" / "mark.svg").write_text("<svg/>", "utf-8")
    assert not list(lean_assets([tmp_path]))


@pytest.mark.browser
def test_a_browser_reads_the_same_rules(browser: Browser) -> None:
    page = browser.new_page()
    for path, text in lean_assets([OVERRIDES]):
        if path.endswith(".css"):
            expected = page.evaluate(_RULES, dict(whole_assets([OVERRIDES]))[path])
            assert expected
            assert page.evaluate(_RULES, text) == expected, path
    page.close()
