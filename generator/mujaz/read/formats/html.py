"""Saved web pages: the article out of the menus, lists and advertisements around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mujaz.arabic.normalise import max_cleaned_characters
from mujaz.model import Document, Problem
from mujaz.read.decoding import declared_charset, decode
from mujaz.read.images import named_images
from mujaz.read.markup import MarkupLine, parse_html, visible_lines
from mujaz.read.pages.hidden import settle_hidden_elements
from mujaz.read.pages.kinds import page_kind
from mujaz.read.pages.layout import Layout
from mujaz.read.pages.outside import is_headline_link, other_article, other_block, outside_lines
from mujaz.read.pages.size import split_markup, too_heavy
from mujaz.read.pages.stated import stated_on_page
from mujaz.read.pages.text import text_of_page
from mujaz.read.pages.witnesses import held_to_witnesses
from mujaz.read.raw import MAX_PAGE_BYTES, Raw

MAX_BYTES = MAX_PAGE_BYTES
_MAX_VISIBLE_CHARACTERS = 300_000
_BETWEEN = "\x1e"
"""Between a page's markup and its scripts, which are decoded together."""
_HEAVY_HINT = "save the article's text alone, as .txt"


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the article on the page `raw`. Raises `UndecodableError`."""
    markup, scripts = split_markup(raw.data)
    heavy = too_heavy(markup)
    if heavy:
        yield Problem(raw.name, heavy, _HEAVY_HINT)
        return
    root = _tree(raw, markup, scripts)
    unseen = settle_hidden_elements(root) if root is not None else []
    seen = list(visible_lines(root)) if root is not None else []
    if sum(max_cleaned_characters(each.text) for each in seen) > _MAX_VISIBLE_CHARACTERS:
        reason = f"is a page of more than {_MAX_VISIBLE_CHARACTERS:,} characters"
        yield Problem(raw.name, reason, _HEAVY_HINT)
        return
    yield _article(raw, root, seen, unseen)


def _tree(raw: Raw, markup: bytes, scripts: bytes) -> Any:
    """Return the root element of a page, its scripts last, or None if it is empty."""
    charset = raw.charset or declared_charset(markup)
    if not scripts:
        return parse_html(decode(markup, charset), with_hidden=True)
    between = _BETWEEN.encode()
    whole = decode(markup.replace(between, b" ") + between + scripts, charset)
    text, _, text_of_scripts = whole.partition(_BETWEEN)
    root, tree_of_scripts = parse_html(text, with_hidden=True), parse_html(text_of_scripts)
    if root is not None and tree_of_scripts is not None:
        root.extend(list(tree_of_scripts.iter("script")))
    return root


def _article(
    raw: Raw, root: Any, seen: Sequence[MarkupLine], unseen: Sequence[str]
) -> Document | Problem:
    """Return the article on a page of which `seen` are the lines, or why it has none."""
    if root is None:
        return Problem(raw.name, "is a page without a headline", "save the page of one article")
    stated = stated_on_page(root, seen, raw)
    title = stated.get("title")
    layout = Layout(root, seen)
    text = text_of_page(layout, seen, str(title.value) if title else "")
    titles = [line.text for line in seen if line.tag in ("title", "h1")]
    lines = [seen[number] for number in sorted(text.lines)]
    kind = page_kind(layout, seen, lines, titles, unseen)
    if kind:
        return Problem(raw.name, kind.reason, kind.hint)
    if title is None:
        return Problem(raw.name, "is a page without a headline", "save the page of one article")
    text, faults = held_to_witnesses(root, seen, text, str(title.value))
    if not text.paragraphs:
        hint = "save the page of one article, after it has loaded, and no index of articles"
        return Problem(raw.name, "is a page without an article's text", hint)
    if not faults and (block := other_block(layout, seen, text.lines)):
        faults = (f"may lack text: a larger block of it begins «{block[:60]}…»",)
    if other := other_article(seen, text.lines, str(title.value)):
        faults = (*faults, f"leaves out another article of the page, «{other[:60]}»")
    outside = outside_lines(seen, text.lines, str(title.value))
    return Document(
        raw.name,
        "\n".join(text.paragraphs),
        raw.folder,
        stated=stated,
        has_headline=False,
        surroundings="\n".join(line.text for line in outside),
        linked=tuple(line.text for line in outside if is_headline_link(line)),
        images=named_images(root, text.paragraphs, str(title.value)),
        faults=faults,
    )
