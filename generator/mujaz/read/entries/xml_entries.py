"""Goes through the entries of a large XML export, one by one, so that only one is in memory."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from mujaz.model import Document, Problem, Stated
from mujaz.read.decoding import declared_charset, decode
from mujaz.read.entries.entry_text import EntryText
from mujaz.read.fields import text_of
from mujaz.read.raw import Raw

MAX_BYTES = 12 * 1024 * 1024
MAX_ENTRIES = 30_000
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Which no XML may hold, and texts that were pasted into an editor do."""
_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_MAX_TEXT = 2_000_000
"""Characters of one entry; no article has as many."""


class ExportError(ValueError):
    """An export that is not read; the message says why."""


def xml_entries(raw: Raw, *tags: str) -> Iterator[Any]:
    """Yield the elements of these names, whatever their namespaces are, in their order.

    Damage costs the entry that it is in. Raises `UndecodableError` and `ExportError`.
    """
    text = decode(raw.data, raw.charset or declared_charset(raw.data))
    if _ENTITY.search(text):
        raise ExportError("defines entities of its own")
    if sum(text.count(f"<{tag}") for tag in tags) > MAX_ENTRIES:
        raise ExportError(f"has more than {MAX_ENTRIES:,} entries")
    data = _CONTROLS.sub("", _DECLARATION.sub("", text, count=1)).encode()
    parser = etree.iterparse(
        io.BytesIO(data),
        tag=[f"{{*}}{tag}" for tag in tags],
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    for count, (_, element) in enumerate(parser, 1):
        if count > MAX_ENTRIES:
            raise ExportError(f"has more than {MAX_ENTRIES:,} entries")
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def fields_of(element: Any) -> dict[str, str]:
    """Return the texts of the elements in `element` by their names, the first of each.

    Names in namespaces have these before them: `wp_status`, `content_encoded`.
    """
    fields: dict[str, str] = {}
    for child in element:
        if isinstance(child.tag, str):
            text = "".join(child.itertext())[:_MAX_TEXT].strip()
            fields.setdefault(field_name(child), text)
    return fields


def entry_article(
    name: str, raw: Raw, content: EntryText, values: Mapping[str, Any], rule: str
) -> Document | Problem:
    """Return the article that an entry with this text and these fields is, or why it is none."""
    if not values["title"]:
        return Problem(name, "is an entry without a title", "give it one, and export it again")
    if not content.text:
        return Problem(name, "is an entry without a text", "write it, and export it again")
    return Document(
        name,
        content.text,
        raw.folder,
        stated={field: Stated(value, rule) for field, value in values.items() if value},
        has_headline=False,
        surroundings=content.cut,
        linked=(),
        excerpt=content.is_excerpt,
    )


def title_of_channel(element: Any) -> str | None:
    """Return the title of a channel or feed that an entry stands in."""
    title = element.find("{*}title") if element is not None else None
    return text_of("".join(title.itertext())) if title is not None else None


def field_name(element: Any) -> str:
    """Return an element's name in lower case, with the prefix that its namespace usually has."""
    namespace, _, name = str(element.tag).rpartition("}")
    prefix = next((prefix for part, prefix in _PREFIXES if part in namespace), "")
    return f"{prefix}{name.lower()}"


_PREFIXES = (
    ("wordpress.org/export/1.2/excerpt", "excerpt_"),
    ("/excerpt", "excerpt_"),
    ("wordpress.org/export", "wp_"),
    ("rss/1.0/modules/content", "content_"),
    ("purl.org/dc/", "dc_"),
    ("schemas.google.com/blogger/2018", "blogger_"),
    ("syndication/thread", "thr_"),
)
