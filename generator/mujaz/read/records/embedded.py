"""What answers of WordPress embed in a post: names of authors, sections and tags for numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

EMBEDDED, HEAD = "_embedded", "yoast_head_json"
"""Names of what is embedded, and of what a plug-in says in the head of the page."""
_FIELD_BY_TAXONOMY = {"category": "category", "post_tag": "tags"}
_FIELD_BY_HEAD = {"author": "author", "og_site_name": "site_name"}
_MAX_TERMS = 100


def with_embedded(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a post with names in place of numbers, as far as it embeds them."""
    names: dict[str, Any] = {}
    head, embedded = record.get(HEAD), record.get(EMBEDDED)
    if isinstance(head, Mapping):
        stated = {field: head.get(name) for name, field in _FIELD_BY_HEAD.items()}
        names |= {field: value for field, value in stated.items() if isinstance(value, str)}
    if isinstance(embedded, Mapping):
        named = (each.get("name") for each in _mappings(embedded.get("author")))
        authors = [name for name in named if isinstance(name, str)]
        names |= {"author": authors} if authors else {}
        terms: dict[str, list[str]] = {}
        for term in _terms(embedded.get("wp:term")):
            field = _FIELD_BY_TAXONOMY.get(str(term.get("taxonomy")))
            if field and isinstance(term.get("name"), str):
                terms.setdefault(field, []).append(term["name"])
        names |= terms
    rest = {name: value for name, value in record.items() if name not in (EMBEDDED, HEAD)}
    return {**rest, **names}


def _terms(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield terms, which stand in a list for each taxonomy."""
    for terms in value[:_MAX_TERMS] if isinstance(value, list) else ():
        yield from _mappings(terms)


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    entries = value[:_MAX_TERMS] if isinstance(value, list) else []
    return [each for each in entries if isinstance(each, Mapping)]
