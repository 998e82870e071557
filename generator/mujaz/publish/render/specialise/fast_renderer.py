"""From a page's source to its HTML by specialised templates: pure functions, for any process."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from typing import Any

from mujaz.publish.output.site_folder import NextSite
from mujaz.publish.render.page import (
    SITEMAP_KEY,
    NoTemplate,
    NotInSubset,
    ParsedSource,
    RenderedPage,
    TemplateKey,
    page_data,
    template_key,
)
from mujaz.publish.render.request import ConfigSummary
from mujaz.publish.render.source_files import digest_of_source, read_content
from mujaz.publish.render.specialise import front_matter, markdown_subset
from mujaz.publish.render.specialise.compact_html import is_composed
from mujaz.publish.render.specialise.template import GuardTree, PageValues
from mujaz.publish.render.urls import output_of, pack_hashes, relative_url, url_of


class FastRenderer:
    """Renders the pages of one site that pass the guards of a specialised template."""

    def __init__(
        self,
        config: ConfigSummary,
        urls: Mapping[str, str],
        templates: dict[TemplateKey, GuardTree],
    ) -> None:
        """Render with `templates`, which grow as they are used; `urls` are all pages' as links
        have them, by source."""
        self._config, self._urls, self._templates = config, urls, templates

    def prepare(
        self, path: str, source: ParsedSource
    ) -> tuple[TemplateKey, dict[str, Any], set[str]]:
        """Return template key and data of a page, and the files that its links need.

        Raises `NotInSubset`.
        """
        meta, body = source
        template = meta.get("template", "main.html")
        if type(template) is not str or not is_composed(meta):
            raise NotInSubset
        url, urls, folder = self._urls[path], self._urls, posixpath.dirname(path)
        links: set[str] = set()
        first, up = url.partition("/")[0] + "/", "../" * url.count("/")

        is_flat = folder and "/" not in folder

        def href(target: str) -> str:
            target, asks, question = target.partition("?")
            if is_flat and target[:3] == "../" and "." not in target[3:-3]:
                uri = target[3:]
            else:
                uri = posixpath.normpath(posixpath.join(folder, target))
            links.add(uri)
            try:
                target_url = urls[uri]
            except KeyError:
                raise NotInSubset from None
            # Most links lead to another top folder: then the way is known by its length.
            if target_url.startswith((first, ".")) or first == "./":
                return relative_url(target_url, url) + asks + question
            return up + target_url + asks + question

        content = markdown_subset.convert(body, href)
        nav_titles = self._config.nav_titles
        if path in nav_titles:
            title: Any = nav_titles[path]
        elif "title" in meta:
            title = meta["title"]
        else:
            raise NotInSubset
        data = page_data(self._config, url_of(path), meta, title, content)
        key = template_key(template, data["url"], is_in_nav=path in nav_titles)
        return key, data, links

    def render(self, path: str, source: ParsedSource, source_digest: bytes) -> RenderedPage:
        """Return the finished page; raises `NotInSubset` or `NoTemplate` if MkDocs must do it."""
        key, data, links = self.prepare(path, source)
        values = PageValues(data)
        html = self._fill(key, values)
        entry = self._fill(SITEMAP_KEY, values).decode()
        dependencies = pack_hashes(links)
        return RenderedPage(path, html, source_digest, dependencies, entry, data["update_date"])

    def sitemap_entry(self, data: Mapping[str, Any]) -> str:
        """Return a page's entry in the site map."""
        return self._fill(SITEMAP_KEY, PageValues(data)).decode()

    def _fill(self, key: TemplateKey, values: PageValues) -> bytes:
        tree = self._templates.get(key)
        leaf = tree.find(values) if tree else None
        if leaf is None:
            raise NoTemplate
        if leaf[0] is None:
            raise NotInSubset
        return leaf[0].fill(values)


def parse_source(data: bytes) -> ParsedSource:
    """Return a page's source parsed; raises `NotInSubset` if MkDocs might read it differently."""
    if b"\r" in data or data.startswith(b"\xef\xbb\xbf"):
        raise NotInSubset
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise NotInSubset from None
    return ParsedSource(*front_matter.split(text))


def render_files(
    renderer: FastRenderer, folder: str, tree: NextSite, paths: Sequence[str]
) -> tuple[list[RenderedPage], list[str]]:
    """Render the sources `paths` below `folder` into `tree`.

    Returns the finished pages without their HTML, and the paths of those that MkDocs must render.
    """
    pages: list[RenderedPage] = []
    left: list[str] = []
    for path in paths:
        data = read_content(f"{folder}/{path}")
        try:
            page = renderer.render(path, parse_source(data), digest_of_source(data))
        except (NotInSubset, NoTemplate):
            left.append(path)
        else:
            digest = tree.write(output_of(path), page.html)
            pages.append(page._replace(html=b"", html_digest=digest))
    return pages, left
