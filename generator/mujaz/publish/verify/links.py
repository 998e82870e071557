"""Follows the links of finished pages to other files of the site, and to the places in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from mujaz.errors import RenderError
from mujaz.model import Problem
from mujaz.publish.output.site_folder import NextSite

_ROOT = "http://site.invalid/"
"""Stands for the address of the site where it has none: the name is reserved for such uses."""
_HINT = "build again; if it stays, mend the page or template that has the link"
_MAX_CACHED_FILES = 4_096
_MAX_NAMED_LINKS = 5
_MAX_NAMED_FAULTS_OF_FILE = 20
_STYLE_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)")
_TOP = ("", "top")
"""Fragments that lead to the top of any page."""
_LINKS = "//@href|//@src|//@poster|//form/@action|//@srcset|//meta[@http-equiv='refresh']/@content"


def broken_links(
    site: Path, paths: Iterable[str], exists: Callable[[str], bool], site_url: str = ""
) -> Iterator[Problem]:
    """Yield a problem for each link, in the files `paths` below `site`, that leads nowhere.

    Pages, style sheets and lists of addresses (XML, JSON) are read. `exists` says whether the site
    has a file; `site_url` is its address with `/` at its end, if it is known. Links that lead out
    of the site are not followed.
    """
    root = site_url or _ROOT
    base = urlsplit(root).path

    @lru_cache(_MAX_CACHED_FILES)
    def places(path: str) -> frozenset[str]:
        return _page(site / path)[1]

    for path in sorted(paths):
        address = urljoin(root, _address(path))
        broken = []
        for link in dict.fromkeys(_links_of(site / path, site_url)):
            target, fragment = urldefrag(urljoin(address, link))
            if not target.startswith(root):
                continue
            wanted = unquote(urlsplit(target).path).removeprefix(base)
            target_file = _file_of(wanted, exists)
            if target_file is None:
                broken.append(f"links to {link}, which is not there")
            elif not _has_place(target_file, unquote(fragment), places):
                broken.append(f"links to {link}, but that page has no such place")
        yield from (Problem(path, each, _HINT) for each in broken[:_MAX_NAMED_FAULTS_OF_FILE])


def refuse_broken_links(site: Path, tree: NextSite, listing: Mapping[str, str]) -> None:
    """Raise `RenderError` if a changed file of the next site links to what is not there.

    `listing` are the digests of all files that it is to have. What others put into the folder
    `site` is there as well.
    """

    def exists(path: str) -> bool:
        return path in listing or ((site / path).is_file() and path not in tree.digests)

    changed = [path for path, digest in listing.items() if tree.digests.get(path) != digest]
    broken = islice(broken_links(tree.folder, changed, exists), _MAX_NAMED_LINKS)
    named = [f"{each.file} {each.reason}" for each in broken]
    if named:
        raise RenderError(
            f"{site}: not published, as links lead nowhere ({'; '.join(named)}); mend the pages or "
            "templates that have them, or build without --strict"
        )


def _address(path: str) -> str:
    """Return the address of a file, in characters of which none is special."""
    return path.removesuffix("index.html").replace("%", "%25").replace("?", "%3F")


def _file_of(path: str, exists: Callable[[str], bool]) -> str | None:
    """Return the file that a server gives out for a path; None if there is none."""
    index = f"{path}index.html" if path.endswith("/") or not path else f"{path}/index.html"
    return next((each for each in (path, index) if each and exists(each)), None)


def _has_place(path: str, fragment: str, places: Callable[[str], frozenset[str]]) -> bool:
    is_page = path.endswith(".html")
    return fragment in _TOP or not is_page or fragment in places(path) or fragment.startswith(":~:")


def _links_of(file: Path, site_url: str) -> list[str]:
    if file.suffix == ".html":
        return _page(file)[0]
    if file.suffix == ".css":
        return _STYLE_URL.findall(file.read_text("utf-8", "replace"))
    if file.suffix in (".xml", ".json") and site_url:
        address = re.compile(re.escape(site_url) + r"[^\s\"<>&\\]*")
        return address.findall(file.read_text("utf-8", "replace"))
    return []


def _page(file: Path) -> tuple[list[str], frozenset[str]]:
    """Return the links of a page, and the names of the places in it."""
    from lxml import etree, html

    try:
        tree = html.fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    except (OSError, etree.ParserError):
        return [], frozenset()
    links = []
    for value in tree.xpath(_LINKS):
        if value.attrname == "srcset":
            links += [each.split()[0] for each in value.split(",") if each.strip()]
        elif value.attrname == "content":
            links += [part.strip() for part in value.lower().partition("url=")[2:]]
        else:
            links.append(value.strip())
    return links, frozenset(map(str, tree.xpath("//@id|//a/@name")))
