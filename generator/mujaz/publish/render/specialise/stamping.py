"""From a page's source to its finished HTML, by skeletons: pure functions, fit for any process."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from typing import Any

from mujaz.publish.render.page import (
    ITEMS_KEY,
    Declined,
    Key,
    Rendered,
    Site,
    Source,
    Unshaped,
    key_of,
    page_data,
)
from mujaz.publish.render.site_files import digest, read, write_new
from mujaz.publish.render.specialise import front_matter
from mujaz.publish.render.specialise import markdown_subset as subset
from mujaz.publish.render.specialise.template import Shapes, Values
from mujaz.publish.render.urls import marks, output_of, relative


class Stamper:
    """Stamps the pages of one site."""

    def __init__(self, site: Site, shapes: dict[Key, Shapes]) -> None:
        """Stamp with `shapes`, which grow as they are used."""
        self.site = site
        self.shapes = shapes

    def read(self, path: str, source: Source) -> tuple[Key, dict[str, Any], set[str]]:
        """Return key and data of a page, and what it depends on; may raise `Declined`."""
        _, meta, body = source
        ours = meta.get("mujaz")
        template = meta.get("template", "main.html")
        if type(template) is not str or not (ours is None or type(ours) is dict):
            raise Declined
        url, urls, folder = self.site.urls[path], self.site.urls, posixpath.dirname(path)
        asked: set[str] = set()
        first, up = url.partition("/")[0] + "/", "../" * url.count("/")

        is_flat = folder and "/" not in folder

        def href(target: str) -> str:
            if is_flat and target[:3] == "../" and "." not in target[3:-3]:
                uri = target[3:]
            else:
                uri = posixpath.normpath(posixpath.join(folder, target))
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

    def stamp(self, path: str, source: Source, known: bytes) -> Rendered:
        """Return the finished page; `known` is the digest of its source.

        Raises `Declined` or `Unshaped` if MkDocs must be asked.
        """
        key, data, asked = self.read(path, source)
        values = Values(data)
        html = self._stamped(key, values)
        item = self._stamped(ITEMS_KEY, values).decode()
        return Rendered(path, html, known, marks(asked), item, data["update_date"])

    def item(self, data: Mapping[str, Any]) -> str:
        """Return a page's entry in the site map."""
        return self._stamped(ITEMS_KEY, Values(data)).decode()

    def _stamped(self, key: Key, values: Values) -> bytes:
        shapes = self.shapes.get(key)
        found = shapes.find(values) if shapes else None
        if found is None:
            raise Unshaped
        if found[0] is None:
            raise Declined
        return found[0].stamp(values)


def apart(data: bytes) -> Source:
    """Return a source taken apart; raises `Declined` if MkDocs might read it differently."""
    if b"\r" in data or data.startswith(b"\xef\xbb\xbf"):
        raise Declined
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise Declined from None
    return Source(text, *front_matter.split(text))


def stamp_files(
    stamper: Stamper, folder: str, out: str, paths: Sequence[str], texts: Mapping[str, Source]
) -> tuple[list[Rendered], list[str]]:
    """Stamp the sources `paths` below `folder` into `out`, a folder that nobody reads as yet.

    Those among `texts` are not read again. Returns the finished pages without their HTML, and the
    paths of those that MkDocs must render.
    """
    done: list[Rendered] = []
    left: list[str] = []
    for path in paths:
        try:
            given = texts.get(path)
            data = read(f"{folder}/{path}") if given is None else given.text.encode()
            page = stamper.stamp(path, given or apart(data), digest(data))
        except (Declined, Unshaped):
            left.append(path)
        else:
            write_new(f"{out}/{output_of(path)}", page.html)
            done.append(page._replace(html=b""))
    return done, left
