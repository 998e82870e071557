"""What editors say of papers and sections, and what names are: done to articles, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mujaz import pipeline
from mujaz.config import Config, load
from mujaz.model import Article
from mujaz.progress import Report
from mujaz.publish.output.assets import lean_assets
from mujaz.review import published_articles, read_library

from tests.conftest import PROJECT
from tests.support import cases, config, contents, still, write_seeds


def _site(folder: Path, seeds: Mapping[str, str]) -> Config:
    write_seeds(folder / "seeds", seeds)
    (folder / "mkdocs.yml").write_text("site_name: موجز\n", "utf-8")
    return config(folder, search=False)


def _run(site: Config, text: str) -> tuple[Config, Report]:
    """Return the site once an editor says `text`, and the report."""
    write_seeds(site.file.parent / "editorial", {"a.yml": text})
    said = load(site.file, seeds=site.seeds, out=site.out, site_dir=site.site_dir)
    site = replace(site, tags=said.tags, editorial=said.editorial, brand=said.brand)
    return site, pipeline.update_pages(site, still())


def _articles(site: Config) -> dict[str, Article]:
    published = read_library(site, lambda library, _: [*published_articles(library)])
    return {each.article.file: each.article for each in published}


@pytest.mark.parametrize("case", cases("editorial", "articles"))
def test_articles_are_as_editors_say(case: Mapping[str, Any], tmp_path: Path) -> None:
    site = _site(tmp_path, {case.get("file", "a.txt"): case["text"]})
    before = contents(_run(site, "")[0].out)
    site, report = _run(site, case["said"])
    assert not report.problems
    assert not report.doubts
    article = next(iter(_articles(site).values()))
    said = {name: getattr(article, name) for name in case["gives"] if name != "tags"}
    if "tags" in case["gives"]:
        said["tags"] = {tag.name: tag.kind for tag in article.tags if tag.name in case["said"]}
    if "paragraphs" in said:
        said["paragraphs"] = [*article.paragraphs]
    if "authors" in said:
        said["authors"] = [*article.authors]
    assert said == case["gives"]
    site, _ = _run(site, "")
    assert contents(site.out) == before


def test_sections_have_the_order_and_the_colours_that_editors_give(tmp_path: Path) -> None:
    texts = {
        f"{folder}/{number}.txt": f"خبر رقم {number} من أخبار {folder} في البلدة\n\nنص الخبر هنا.\n"
        for folder in ("رياضة", "سياسة", "حدائق")
        for number in range(2)
    }
    site = _site(tmp_path, texts)
    said = "sections: [{name: حدائق, color: '#1b5e20'}, {name: رياضة, color: '#ffee00'}]"
    site, _ = _run(site, said)
    page = (site.out / "sections" / "index.md").read_text("utf-8")
    assert sorted(("حدائق", "رياضة", "سياسة"), key=lambda name: page.index(f"## [{name}]")) == [
        "حدائق",
        "رياضة",
        "سياسة",
    ]
    style = dict(lean_assets([PROJECT / "theme_overrides"], site.brand))["assets/mujaz.css"]
    assert 'a[href*="sections/حدائق/"]{color:#1b5e20}' in style
    assert "#ffee00}" not in style.split('data-md-color-scheme="default"', 1)[0]
    assert any("رياضة" in note for note in site.brand.notes)
