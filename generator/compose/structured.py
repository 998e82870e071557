"""What machines are told of each page: schema.org in JSON-LD, from what readers are told."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

from generator.compose.addresses import (
    ARCHIVE,
    DIGEST,
    HOME,
    IMAGES,
    UNDATED_ARCHIVE,
    month_path,
    site_address,
    whole_address,
)
from generator.config import Config
from generator.model import Article, Page

# None of these can mean anything in JSON outside a string, and in a string the escape is the same
# character. Without `<` nothing can end the `script` element that the data stands in, or open a
# comment there; the others are kept from readers that take the page for XML or the data for script.
_ESCAPES = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})
_STEADY_NAMES: Mapping[str, str] = {HOME: "الرئيسية", DIGEST: "الموجز"}
"""Pages by the names that lead to them, where their titles are the site's, or change by the day."""


def described(
    pages: Sequence[Page], articles: Mapping[str, Article], config: Config
) -> Iterator[Page]:
    """Yield each page with `json_ld` in its front matter. `articles` are by the paths of pages."""
    titles = {page.path: str(page.meta["title"]) for page in pages}
    names = {**titles, **_STEADY_NAMES}
    for page in pages:
        article = articles.get(page.path)
        facts = [_article(article, page, config) if article else _list(page, config)]
        trail = _trail(page, article, names)
        if config.site_url and len(trail) > 1:
            facts.append(_breadcrumbs(trail, names, config))
        ours = {**page.meta["mujaz"], "json_ld": json_ld(facts)}
        if article and _images(article, config):
            ours["image"] = _images(article, config)[0]
        yield replace(page, meta={**page.meta, "mujaz": ours})


def json_ld(facts: Sequence[Mapping[str, Any]]) -> str:
    """Return `facts` as JSON-LD, without empty ones, fit to stand in a `script` element as it is.

    Escaping for HTML would be wrong there: browsers do not undo it in a `script` element.
    """
    graph = [_told(fact) for fact in facts]
    data = {"@context": "https://schema.org", "@graph": graph}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _article(article: Article, page: Page, config: Config) -> dict[str, Any]:
    return {
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.summary,
        "datePublished": article.date.isoformat() if article.date else "",
        "dateModified": article.updated.isoformat() if article.updated else "",
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "publisher": article.source and {"@type": "Organization", "name": article.source},
        "articleSection": article.category,
        "image": _images(article, config),
        "inLanguage": "ar",
        "isPartOf": _site(config),
        "mainEntityOfPage": whole_address(page.path, config.site_url),
    }


def _images(article: Article, config: Config) -> list[str]:
    """Return the whole addresses of an article's pictures; none if the site's is unknown."""
    names = [image.name for image in article.images] if config.site_url else []
    return [urljoin(config.site_url, f"{IMAGES}/{name}") for name in names]


def _list(page: Page, config: Config) -> dict[str, Any]:
    """Return the facts of a page that leads to others."""
    if page.path == HOME:
        return _site(config) | {"description": config.site_description, "inLanguage": "ar"}
    return {
        "@type": "CollectionPage",
        "name": page.meta["title"],
        "description": page.meta["description"],
        "inLanguage": "ar",
        "isPartOf": _site(config),
        "url": whole_address(page.path, config.site_url),
    }


def _site(config: Config) -> dict[str, Any]:
    return _told({"@type": "WebSite", "name": config.site_name, "url": config.site_url})


def _trail(page: Page, article: Article | None, names: Container[str]) -> list[str]:
    """Return the paths of the pages that lead to a page, and its own.

    Articles stand below their month, other pages below those whose address begins theirs.
    """
    if article:
        month = month_path(article.date) if article.date else UNDATED_ARCHIVE
        return [HOME, ARCHIVE, month, page.path]
    if page.path == HOME:
        return [HOME]
    parts = site_address(page.path).split("/")[:-1]
    stems = ("/".join(parts[:depth]) for depth in range(1, len(parts)))
    above = [path for stem in stems for path in (f"{stem}.md", f"{stem}/index.md") if path in names]
    return [HOME, *above, page.path]


def _breadcrumbs(trail: Sequence[str], names: Mapping[str, str], config: Config) -> dict[str, Any]:
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": names[path],
            "item": whole_address(path, config.site_url),
        }
        for position, path in enumerate(trail, 1)
    ]
    del items[-1]["item"]  # the page itself
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _told(fact: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known of `fact`."""
    return {key: value for key, value in fact.items() if value}
