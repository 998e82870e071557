"""Saved web pages: the article out of the menus, lists and advertisements around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mujaz.arabic.normalise import max_cleaned_characters
from mujaz.model import Document, Problem, Stated
from mujaz.read.decoding import declared_charset, decode
from mujaz.read.images import named_images
from mujaz.read.markup import parse_html, visible_lines
from mujaz.read.metadata import page_metadata
from mujaz.read.pages.day import day_near_headline
from mujaz.read.pages.headline import headline
from mujaz.read.pages.hidden import settle_hidden_elements
from mujaz.read.pages.layout import Layout
from mujaz.read.pages.outside import is_headline_link, outside_lines
from mujaz.read.pages.size import split_markup, too_heavy
from mujaz.read.pages.text import text_of_page
from mujaz.read.raw import MAX_PAGE_BYTES, Raw

MAX_BYTES = MAX_PAGE_BYTES
_BETWEEN = b"\x1e"
_MAX_VISIBLE_CHARACTERS = 300_000


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the article on the page `raw`. Raises `UndecodableError`."""
    markup, scripts = split_markup(raw.data)
    heavy = too_heavy(markup)
    root = None if heavy else _tree(raw, markup, scripts)
    if root is not None:
        settle_hidden_elements(root)
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
    text = text_of_page(Layout(root, seen), seen, str(title.value))
    if not text.paragraphs:
        hint = "save the page of one article, after it has loaded, and no index of articles"
        yield Problem(raw.name, "is a page without an article's text", hint)
        return
    stated["title"] = title
    day = day_near_headline(seen, str(title.value))
    if day and "date" not in stated:
        stated["date"] = day
    if raw.address and "address" not in stated:
        stated["address"] = Stated(raw.address, "archive")
    outside = outside_lines(seen, text.lines, str(title.value))
    yield Document(
        raw.name,
        "\n".join(text.paragraphs),
        raw.folder,
        stated=stated,
        has_headline=False,
        surroundings="\n".join(line.text for line in outside),
        linked=tuple(line.text for line in outside if is_headline_link(line)),
        images=named_images(root, text.paragraphs, str(title.value)),
    )


def _tree(raw: Raw, markup: bytes, scripts: bytes) -> Any:
    """Return the root element of a page, its scripts last, or None if it is empty."""
    if not scripts:
        return parse_html(decode(markup, raw.charset or declared_charset(raw.data)))
    # Both are in one encoding.
    data = markup.replace(_BETWEEN, b" ") + _BETWEEN + scripts
    text, _, text_of_scripts = decode(data, raw.charset or declared_charset(raw.data)).partition(
        _BETWEEN.decode()
    )
    root, tree_of_scripts = parse_html(text), parse_html(text_of_scripts)
    if root is not None and tree_of_scripts is not None:
        root.extend(list(tree_of_scripts.iter("script")))
    return root
