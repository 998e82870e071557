"""HTML to the lines of text that a reader sees, whatever the tags are called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html

from mujaz.arabic.normalise import fold_spaces, key

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol p "
    "pre section summary table tbody tfoot thead title tr ul br".split()
)
_CELLS = frozenset("td th".split())
_UNSEEN = frozenset(
    "script style noscript template svg math iframe object embed canvas audio video map select "
    "datalist textarea button input meta link base".split()
)
_CHROME = frozenset("nav aside footer".split())
_MAX_CELL_CHARACTERS = 120
CELL_SEPARATOR = " – "
_CELL_END = "\x1f"
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MAX_FRAGMENT_TAGS = 10_000
_BLOCK_TAG = re.compile(r"</(?:p|div|li|ul|ol|h[1-6]|blockquote)\s*>|<br\b", re.IGNORECASE)


_TAG = re.compile(rb"<[A-Za-z][^<>]*")
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_BETWEEN = bytes.maketrans(b"/=", b"  ")


@dataclass(frozen=True, slots=True)
class MarkupLine:
    """A line of a page."""

    text: str
    """As a reader sees it, white space folded."""
    tag: str
    """The block that it stands in: `h1`, `p`, `li` and the like."""
    linked: float
    """The share of its letters that stand in links."""
    pieces: tuple[str, ...]
    """The texts of its elements one by one, and the dates that its `time` elements state."""
    chrome: str
    """The tag around it that is no part of the text, `nav`, `aside` or `footer`; or nothing."""
    element: Any = field(default=None, repr=False, compare=False)
    """The element that is the block."""


@dataclass(slots=True)
class _Line:
    """A line while it is put together."""

    tag: str
    element: Any
    pieces: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    linked: int = 0

    def finished(self, chrome: str) -> MarkupLine | None:
        cells = (fold_spaces(cell) for cell in "".join(self.pieces).split(_CELL_END))
        text = CELL_SEPARATOR.join(filter(None, cells))
        if not text:
            return None
        pieces = (fold_spaces(piece.replace(_CELL_END, " ")) for piece in self.pieces)
        share = self.linked / max(len("".join(text.split())), 1)
        whole = (*filter(None, pieces), *self.dates)
        return MarkupLine(text, self.tag, min(share, 1.0), whole, chrome, self.element)


def count_attributes(data: bytes) -> tuple[int, int]:
    """Return the number of words in all tags of `data`, and the most in one; values aside."""
    tags = (_QUOTED.sub(b" ", match[0]) for match in _TAG.finditer(data))
    counts = [len(tag.translate(_BETWEEN).split()) for tag in tags]
    return sum(counts), max(counts, default=0)


def parse_html(text: str, *, with_hidden: bool = False) -> Any:
    """Return the root element of the page `text`, or None if it is empty.

    What it hides is taken out, unless `with_hidden`.
    """
    # A comment is nothing: the text behind it goes on where the text before it ended.
    parser = html.HTMLParser(encoding="utf-8", remove_pis=True, remove_comments=True, recover=True)
    try:
        root = html.document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    for element in () if with_hidden else hidden_elements(root):
        element.drop_tree()
    return root


def hidden_elements(root: Any) -> list[Any]:
    """Return the elements of a page that browsers do not show as they stand."""
    return [
        element
        for element in root.xpath("//body//*[@hidden or @style]")
        if element.get("hidden") is not None or _HIDDEN.search(element.get("style"))
    ]


def visible_lines(root: Any) -> Iterator[MarkupLine]:
    """Yield the lines below `root` that a reader sees, in their order."""
    line, open_links, chrome, blocks = _Line("body", root), 0, [""], [("body", root)]
    walk = etree.iterwalk(root, events=("start", "end", "comment"))

    def add(text: str | None) -> None:
        if text:
            line.pieces.append(text)
            line.linked += len("".join(text.split())) if open_links else 0

    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        breaks = tag in _BLOCKS or (tag in _CELLS and _is_column(element))
        if event == "start":
            if tag in _UNSEEN:
                walk.skip_subtree()
                continue
            if breaks:
                if done := line.finished(chrome[-1]):
                    yield done
                blocks.append((tag, element))
                line = _Line(*blocks[-1])
            open_links += _is_link(element)
            if tag in _CHROME:
                chrome.append(tag)
            if tag == "time" and element.get("datetime"):
                line.dates.append(element.get("datetime"))
            add(element.text)
            continue
        if event == "end" and tag not in _UNSEEN:
            open_links -= _is_link(element)
            if tag in _CELLS and not breaks:
                line.pieces.append(_CELL_END)
            if breaks:
                if done := line.finished(chrome[-1]):
                    yield done
                blocks.pop()
                line = _Line(*blocks[-1])
            if tag in _CHROME:
                chrome.pop()
        if element is not root:
            add(element.tail)
    if done := line.finished(chrome[-1]):
        yield done


def _is_column(cell: Any) -> bool:
    """Whether a cell of a table is a column of a page that is laid out by tables."""
    return len(cell.text or "") > _MAX_CELL_CHARACTERS or any(
        child.tag in _BLOCKS for child in cell
    )


def letters(text: str) -> str:
    """Return the letters of `text` in their comparison form, without white space."""
    return key(text).replace(" ", "")


def text_of_fragment(text: str) -> str:
    """Return the lines of `text` if it is HTML that can be read fast, else `text` as it is."""
    if not _BLOCK_TAG.search(text) or text.count("<") > _MAX_FRAGMENT_TAGS:
        return text
    return text_of_html(text)


def text_of_html(text: str) -> str:
    """Return the lines of a piece of HTML."""
    root = parse_html(f"<div>{text}</div>")
    return text if root is None else "\n".join(line.text for line in visible_lines(root))


def _is_link(element: Any) -> bool:
    """Whether `element` is a link, and not to a place on its own page."""
    return element.tag == "a" and not (element.get("href") or "").startswith("#")
