"""What MkDocs is told of the documentation: the theme, its assets, and where each page stands."""

from __future__ import annotations

import html
import posixpath
import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mujaz.publish.output.assets import FONT_FOLDER, lean_assets, write_fonts

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
THEME = PROJECT / "theme_overrides"
ROOT_PAGES = {"changes.md": "CHANGELOG.md", "contributing.md": "CONTRIBUTING.md"}
"""Pages of the English half that lie beside the folder of documents, by path in the site."""
LISTS = ("how-to.md", "explanation.md", "reference/index.md", "reference.md")
"""Pages that lead to all others but the tutorial."""
_OUTWARD = re.compile(r"\]\(\.\./(?!\.\./)([^)#\s]+?)(\.md)?(#[^)]*)?\)")
"""A link from a page of the Arabic half to one of the English one."""
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(
    r"(<[^>]+>|&\w+;)|\d{4}-\d\d-\d\d \d\d:\d\d|[A-Za-z0-9](?:[\w./#:+-]*\w)?", re.ASCII
)
"""A tag or a sign of HTML; else what is written from left to right: a day and time, or a word."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Lay Mujaz's theme below what the documentation has of its own."""
    own = [str(HERE / "overrides")]
    if not _is_arabic(config):
        own.append(str(HERE / "english"))
    config.theme.dirs[:1] = [*own, str(THEME)]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the theme's styles, scripts and fonts, and the documents that lie elsewhere."""
    for path, text in lean_assets([THEME]):
        files.append(File.generated(config, path, content=text))
    for path, data in _fonts().items():
        files.append(File.generated(config, path, content=data))
    style = (HERE / "docs.css").read_text("utf-8")
    files.append(File.generated(config, "assets/docs.css", content=style))
    if not _is_arabic(config):
        for path, source in ROOT_PAGES.items():
            text = (PROJECT / source).read_text("utf-8").replace("](docs/", "](")
            files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Lead from the Arabic half to the English one, and from it to no file that it has not."""
    page.meta["template"] = "docs.html"
    if _is_arabic(config):
        depth = posixpath.relpath(".", page.url or ".") + "/.."
        return _OUTWARD.sub(lambda link: f"]({_address(depth, link)})", markdown)
    folder = posixpath.dirname(page.file.src_uri)
    return re.sub(
        r"\[([^\]]*)\]\((?!\w+:|#)([^)#\s]+)(#[^)]*)?\)",
        lambda link: _inward(link, folder, files),
        markdown,
    )


def on_page_content(content: str, /, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Set code that is Arabic from right to left."""
    return re.sub(r"<pre>(.*?)</pre>", _set_code, content, flags=re.DOTALL)


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Tell the template where the page stands, and where the same page is in the other language."""
    is_arabic = _is_arabic(config)
    words = yaml.safe_load((HERE / "words.yml").read_text("utf-8"))["ar" if is_arabic else "en"]
    start = posixpath.relpath(".", page.url or ".")
    other = Path(config.docs_dir, ".." if is_arabic else "ar", page.file.src_uri)
    same = page.url if other.exists() else ""
    page.meta["translation"] = f"{start}/{'..' if is_arabic else 'ar'}/{same}"
    page.meta["translation_language"] = "en" if is_arabic else "ar"
    page.meta.update(words)
    places = [each for each in nav.pages if each.file.src_uri in LISTS]
    lists = [place for place in places if _leads_to(place, page)]
    page.meta["ways"] = [{"url": f"{start}/{each.url}", "title": each.title} for each in lists[:1]]
    return context


def _set_code(block: re.Match[str]) -> str:
    """Return code in the direction of its first letter; in Arabic code, the rest keeps its own."""
    first = _LETTER.search(html.unescape(re.sub(r"<[^>]+>", "", block[1])))
    if first is None or first[0] < "\u0600":
        return block[0]
    code = _LATIN.sub(lambda part: part[1] or f'<bdi dir="ltr">{part[0]}</bdi>', block[1])
    return f'<pre dir="rtl">{code}</pre>'


def _is_arabic(config: MkDocsConfig) -> bool:
    return bool(config.theme["language"] == "ar")


def _leads_to(place: Page, page: Page) -> bool:
    """Whether a page of the strip is a list in which another page stands."""
    folder = posixpath.dirname(place.file.src_uri)
    links = re.findall(r"\]\(([^)#\s]+)", place.file.content_string)
    return page.file.src_uri in {posixpath.normpath(posixpath.join(folder, each)) for each in links}


@cache
def _fonts() -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        write_fonts(Path(folder))
        files = sorted((Path(folder) / FONT_FOLDER).glob("*.woff2"))
        return {f"{FONT_FOLDER}/{file.name}": file.read_bytes() for file in files}


def _address(depth: str, link: re.Match[str]) -> str:
    """Return the address of a page or file of the English half, from the Arabic one."""
    path, is_page, anchor = link[1], link[2], link[3] or ""
    if is_page:
        path = re.sub(r"(^|/)(index|README)$", r"\1", path)
        path = path if path.endswith("/") or not path else f"{path}/"
    return f"{depth}/{path}{anchor}"


def _inward(link: re.Match[str], folder: str, files: Files) -> str:
    """Return a link as it is if its target is in the site; else its text, which names a file."""
    path = posixpath.normpath(posixpath.join(folder, link[2]))
    known = {f"../{source}": name for name, source in ROOT_PAGES.items()}
    if path in known:
        return f"[{link[1]}]({posixpath.relpath(known[path], folder or '.')}{link[3] or ''})"
    if files.get_file_from_path(path) or path.startswith("ar/") or path == "ar":
        return link[0]
    return link[1]
