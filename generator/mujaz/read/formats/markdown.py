"""Markdown, with front matter or without: one article a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mujaz.arabic.normalise import key, max_cleaned_characters
from mujaz.model import Document, Markup, Problem
from mujaz.read.corrections import draft_problem, read_front_matter
from mujaz.read.decoding import decode
from mujaz.read.images import named_images
from mujaz.read.markdown_blocks import markdown_blocks, text_of_runs
from mujaz.read.markup import parse_html
from mujaz.read.raw import Raw

MAX_BYTES = 1024 * 1024
_MAX_MARKS = 5_000
"""Lines, and characters that Markdown gives a meaning to; an article has some hundreds."""
_PROSE = bytes({*range(256)} - set(b"[]()*_`<>&!~|\\#+=:-\n"))
_MAX_TITLE_LEVEL = 1
"""Of a heading that is the headline: of the first or the second rank."""


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
    if max_cleaned_characters(text) > MAX_BYTES:
        yield Document(raw.name, text)  # which is refused for its length, as it is
        return
    parser = MarkdownIt("commonmark").enable("table")
    setattr(parser, "validateLink", _any_link)  # noqa: B010
    blocks = [block for block in markdown_blocks(parser.parse(text)) if key(text_of_runs(block))]
    lines = [text_of_runs(block) for block in blocks]
    title = corrections.fields.get("title")
    has_headline = bool(blocks) and (_is_headline(blocks[0]) or not (title and title.value))
    headline = lines[0] if has_headline else str(title and title.value)
    root = parse_html(parser.render(text)) if "![" in text else None
    yield Document(
        raw.name,
        "\n".join(lines),
        raw.folder,
        stated={} if has_headline or title is None else {"title": title},
        corrected=corrections.fields,
        has_headline=has_headline,
        images=() if root is None else named_images(root, lines[has_headline:], headline),
        markup=tuple(blocks) if _is_marked_up(blocks[has_headline:]) else (),
    )


def _is_headline(block: Markup) -> bool:
    return block.kind == "heading" and block.level <= _MAX_TITLE_LEVEL


def _is_marked_up(blocks: Sequence[Markup]) -> bool:
    """Whether any of the blocks is more than plain text."""
    return any(
        block.kind != "text" or any(run.style or run.address for run in block.runs)
        for block in blocks
    )


def _any_link(_url: str) -> bool:
    """Admit every link: where it leads is looked at later, and its text stays in any case."""
    return True
