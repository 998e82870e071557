"""The texts of entries of feeds and exports: HTML, shortcodes, and what was added at their ends."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from mujaz.data import table
from mujaz.read.entries.shortcodes import without_shortcodes
from mujaz.read.fields import text_of
from mujaz.read.markup import parse_html, visible_lines

_MAX_TAGS = 10_000
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&(?:#\d+|#x[\da-f]+|[a-z]\w+);", re.IGNORECASE)
_ESCAPED_TAG = re.compile(
    r"&lt;/?(?:p|br|div|a|img|b|strong|em|span|figure|ul|li|h\d)\b", re.IGNORECASE
)
_PARAGRAPH = re.compile(r"<(?:p|br)\b|<!-- wp:", re.IGNORECASE)
_CAPTIONS = (
    ".//figcaption",
    ".//*[contains(concat(' ', @class, ' '), ' wp-caption-text ')]",
)
_TAIL_CHARACTERS = 600
"""At the end of a text, in which marks and lines that were added are looked for."""
_MAX_MARKS = 4
_ELLIPSIS = re.compile(r"\s*(?:…|\.{2,})[\s.…]*\Z")
_END_CHARACTERS = 50
_SENTENCE_ENDS = (".", "!", "؟", "?", "…", "»", '"', ")")


@dataclass(frozen=True, slots=True)
class EntryText:
    """What an entry has to say."""

    text: str
    """Its lines, without what is no part of the text."""
    cut: str = ""
    """What is none: captions, lines that the feed adds, marks that the text goes on elsewhere."""
    is_excerpt: bool = False
    """Whether a mark says that the text goes on elsewhere."""


def entry_text(markup: str, *, breaks_count: bool = False) -> EntryText:
    """Return the text that `markup` holds: HTML, or plain text with or without shortcodes.

    `breaks_count` says that empty lines divide paragraphs even where there are tags, as they do in
    what editors of WordPress write.
    """
    markup, captions = without_shortcodes(markup)
    if _ESCAPED_TAG.search(markup) and not re.search(r"</?[a-z]", markup, re.IGNORECASE):
        markup = html.unescape(markup)  # escaped once too often
    if breaks_count and "\n" in markup and not _PARAGRAPH.search(markup):
        markup = markup.strip().replace("\r\n", "\n").replace("\n", "<br>")
    markup = _without_comments(markup)
    if _MARKUP.search(markup) and markup.count("<") <= _MAX_TAGS:
        lines, figure_captions = _lines(markup)
        captions += figure_captions
        markup = "\n".join(lines)
    text, added, is_excerpt = _without_tail(markup.strip())
    return EntryText(text, "\n".join((*captions, *added)), is_excerpt)


def without_additions(text: str) -> EntryText:
    """Return the plain `text` without shortcodes, and without what was added at its end."""
    text, captions = without_shortcodes(text)
    text, added, is_excerpt = _without_tail(text.strip())
    return EntryText(text, "\n".join((*captions, *added)), is_excerpt)


def text_of_title(markup: str) -> str | None:
    """Return a title that may hold tags, or signs by their names in HTML; None if it is empty."""
    return text_of(" ".join(_lines(markup)[0]) if _MARKUP.search(markup) else markup)


def _without_comments(markup: str) -> str:
    """Return `markup` without comments; what follows one that is never closed stays."""
    parts: list[str] = []
    position = 0
    while (start := markup.find("<!--", position)) >= 0:
        end = markup.find("-->", start + 4)
        if end < 0:
            break
        parts.append(markup[position:start])
        position = end + 3
    return "".join((*parts, markup[position:].replace("<!--", "")))


def _lines(markup: str) -> tuple[list[str], tuple[str, ...]]:
    """Return the lines of a piece of HTML, and the captions of its pictures."""
    root = parse_html(f"<div>{markup}</div>")
    if root is None:
        return [markup], ()
    captions = tuple(_dropped(each) for path in _CAPTIONS for each in root.xpath(path))
    return [line.text for line in visible_lines(root)], tuple(filter(None, captions))


def _dropped(element: Any) -> str:
    """Take a caption out of its page, and return its text."""
    text = " ".join(element.text_content().split())
    if element.getparent() is not None:
        element.drop_tree()
    return text


def _without_tail(text: str) -> tuple[str, list[str], bool]:
    """Return a text, what was added at its end, and whether that says that it goes on."""
    added: list[str] = []
    is_excerpt = False
    for _ in range(_MAX_MARKS):
        start = max(0, len(text) - _TAIL_CHARACTERS)
        end = text[start:]
        if not any(hint in end for hint in _hints()):  # as in nearly every text
            break
        match = _tails().search(text, start)
        if match is None:
            match = _excerpt_marks().search(text, start)
            if match is None:
                break
            is_excerpt = True
        if not text[: match.start()].strip():  # nothing but the mark
            break
        added.insert(0, text[match.start() :].strip())
        text = text[: match.start()].rstrip()
    if is_excerpt:  # a sentence that breaks off shows it
        text = text[:-_END_CHARACTERS] + _ELLIPSIS.sub("…", text[-_END_CHARACTERS:])
        text += "" if text.endswith(_SENTENCE_ENDS) else "…"
    return text, added, is_excerpt


@cache
def _hints() -> tuple[str, ...]:
    return tuple(table("blog_markup")["hints"])


@cache
def _tails() -> re.Pattern[str]:
    tails = "|".join(table("blog_markup")["tails"])
    return re.compile(rf"(?:(?<=\n)|(?<=[.!?؟…»\"\])] ))(?:{tails})\s*\Z")


@cache
def _excerpt_marks() -> re.Pattern[str]:
    marks = "|".join(table("blog_markup")["excerpt_marks"])
    words = "|".join(table("blog_markup")["read_more"])
    return re.compile(
        rf"(?:(?:{marks})|(?:(?<=[\n.…!؟?\])])|(?<=[.…!؟?\])] ))(?:{words})[\s.…«»›→>←:]*)\s*\Z"
    )
