"""What the JSON-LD of a page says: its objects, however nested, faulty or referred to."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

_ARTICLE_TYPES = ("Article", "BlogPosting", "Report", "LiveBlogPosting", "SocialMediaPosting")
_PAGE_TYPES = ("WebPage", "ItemPage")
_SITE_TYPES = ("WebSite",)
_MAX_CHARACTERS, _MAX_VALUES, _MAX_NODES, _MAX_DEPTH = 200_000, 100, 2_000, 8
_OF_OTHERS = frozenset(
    "itemListElement hasPart comment review mentions citation relatedLink associatedArticle "
    "isBasedOn significantLink".split()
)
"""Names under which other articles and what readers say stand."""
_WRAPPINGS = ("<!--", "//", "/*", "<![CDATA[", "*/", "-->", "]]>", ";")
"""Stand around the JSON for the sake of old browsers."""
_BETWEEN = re.compile(r"[\s;,]*")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
Node = Mapping[str, Any]


class JsonLd:
    """The objects in the JSON-LD of one page."""

    def __init__(self, root: Any) -> None:
        """Take the root element of the page."""
        scripts = (each for each in root.iter("script") if _is_json_ld(each))
        loaded = (value for script in scripts for value in _values(script.text or ""))
        nodes = (node for value in loaded for node in _nodes(value, 0))
        self.nodes: tuple[Node, ...] = tuple(islice(nodes, _MAX_NODES))
        # The first that says anything: others may only refer to it.
        self._by_id: dict[str, Node] = {}
        for node in self.nodes:
            if isinstance(node.get("@id"), str) and len(node) > 1:
                self._by_id.setdefault(node["@id"], node)

    def articles(self) -> Iterator[Node]:
        """Yield the objects that are articles."""
        return (node for node in self.nodes if has_type(node, _ARTICLE_TYPES))

    def pages(self) -> Iterator[Node]:
        """Yield the objects that stand for the page itself."""
        return (node for node in self.nodes if has_type(node, _PAGE_TYPES))

    def sites(self) -> Iterator[Node]:
        """Yield the objects that stand for the whole site."""
        return (node for node in self.nodes if has_type(node, _SITE_TYPES))

    def resolved(self, value: Any) -> list[Any]:
        """Return what `value` holds or refers to, as a list."""
        values = value if isinstance(value, list) else [value]
        return [self._resolved(each) for each in values if each not in (None, "", {}, [])]

    def _resolved(self, value: Any) -> Any:
        is_reference = isinstance(value, Mapping) and not value.get("name")
        name = value.get("@id") if is_reference else value
        return self._by_id.get(name, value) if isinstance(name, str) else value


def has_type(node: Any, types: tuple[str, ...]) -> bool:
    """Whether `node` is of one of `types`, or of a narrower one: `ReportageNewsArticle`."""
    stated = node.get("@type") if isinstance(node, Mapping) else None
    stated = stated if isinstance(stated, list) else [stated]
    return any(isinstance(each, str) and each.endswith(types) for each in stated)


def _is_json_ld(script: Any) -> bool:
    return "ld+json" in (script.get("type") or "").lower()


def _values(text: str) -> Iterator[Any]:
    """Yield the JSON values in a script; commas too many, and line breaks in texts, are common."""
    text = _unwrapped(text[:_MAX_CHARACTERS])
    if text[:20].replace(" ", "").startswith(("{&quot;", "[{&quot;")):
        text = html.unescape(text)
    for attempt in (text, _TRAILING_COMMA.sub("", text)):
        try:
            yield from _decoded(attempt)
        except (ValueError, RecursionError):
            continue
        return


def _unwrapped(text: str) -> str:
    for _ in range(2):  # a comment, and CDATA in it
        for sign in _WRAPPINGS:
            text = text.strip().removeprefix(sign).removesuffix(sign)
    return text.strip()


def _decoded(text: str) -> list[Any]:
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    end = 0
    while end < len(text) and len(values) < _MAX_VALUES:
        value, end = decoder.raw_decode(text, end)
        values.append(value)
        between = _BETWEEN.match(text, end)
        end = between.end() if between else end
    return values


def _nodes(value: Any, depth: int) -> Iterator[Node]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each, depth + 1)
    elif isinstance(value, Mapping):
        yield value
        for name, each in value.items():
            if isinstance(each, list | Mapping) and name not in _OF_OTHERS:
                yield from _nodes(each, depth + 1)
