"""Markdown, with front matter or without: one article a file."""

from __future__ import annotations

from collections.abc import Iterator

from mujaz.arabic.normalise import key
from mujaz.model import Document, Problem
from mujaz.read.corrections import NONE, corrections, split_front_matter
from mujaz.read.decoding.decode import decode
from mujaz.read.formats.plain import draft_problem
from mujaz.read.markup import lines, parse
from mujaz.read.raw import Raw

MOST = 1024 * 1024
_MOST_MARKS = 20_000
"""Lines, and characters that Markdown gives a meaning to; an article has some hundreds."""
_PROSE = bytes({*range(256)} - set(b"[]()*_`<>&!~|\\#+=:-\n"))


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the article in `raw`, its headline the first heading, or else the title stated.

    Raises `UndecodableError` and `CorrectionError`.
    """
    from markdown_it import MarkdownIt

    front_matter, text = split_front_matter(decode(raw.data, raw.charset))
    said = corrections(front_matter, "front matter") if front_matter else NONE
    if said.draft:
        yield draft_problem(raw.name)
        return
    if len(raw.data.translate(None, _PROSE)) > _MOST_MARKS:
        reason = f"is Markdown with more than {_MOST_MARKS:,} marks"
        yield Problem(raw.name, reason, "save the article's text alone, as .txt")
        return
    root = parse(MarkdownIt("commonmark").enable("table").render(text) or "<p></p>")
    shown = [line for line in lines(root) if key(line.text)] if root is not None else []
    title = said.fields.get("title")
    has_headline = bool(shown) and (shown[0].tag in ("h1", "h2") or not (title and title.value))
    yield Document(
        raw.name,
        "\n".join(line.text for line in shown),
        raw.section,
        stated={} if has_headline or title is None else {"title": title},
        corrected=said.fields,
        has_headline=has_headline,
    )
