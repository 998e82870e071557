"""Structured data of each page for machines: schema.org in JSON-LD, of what readers see."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import urljoin

from mujaz.arabic.calendars import iso_text
from mujaz.arabic.language import ARABIC
from mujaz.arabic.wording import Wording
from mujaz.compose.permalinks import (
    ARCHIVE,
    DIGEST,
    HEADLINES,
    HOME,
    IMAGES,
    SECTIONS,
    SOURCES,
    STORIES,
    TAGS,
    UNDATED_ARCHIVE,
    month_path,
    whole_address,
)
from mujaz.config import Config
from mujaz.model import Article
from mujaz.site_model import Page

# None of these can mean anything in JSON outside a string, and in a string the escape is the same
# character. Without `<` nothing can end the `script` element that the data stands in, or open a
# comment there; the others are kept from readers that take the page for XML or the data for script.
_ESCAPED = re.compile("[<>&\u2028\u2029]")
_NAMES: Mapping[str, str] = {
    HOME: "page.home",
    DIGEST: "page.digest",
    STORIES: "stories.title",
    HEADLINES: "headlines.title",
    SECTIONS: "sections.title",
    SOURCES: "sources.title",
    TAGS: "tags.title",
    ARCHIVE: "archive.title",
    UNDATED_ARCHIVE: "lists.undated",
}
"""Where the catalogue of the interface has what the pages are called that lead to others."""


class Step(NamedTuple):
    """A page on the way to another."""

    path: str
    name: str


def with_structured_data(
    page: Page, config: Config, say: Wording, article: Article | None = None, index_title: str = ""
) -> Page:
    """Return a page with `json_ld` in its front matter.

    `article` is the one that it shows, `index_title` that of the index that it is a page of.
    """
    graph = [_article(article, page, config) if article else _list(page, config)]
    trail = _trail(page, article, index_title, say)
    if config.site_url and len(trail) > 1:
        graph.append(_breadcrumbs(trail, config))
    ours = {**page.meta["mujaz"], "json_ld": json_ld(graph)}
    if article and _images(article, config):
        ours["image"] = _images(article, config)[0]
    return replace(page, meta={**page.meta, "mujaz": ours})


def json_ld(graph: Sequence[Mapping[str, Any]]) -> str:
    """Return nodes as JSON-LD, without empty values, fit to stand in a `script` element as it is.

    Escaping for HTML would be wrong there: browsers do not undo it in a `script` element.
    """
    data = {"@context": "https://schema.org", "@graph": [_without_empty(node) for node in graph]}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _article(article: Article, page: Page, config: Config) -> dict[str, Any]:
    return {
        "@type": "OpinionNewsArticle" if article.type == "opinion" else "NewsArticle",
        "headline": article.title,
        "description": article.summary,
        "datePublished": iso_text(article.date, article.time),
        "dateModified": article.updated.isoformat() if article.updated else "",
        "author": _authors(article),
        "publisher": article.source and {"@type": "Organization", "name": article.source},
        "articleSection": article.section,
        "image": _images(article, config),
        "inLanguage": article.language or ARABIC,
        "isPartOf": _site(config),
        "mainEntityOfPage": whole_address(page.path, config.site_url),
    }


def _authors(article: Article) -> list[dict[str, str]]:
    """Return who wrote an article: people, and the agency that a paper has it from."""
    people = [{"@type": "Person", "name": name} for name in article.authors]
    agency = article.agency if article.agency != article.source else None
    return [*people, *([{"@type": "Organization", "name": agency}] if agency else [])]


def _images(article: Article, config: Config) -> list[str]:
    """Return the whole addresses of an article's images; none if the site's is unknown."""
    names = [image.name for image in article.images] if config.site_url else []
    return [urljoin(config.site_url, f"{IMAGES}/{name}") for name in names]


def _list(page: Page, config: Config) -> dict[str, Any]:
    """Return the node of a page that leads to others."""
    if page.path == HOME:
        return _site(config) | {"description": config.site_description, "inLanguage": ARABIC}
    return {
        "@type": "CollectionPage",
        "name": page.meta["title"],
        "description": page.meta["description"],
        "inLanguage": ARABIC,
        "isPartOf": _site(config),
        "url": whole_address(page.path, config.site_url),
    }


def _site(config: Config) -> dict[str, Any]:
    return _without_empty({"@type": "WebSite", "name": config.site_name, "url": config.site_url})


def _trail(page: Page, article: Article | None, index_title: str, say: Wording) -> list[Step]:
    """Return the pages that lead to a page, and it itself.

    Articles stand below their month, other pages below those whose address begins theirs.
    """
    home, this = _step(HOME, say), Step(page.path, str(page.meta["title"]))
    if page.path == HOME:
        return [home]
    if article:
        day = article.date
        month = Step(month_path(day), say.month(day)) if day else _step(UNDATED_ARCHIVE, say)
        return [home, _step(ARCHIVE, say), month, this]
    this = _step(page.path, say) if page.path in _NAMES else this
    above = f"{page.path.partition('/')[0]}/index.md"
    trail = [home, _step(above, say)] if above in _NAMES and above != page.path else [home]
    index = Step(f"{page.path.rpartition('/')[0]}.md", index_title)
    if index_title and index_title != trail[-1].name:
        trail.append(index)
    return [*trail, this]


def _step(path: str, say: Wording) -> Step:
    return Step(path, say.text(_NAMES[path]))


def _breadcrumbs(trail: Sequence[Step], config: Config) -> dict[str, Any]:
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": step.name,
            "item": whole_address(step.path, config.site_url),
        }
        for position, step in enumerate(trail, 1)
    ]
    del items[-1]["item"]  # the page itself
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _without_empty(node: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value}
