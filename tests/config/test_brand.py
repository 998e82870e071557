"""The look of a site: colours that can be read, a logo that is there, links that lead somewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mujaz.config import Brand, load
from mujaz.config.brand import contrast, with_contrast
from mujaz.errors import ConfigError
from mujaz.publish.output.assets import STYLE_SHEET, whole_assets

from tests.conftest import PROJECT
from tests.support import cases

_GROUND = (PROJECT / "theme_overrides" / "assets" / "styles" / "10-ground.css").read_text("utf-8")
_GROUNDS = {"default": ["#fffdfa", "#f5f0e8"], "slate": ["#151413", "#201e1c"]}
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 100"/>'
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def brand_of(folder: Path, text: str) -> Brand:
    (folder / "seeds").mkdir()
    (folder / "docs").mkdir()
    (folder / "docs" / "logo.svg").write_text(_SVG, "utf-8")
    (folder / "mkdocs.yml").write_text(f"site_name: x\n{text}\n", "utf-8")
    return load(folder / "mkdocs.yml").brand


@given(colours)
def test_every_colour_becomes_readable(colour: str) -> None:
    for scheme, grounds in {
        "default": ["#fffdfa", "#f5f0e8"],
        "slate": ["#151413", "#201e1c"],
    }.items():
        assert all(ground in _GROUND for ground in grounds)
        changed = with_contrast(colour, scheme)
        assert min(contrast(changed, ground) for ground in grounds) >= 4.5
        assert with_contrast(changed, scheme) == changed


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#abcdef", "#abcdef", 1)],
)
def test_contrast_is_that_of_wcag(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == contrast(second, first) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("case", cases("brand", "accepted"))
def test_accepted(case: dict[str, Any], tmp_path: Path) -> None:
    brand = brand_of(tmp_path, case["text"])
    assert brand[:3] == (case.get("accent", ""), case.get("dark", ""), case.get("ratio", 1))
    assert len(brand.notes) == len(case.get("notes", []))
    for note, part in zip(brand.notes, case.get("notes", []), strict=True):
        assert part in note


@pytest.mark.parametrize("case", cases("brand", "refused"))
def test_refused(case: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        brand_of(tmp_path, case["text"])
    assert [part for part in case["says"] if part not in str(raised.value)] == []


def test_colours_and_logo_end_the_style_sheet() -> None:
    theme = [PROJECT / "theme_overrides"]
    plain = dict(whole_assets(theme))[STYLE_SHEET]
    assert dict(whole_assets(theme, Brand()))[STYLE_SHEET] == plain
    ours = dict(whole_assets(theme, Brand("#123456", "#abcdef", 2.5)))[STYLE_SHEET]
    assert ours.startswith(plain)
    assert ours.count("#abcdef") == 2
    assert "--accent: #123456" in ours
    assert "--logo: 2.5" in ours
