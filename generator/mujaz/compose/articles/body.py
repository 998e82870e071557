"""An article's paragraphs as Markdown, with what of their author's markup is allowed.

That is links, emphasis, headings, lists, quotations and tables, and each is written out anew: no
character of the text itself can act. Headings, lists, quotations and tables are HTML on one line,
which every renderer passes through: as Markdown they would be taken for parts of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from mujaz.arabic.wording import Wording
from mujaz.compose.articles.subheads import begins_with_label, subheads
from mujaz.compose.markdown import escape, external_link, in_language
from mujaz.model import Article, Markup, MarkupKind, Run

_LISTS: dict[MarkupKind, str] = {"bullet": "ul", "number": "ol"}
_GROUPS: dict[MarkupKind, str] = {
    "bullet": "list",
    "number": "list",
    "quote": "quote",
    "head row": "table",
    "row": "table",
}
"""Kinds of paragraphs that belong together where they follow each other."""
_SPACE = re.compile(r"^(\s?)(.*?)(\s?)$", re.DOTALL)


def body_parts(article: Article) -> list[list[str]]:
    """Return the Markdown of each paragraph: a list of blocks, or none.

    Of paragraphs that are one list, quotation or table, the last one has it.
    """
    if not article.markup:
        return _plain_parts(article)
    parts: list[list[str]] = []
    for group, blocks in groupby(article.markup, key=lambda each: _GROUPS.get(each.kind)):
        together = [*blocks]
        if group is None:
            parts += [[_block(each, article.language)] for each in together]
        else:
            parts += [[] for _ in together[1:]]
            parts.append([_of_language(_WRITERS[group](together), article.language)])
    return parts


def _plain_parts(article: Article) -> list[list[str]]:
    paragraphs, language = article.paragraphs, article.language
    headings = subheads(article.title, paragraphs)
    has_label = begins_with_label(article.title, paragraphs)
    parts = []
    for number, paragraph in enumerate(paragraphs):
        text = escape(paragraph)
        if number in headings:
            parts.append([_subhead(text, language)])
        elif has_label and number == 0:
            label = in_language(text, language)
            parts.append([f'<p class="label">{label}</p>'])
        else:
            parts.append([in_language(text, language, "p")])
    return parts


def _subhead(text: str, language: str | None) -> str:
    return _of_language(f'<h2 class="subhead">{text}</h2>', language)


def _block(block: Markup, language: str | None) -> str:
    text = _inline(block.runs)
    if block.kind == "heading":
        return _subhead(text, language)
    return in_language(text, language, "p")


def _of_language(html: str, language: str | None) -> str:
    return in_language(html, language, "div")


def _inline(runs: Sequence[Run]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    before, text, after = _SPACE.match(run.text).groups()  # type: ignore[union-attr]
    shown = escape(text) if text else ""
    for style in run.style.split():
        shown = f"<{style}>{shown}</{style}>" if style != "cell" else shown
    if run.address and shown:
        shown = external_link(shown, run.address)
    return f"{before}{shown}{after}"


def _list(items: Sequence[Markup]) -> str:
    """Return a list, with lists in its items where those lie deeper."""
    parts: list[str] = []
    open_lists: list[str] = []
    for item in items:
        level = min(item.level, len(open_lists))
        while len(open_lists) > level + 1:
            parts.append(f"</li></{open_lists.pop()}>")
        kind = _LISTS[item.kind]
        if len(open_lists) == level + 1 and open_lists[-1] != kind:
            parts.append(f"</li></{open_lists.pop()}>")
        if len(open_lists) == level + 1:
            parts.append("</li>")
        else:
            parts.append(f'<{kind} class="text">')
            open_lists.append(kind)
        parts.append(f"<li>{_inline(item.runs)}")
    parts += [f"</li></{kind}>" for kind in reversed(open_lists)]
    return "".join(parts)


def _quotation(paragraphs: Sequence[Markup]) -> str:
    text = "".join(f"<p>{_inline(each.runs)}</p>" for each in paragraphs)
    return f'<blockquote class="text">{text}</blockquote>'


def _table(rows: Sequence[Markup]) -> str:
    """Return a table; on narrow screens readers can scroll it."""
    lines = "".join(_row(row) for row in rows)
    name = Wording().text("article.table")
    region = f'class="table" role="region" aria-label="{name}" tabindex="0"'
    return f'<div {region}><table class="text">{lines}</table></div>'


def _row(row: Markup) -> str:
    cell = 'th scope="col"' if row.kind == "head row" else "td"
    cells = "".join(f"<{cell}>{_inline(each)}</{cell[:2]}>" for each in _cells(row.runs))
    return f"<tr>{cells}</tr>"


def _cells(runs: Sequence[Run]) -> Iterator[list[Run]]:
    cell: list[Run] = []
    for run in runs:
        if run.style == "cell":
            yield cell
            cell = []
        else:
            cell.append(run)
    yield cell


_WRITERS = {"list": _list, "quote": _quotation, "table": _table}
