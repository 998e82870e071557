"""Markdown, with front matter or without: one article a file."""

from __future__ import annotations

from collections.abc import Iterator

from mujaz.arabic.normalise import key
from mujaz.model import Document, Problem
from mujaz.read.corrections import draft_problem, read_front_matter
from mujaz.read.decoding import decode
from mujaz.read.markup import parse_html, visible_lines
from mujaz.read.raw import Raw

MAX_BYTES = 1024 * 1024
_MAX_MARKS = 5_000
"""Lines, and characters that Markdown gives a meaning to; an article has some hundreds."""
_PROSE = bytes({*range(256)} - set(b"[]()*_`<>&!~|\\#+=:-\n"))


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the article in `raw`, its headline the first heading, or else the title stated.

    Raises `UndecodableError` and `CorrectionError`.
    """
    from markdown_it import MarkdownIt

    corrections, text = read_front_matter(decode(raw.data, raw.charset))
    if corrections.draft:
        yield draft_problem(raw.name)
        return
    if len(raw.data.translate(None, _PROSE)) > _MAX_MARKS:
        reason = f"is Markdown with more than {_MAX_MARKS:,} marks"
        yield Problem(raw.name, reason, "save the article's text alone, as .txt")
        return
    root = parse_html(MarkdownIt("commonmark").enable("table").render(text) or "<p></p>")
    shown = [line for line in visible_lines(root) if key(line.text)] if root is not None else []
    title = corrections.fields.get("title")
    has_headline = bool(shown) and (shown[0].tag in ("h1", "h2") or not (title and title.value))
    yield Document(
        raw.name,
        "\n".join(line.text for line in shown),
        raw.folder,
        stated={} if has_headline or title is None else {"title": title},
        corrected=corrections.fields,
        has_headline=has_headline,
    )
