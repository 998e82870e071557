"""Markdown, parsed, to its paragraphs: what each is, and how its words stand out.

Only what is named in `model.Markup` is kept. All else that Markdown and HTML can say becomes text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from mujaz.arabic.normalise import clean, fold_spaces
from mujaz.model import Markup, MarkupKind, Run
from mujaz.read.fields import is_address
from mujaz.read.markup import text_of_html

_STYLES = ("strong", "em")
_LISTS: dict[str, MarkupKind] = {"bullet_list": "bullet", "ordered_list": "number"}
_CELL_BREAK = Run(" – ", "cell")
_MAX_LEVEL = 5
_UNSEEN = frozenset({"script", "style", "template"})
_TAG = re.compile(r"<(/?)([A-Za-z]+)")


def text_of_runs(block: Markup) -> str:
    """Return the text of a paragraph, as a reader sees it."""
    return fold_spaces("".join(run.text for run in block.runs))


def markdown_blocks(tokens: Sequence[Token]) -> Iterator[Markup]:
    """Yield the paragraphs that parsed Markdown has, in their order."""
    state = _Place()
    for token in tokens:
        name, _, end = token.type.rpartition("_")
        if end == "open":
            state.enter(name, token)
        elif end == "close":
            yield from state.leave(name)
        elif token.type == "inline":
            lines = _lines(token.children or ())
            if state.row is not None:
                state.row.append([run for line in lines for run in line])
            else:
                yield from (state.block(line) for line in lines)
        elif token.type == "html_block":
            yield from (
                state.block([Run(line)]) for line in text_of_html(token.content).split("\n")
            )
        elif token.type in ("fence", "code_block"):
            lines = [[Run(line, "code")] for line in token.content.split("\n") if line.strip()]
            yield from map(state.block, lines)


@dataclass(slots=True)
class _Place:
    """Where in a document a token stands."""

    lists: list[MarkupKind] = field(default_factory=list)
    quotes: int = 0
    heading: int | None = None
    row: list[list[Run]] | None = None
    """The cells of the row of a table, while it is read."""
    in_head: bool = False

    def enter(self, name: str, token: Token) -> None:
        """Note that an element opens."""
        if name in _LISTS:
            self.lists.append(_LISTS[name])
        elif name == "blockquote":
            self.quotes += 1
        elif name == "heading":
            self.heading = int(token.tag[1:]) - 1
        elif name == "thead":
            self.in_head = True
        elif name == "tr":
            self.row = []

    def leave(self, name: str) -> Iterator[Markup]:
        """Note that an element closes; yield what is complete by that."""
        if name in _LISTS:
            self.lists.pop()
        elif name == "blockquote":
            self.quotes -= 1
        elif name == "heading":
            self.heading = None
        elif name == "thead":
            self.in_head = False
        elif name == "tr" and self.row is not None:
            runs = [run for cell in self.row for run in (_CELL_BREAK, *cell)]
            self.row = None
            yield Markup("head row" if self.in_head else "row", tuple(runs[1:]))

    def block(self, runs: Sequence[Run]) -> Markup:
        """Return a paragraph that stands here."""
        if self.heading is not None:
            return Markup("heading", tuple(runs), self.heading)
        if self.lists:
            return Markup(self.lists[-1], tuple(runs), min(len(self.lists) - 1, _MAX_LEVEL))
        return Markup("quote" if self.quotes else "text", tuple(runs))


def _lines(children: Sequence[Token]) -> list[list[Run]]:
    """Return the runs of a paragraph; what breaks its lines on purpose breaks it."""
    lines: list[list[Run]] = [[]]
    styles: list[str] = []
    addresses: list[str] = []
    unseen = ""
    for child in children:
        if child.type == "html_inline":
            unseen = _unseen_after(child.content, unseen)
        if unseen:
            continue
        name, _, end = child.type.rpartition("_")
        if end == "open" and name in _STYLES:
            styles.append(name)
        elif end == "close" and name in _STYLES:
            styles.remove(name)
        elif child.type == "link_open":
            addresses.append(str(child.attrs.get("href") or ""))
        elif child.type == "link_close":
            addresses.pop()
        elif child.type == "hardbreak":
            lines.append([])
        elif child.type in ("text", "softbreak", "code_inline"):
            code = ("code",) if child.type == "code_inline" else ()
            style = " ".join(dict.fromkeys((*styles, *code)))
            address = addresses[-1] if addresses and is_address(addresses[-1]) else ""
            text = clean(child.content) if child.content else " "
            lines[-1].append(Run(text, style, address))
    return lines


def _unseen_after(tag: str, unseen: str) -> str:
    """Return the element behind `tag` that readers see nothing of, if one is open."""
    match = _TAG.match(tag)
    name = match[2].lower() if match else ""
    if name not in _UNSEEN:
        return unseen
    return "" if match and match[1] else name
