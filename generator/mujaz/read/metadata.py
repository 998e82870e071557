"""What a web page states of its article: JSON-LD, OpenGraph and meta elements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mujaz.arabic.normalise import key
from mujaz.data import table
from mujaz.model import Stated
from mujaz.read.fields import date_of, is_address, section_of, stated_fields, text_of, texts_of
from mujaz.read.stated.authors import authors_of, is_agency
from mujaz.read.stated.json_ld import JsonLd, Node, has_type
from mujaz.read.stated.site_names import SiteNames

_ORGANISATIONS = ("Organization", "Corporation")
_NAMES = "@type genre headline datePublished dateCreated dateModified articleSection url".split()


def page_metadata(root: Any) -> dict[str, Stated]:
    """Return the fields that the page's metadata states, but for authors; JSON-LD comes first.

    Keywords are left out: they are written for search engines and mostly about the paper itself.
    """
    fields = {**_open_graph(root), **_json_ld(JsonLd(root))}
    address = fields.get("address") or _canonical_address(root)
    if address:
        fields["address"] = address
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language:
        fields["language"] = Stated(language, "the page's `lang`")
    return fields


def stated_authors(root: Any, site: SiteNames) -> Stated | None:
    """Return who wrote the article by the page's metadata, where that names people of no desk."""
    json_ld = JsonLd(root)
    article = next(json_ld.articles(), None)
    for node in (article, *json_ld.pages()):
        authors = _authors(node or {}, json_ld, site)
        if authors:
            return Stated(authors, "json-ld")
    contents = _meta_contents(root)
    for name in table("fields")["meta"]["authors"]:
        authors = authors_of(contents.get(name, []), site)
        if authors:
            return Stated(authors, "meta " + name)
    return None


def stated_headlines(root: Any) -> list[Stated]:
    """Return the headlines that the page's metadata states, the surest first."""
    nodes = JsonLd(root).articles()
    claims = [(text_of(node.get("headline") or node.get("name")), "json-ld") for node in nodes][:1]
    contents = _meta_contents(root)
    for name in table("fields")["meta"]["title"]:
        claims += [(text, "meta " + name) for text in contents.get(name, ())[:1]]
    return [Stated(text, rule) for text, rule in claims if text and key(text)]


def article_body(root: Any) -> str | None:
    """Return the text of the article where JSON-LD has it."""
    for node in JsonLd(root).articles():
        if isinstance(node.get("articleBody"), str):
            return str(node["articleBody"])
    return None


def _json_ld(json_ld: JsonLd) -> dict[str, Stated]:
    """Return what the article says, completed by what is said of its page and its site."""
    fields: dict[str, Stated] = {}
    article = next(json_ld.articles(), None)
    for node in (article, *json_ld.pages()):
        for name, stated in _of_node(node or {}, json_ld).items():
            if name != "title" or node is article:
                fields.setdefault(name, stated)
    names = (text_of(site.get("name")) for site in json_ld.sites())
    site = next((name for name in names if name and not is_address(name)), None)
    if site:
        fields.setdefault("source", Stated(site, "json-ld"))
    return fields


def _of_node(node: Node, json_ld: JsonLd) -> dict[str, Stated]:
    given = {name: node[name] for name in _NAMES if name in node}
    given["publisher"] = json_ld.resolved(node.get("publisher"))
    given["url"] = given.get("url") or _page_of(node)
    return stated_fields(given, "json-ld")[0]


def _authors(node: Node, json_ld: JsonLd, site: SiteNames) -> tuple[str, ...]:
    """Return who wrote the article; organisations wrote none, unless they are agencies."""
    resolved = json_ld.resolved(node.get("author")) or json_ld.resolved(node.get("creator"))
    people = [
        each
        for each in resolved
        if not has_type(each, _ORGANISATIONS) or is_agency(text_of(each) or "")
    ]
    return authors_of(people, site)


def _page_of(node: Mapping[str, Any]) -> Any:
    page = node.get("mainEntityOfPage")
    return page.get("@id") if isinstance(page, Mapping) else page


def _meta_contents(root: Any) -> dict[str, list[str]]:
    """Return the contents of `meta` elements by their names."""
    contents: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = text_of(meta.get("content"))
        if name and content:
            contents.setdefault(name.strip().lower(), []).append(content)
    return contents


def _open_graph(root: Any) -> dict[str, Stated]:
    """Return what `meta` elements state, from the name that says it best."""
    contents = _meta_contents(root)
    fields: dict[str, Stated] = {}
    for field, names in table("fields")["meta"].items():
        for name in names if field != "authors" else ():
            value = _value(field, contents.get(name, []))
            if value:
                fields[field] = Stated(value, "meta " + name)
                break
    return fields


def _value(field: str, values: list[str]) -> Any:
    if field == "tags":
        return texts_of(values)
    if field in ("date", "updated"):
        return next(filter(None, map(date_of, values)), None)
    if field == "address":
        return next(filter(is_address, values), None)
    if field == "section":
        return section_of(values)
    return next((value for value in values if key(value)), None)


def _canonical_address(root: Any) -> Stated | None:
    for link in root.iter("link"):
        address = link.get("href") or ""
        if "canonical" in (link.get("rel") or "").lower().split() and is_address(address):
            return Stated(address, "canonical link")
    return None
