"""Saved web pages: the article out of the menus, lists and advertisements around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mujaz.arabic.normalise import max_cleaned_characters
from mujaz.model import Document, Problem, Stated
from mujaz.read.decoding import declared_charset, decode
from mujaz.read.images import named_images
from mujaz.read.markup import count_attributes, parse_html, visible_lines
from mujaz.read.metadata import page_metadata
from mujaz.read.pages.day import day_near_headline
from mujaz.read.pages.headline import headline
from mujaz.read.pages.outside import is_headline_link, outside_lines
from mujaz.read.pages.text import text_of_page
from mujaz.read.raw import MAX_PAGE_BYTES, Raw

MAX_BYTES = MAX_PAGE_BYTES
_MAX_TAGS = 6_000
"""More takes longer than a page is worth; front pages of large papers have 5,000."""
_MAX_MARKUP_BYTES = 2 * 1024 * 1024
"""Of a page without the pictures embedded in it."""
_MAX_ATTRIBUTES, _MAX_ATTRIBUTES_IN_A_TAG = 50_000, 1_000
"""Of a page: libxml2's time grows with the square of those in one tag."""
_MAX_VISIBLE_CHARACTERS = 300_000
_EMBEDDED = re.compile(rb"data:[\w/+.-]*;base64,[\w+/=%]+")


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the article on the page `raw`. Raises `UndecodableError`."""
    data = _EMBEDDED.sub(b"", raw.data)  # pictures
    heavy = _too_heavy(data)
    root = None if heavy else parse_html(decode(data, raw.charset or declared_charset(data)))
    seen = list(visible_lines(root)) if root is not None else []
    if heavy or sum(max_cleaned_characters(each.text) for each in seen) > _MAX_VISIBLE_CHARACTERS:
        reason = heavy or f"is a page of more than {_MAX_VISIBLE_CHARACTERS:,} characters"
        yield Problem(raw.name, reason, "save the article's text alone, as .txt")
        return
    stated = page_metadata(root) if root is not None else {}
    title = headline(seen, stated)
    if not seen or title is None:
        yield Problem(raw.name, "is a page without a headline", "save the page of one article")
        return
    body = text_of_page(root, seen, str(title.value))
    if not body:
        hint = "save the page of one article, after it has loaded, and no index of articles"
        yield Problem(raw.name, "is a page without an article's text", hint)
        return
    stated["title"] = title
    day = day_near_headline(seen, str(title.value))
    if day and "date" not in stated:
        stated["date"] = day
    if raw.address and "address" not in stated:
        stated["address"] = Stated(raw.address, "archive")
    outside = outside_lines(seen, body, str(title.value))
    yield Document(
        raw.name,
        "\n".join(body),
        raw.folder,
        stated=stated,
        has_headline=False,
        surroundings="\n".join(line.text for line in outside),
        linked=tuple(line.text for line in outside if is_headline_link(line)),
        images=named_images(root, body, str(title.value)),
    )


def _too_heavy(data: bytes) -> str | None:
    """Return why a page would take too long to read, or None."""
    if len(data) > _MAX_MARKUP_BYTES:
        return f"is a page of {len(data):,} bytes; {_MAX_MARKUP_BYTES:,} is the most"
    tags = data.count(b"<")
    if tags > _MAX_TAGS:
        return f"is a page of {tags:,} tags; {_MAX_TAGS:,} is the most"
    attributes, in_a_tag = count_attributes(data)
    if attributes > _MAX_ATTRIBUTES or in_a_tag > _MAX_ATTRIBUTES_IN_A_TAG:
        return "is a page with more attributes in its tags than any real one"
    return None
