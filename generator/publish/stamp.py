"""From a page's source to its finished HTML, by skeletons: pure functions, fit for any process."""

from __future__ import annotations

import os
import posixpath
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote
from zlib import crc32

from generator.publish import front_matter, subset
from generator.publish.front_matter import Declined
from generator.publish.skeleton import Shapes

NO_DATE = "1970-01-01"
"""MkDocs wants some date of every page, for the time stamp of the compressed site map."""
ITEMS = "sitemap.xml"
"""The static template that lists all pages."""


class Unfit(Exception):  # noqa: N818 - an answer, and no fault
    """The site does what only MkDocs as a whole can follow."""


class Unshaped(Exception):  # noqa: N818 - an answer, and no fault
    """No skeleton is known for a page."""


class Rendered(NamedTuple):
    """A finished page, and what the next build has to know of it."""

    path: str
    """Its source, below the folder of pages."""
    html: str
    source: bytes
    """Digest of its source."""
    asked: bytes
    """Which other files it depends on being there; see `mark`."""
    item: str
    """Its entry in the site map."""
    date: str
    """ISO 8601 day."""
    by_mkdocs: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages share, as MkDocs reads it from the configuration."""

    site_url: str
    """The site's address with `/` at its end, or empty."""
    base_path: str
    """The path of `site_url`."""
    nav: Mapping[str, str]
    """Titles of the pages in the nav, by source."""
    urls: Mapping[str, str] = field(default_factory=dict)
    """Addresses of all pages below the site's root, by source."""


Key = tuple[str, str, int]
"""What pages must share for one template run to do for all: template, then the beginning of their
address and how many parts it has; the whole address and 0 for a page that is like no other."""


def digest(data: bytes) -> bytes:
    """Return what tells contents apart."""
    return sha256(data).digest()


def mark(path: str) -> int:
    """Return a small number for `path`: those of two paths rarely agree."""
    return crc32(path.encode("utf-8", "surrogateescape"))


def marks(paths: set[str]) -> bytes:
    """Return the marks of `paths`, packed."""
    return array("I", sorted(map(mark, paths))).tobytes()


def has_mark(packed: bytes, wanted: set[int]) -> bool:
    """Say whether any of `wanted` is among packed marks."""
    found = array("I")
    found.frombytes(packed)
    return not wanted.isdisjoint(found)


class _Quoted(dict[int, str]):
    """How addresses write each character: much faster than to quote address by address."""

    def __missing__(self, code: int) -> str:
        self[code] = written = quote(chr(code))
        return written


_quoted = _Quoted()


class Urls(dict[str, str]):
    """Addresses of pages below the site's root, by source, made when they are asked for."""

    def __init__(self, docs: Iterable[str]) -> None:
        """Know the addresses of `docs`."""
        super().__init__()
        self._docs = frozenset(docs)

    def __missing__(self, path: str) -> str:
        if path not in self._docs:
            raise KeyError(path)
        self[path] = url = url_of(path)
        return url


def url_of(path: str) -> str:
    """Return the address of a page's source, as MkDocs does with directory URLs."""
    stem = path.removesuffix(".md")
    if stem == "index":
        return "./"
    return stem.removesuffix("/index").translate(_quoted) + "/"


def output_of(path: str) -> str:
    """Return where a page's HTML goes, below the site's folder."""
    stem = path.removesuffix(".md")
    return f"{stem}.html" if posixpath.basename(stem) == "index" else f"{stem}/index.html"


def relative(url: str, page: str) -> str:
    """Return the way from one address to another, both of pages, as MkDocs does."""
    there = [part for part in url.split("/") if part and part != "."]
    here = [part for part in page.split("/") if part and part != "."]
    common = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        common += 1
    parts = [".."] * (len(here) - common) + there[common:]
    return ("/".join(parts) or ".") + "/"


def _joined(folder: str, target: str) -> str:
    """Return the path that `target` names, as seen from `folder`."""
    if folder and "/" not in folder and target.startswith("../") and "." not in target[3:-3]:
        return target[3:]
    return posixpath.normpath(posixpath.join(folder, target))


def key_of(template: str, path: str, url: str, site: Site) -> Key:
    """Return the key of a page."""
    first, _, rest = url.partition("/")
    if not rest or path in site.nav:
        return template, url, 0
    return template, f"{first}/", url.count("/")


def page_date(meta: Mapping[str, Any]) -> str:
    """Return the day of a page's news, whatever day the clock says."""
    ours = meta.get("mujaz")
    return (ours and ours.get("date_iso")) or NO_DATE


def page_data(
    path: str, meta: dict[str, Any], title: Any, content: str, site: Site
) -> dict[str, Any]:
    """Return all that a skeleton may depend on or print."""
    url = site.urls[path]
    url = "" if url == "./" else url
    return {
        "meta": meta,
        "title": title,
        "content": content,
        "url": url,
        "canonical_url": site.site_url + url if site.site_url else None,
        "abs_url": site.base_path + url if site.site_url else None,
        "is_homepage": url == "",
        "is_page": True,
        "is_link": False,
        "is_section": False,
        "update_date": page_date(meta),
    }


class Stamper:
    """Stamps the pages of one site."""

    def __init__(self, site: Site, shapes: dict[Key, Shapes]) -> None:
        """Stamp with `shapes`, which grow as they are used."""
        self.site = site
        self.shapes = shapes

    def read(self, path: str, text: str) -> tuple[Key, dict[str, Any], set[str]]:
        """Return key and data of a page, and what it depends on; may raise `Declined`."""
        meta, body = front_matter.split(text)
        ours = meta.get("mujaz")
        template = meta.get("template", "main.html")
        if type(template) is not str or not (ours is None or type(ours) is dict):
            raise Declined
        url, urls, folder = self.site.urls[path], self.site.urls, posixpath.dirname(path)
        asked: set[str] = set()
        first, up = url.partition("/")[0] + "/", "../" * url.count("/")

        def href(target: str) -> str:
            uri = _joined(folder, target)
            asked.add(uri)
            try:
                there = urls[uri]
            except KeyError:
                raise Declined from None
            # Most links lead to another top folder: then the way is known by its length.
            if there.startswith((first, ".")) or first == "./":
                return relative(there, url)
            return up + there

        content = subset.convert(body, href)
        if path in self.site.nav:
            title: Any = self.site.nav[path]
        elif "title" in meta:
            title = meta["title"]
        else:
            raise Declined
        data = page_data(path, meta, title, content, self.site)
        return key_of(template, path, data["url"], self.site), data, asked

    def stamp(self, path: str, text: str, source: bytes) -> Rendered:
        """Return the finished page; raises `Declined` or `Unshaped` if MkDocs must be asked."""
        key, data, asked = self.read(path, text)
        html = self._stamped(key, data)
        item = self._stamped((ITEMS, "", 0), data)
        return Rendered(path, html, source, marks(asked), item, data["update_date"])

    def item(self, data: Mapping[str, Any]) -> str:
        """Return a page's entry in the site map."""
        return self._stamped((ITEMS, "", 0), data)

    def _stamped(self, key: Key, data: Mapping[str, Any]) -> str:
        shapes = self.shapes.get(key)
        found = shapes.find(data) if shapes else None
        if found is None:
            raise Unshaped
        if found[0] is None:
            raise Declined
        return found[0].stamp(data)


def decoded(data: bytes) -> str:
    """Return a source as text; raises `Declined` if MkDocs might read it differently."""
    if b"\r" in data or data.startswith(b"\xef\xbb\xbf"):
        raise Declined
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Declined from None


def stamp_files(
    stamper: Stamper, folder: str, out: str, paths: Sequence[str]
) -> tuple[list[Rendered], list[str]]:
    """Stamp the sources `paths` below `folder` into `out`, a folder that nobody reads as yet.

    Returns the finished pages without their HTML, and the paths of those that MkDocs must render.
    """
    done: list[Rendered] = []
    left: list[str] = []
    for path in paths:
        data = read(f"{folder}/{path}")
        try:
            page = stamper.stamp(path, decoded(data), digest(data))
        except (Declined, Unshaped):
            left.append(path)
        else:
            write_new(f"{out}/{output_of(path)}", encoded(page.html))
            done.append(page._replace(html=""))
    return done, left


def encoded(html: str) -> bytes:
    """Return a page as MkDocs writes it."""
    return html.encode("utf-8", "xmlcharrefreplace")


def read(path: str) -> bytes:
    """Return a file's content."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - there are many files
        return file.readall()


def write_new(path: str, data: bytes) -> None:
    """Write a file that is not there, and the folders that it lies in."""
    folder = path.rpartition("/")[0]
    try:
        os.mkdir(folder)  # noqa: PTH102 - there are many files
    except FileExistsError:
        pass
    except FileNotFoundError:
        Path(folder).mkdir(parents=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
    finally:
        os.close(handle)
