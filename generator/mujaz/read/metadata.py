"""What a web page states of its article: JSON-LD, OpenGraph and meta elements."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from mujaz.arabic.normalise import key
from mujaz.data import table
from mujaz.model import Stated
from mujaz.read.fields import date_of, is_address, people, stated_fields, text_of, texts_of

_ARTICLE_TYPES = ("NewsArticle", "Article", "BlogPosting", "Report", "LiveBlogPosting")
_MAX_JSON_CHARACTERS = 200_000


def page_metadata(root: Any) -> dict[str, Stated]:
    """Return the fields that the page's metadata states; JSON-LD comes first.

    Keywords are left out: they are written for search engines and mostly about the paper itself.
    """
    fields = {**_open_graph(root), **_json_ld(root)}
    address = fields.get("address") or _canonical_address(root)
    if address:
        fields["address"] = address
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language:
        fields["language"] = Stated(language, "the page's `lang`")
    authors = fields.pop("authors", None)
    if authors:
        source = str(fields["source"].value) if "source" in fields else None
        names = people(authors.value, source)
        if names:
            fields["authors"] = Stated(names, authors.rule)
    return fields


def article_body(root: Any) -> str | None:
    """Return the text of the article where JSON-LD has it."""
    for node in _articles(root):
        if isinstance(node.get("articleBody"), str):
            return str(node["articleBody"])
    return None


def _json_ld(root: Any) -> dict[str, Stated]:
    for node in _articles(root):
        names = "headline datePublished dateModified author publisher articleSection url".split()
        given = {name: node[name] for name in names if name in node}
        given["url"] = given.get("url") or _page_of(node)
        return stated_fields(given, "json-ld")[0]
    return {}


def _page_of(node: Mapping[str, Any]) -> Any:
    page = node.get("mainEntityOfPage")
    return page.get("@id") if isinstance(page, Mapping) else page


def _articles(root: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the JSON-LD objects of the page that are articles."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = (script.text or "").strip()[:_MAX_JSON_CHARACTERS]
        try:
            # Line breaks inside texts are no JSON, and common.
            loaded = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (node for node in _nodes(loaded) if _is_article(node))


def _nodes(loaded: Any) -> Iterator[Mapping[str, Any]]:
    for node in loaded if isinstance(loaded, list) else [loaded]:
        if isinstance(node, Mapping):
            yield node
            graph = node.get("@graph")
            if isinstance(graph, list):
                yield from (each for each in graph if isinstance(each, Mapping))


def _is_article(node: Mapping[str, Any]) -> bool:
    types = node.get("@type")
    types = types if isinstance(types, list) else [types]
    return any(isinstance(each, str) and each.endswith(_ARTICLE_TYPES) for each in types)


def _open_graph(root: Any) -> dict[str, Stated]:
    """Return what `meta` elements state, from the name that says it best."""
    contents: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = text_of(meta.get("content"))
        if name and content:
            contents.setdefault(name.strip().lower(), []).append(content)
    fields: dict[str, Stated] = {}
    for field, names in table("fields")["meta"].items():
        for name in names:
            value = _value(field, contents.get(name, []))
            if value:
                fields[field] = Stated(value, "meta " + name)
                break
    return fields


def _value(field: str, values: list[str]) -> Any:
    if field in ("authors", "tags"):
        return texts_of(values)
    if field in ("date", "updated"):
        return next(filter(None, map(date_of, values)), None)
    if field == "address":
        return next(filter(is_address, values), None)
    return next((value for value in values if key(value)), None)


def _canonical_address(root: Any) -> Stated | None:
    for link in root.iter("link"):
        address = link.get("href") or ""
        if "canonical" in (link.get("rel") or "").lower().split() and is_address(address):
            return Stated(address, "canonical link")
    return None
