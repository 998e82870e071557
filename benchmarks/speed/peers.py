"""The programs compared: how each is given the same pages, and how it is run.

Every one renders the same Markdown: the pages that Mujaz composes for so many articles. What a
program does besides (feeds, search, taxonomies) is turned off where it can be. Those that bring no
theme of Material's size are given Material's own page as a layout, cut open where title,
description and text stand.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from mujaz.compose import page_text
from mujaz.config import load
from mujaz.publish.output.fonts import subset_fonts
from mujaz.site_model import Asset, Page

from tests.support import write_pages

PROJECT = Path(__file__).parent.parent.parent
TOOLS = PROJECT / ".bench"
"""What `make bench` installs."""
_BIN = TOOLS / "venv" / "bin"
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKDOWN = "<!--text-->"
CHANGED = "changed.txt"
"""Names the pages that were edited."""
Pages = Sequence[Page | Asset]


@dataclass(frozen=True, slots=True)
class Peer:
    """A program, or a way to run one."""

    name: str
    prepare: Callable[[Path, Pages, str], None]
    """Fills a folder with what it needs: the folder, the pages, and Material's page as a layout."""
    command: Sequence[str]
    output: str
    """Folder of the HTML, below its own."""
    before: Callable[[Path], None]
    """Brings the folder into the state that a run begins with."""
    max_articles: int = 100_000
    """Articles above which it would take too long."""
    environment: dict[str, str] = field(default_factory=dict)


def _remove(*names: str) -> Callable[[Path], None]:
    def clear(folder: Path) -> None:
        for name in names:
            shutil.rmtree(folder / name, ignore_errors=True)

    return clear


def _prepare_mujaz(folder: Path, pages: Pages, _: str) -> None:
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    shutil.copytree(PROJECT / "theme_overrides", folder / "theme_overrides")
    (folder / "seeds").mkdir()
    (folder / "site_src" / "assets").mkdir(parents=True)
    shutil.copy(PROJECT / "site_src" / "about.md", folder / "site_src")
    write_pages({page.path: page_text(page) for page in pages}, folder / "site_src")
    subset_fonts(folder / "site_src" / "assets" / "fonts")


def _edit_one_article(folder: Path) -> None:
    """Change a word of one article."""
    page = min((folder / "site_src" / "articles").glob("*.md"))
    text = page.read_text("utf-8")
    page.write_text(text.replace("\n---\n\n", "\n---\n\nجديد ", 1), "utf-8")
    (folder / CHANGED).write_text(page.relative_to(folder / "site_src").as_posix(), "utf-8")


def _edit_nothing(folder: Path) -> None:
    (folder / CHANGED).write_text("", "utf-8")


def _material(folder: Path, pages: Pages, _: str) -> None:
    settings = {
        "site_name": "موجز",
        "site_url": "https://mujaz.example/",
        "theme": {"name": "material", "language": "ar", "direction": "rtl", "font": False},
        "plugins": [],
        "nav": ["index.md", "headlines/index.md"],
        "not_in_nav": "*",
        "validation": {"links": {"not_found": "ignore", "unrecognized_links": "ignore"}},
    }
    _write_settings(folder, settings)
    for page in _only_pages(pages):
        _put(folder / "docs" / page.path, _front(page), page.body)


def _blog(folder: Path, pages: Pages, _: str) -> None:
    settings = {
        "site_name": "موجز",
        "site_url": "https://mujaz.example/",
        "theme": {"name": "material", "language": "ar", "direction": "rtl", "font": False},
        "plugins": [{"blog": {"pagination_per_page": 40}}],
    }
    _write_settings(folder, settings)
    _put(folder / "docs" / "blog" / "index.md", {"title": "الأخبار"}, "\n")
    for page in _only_pages(pages):
        if page.path.startswith("articles/"):
            name = page.path.removeprefix("articles/")
            body = _LINK.sub(r"\1", page.body)
            _put(folder / "docs" / "blog" / "posts" / name, _front(page), body)


def _hugo(folder: Path, pages: Pages, layout: str) -> None:
    settings = {
        "baseURL": "https://mujaz.example/",
        "title": "موجز",
        "disableKinds": ["taxonomy", "term", "rss", "section"],
        "markup": {"goldmark": {"renderer": {"unsafe": True}}},
    }
    (folder / "hugo.json").write_text(json.dumps(settings, ensure_ascii=False), "utf-8")
    text = _cut(layout, "{{ .Title }}", "{{ .Description }}", "{{ .Content }}")
    for name in ("single", "list", "home"):
        path = folder / "layouts" / "_default" / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    for page in _only_pages(pages):
        name = "_index.md" if page.path == "index.md" else _no_index(page.path)
        _put(folder / "content" / name, _front(page), page.body)


def _pelican(folder: Path, pages: Pages, layout: str) -> None:
    (folder / "pelicanconf.py").write_text(
        "PATH = 'content'\nPAGE_PATHS = ['.']\nARTICLE_PATHS = []\nTHEME = 'theme'\n"
        "SITEURL = 'https://mujaz.example'\nSITENAME = 'x'\nTIMEZONE = 'UTC'\n"
        "PAGE_SAVE_AS = '{slug}/index.html'\nSLUGIFY_SOURCE = 'basename'\n"
        "DIRECT_TEMPLATES = []\nFEED_ALL_ATOM = None\nCATEGORY_FEED_ATOM = None\n"
        "TRANSLATION_FEED_ATOM = None\nAUTHOR_FEED_ATOM = None\nAUTHOR_FEED_RSS = None\n",
        "utf-8",
    )
    text = _cut(layout, "{{ page.title }}", "{{ page.description }}", "{{ page.content }}")
    (folder / "theme" / "templates").mkdir(parents=True)
    (folder / "theme" / "templates" / "page.html").write_text(text, "utf-8")
    for number, page in enumerate(_only_pages(pages)):
        head = f"title: {page.meta['title']}\nslug: {_no_index(page.path)[:-3]}-{number}\n"
        path = folder / "content" / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{head}description: {page.meta['description']}\n\n{page.body}", "utf-8")


def _eleventy(folder: Path, pages: Pages, layout: str) -> None:
    text = _cut(layout, "{{ title }}", "{{ description }}", "{{ content | safe }}")
    (folder / "_includes").mkdir()
    (folder / "_includes" / "page.njk").write_text(text, "utf-8")
    (folder / "eleventy.config.js").write_text(
        "module.exports = () => ({ markdownTemplateEngine: false, dir: { input: 'content',"
        " includes: '../_includes', output: 'public' } });\n"
    )
    for page in _only_pages(pages):
        meta = {**_front(page), "layout": "page.njk"}
        _put(folder / "content" / page.path, meta, page.body)


def _write_settings(folder: Path, settings: dict[str, Any]) -> None:
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
    (folder / "mkdocs.yml").write_text(text, "utf-8")


def _only_pages(pages: Pages) -> list[Page]:
    return [page for page in pages if isinstance(page, Page)]


def _front(page: Page) -> dict[str, Any]:
    meta = {"title": page.meta["title"], "description": page.meta["description"]}
    day = page.meta["mujaz"].get("date_iso")
    return {**meta, "date": day} if day else meta


def _no_index(path: str) -> str:
    """Return a path in which an index has a name of its own, where indexes are something else."""
    return path.replace("index.md", "front.md") if "/" in path else path


def _put(path: Path, meta: dict[str, Any], body: str) -> None:
    head = yaml.safe_dump(meta, allow_unicode=True, width=1_000_000)
    head = re.sub(r"^date: '(.*)'$", r"date: \1", head, flags=re.M)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{head}---\n\n{body}", "utf-8")


def _cut(layout: str, title: str, description: str, content: str) -> str:
    for mark, value in (("@title@", title), ("@description@", description), ("@text@", content)):
        layout = layout.replace(mark, value)
    return layout


def prepare_layout(folder: Path) -> None:
    """Fill `folder` with a site of one page, from which Material's layout is taken."""
    page = Page(
        "index.md",
        {"title": "@title@", "description": "@description@", "mujaz": {}},
        f"# @title@\n\n{_MARKDOWN}\n",
    )
    other = Page("headlines/index.md", {"title": "x", "description": "x", "mujaz": {}}, "x\n")
    _material(folder, [page, other], "")


def layout_of(folder: Path) -> str:
    """Return the layout in a site that was made of `prepare_layout`'s folder."""
    text = (folder / "site" / "headlines" / "index.html").read_text("utf-8")
    article = re.compile("(<article[^>]*>).*?(</article>)", re.S)
    text = article.sub(r"\1<h1>@title@</h1>@text@\2", text)
    return text.replace("<title>x", "<title>@title@").replace(
        'name="description" content="x"', 'name="description" content="@description@"'
    )


_MUJAZ = (sys.executable, "-m", "benchmarks.speed.render")
_MUJAZ_CHANGED = (*_MUJAZ, CHANGED)
"""As `mujaz build` does, which knows what it wrote."""
_PROJECT_PATH = {"PYTHONPATH": str(PROJECT)}
_QUIET = {"NO_MKDOCS_2_WARNING": "1"}
MKDOCS_BUILD = (sys.executable, "-m", "mkdocs", "build", "--quiet")
"""Of the same version as Mujaz builds with."""
PEERS = (
    Peer(
        "Mujaz",
        _prepare_mujaz,
        _MUJAZ,
        "site",
        _remove("site", ".mujaz-cache"),
        environment=_PROJECT_PATH,
    ),
    Peer(
        "Mujaz, templates cached",
        _prepare_mujaz,
        _MUJAZ,
        "site",
        _remove("site"),
        environment=_PROJECT_PATH,
    ),
    Peer(
        "Mujaz, one article edited",
        _prepare_mujaz,
        _MUJAZ_CHANGED,
        "site",
        _edit_one_article,
        environment=_PROJECT_PATH,
    ),
    Peer(
        "Mujaz, nothing changed",
        _prepare_mujaz,
        _MUJAZ_CHANGED,
        "site",
        _edit_nothing,
        environment=_PROJECT_PATH,
    ),
    Peer("Hugo", _hugo, (str(_BIN / "hugo"), "--quiet"), "public", _remove("public")),
    Peer("Material", _material, MKDOCS_BUILD, "site", _remove("site"), environment=_QUIET),
    Peer("Material, blog plugin", _blog, MKDOCS_BUILD, "site", _remove("site"), 1_000, _QUIET),
    Peer("Pelican", _pelican, (str(_BIN / "pelican"), "-q"), "output", _remove("output"), 1_000),
    Peer(
        "Eleventy",
        _eleventy,
        ("node", str(TOOLS / "node_modules/@11ty/eleventy/cmd.cjs"), "--quiet"),
        "public",
        _remove("public"),
        1_000,
    ),
    Peer(
        "Zensical",
        _material,
        (str(_BIN / "zensical"), "build", "--clean"),
        "site",
        _remove("site", ".cache"),
        1_000,
    ),
)


def settings_of(folder: Path) -> Any:
    """Return Mujaz' configuration for made-up pages."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    (folder / "seeds").mkdir(exist_ok=True)
    return load(folder / "mkdocs.yml")
