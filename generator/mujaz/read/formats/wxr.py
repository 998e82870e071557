"""WordPress exports (WXR): its published posts, and what else is in one is named, not published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from mujaz.model import Document, Problem
from mujaz.read.entries.entry_text import entry_text, text_of_title
from mujaz.read.entries.publication_status import no_articles, unpublished
from mujaz.read.entries.xml_entries import (
    MAX_BYTES,
    ExportError,
    entry_article,
    field_name,
    fields_of,
    title_of_channel,
    xml_entries,
)
from mujaz.read.fields import date_of, has_arabic_letter, is_address, section_of, text_of
from mujaz.read.raw import Raw
from mujaz.read.stated.authors import authors_of

__all__ = ["MAX_BYTES", "read"]

_RULE = "export"
_STATUS = ("status", "post_password")
_MAX_TAGS = 30
_ARTICLES = ("post", "")
"""Types of entries; old exports say none."""


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the posts of the export `raw`. Raises `UndecodableError`.

    Each draft, or what else waits, is named by itself; of pages, attachments and the like it is
    only said how many there are.
    """
    others: Counter[str] = Counter()
    site: str | None = None
    authors: dict[str, str] = {}
    number = 0
    try:
        for element in xml_entries(raw, "author", "item"):
            site = site or title_of_channel(element.getparent())
            if field_name(element) == "wp_author":
                authors.update(_author(fields_of(element)))
            elif field_name(element) == "item":
                number += 1
                fields = fields_of(element)
                kind = fields.get("wp_post_type", "").lower()
                if kind not in _ARTICLES:
                    others[kind] += 1
                else:
                    yield _post(f"{raw.name}#{number}", fields, element, raw, site, authors)
    except ExportError as error:
        yield Problem(raw.name, str(error), "export it again, in parts")
    for kind, count in others.items():
        yield no_articles(raw.name, kind, count)
    if not number:
        yield Problem(raw.name, "is an export without entries", "export the posts as well")


def _post(
    name: str,
    fields: Mapping[str, str],
    element: Any,
    raw: Raw,
    site: str | None,
    authors: Mapping[str, str],
) -> Document | Problem:
    """Return the article that a post is, or why it is none."""
    status = {field: fields.get(f"wp_{field}") for field in _STATUS}
    withheld = unpublished(name, status)
    if withheld:
        return withheld
    content = entry_text(fields.get("content_encoded", ""), breaks_count=True)
    excerpt = entry_text(fields.get("excerpt_encoded", ""), breaks_count=True)
    chosen = content if content.text else excerpt
    title = text_of_title(fields.get("title", ""))
    values: dict[str, Any] = {
        "title": title,
        "source": site,
        "authors": _names(fields, authors),
        # What WordPress calls `pubDate` is in UTC, and may be another day.
        "date": date_of(fields.get("wp_post_date")) or date_of(fields.get("pubdate")),
        "updated": date_of(fields.get("wp_post_modified")),
        "guid": text_of(fields.get("guid")),
        "address": fields["link"] if is_address(fields.get("link", "")) else None,
        **_terms(element),
    }
    article = entry_article(name, raw, chosen, values, _RULE)
    if chosen is excerpt and isinstance(article, Document):
        return replace(article, excerpt=True)
    return article


def _author(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the name that a writer is shown under, by the one to log in with."""
    both = f"{fields.get('wp_author_first_name', '')} {fields.get('wp_author_last_name', '')}"
    shown = fields.get("wp_author_display_name", "") or both.strip()
    return {fields.get("wp_author_login", ""): shown}


def _names(fields: Mapping[str, str], authors: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of a post's writers: one to log in with is none."""
    creator = fields.get("dc_creator", "")
    shown = authors.get(creator) or creator
    is_name = shown != creator or has_arabic_letter(shown) or " " in shown
    return authors_of([shown]) if is_name else ()


def _terms(element: Any) -> dict[str, Any]:
    """Return the section and the tags of a post."""
    terms: dict[str, list[str]] = {"category": [], "post_tag": []}
    for child in element.iterfind("{*}category"):
        text = text_of(child.text) or ""
        terms.setdefault(child.get("domain") or "category", []).append(text)
    tags = tuple(filter(None, terms["post_tag"]))[:_MAX_TAGS]
    return {"section": section_of(terms["category"]), "tags": tags}
