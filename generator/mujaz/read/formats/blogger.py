"""Blogger's exports, old and new: its published posts; what else is in one is only counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from mujaz.model import Document, Problem
from mujaz.read.entries.entry_text import entry_text, text_of_title
from mujaz.read.entries.publication_status import no_articles, unpublished
from mujaz.read.entries.xml_entries import (
    MAX_BYTES,
    ExportError,
    entry_article,
    fields_of,
    title_of_channel,
    xml_entries,
)
from mujaz.read.fields import date_of, is_address, text_of
from mujaz.read.raw import Raw
from mujaz.read.stated.authors import authors_of

__all__ = ["MAX_BYTES", "read"]

_RULE = "export"
_KIND, _POST = "blogger/2008/kind#", "post"
_KIND_SCHEME = "schemas.google.com/g/2005#kind"
_MAX_TAGS = 30


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the posts of the export `raw`. Raises `UndecodableError`.

    Each draft is named by itself; of comments, pages, templates and settings it is only said how
    many there are.
    """
    others: Counter[str] = Counter()
    blog: str | None = None
    number = 0
    try:
        for entry in xml_entries(raw, "entry"):
            number += 1
            blog = blog or title_of_channel(entry.getparent())
            fields = fields_of(entry)
            kind = _kind(entry, fields)
            if kind == _POST:
                yield _post(f"{raw.name}#{number}", fields, entry, raw, blog)
            else:
                others[kind] += 1
    except ExportError as error:
        yield Problem(raw.name, str(error), "export it again, in parts")
    for kind, count in others.items():
        yield no_articles(raw.name, kind, count)
    if not number:
        yield Problem(raw.name, "is an export without entries", "export the posts as well")


def _kind(entry: Any, fields: Mapping[str, str]) -> str:
    """Return whether an entry is a post, a comment, a page, a setting, a template."""
    terms = (each.get("term") or "" for each in entry.iterfind("{*}category"))
    by_term = next((term.rpartition("#")[2] for term in terms if _KIND in term), None)
    if by_term is None and any(str(each.tag).endswith("}in-reply-to") for each in entry):
        return "comment"
    return (fields.get("blogger_type") or by_term or _POST).lower()


def _post(
    name: str, fields: Mapping[str, str], entry: Any, raw: Raw, blog: str | None
) -> Document | Problem:
    """Return the article that a post is, or why it is none."""
    draft = entry.find("{*}control/{*}draft")
    status = fields.get("blogger_status")
    is_trashed = bool(fields.get("blogger_trashed"))
    withheld = unpublished(
        name,
        {
            "draft": draft.text if draft is not None else None,
            "status": "published" if status and status.lower() == "live" else status,
            "trashed": "yes" if is_trashed else None,
        },
    )
    if withheld:
        return withheld
    content = entry_text(fields.get("content", "") or fields.get("summary", ""))
    title = text_of_title(fields.get("title", ""))
    links = [each.get("href") or "" for each in entry.iterfind("{*}link[@rel='alternate']")]
    author = entry.find("{*}author/{*}name")
    values: dict[str, Any] = {
        "title": title,
        "source": blog,
        "authors": authors_of([author.text] if author is not None else []),
        "date": date_of(fields.get("published")),
        "updated": date_of(fields.get("updated")),
        "tags": _labels(entry),
        "guid": text_of(fields.get("id")),
        "address": links[0] if links and is_address(links[0]) else None,
    }
    return entry_article(name, raw, content, values, _RULE)


def _labels(entry: Any) -> tuple[str, ...]:
    """Return the words that a post is filed under."""
    categories = entry.iterfind("{*}category")
    terms = (text_of(c.get("term")) for c in categories if _KIND_SCHEME not in c.get("scheme", ""))
    return tuple(term for term in terms if term)[:_MAX_TAGS]
